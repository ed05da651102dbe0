import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster } from '#tools/postgres/cluster.ts';
import { commandLine, isAlive } from './alive.ts';
import { StartFault } from './fault.ts';
import { endLeftovers } from './leftovers.ts';
import type { StartOptions } from './options.ts';
import { say } from './progress.ts';

/** Made once for an installation and kept in its data folder, readable by its owner alone. */
export interface Secrets {
  readonly databasePassword: string;
  readonly mailboxToken: string;
  readonly inboundPassword: string;
  readonly eventsPassword: string;
}

/** The folder in which one installation keeps everything; held by one start at a time. */
export interface DataFolder {
  readonly path: string;
  readonly secrets: Secrets;
  at(...names: string[]): string;
  release(): void;
}

const SECRETS = 'secrets.json';
const LOCK = 'start.lock';
export const CHILDREN = 'children.jsonl';
const OURS = [SECRETS, CHILDREN, 'demo.json', 'seeding', 'postgres', 'postgres.new', 'temporal', 'mailbox', 'files', 'logs'];
const NAMES = ['databasePassword', 'mailboxToken', 'inboundPassword', 'eventsPassword'] as const;

/** Takes the data folder, ends what a killed start left running in it, and empties it when asked to start over. */
export async function openDataFolder(options: StartOptions): Promise<DataFolder> {
  const path = options.folder;
  await makeFolder(path);
  const release = await takeLock(path);
  try {
    const left = await endLeftovers(join(path, CHILDREN));
    if (left > 0) say(`✓ ended ${left} programs that a killed start had left running`);
    if (options.isReset) await empty(path);
    await Promise.all(['logs', 'temporal', 'mailbox', 'files'].map((name) => mkdir(join(path, name), { recursive: true, mode: 0o700 })));
    const secrets = await readOrMakeSecrets(path);
    return { path, secrets, release, at: (...names) => join(path, ...names) };
  } catch (error) {
    release();
    throw error;
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    const names = await readdir(path);
    // Never mixed with anybody's files: --reset removes things here.
    if (names.length > 0 && !names.some((name) => OURS.includes(name) || name === LOCK)) {
      throw new StartFault(`The data folder ${path} holds other files: name an empty one by GEWERK_DATA.`);
    }
    // The account of PostgreSQL, when root starts, must be able to walk through.
    await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    if (error instanceof StartFault) throw error;
    throw new StartFault(`The data folder ${path} can't be used (${(error as Error).message}): name another one by GEWERK_DATA.`);
  }
}

async function takeLock(path: string): Promise<() => void> {
  const file = join(path, LOCK);
  for (;;) {
    const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw new StartFault(`The data folder ${path} can't be written to (${error.message}): name another one by GEWERK_DATA.`);
    });
    if (handle !== undefined) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rmSync(file, { force: true });
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (owner > 0 && isAlive(owner) && (await commandLine(owner)).includes('main.ts')) {
      throw new StartFault(
        `The data folder ${path} is in use by another npm start (process ${owner}): stop that one, or choose others by GEWERK_DATA and GEWERK_PORT.`,
      );
    }
    await rm(file, { force: true });
  }
}

async function empty(path: string): Promise<void> {
  await removeCluster(join(path, 'postgres'));
  for (const name of OURS) await rm(join(path, name), { recursive: true, force: true });
}

async function readOrMakeSecrets(path: string): Promise<Secrets> {
  const file = join(path, SECRETS);
  if (!existsSync(file)) {
    if (existsSync(join(path, 'postgres'))) throw broken(path, `${SECRETS} is missing`);
    const fresh = Object.fromEntries(NAMES.map((name) => [name, randomBytes(24).toString('base64url')]));
    await writeFile(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
  }
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  const read = await readFile(file, 'utf8').then((text) => JSON.parse(text) as Partial<Secrets>).catch((): Partial<Secrets> => ({}));
  if (!NAMES.every((name) => typeof read[name] === 'string')) throw broken(path, `${SECRETS} can't be read`);
  return read as Secrets;
}

/** The sentence for data that can't be used. */
export function broken(path: string, reason: string): StartFault {
  return new StartFault(`The data folder ${path} is broken (${reason}): start over with \`npm start -- --reset\`, which loses its data.`);
}
