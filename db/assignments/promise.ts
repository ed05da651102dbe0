import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import type { Assignment } from './entity.ts';
import { assertMayAnswer, lockAssignment } from './load.ts';

type Window = { readonly promisedFrom?: Date | null | undefined; readonly promisedUntil?: Date | null | undefined };
const DAY_MS = 86_400_000;

/** A promised time lies ahead (or today), begins, and ends after it does; throws `date_in_past` or `invalid_input`. */
export function assertPromise(window: Window, now: Date): void {
  const { promisedFrom: from, promisedUntil: until } = window;
  if (from && from.getTime() < now.getTime() - DAY_MS) throw new DomainError('date_in_past', { field: 'promisedFrom' });
  if (until && (!from || until < from)) throw new DomainError('invalid_input', { field: 'promisedUntil', reason: 'ends_before_start' });
}

/** Sets or moves the date that the contractor promised; null takes it back. */
export async function setPromisedDate(
  em: Em,
  actor: Actor,
  input: Window & { assignmentId: string; onBehalfOfContactId?: string | null | undefined },
  now: Date,
): Promise<Assignment> {
  const { order, assignment } = await lockAssignment(em, actor, input.assignmentId);
  await assertMayAnswer(em, actor, order, assignment);
  if (assignment.status !== 'accepted') throw new DomainError('step_not_allowed', { step: 'promise', status: assignment.status });
  assertPromise(input, now);
  const from = input.promisedFrom ?? null;
  const until = input.promisedUntil ?? null;
  if (assignment.promisedFrom?.getTime() === from?.getTime() && assignment.promisedUntil?.getTime() === until?.getTime()) return assignment;
  assignment.promisedFrom = from;
  assignment.promisedUntil = until;
  await recordEvent(em, actor, {
    name: 'assignment.promised_date_set', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
    onBehalfOfContactId: input.onBehalfOfContactId, data: { from: from?.toISOString() ?? null, until: until?.toISOString() ?? null },
  }, now);
  return assignment;
}
