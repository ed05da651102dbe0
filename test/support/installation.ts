import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Mailbox } from '#tools/mailbox/client.ts';
import { isPortFree } from '#tools/start/free-port.ts';
import type { StartResult } from '#tools/start/result.ts';

/** A whole installation, started as a newcomer would: `npm start -- --json` with a data folder and ports of its own. */
export interface Installation {
  readonly result: StartResult;
  readonly mailbox: Mailbox;
  stop: () => Promise<void>;
}

const READY_WITHIN_MS = 300_000;
const PORTS_NEEDED = 5;

/**
 * Starts it and waits until everything answers; `flags` as for `npm start`. Where INSTALLATION names a file with the
 * line that `npm start -- --json` printed, that running one is used instead: quicker while a test is being written.
 */
export async function startInstallation(flags: readonly string[] = []): Promise<Installation> {
  const running = process.env['INSTALLATION'];
  if (running) return attach(JSON.parse(await readFile(running, 'utf8')) as StartResult);
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-installation-'));
  // PostgreSQL runs as another account when root runs the tests.
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const firstPort = await freeBlock();
  const child = spawn(process.execPath, ['tools/start.mjs', '--json', ...flags], {
    env: { ...settingsOfStart(), GEWERK_DATA: data, GEWERK_PORT: String(firstPort), DIGEST_QUIET_SECONDS: '1', DIGEST_LONGEST_SECONDS: '5' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = await firstLine(child);
  return {
    result,
    mailbox: new Mailbox(result.mailbox ?? ''),
    stop: async () => {
      child.kill('SIGINT');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function attach(result: StartResult): Installation {
  return { result, mailbox: new Mailbox(result.mailbox ?? ''), stop: async () => undefined };
}

/** The environment without what the test run set for its own services. */
function settingsOfStart(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _d, TEMPORAL_ADDRESS: _t, POSTMARK_SERVER_TOKEN: _p, NODE_ENV: _n, WORKFLOW_BUNDLE: _b, ...env } = process.env;
  return env;
}

async function firstLine(child: ChildProcess): Promise<StartResult> {
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(String(chunk)));
  const timer = setTimeout(() => child.kill('SIGINT'), READY_WITHIN_MS);
  if (!child.stdout) throw new Error('npm start has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    return JSON.parse(line) as StartResult;
  }
  throw new Error(`npm start ended before it was ready:\n${said.join('').slice(-4_000)}`);
}

/** First of five neighbouring free ports. */
async function freeBlock(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    // Below the range from which systems take ports for outgoing connections; each of Jest's workers in a part of its own, as two may look at the same moment.
    const part = Number(process.env['JEST_WORKER_ID'] ?? 0) % 4;
    const first = 20_000 + part * 3_000 + Math.floor(Math.random() * 2_990);
    const free = await Promise.all(Array.from({ length: PORTS_NEEDED }, (_, offset) => isPortFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('No five neighbouring free ports');
}
