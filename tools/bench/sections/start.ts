import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isPortFree } from '#tools/start/free-port.ts';
import { step } from '#tools/start/progress.ts';
import { ROOT } from '#tools/start/tool.ts';
import { number, type Finding } from '../report.ts';

const IDLE_MS = 20_000;
const START_LIMIT_S = 15;
const IDLE_LIMIT_MIB = 350;

/** `npm start`, twice: how long until everything answers, and what API and worker hold when nothing happens. */
export async function measureStart(): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-bench-start-'));
  await chmod(folder, 0o755);
  const port = await freeBlock();
  try {
    const first = await step('npm start, the first time', () => startOnce(folder, port));
    await end(first.child);
    const second = await step('npm start, the second time', () => startOnce(folder, port));
    await delay(IDLE_MS);
    const memory = await memoryOf(join(folder, 'data'));
    await end(second.child);
    const both = memory.api + memory.worker;
    return [
      { what: 'npm start, second time, to everything answering', ours: `${second.seconds.toFixed(1)} s (first with the demo: ${first.seconds.toFixed(0)} s)`, goal: `≤ ${START_LIMIT_S} s`, isMet: second.seconds <= START_LIMIT_S, figures: { firstS: first.seconds, secondS: second.seconds } },
      { what: 'memory of API and worker, idle', ours: `${number(both)} MiB (${number(memory.api)} + ${number(memory.worker)})`, goal: `≤ ${IDLE_LIMIT_MIB} MiB together`, isMet: both <= IDLE_LIMIT_MIB, figures: { apiMiB: memory.api, workerMiB: memory.worker } },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOnce(folder: string, port: number): Promise<{ child: ChildProcess; seconds: number }> {
  const { DATABASE_URL: _d, TEMPORAL_ADDRESS: _t, POSTMARK_SERVER_TOKEN: _p, ...env } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['tools/start.mjs', '--json'], {
    cwd: ROOT, env: { ...env, GEWERK_DATA: join(folder, 'data'), GEWERK_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  for await (const _line of createInterface({ input: child.stdout })) return { child, seconds: (performance.now() - startedAt) / 1000 };
  throw new Error(`npm start ended before it was ready:\n${said.join('').slice(-2000)}`);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

/** Resident memory in MiB, from the system: nothing of ours runs inside them. */
async function memoryOf(data: string): Promise<{ api: number; worker: number }> {
  const pids = (await readFile(join(data, 'children.jsonl'), 'utf8')).trim().split('\n').map((line) => (JSON.parse(line) as { pid: number }).pid);
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=,command=', '-p', pids.join(',')]);
  const of = (mark: string): number => Number(stdout.split('\n').find((line) => line.includes(mark))?.trim().split(/\s+/)[0] ?? Number.NaN) / 1024;
  return { api: of('api/server.ts'), worker: of('activities/worker.ts') };
}

async function freeBlock(): Promise<number> {
  for (let first = 29_500; first < 29_900; first += 5) {
    const free = await Promise.all([0, 1, 2, 3, 4].map((offset) => isPortFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('No five neighbouring free ports');
}
