import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, isAlive } from '#tools/start/alive.ts';

/** What stands in the command line of each part that may die. */
const MARKS = {
  API: /api\/server\.ts/,
  worker: /activities\/worker\.ts/,
  Temporal: /temporal-\d+\.\d+\.db/,
  PostgreSQL: /postgres\S* -D /,
} as const;

export type PartName = keyof typeof MARKS;
export const PART_NAMES = Object.keys(MARKS) as PartName[];

/** Ends a part of an installation as a power cut would; returns the id of the process that is gone. */
export async function killPart(dataFolder: string, part: PartName): Promise<number> {
  const pid = await findPart(dataFolder, part);
  if (pid === null) throw new Error(`${part} does not run`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** Waits until another process has taken a dead one's place; that it answers is for its callers to find out. */
export async function waitForPart(dataFolder: string, part: PartName, deadPid: number): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const pid = await findPart(dataFolder, part);
    if (pid !== null && pid !== deadPid) return;
    if (Date.now() > until) throw new Error(`${part} was not started again`);
    await delay(100);
  }
}

/** `npm start` notes every child that it starts; the youngest that lives is the one. */
async function findPart(dataFolder: string, part: PartName): Promise<number | null> {
  const lines = (await readFile(join(dataFolder, 'children.jsonl'), 'utf8')).trim().split('\n');
  const pids = lines.map((line) => (JSON.parse(line) as { pid: number }).pid).reverse();
  for (const pid of pids) {
    if (isAlive(pid) && MARKS[part].test(await commandLine(pid))) return pid;
  }
  return null;
}
