import { DomainError } from '#domain/errors.ts';

/** An answer awaited longer than this would be a silence that nobody notices. */
const LONGEST_MS = 366 * 86_400_000;

/** An answer-by lies ahead, and no more than a year; throws `deadline_in_past` or `invalid_input`. */
export function assertDeadline(answerBy: Date, now: Date): void {
  if (answerBy <= now) throw new DomainError('deadline_in_past', { answerBy: answerBy.toISOString() });
  if (answerBy.getTime() - now.getTime() > LONGEST_MS) throw new DomainError('invalid_input', { field: 'answerBy', reason: 'too_far' });
}
