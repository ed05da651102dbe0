import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { databaseUrl, ensureDatabase, OWNER, withClient, type ClusterWish } from '#tools/postgres/cluster.ts';
import type { DataFolder } from './data-folder.ts';
import { StartFault } from './fault.ts';
import { runTool } from './tool.ts';

/** One demo person who can sign in. */
export interface Login {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  readonly organisation: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** A first start that was killed while it seeded has left half a demo: the database is made anew. */
export async function dropHalfSeeded(wish: ClusterWish, folder: DataFolder): Promise<void> {
  if (existsSync(folder.at('seeding'))) {
    await withClient(databaseUrl(wish, 'postgres'), (client) => client.query(`drop database if exists ${OWNER} with (force)`));
    await rm(folder.at('seeding'), { force: true });
  }
  await ensureDatabase(wish, OWNER);
}

/** Throws a StartFault unless a database that runs elsewhere answers. */
export async function checkOutsideDatabase(url: string): Promise<void> {
  await withClient(url, (client) => client.query('select 1')).catch((error: unknown) => {
    throw new StartFault(`The database in DATABASE_URL does not answer: ${reasonOf(error)}.`);
  });
}

export async function migrate(env: Env): Promise<void> {
  const done = await runTool(['db/migrate.ts'], { ...env });
  if (done.code !== 0) throw new StartFault(`The database could not be brought up to date:\n${done.output.trim()}`);
}

/** Fills an empty database with the demo; the logins are kept for later starts. Undefined for data of one's own. */
export async function demoLogins(env: Env, folder: DataFolder): Promise<Login[] | undefined> {
  const file = folder.at('demo.json');
  if (await hasRows(env, 'organisations')) {
    return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Login[]) : undefined;
  }
  await writeFile(folder.at('seeding'), '');
  const done = await runTool(['db/seed/demo.ts'], { ...env });
  if (done.code !== 0) throw new StartFault(`The demo could not be laid down:\n${done.output.trim()}`);
  const logins = loginsFrom(done.stdout);
  await writeFile(file, JSON.stringify(logins, null, 2), { mode: 0o600 });
  await rm(folder.at('seeding'), { force: true });
  return logins;
}

/** The link by which the first administrator of an empty installation makes an account; undefined once there are users. */
export async function firstAdministratorLink(env: Env): Promise<string | undefined> {
  if (await hasRows(env, 'users')) return undefined;
  const done = await runTool(['db/seed/first-administrator.ts'], { ...env });
  const link = lastJson<{ link: string }>(done.stdout)?.link;
  if (done.code !== 0 || link === undefined) throw new StartFault(`The first administrator's link could not be made:\n${done.output.trim()}`);
  return link;
}

/** The owner may be held by row-level security too; the tables asked for have none. */
async function hasRows(env: Env, table: 'organisations' | 'users'): Promise<boolean> {
  return withClient(env['DATABASE_URL'] ?? '', async (client) => {
    const found = await client.query<{ any: boolean }>(`select exists (select 1 from ${table}) as any`);
    return found.rows[0]?.any === true;
  });
}

function loginsFrom(stdout: string): Login[] {
  const printed = lastJson<Login[] | { logins: Login[] }>(stdout);
  if (printed === undefined) throw new StartFault('The demo was laid down, but db/seed/demo.ts did not print its logins.');
  return Array.isArray(printed) ? printed : printed.logins;
}

/** Commands may log before they print their result, on the last line or as a whole. */
function lastJson<T>(stdout: string): T | undefined {
  for (const text of [stdout.trim(), stdout.trim().split('\n').at(-1) ?? '']) {
    try {
      return JSON.parse(text) as T;
    } catch {
      // The next form is tried.
    }
  }
  return undefined;
}

/** A refused connection comes as a bundle of errors, one for each address. */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return first instanceof Error ? first.message : String(first);
}
