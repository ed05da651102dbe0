import type { Actor } from '#domain/actors.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { EventName } from '#domain/events.ts';
import type { Door, WorkOrderStatus } from '#domain/statuses.ts';
import { statusAfterAssignments } from '#domain/transitions.ts';
import { Assignment } from '../assignments/entity.ts';
import { loadSituation } from '../assignments/snapshot.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { wakeEndings } from '../partnerships/wind-up.ts';
import type { WorkOrder } from './entity.ts';

const EVENT_OF_STATUS: Partial<Record<WorkOrderStatus, EventName>> = {
  open: 'work_order.reopened',
  assigned: 'work_order.assigned',
  accepted: 'work_order.accepted',
  in_progress: 'work_order.sent_back',
  done: 'work_order.completed',
};

/**
 * Lets the order follow its assignments, after any of them has changed: status (with its event) and the earliest
 * answer that is owed. The caller holds the order's lock.
 */
export async function followAssignments(em: Em, actor: Actor, order: WorkOrder, now: Date, cause: { door?: Door | undefined; contactId?: string | null | undefined } = {}): Promise<void> {
  await em.flush();
  const assignments = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id });
  const next = statusAfterAssignments(order.status, assignments.map((one) => one.status));
  order.answerDueAt = await earliestAnswer(em, assignments, now);
  await wakeEndings(em, order.organisationId, assignments.flatMap((one) => one.partnershipId ?? []), now);
  if (next === order.status) return;
  const from = order.status;
  order.status = next;
  order.updatedAt = now;
  // Assignments never lead to `waiting`: what the order waited for is over with the work.
  order.waitingReason = null;
  order.waitingNote = null;
  order.waitingUntil = null;
  const name = EVENT_OF_STATUS[next];
  if (!name) return;
  await recordEvent(em, actor, {
    name,
    organisationId: order.organisationId,
    workOrder: order,
    door: cause.door,
    onBehalfOfContactId: cause.contactId,
    data: { from, to: next },
  }, now);
}

/** The earliest deadline in force of what is still unanswered. */
async function earliestAnswer(em: Em, assignments: readonly Assignment[], now: Date): Promise<Date | null> {
  const times: number[] = [];
  for (const one of assignments) {
    if (one.status !== 'offered') continue;
    const situation = await loadSituation(em, one.id);
    const due = situation ? nextStep(situation.snapshot, situation.policy, situation.calendar, now).answerBy : null;
    if (due) times.push(due.getTime());
  }
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
