/** An unusual flood of reminders is held until an operator has looked. Dependency-free. */
export type FloodCounts = {
  /** Reminders handed to the mail queue in the last hour, of the organisation or the installation. */
  readonly sentLastHour: number;
  /** How many there were in the same local hour on each of the last days (28 at best): reminders come in the morning, all at once. */
  readonly sameHourBefore: readonly number[];
  /** Until when an operator has let them pass; null while nobody has. */
  readonly releasedUntil: Date | null;
};

export type FloodDecision = {
  readonly decision: 'send' | 'hold';
  /** How many an hour are nothing unusual. */
  readonly limit: number;
};

/** Below this nobody is asked, however quiet it was before. */
const NEVER_UNUSUAL = 25;
/** So many times the busiest comparable hour is unusual. */
const FACTOR = 3;

/** Who lets a flood go lets it go for so long: the same morning isn't asked about twice. */
export const RELEASE_MS = 2 * 3_600_000;

/** Whether one more reminder may go out now. */
export function decideFlood(counts: FloodCounts, now: Date): FloodDecision {
  const busiest = counts.sameHourBefore.reduce((most, one) => Math.max(most, one), 0);
  const limit = Math.max(NEVER_UNUSUAL, busiest * FACTOR);
  const isReleased = counts.releasedUntil !== null && counts.releasedUntil > now;
  return { decision: isReleased || counts.sentLastHour < limit ? 'send' : 'hold', limit };
}
