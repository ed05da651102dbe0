import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, isAlive } from './alive.ts';

interface Started {
  readonly pid: number;
  /** A word of its command line, so that another program under the same id is left alone. */
  readonly mark: string;
}

/** Notes a child in a file, at once, so that even a killed starter leaves word of it. */
export function noteChild(file: string, child: Started): void {
  appendFileSync(file, `${JSON.stringify(child)}\n`);
}

/** Ends the children that a starter left behind when it was killed, the youngest first; returns how many. */
export async function endLeftovers(file: string): Promise<number> {
  let ended = 0;
  for (const { pid, mark } of noted(file).reverse()) {
    if (!isAlive(pid) || !(await commandLine(pid)).includes(mark)) continue;
    ended += 1;
    // The order "fast shutdown" of PostgreSQL; every other program takes it as an end too.
    signal(pid, 'SIGINT');
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 100) await delay(100);
    if (isAlive(pid)) signal(pid, 'SIGKILL');
  }
  rmSync(file, { force: true });
  return ended;
}

/** Kills the noted children without waiting, for the very end of a process. */
export function killNoted(file: string): void {
  for (const { pid } of noted(file)) signal(pid, 'SIGKILL');
}

function noted(file: string): Started[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Started];
    } catch {
      // A line cut off by a crash names nobody.
      return [];
    }
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}
