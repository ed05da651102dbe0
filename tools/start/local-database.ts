import { isClusterReady, prepareCluster, type ClusterWish } from '#tools/postgres/cluster.ts';
import type { DataFolder } from './data-folder.ts';
import type { StartOptions } from './options.ts';
import type { Part } from './watched.ts';

/** What the database of an installation is started with. */
export function clusterWish(options: StartOptions, folder: DataFolder): ClusterWish {
  return {
    folder: folder.at('postgres'),
    port: options.ports.postgres,
    password: folder.secrets.databasePassword,
    logFile: folder.at('logs', 'postgres.log'),
    isDurable: true,
  };
}

/** PostgreSQL as a watched part; lays its files down the first time. */
export async function clusterPart(wish: ClusterWish): Promise<Part> {
  const cluster = await prepareCluster(wish);
  return { plan: cluster.plan, mark: cluster.folder, readyWithinMs: 60_000, isReady: () => isClusterReady(wish) };
}
