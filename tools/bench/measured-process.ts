import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE, NODE_FLAGS } from '#tools/start/parts.ts';
import { ROOT } from '#tools/start/tool.ts';

const PROBE = fileURLToPath(new URL('./probe.ts', import.meta.url));

export type ProcessWish = {
  readonly name: string;
  /** Below the project's root. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** A word of its log that says that it is ready. */
  readonly readyMark: string;
};

export type Usage = { readonly cpuMs: number; readonly rssMiB: number };

/** A program of ours that runs beside the bench and tells what it uses. */
export class MeasuredProcess {
  readonly wish: ProcessWish;
  readonly #child: ChildProcess;
  /** From spawn to its ready line. */
  readonly readyAfterMs: number;

  private constructor(wish: ProcessWish, child: ChildProcess, readyAfterMs: number) {
    this.wish = wish;
    this.#child = child;
    this.readyAfterMs = readyAfterMs;
  }

  /** Starts it as `npm start` does and waits for its ready line; throws with the end of its log when it ends before. */
  static async start(wish: ProcessWish): Promise<MeasuredProcess> {
    const from = await stat(wish.logFile).then((file) => file.size, () => 0);
    const log = openSync(wish.logFile, 'a');
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...NODE_FLAGS, '--import', PROBE, wish.file], { cwd: ROOT, env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...wish.env }, stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    for (;;) {
      const said = (await readFile(wish.logFile)).subarray(from).toString();
      if (said.includes(wish.readyMark)) return new MeasuredProcess(wish, child, performance.now() - startedAt);
      if (child.exitCode !== null) throw new Error(`${wish.name} ended before it was ready:\n${said.slice(-2000)}`);
      await delay(20);
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** CPU time since its start, its own and the kernel's for it, and the memory that it holds. */
  async usage(): Promise<Usage> {
    const answered = once(this.#child, 'message');
    this.#child.send('usage');
    const [{ usage, rss }] = (await answered) as [{ usage: NodeJS.CpuUsage; rss: number }];
    return { cpuMs: (usage.user + usage.system) / 1000, rssMiB: rss / 1024 / 1024 };
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}
