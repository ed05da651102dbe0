import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { StartFault } from './fault.ts';

/** How to start one program and how to end it. */
export interface ChildPlan {
  /** For people: "API", "PostgreSQL". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly cwd?: string | undefined;
  readonly logFile: string;
  /** Another account to run as; only root can ask for it. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  /** What ends it in order; SIGTERM when absent. */
  readonly stopSignal?: NodeJS.Signals | undefined;
  /** After this it is killed. */
  readonly stopWithinMs?: number | undefined;
  /** Starts now; its pid is already known when this is called. */
  readonly onStart?: ((pid: number) => void) | undefined;
}

/** One running program whose output goes to a file. */
export interface Child {
  readonly plan: ChildPlan;
  readonly pid: number;
  /** Settles when the program is gone; never rejects. */
  readonly ended: Promise<string>;
  /** Undefined while it runs, else how it ended in words. */
  end(): string | undefined;
  stop(): Promise<void>;
  /** What it wrote since it was started. */
  output(): Promise<string>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches the starter alone.
 * Rejects when the program can't be started at all.
 */
export async function startChild(plan: ChildPlan): Promise<Child> {
  const from = await stat(plan.logFile).then((file) => file.size, () => 0);
  const log = openSync(plan.logFile, 'a');
  const process_ = spawn(plan.command, [...plan.args], {
    cwd: plan.cwd,
    env: plan.env === undefined ? process.env : { ...plan.env },
    stdio: ['ignore', log, log],
    detached: true,
    ...plan.account,
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    process_.once('spawn', resolve);
    process_.once('error', reject);
  });
  const pid = process_.pid;
  if (pid === undefined) throw new Error(`${plan.name} has no process id`);
  plan.onStart?.(pid);
  return watch(plan, process_, pid, from);
}

function watch(plan: ChildPlan, running: ChildProcess, pid: number, logStart: number): Child {
  let end: string | undefined;
  const ended = new Promise<string>((resolve) => {
    running.once('exit', (code, signal) => {
      end = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      resolve(end);
    });
  });
  const stop = async (): Promise<void> => {
    if (end !== undefined) return;
    running.kill(plan.stopSignal ?? 'SIGTERM');
    const late = new AbortController();
    await Promise.race([
      ended,
      delay(plan.stopWithinMs ?? 10_000, undefined, { signal: late.signal }).then(
        () => running.kill('SIGKILL'),
        () => undefined,
      ),
    ]);
    await ended;
    late.abort();
  };
  const output = async (): Promise<string> => (await readFile(plan.logFile)).subarray(logStart).toString('utf8');
  return { plan, pid, ended, end: () => end, stop, output };
}

/** The last lines that a program wrote, for a sentence about its end; a stack is shown from its error on. */
export async function logTail(child: Child, count = 12): Promise<string> {
  const lines = (await child.output().catch(() => '')).trimEnd().split('\n');
  const tail = lines.slice(-count);
  const cause = lines.slice(0, -count).findLast((line) => /^\S*(error|fatal)\b.*: /i.test(line));
  const shown = cause === undefined || tail.some((line) => /^\S*(error|fatal)\b.*: /i.test(line)) ? tail : [cause, '…', ...tail];
  return shown.map((line) => `    ${line.slice(0, 400)}`).join('\n');
}

/**
 * Asks again and again until `isReady` says yes; false answers and errors both count as not yet, except a
 * StartFault. Throws a NotReady when the program ended meanwhile or the time is over.
 */
export async function waitUntil(child: Child, isReady: () => Promise<boolean>, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    if (child.end() !== undefined) throw new NotReady(`${child.plan.name} ${child.end()} instead of starting`, child);
    if (await isReady().catch(notYet)) return;
    if (Date.now() > until) throw new NotReady(`${child.plan.name} did not answer within ${withinMs / 1000} s`, child);
    await delay(100);
  }
}

/** A fault that waiting does not mend ends the waiting. */
function notYet(error: unknown): false {
  if (error instanceof StartFault) throw error;
  return false;
}

/** A program did not come up; `child` has its output. */
export class NotReady extends Error {
  readonly child: Child;
  constructor(message: string, child: Child) {
    super(message);
    this.name = 'NotReady';
    this.child = child;
  }
}
