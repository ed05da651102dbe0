/** The reconciler leaves rows to the courier for two minutes: what was lost in the last moment is found by a second round. */
const SECOND_ROUND_MS = 150_000;

/**
 * Has rows and processes compared when Temporal answers again after an outage, and once more a while later: a server that
 * lost its power may have lost what it had promised, and the Schedule comes round only every ten minutes.
 */
export class RoundsAfterOutage {
  readonly #compare: () => Promise<void>;
  #isAway = false;
  #dueAt: readonly number[] = [];
  #running: Promise<void> = Promise.resolve();

  /** `compare` must not throw. */
  constructor(compare: () => Promise<void>) {
    this.#compare = compare;
  }

  /** To be told every few seconds whether Temporal answers; starts what is due and doesn't wait for it. */
  look(isReached: boolean, now: Date): void {
    const at = now.getTime();
    if (isReached && this.#isAway) this.#dueAt = [at, at + SECOND_ROUND_MS];
    this.#isAway = !isReached;
    const later = this.#dueAt.filter((due) => due > at);
    if (!isReached || later.length === this.#dueAt.length) return;
    this.#dueAt = later;
    this.#running = this.#running.then(this.#compare);
  }

  /** Ends with the round that is under way. */
  async stop(): Promise<void> {
    await this.#running;
  }
}
