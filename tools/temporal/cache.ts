import { createHash } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = ['go.mod', 'go.sum', 'main.go', 'server.go', 'namespaces.go', 'ui.go'];

/** Folder of the Go module with the Temporal server for development. */
export const SOURCE_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Where this user's machine keeps programs that were built once; shared by all clones. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'] || (process.platform === 'win32' && env['LOCALAPPDATA']) || join(homedir(), '.cache');
  return join(base, 'gewerk');
}

/** The place of the built server, named by its sources: other sources, other file. */
export async function builtServerFile(env?: NodeJS.ProcessEnv): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}/${process.arch}`);
  for (const name of SOURCES) hash.update(name).update(await readFile(join(SOURCE_FOLDER, name)));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return join(cacheFolder(env), `temporal-${hash.digest('hex').slice(0, 16)}${suffix}`);
}

/** Whether a file is there and may be run. */
export async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(() => true, () => false);
}
