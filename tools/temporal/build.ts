import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '#tools/start/alive.ts';
import { StartFault } from '#tools/start/fault.ts';
import { isProgram, SOURCE_FOLDER } from './cache.ts';

const NO_SERVER =
  'There is no Temporal server: put `temporal` (server 1.32 or newer) on the PATH, install Go 1.26.8 or newer so that it can be built once, or name a running one by TEMPORAL_ADDRESS.';

/**
 * Builds the server once from its Go module; minutes on a cold machine, so `say` hears how far it is.
 * Throws a StartFault when Go is missing, too old or has no modules to build from.
 */
export async function buildServer(target: string, say: (line: string) => void): Promise<void> {
  await requireGo();
  say('· building the Temporal server from Go modules, once for this machine (about 8 minutes on 2 cores)');
  await mkdir(dirname(target), { recursive: true });
  const release = await lock(`${target}.lock`, say, () => isProgram(target));
  try {
    if (await isProgram(target)) return;
    const draft = `${target}.${process.pid}.new`;
    await go(['build', '-v', '-mod=readonly', '-trimpath', '-ldflags', '-s -w', '-o', draft, '.'], say);
    await rename(draft, target);
  } finally {
    await release();
  }
}

async function requireGo(): Promise<void> {
  const version = await run(['env', 'GOVERSION']).catch(() => undefined);
  if (version === undefined) throw new StartFault(NO_SERVER);
}

async function go(args: string[], say: (line: string) => void): Promise<void> {
  const started = Date.now();
  let packages = 0;
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`  … building the Temporal server (${seconds} s, ${packages} packages compiled)`);
  }, 15_000);
  try {
    await run(args, (line) => {
      if (/^[\w.-]+\//.test(line)) packages += 1;
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/go\.mod requires go|toolchain not available/.test(text)) throw new StartFault(NO_SERVER);
    if (/no space left/i.test(text)) throw new StartFault('The Temporal server could not be built: the disk is full.');
    throw new StartFault(`The Temporal server could not be built with Go: ${lastLine(text)}`);
  } finally {
    clearInterval(timer);
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? 'no reason given';

/** CGO is off: no C compiler is needed, and the same sources give the same program. */
function run(args: string[], onLine?: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: SOURCE_FOLDER, env: { ...process.env, CGO_ENABLED: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const forward = (): void => void child.kill('SIGTERM');
    process.once('exit', forward);
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      text.split('\n').forEach((line) => onLine?.(line));
      errors = (errors + text).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      process.removeListener('exit', forward);
      if (code === 0) resolve(out.trim());
      else reject(new Error(errors || `go ended with code ${code}`));
    });
  });
}

/** One build at a time per machine; a lock left behind by a dead process is taken over. */
async function lock(file: string, say: (line: string) => void, isDone: () => Promise<boolean>): Promise<() => Promise<void>> {
  for (let round = 0; ; round += 1) {
    const handle = await open(file, 'wx').catch(() => undefined);
    if (handle !== undefined) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    }
    if (await isDone()) return () => Promise.resolve();
    const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
    else if (round % 15 === 0) say('  … waiting for another start that is building the Temporal server');
    await delay(1000);
  }
}
