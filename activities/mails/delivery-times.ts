const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * After an unclear answer, or an attempt that broke off, the provider is asked at these times; its search may lag behind what
 * it has taken, so only after the last is a mail sent again. That the worker is known to be gone shortens nothing: it notes the
 * attempt before it sends, and what it had sent by then only the provider knows.
 */
const LOOKUPS_MS = [10 * SECOND_MS, MINUTE_MS, 3 * MINUTE_MS, 10 * MINUTE_MS];

/** The first look-up at or after a moment; null once the last has passed. */
export function nextLookup(sendingSince: Date, now: Date): Date | null {
  const elapsed = now.getTime() - sendingSince.getTime();
  const next = LOOKUPS_MS.find((offset) => offset > elapsed);
  return next === undefined ? null : new Date(sendingSince.getTime() + next);
}

/** Whether it is time to ask at all. */
export function isLookupDue(sendingSince: Date, now: Date): boolean {
  return now.getTime() - sendingSince.getTime() >= (LOOKUPS_MS[0] ?? 0);
}

/** Pause before another attempt: 5 s, doubling, at most 15 minutes, never shorter than the provider asks. */
export function retryAt(attempts: number, retryAfterMs: number | null, now: Date): Date {
  const pause = Math.min(5 * SECOND_MS * 2 ** Math.max(0, attempts - 1), 15 * MINUTE_MS);
  return new Date(now.getTime() + Math.max(pause, retryAfterMs ?? 0));
}

/** A reminder that comes days late is no help; everything else is tried for three days. */
export function givesUp(template: string, createdAt: Date, now: Date): boolean {
  const patience = template === 'reminder' || template === 'last-reminder' ? 6 * HOUR_MS : 72 * HOUR_MS;
  return now.getTime() - createdAt.getTime() >= patience;
}

/** Sent at most once where a double would annoy and a loss is shown in the portal anyway; all else at least once. */
export function mayBeSentTwice(template: string): boolean {
  return template !== 'comment-digest' && template !== 'daily-digest';
}
