import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrl, ensureDatabase, prepareCluster, startCluster, type Cluster } from '#tools/postgres/cluster.ts';
import { isAlive } from '#tools/start/alive.ts';
import { workflowBundle } from '#tools/start/builds.ts';
import type { Child } from '#tools/start/child.ts';
import { freePort } from '#tools/start/free-port.ts';
import { endLeftovers, killNoted, noteChild } from '#tools/start/leftovers.ts';
import { ROOT, runTool } from '#tools/start/tool.ts';
import { findTemporal } from '#tools/temporal/find.ts';
import { startTemporal } from '#tools/temporal/run.ts';
import { neededFor, ownerOf, RUN_PREFIX, TEMPLATE } from './services.ts';

interface JestConfig {
  readonly nonFlagArgs?: readonly string[];
  readonly testPathPatterns?: { readonly patterns?: readonly string[] };
}

/** What the teardown ends again; Jest runs both in one process. */
export interface TestServices {
  readonly folder: string;
  readonly children: Child[];
}

declare global {
  var gewerkTestServices: TestServices | undefined;
}

/** Starts one PostgreSQL and one Temporal server for all tests of a run, and only what the asked tests need. */
export default async function setUp(config: JestConfig): Promise<void> {
  const asked = config.testPathPatterns?.patterns ?? config.nonFlagArgs ?? [];
  const needed = neededFor(asked);
  if (!needed.postgres && !needed.temporal) return;
  await clearKilledRuns();
  const services = await newRun();
  const parts = [
    ...(needed.postgres ? [startDatabase(services)] : []),
    ...(needed.temporal ? [startServer(services), bundle()] : []),
  ];
  // All are waited for, so that a failure of one leaves no other half-started.
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function newRun(): Promise<TestServices> {
  const folder = await mkdtemp(join(tmpdir(), `${RUN_PREFIX}${process.pid}-`));
  // PostgreSQL runs as another account when root runs the tests.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'logs'));
  const services: TestServices = { folder, children: [] };
  globalThis.gewerkTestServices = services;
  // Jest ends without the teardown on Ctrl-C.
  process.once('exit', () => killNoted(childrenFile(folder)));
  return services;
}

/** File that names a run's children. */
export const childrenFile = (folder: string): string => join(folder, 'children.jsonl');

async function startDatabase(services: TestServices): Promise<void> {
  const wish = {
    folder: join(services.folder, 'postgres'),
    port: await freePort(),
    password: 'test',
    logFile: join(services.folder, 'logs/postgres.log'),
    isDurable: false,
  };
  const cluster: Cluster = await prepareCluster(wish);
  noted(services, await startCluster(cluster), wish.folder);
  await ensureDatabase(wish, TEMPLATE);
  await migrate(databaseUrl(wish, TEMPLATE));
  process.env['TEST_DATABASE_URL'] = databaseUrl(wish, 'postgres');
}

async function migrate(url: string): Promise<void> {
  if (!existsSync(join(ROOT, 'db/migrate.ts'))) return;
  const done = await runTool(['db/migrate.ts'], { ...process.env, NODE_ENV: 'test', DATABASE_URL: url });
  if (done.code !== 0) throw new Error(`The test database could not be migrated:\n${done.output}`);
}

async function startServer(services: TestServices): Promise<void> {
  const program = await findTemporal((line) => process.stderr.write(`${line}\n`));
  const wish = {
    port: await freePort(),
    // Every test file makes a namespace of its own and must not wait for the server to notice.
    dynamicConfig: { 'system.namespaceCacheRefreshInterval': '200ms', 'system.forceSearchAttributesCacheRefreshOnRead': true },
  };
  const server = await startTemporal(program, wish, join(services.folder, 'logs/temporal.log'));
  noted(services, server, program.path);
  process.env['TEST_TEMPORAL_ADDRESS'] = server.address;
}

async function bundle(): Promise<void> {
  const file = await workflowBundle();
  if (file !== undefined) process.env['WORKFLOW_BUNDLE'] = file;
}

function noted(services: TestServices, child: Child, mark: string): void {
  services.children.push(child);
  noteChild(childrenFile(services.folder), { pid: child.pid, mark });
}

/** A run that was killed has left its programs behind: they are ended by their ids. */
async function clearKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(RUN_PREFIX) || !(ownerOf(folder) > 0) || isAlive(ownerOf(folder))) continue;
    await endLeftovers(childrenFile(folder));
    await rm(folder, { recursive: true, force: true });
  }
}
