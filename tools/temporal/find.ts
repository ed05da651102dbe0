import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildServer } from './build.ts';
import { builtServerFile, cacheFolder, isProgram } from './cache.ts';

const execute = promisify(execFile);

/** Time skipping, which the tests of week-long processes use, came with this server. */
const OLDEST = [1, 32] as const;

/** A server program that can be started. */
export interface TemporalProgram {
  readonly path: string;
  /** Of the server inside, such as `1.32.1`. */
  readonly version: string;
  readonly origin: 'path' | 'cache' | 'download' | 'build';
}

/**
 * Finds a Temporal server: on the PATH if new enough, one that an earlier run cached, the SDK's own
 * download, else one built once from Go modules. Throws a StartFault when none can be had.
 */
export async function findTemporal(say: (line: string) => void, env: NodeJS.ProcessEnv = process.env): Promise<TemporalProgram> {
  const onPath = await firstUsable(await candidatesOnPath(env), 'path');
  if (onPath !== undefined) return onPath;
  const built = await builtServerFile(env);
  const cached = await firstUsable([built, ...(await downloads(env))], 'cache');
  if (cached !== undefined) return cached;
  const fetched = await download(env);
  if (fetched !== undefined) return fetched;
  await buildServer(built, say);
  const result = await firstUsable([built], 'build');
  if (result === undefined) throw new Error(`the server that was just built does not run: ${built}`);
  return result;
}

async function candidatesOnPath(env: NodeJS.ProcessEnv): Promise<string[]> {
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  const files = (env['PATH'] ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, name));
  const found = await Promise.all(files.map(async (file) => ((await isProgram(file)) ? file : '')));
  return found.filter(Boolean);
}

async function firstUsable(files: readonly string[], origin: TemporalProgram['origin']): Promise<TemporalProgram | undefined> {
  for (const path of files) {
    const version = (await isProgram(path)) ? await serverVersion(path) : undefined;
    if (version !== undefined && isNewEnough(version)) return { path, version, origin };
  }
  return undefined;
}

async function serverVersion(path: string): Promise<string | undefined> {
  const answer = await execute(path, ['--version'], { timeout: 10_000 }).catch(() => undefined);
  return /\(Server (\d+\.\d+\.\d+)/.exec(answer?.stdout ?? '')?.[1];
}

/** Whether a server version such as `1.32.1` is new enough for start and tests. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

const downloadFolder = (env: NodeJS.ProcessEnv): string => join(cacheFolder(env), 'downloads');

async function downloads(env: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = downloadFolder(env);
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.map(async (name) => ({ file: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  return files.sort((a, b) => b.at - a.at).map(({ file }) => file);
}

/** The SDK fetches the official program only while it starts one: it is started once for that, and ended. */
async function download(env: NodeJS.ProcessEnv): Promise<TemporalProgram | undefined> {
  const folder = downloadFolder(env);
  try {
    await mkdir(folder, { recursive: true });
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const probe = await TestWorkflowEnvironment.createLocal({
      server: { ui: false, executable: { type: 'cached-download', downloadDir: folder } },
    });
    await probe.teardown();
    return await firstUsable(await downloads(env), 'download');
  } catch {
    // Offline, or a machine for which there is none: the next way is tried.
    return undefined;
  }
}
