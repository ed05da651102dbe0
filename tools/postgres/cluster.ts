import { spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { commandLine } from '#tools/start/alive.ts';
import type { Child, ChildPlan } from '#tools/start/child.ts';
import { startChild, waitUntil } from '#tools/start/child.ts';
import { StartFault } from '#tools/start/fault.ts';
import { postgresAccount, type Account } from './account.ts';
import { postgresPrograms, type PostgresPrograms } from './programs.ts';
import { clusterFolder } from './reach.ts';

/** Name of the owner login and of the database that development uses. */
export const OWNER = 'gewerk';

export interface ClusterWish {
  /** Where its files should lie. */
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly logFile: string;
  /** False for tests: fast, and worthless after a power cut. */
  readonly isDurable: boolean;
}

/** A database cluster that is laid down and can be started. */
export interface Cluster {
  readonly wish: ClusterWish;
  readonly folder: string;
  readonly isNew: boolean;
  readonly plan: ChildPlan;
}

/** The address of a database in a local cluster, for its owner. */
export function databaseUrl(wish: Pick<ClusterWish, 'port' | 'password'>, database: string = OWNER): string {
  return `postgres://${OWNER}:${wish.password}@127.0.0.1:${wish.port}/${database}`;
}

/**
 * Lays a cluster down if there is none yet and says how to start it. Throws a StartFault when the folder
 * holds something else or files of another PostgreSQL.
 */
export async function prepareCluster(wish: ClusterWish): Promise<Cluster> {
  const account = await postgresAccount();
  const programs = await postgresPrograms(account);
  const folder = await clusterFolder(wish.folder, account);
  const isNew = !(await hasCluster(folder));
  if (isNew) await layDown(folder, wish.password, programs, account);
  else await checkCluster(folder, account);
  return { wish, folder, isNew, plan: plan(wish, folder, programs, account) };
}

/** Removes a cluster's files, wherever they lie. */
export async function removeCluster(wished: string): Promise<void> {
  const account = process.getuid?.() === 0 ? await postgresAccount() : undefined;
  const folders = new Set([wished, await clusterFolder(wished, account)]);
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

/** Starts a prepared cluster, waits until it answers and makes the database. */
export async function startCluster(cluster: Cluster): Promise<Child> {
  const child = await startChild(cluster.plan);
  try {
    await waitUntil(child, () => isClusterReady(cluster.wish), 60_000);
    await ensureDatabase(cluster.wish, OWNER);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

/** Whether the cluster takes connections. */
export async function isClusterReady(wish: Pick<ClusterWish, 'port' | 'password'>): Promise<boolean> {
  return withClient(databaseUrl(wish, 'postgres'), async (client) => (await client.query('select 1')).rowCount === 1).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new StartFault('The database does not know its own password any more: start over with `npm start -- --reset`, which loses its data.');
  });
}

/** Makes a database unless it is there. */
export async function ensureDatabase(wish: Pick<ClusterWish, 'port' | 'password'>, name: string): Promise<void> {
  await withClient(databaseUrl(wish, 'postgres'), async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** Opens one connection for one piece of work. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 20_000 });
  // A server that goes away in mid-query is told by the query itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function plan(wish: ClusterWish, folder: string, programs: PostgresPrograms, account: Account | undefined): ChildPlan {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(wish.isDurable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }),
  };
  return {
    name: 'PostgreSQL',
    command: programs.postgres,
    args: ['-D', folder, '-p', String(wish.port), ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    // From the root: a folder that the account can't enter must not be its current one.
    cwd: '/',
    env: { ...process.env, LC_MESSAGES: 'C' },
    logFile: wish.logFile,
    account,
    // "Fast": ends open sessions; SIGTERM would wait for them.
    stopSignal: 'SIGINT',
    stopWithinMs: 20_000,
  };
}

async function hasCluster(folder: string): Promise<boolean> {
  return stat(join(folder, 'PG_VERSION')).then(() => true, () => false);
}

async function checkCluster(folder: string, account: Account | undefined): Promise<void> {
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version !== '18') {
    throw new StartFault(`The database in ${folder} is not of PostgreSQL 18 but of ${version || 'an unknown version'}: start over with \`npm start -- --reset\`.`);
  }
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  await forgetDeadPostmaster(folder);
}

/** After a crash the file may name a process id that another program has by now; PostgreSQL would wait for that one. */
async function forgetDeadPostmaster(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (pid > 0 && !(await commandLine(pid)).includes(folder)) await rm(file, { force: true });
}

/** Laid down under another name first, so that a start that was cut off leaves no half-made cluster. */
async function layDown(folder: string, password: string, programs: PostgresPrograms, account: Account | undefined): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(draft, { mode: 0o700 });
  const secret = await mkdtemp(join(tmpdir(), 'gewerk-'));
  const passwordFile = join(secret, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (account !== undefined) {
      await Promise.all([draft, secret, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    }
    await initdb(programs.initdb, draft, passwordFile, account);
    await rename(draft, folder).catch(() => {
      throw new StartFault(`${folder} is no database folder and can't be made one: empty it, or start over with \`npm start -- --reset\`.`);
    });
  } finally {
    await rm(secret, { recursive: true, force: true });
  }
}

/** The built-in locale sorts the same on every machine, whatever its C library. */
function initdb(program: string, folder: string, passwordFile: string, account: Account | undefined): Promise<void> {
  const args = [
    '-D',
    folder,
    '-U',
    OWNER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-sync',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: '/', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'], ...account });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      const reason = errors.trim().split('\n').findLast((line) => line.includes('error:') || line.includes('FATAL')) ?? errors.trim();
      if (code === 0) resolve();
      else reject(new StartFault(`PostgreSQL could not lay down its files in ${folder}: ${reason || `initdb ended with code ${code}`}`));
    });
  });
}
