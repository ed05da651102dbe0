import { setTimeout as delay } from 'node:timers/promises';
import { logTail, NotReady, startChild, waitUntil, type Child, type ChildPlan } from './child.ts';
import { noteChild } from './leftovers.ts';
import { say } from './progress.ts';

/** A program that belongs to the installation and is to run as long as it does. */
export interface Part {
  readonly plan: ChildPlan;
  /** Stands in its command line; tells it from others with the same id after a crash. */
  readonly mark: string;
  readonly readyWithinMs: number;
  isReady(child: Child): Promise<boolean>;
}

const ENDS_ALLOWED = 5;
const WITHIN_MS = 60_000;

/** Starts parts, starts them again when they die, and stops them in order. */
export class WatchedParts {
  readonly #running = new Map<string, Child>();
  readonly #childrenFile: string;
  readonly #giveUp: (sentence: string) => void;
  #isStopping = false;

  /** `giveUp` is told when a part keeps dying; it should stop everything. */
  constructor(childrenFile: string, giveUp: (sentence: string) => void) {
    this.#childrenFile = childrenFile;
    this.#giveUp = giveUp;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Starts a part and waits until it answers; throws a NotReady when it doesn't. From then on it is watched. */
  async start(part: Part): Promise<void> {
    const child = await this.#launch(part);
    void this.#watch(part, child);
  }

  /** Stops the parts by name, one group after the other. */
  async stopAll(order: readonly (readonly string[])[]): Promise<void> {
    this.#isStopping = true;
    for (const names of order) {
      await Promise.all(names.map(async (name) => this.#running.get(name)?.stop()));
    }
  }

  async #launch(part: Part): Promise<Child> {
    const { name } = part.plan;
    if (this.#isStopping) throw new Error(`${name} is not started: everything is being stopped`);
    const child = await startChild({ ...part.plan, onStart: (pid) => noteChild(this.#childrenFile, { pid, mark: part.mark }) });
    this.#running.set(name, child);
    if (this.#isStopping) await child.stop();
    try {
      await waitUntil(child, () => part.isReady(child), part.readyWithinMs);
    } catch (error) {
      await child.stop();
      throw error;
    }
    return child;
  }

  async #watch(part: Part, first: Child): Promise<void> {
    const ends: number[] = [];
    for (let child: Child | undefined = first; child !== undefined; ) {
      await child.ended;
      if (this.#isStopping) return;
      child = await this.#again(part, child, ends);
    }
  }

  /** One end, and one new start after a pause that grows; undefined when it is given up or everything stops. */
  async #again(part: Part, dead: Child, ends: number[]): Promise<Child | undefined> {
    for (let last = dead; ; ) {
      const now = Date.now();
      ends.push(now);
      const recent = ends.filter((at) => now - at < WITHIN_MS).length;
      const what = `${part.plan.name} ${last.end() ?? 'stopped'}`;
      const tail = await logTail(last);
      if (recent > ENDS_ALLOWED) {
        this.#giveUp(`${what}, ${recent} times within a minute, so everything is stopped. Its last lines (${part.plan.logFile}):\n${tail}`);
        return undefined;
      }
      const pauseMs = 500 * 2 ** (recent - 1);
      say(`! ${what}; it is started again in ${pauseMs / 1000} s. Its last lines (${part.plan.logFile}):\n${tail}`);
      await delay(pauseMs);
      if (this.#isStopping) return undefined;
      try {
        const child = await this.#launch(part);
        say(`✓ ${part.plan.name} runs again`);
        return child;
      } catch (error) {
        if (this.#isStopping) return undefined;
        if (error instanceof NotReady) last = error.child;
      }
    }
  }
}
