import type { Actor } from '#domain/actors.ts';
import type { EventName } from '#domain/events.ts';
import { performersOf } from '#domain/permissions.ts';
import type { WithdrawReason } from '#domain/statuses.ts';
import { assignmentStatusAfter, type Performer } from '#domain/transitions.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { AccessLink, type Assignment, ReplyAddress } from './entity.ts';
import { mailContractor } from './mails.ts';

export type Ending = {
  readonly order: WorkOrder;
  readonly assignment: Assignment;
  readonly step: 'withdraw' | 'cancel' | 'expire' | 'supersede';
  /** Why the contractor is told that it is over; `cancel` takes `reason` in words instead. */
  readonly withdrawReason?: WithdrawReason | undefined;
  readonly reason?: string | undefined;
};

const EVENT_OF_ENDING = {
  withdraw: 'assignment.withdrawn',
  cancel: 'assignment.cancelled',
  expire: 'assignment.expired',
  supersede: 'assignment.superseded',
} as const satisfies Record<Ending['step'], EventName>;

/** Ends an assignment from our side: status, event, mail to whom was asked, links and reply address dead at once. The caller holds the order's lock. */
export async function endAssignment(em: Em, actor: Actor, ending: Ending, now: Date): Promise<void> {
  const { order, assignment, step } = ending;
  const performers: Performer[] = step === 'supersede' || step === 'expire' ? ['process'] : performersOf(actor, { organisationId: order.organisationId });
  assignment.status = assignmentStatusAfter(step, assignment.status, performers);
  assignment.endedAt = now;
  assignment.proposedAnswer = null;
  assignment.withdrawReason = ending.withdrawReason ?? null;
  assignment.cancelReason = ending.reason ?? null;
  await revokeAccess(em, assignment, now);
  await recordEvent(em, actor, {
    name: EVENT_OF_ENDING[step],
    organisationId: order.organisationId,
    workOrder: order,
    assignmentId: assignment.id,
    data: { ...(ending.withdrawReason ? { reason: ending.withdrawReason } : {}), firmId: assignment.firmId ?? null },
  }, now);
  const mail = step === 'cancel'
    ? { template: 'cancellation' as const, cause: 'assignment.cancelled' }
    : { template: 'withdrawal' as const, cause: EVENT_OF_ENDING[step] };
  await mailContractor(em, order, assignment, { ...mail, onceKey: `ended:${assignment.id}` }, now);
}

/** Links stop working with the assignment; a late reply is still matched, and marked as late. */
export async function revokeAccess(em: Em, assignment: Assignment, now: Date): Promise<void> {
  const where = { organisationId: assignment.organisationId, assignmentId: assignment.id };
  await em.flush();
  await em.nativeUpdate(AccessLink, { ...where, revokedAt: null }, { revokedAt: now });
  await em.nativeUpdate(ReplyAddress, { ...where, expiredAt: null }, { expiredAt: now });
}
