import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { EventName } from '#domain/events.ts';
import type { Door, HoldReason } from '#domain/statuses.ts';
import { assignmentStatusAfter, type Performer, statusAfterStep, WORK_ORDER_STEPS, type WorkOrderStep } from '#domain/transitions.ts';
import { Assignment } from '../assignments/entity.ts';
import { endAssignment } from '../assignments/ending.ts';
import { mailClosed } from '../assignments/mails.ts';
import { Attachment } from '../attachments/entity.ts';
import { addComment } from '../comments/commands.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { ownAssignment } from '../partnerships/side.ts';
import type { WorkOrder } from './entity.ts';
import { followAssignments } from './follow.ts';
import { lockWorkOrder, performersFor } from './load.ts';

export type StepInput = {
  readonly workOrderId: string;
  readonly step: WorkOrderStep;
  readonly reason?: string | null | undefined;
  readonly waitingReason?: HoldReason | null | undefined;
  /** 'YYYY-MM-DD', if known. */
  readonly waitingUntil?: string | null | undefined;
  readonly door?: Door | undefined;
  /** Whose step it is where a coordinator takes over what a contractor said. */
  readonly onBehalfOfContactId?: string | null | undefined;
};

const EVENT_OF_STEP = {
  start: 'work_order.started',
  hold: 'work_order.held',
  resume: 'work_order.resumed',
  complete: 'work_order.completed',
  send_back: 'work_order.sent_back',
  close: 'work_order.closed',
  cancel: 'work_order.cancelled',
} as const satisfies Record<WorkOrderStep, EventName>;

/**
 * Makes one status step, by whichever door; the transition table decides. Done twice it changes nothing more.
 * Throws `step_not_allowed`, `reason_required`, `evidence_required`.
 */
export async function stepWorkOrder(em: Em, actor: Actor, input: StepInput, now: Date): Promise<WorkOrder> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  const performers = await performersFor(em, actor, order);
  if (isRepeated(input.step, order, performers)) return order;
  if (input.step === 'complete' && (await completesOnlyOwnPart(em, actor, order, now))) return order;
  const reason = input.step === 'hold' ? (input.reason ?? input.waitingReason) : input.reason;
  const from = order.status;
  const to = statusAfterStep(input.step, from, performers, reason);
  if (input.step === 'close') await assertEvidence(em, order);
  order.status = to;
  order.updatedAt = now;
  order.waitingReason = input.step === 'hold' ? (input.waitingReason ?? 'other') : null;
  order.waitingNote = input.step === 'hold' ? (input.reason ?? null) : null;
  order.waitingUntil = input.step === 'hold' ? (input.waitingUntil ?? null) : null;
  order.closedAt = to === 'closed' || to === 'cancelled' ? now : null;
  await recordEvent(em, actor, {
    name: EVENT_OF_STEP[input.step],
    organisationId: order.organisationId,
    workOrder: order,
    assignmentId: await assignmentIdOf(em, actor, order),
    door: input.door,
    onBehalfOfContactId: input.onBehalfOfContactId,
    data: { from, to, ...(input.waitingReason ? { waitingReason: input.waitingReason } : {}), ...(input.waitingUntil ? { until: input.waitingUntil } : {}) },
  }, now);
  await carryToAssignments(em, actor, order, input, now);
  await sayReason(em, actor, order, input, now);
  return order;
}

/** The assignment under which somebody from outside makes a step. */
async function assignmentIdOf(em: Em, actor: Actor, order: WorkOrder): Promise<string | null> {
  if (actor.kind === 'partner') return (await ownAssignment(em, actor, order.id))?.id ?? null;
  return 'assignmentId' in actor ? actor.assignmentId : null;
}

/** Where several work on an order, one of them being done does not end it. */
async function completesOnlyOwnPart(em: Em, actor: Actor, order: WorkOrder, now: Date): Promise<boolean> {
  const working = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id, status: 'accepted' });
  const own = working.find((one) => ('assignmentId' in actor && one.id === actor.assignmentId) || (actor.kind === 'member' && one.memberUserId === actor.userId) || (actor.kind === 'partner' && one.partnershipId === actor.partnershipId));
  if (!own || working.length < 2) return false;
  own.status = assignmentStatusAfter('complete', own.status, ['assignee']);
  own.doneAt = now;
  await recordEvent(em, actor, { name: 'assignment.completed', organisationId: order.organisationId, workOrder: order, assignmentId: own.id }, now);
  return true;
}

/** What an order's step means for those who work on it. */
async function carryToAssignments(em: Em, actor: Actor, order: WorkOrder, input: StepInput, now: Date): Promise<void> {
  const assignments = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id });
  for (const one of assignments) {
    if (input.step === 'complete' && one.status === 'accepted') {
      one.status = assignmentStatusAfter('complete', one.status, ['assignee']);
      one.doneAt = now;
      await recordEvent(em, actor, { name: 'assignment.completed', organisationId: order.organisationId, workOrder: order, assignmentId: one.id }, now);
    }
    if (input.step === 'send_back' && one.status === 'done') {
      one.status = assignmentStatusAfter('send_back', one.status, ['coordinator']);
      one.doneAt = null;
      await recordEvent(em, actor, { name: 'assignment.sent_back', organisationId: order.organisationId, workOrder: order, assignmentId: one.id }, now);
    }
    if (input.step === 'cancel') await endForCancelledOrder(em, actor, order, one, input.reason ?? '', now);
    if (input.step === 'close' && one.kind !== 'member' && one.status === 'done') await mailClosed(em, order, one, now);
  }
  await followAssignments(em, actor, order, now);
}

async function endForCancelledOrder(em: Em, actor: Actor, order: WorkOrder, one: Assignment, reason: string, now: Date): Promise<void> {
  if (one.status === 'offered') await endAssignment(em, actor, { order, assignment: one, step: 'withdraw', withdrawReason: 'no_longer_needed' }, now);
  else if (one.status === 'accepted' || one.status === 'done') await endAssignment(em, actor, { order, assignment: one, step: 'cancel', reason }, now);
}

/** A reason in words belongs into the conversation, where everybody who must know reads it. */
async function sayReason(em: Em, actor: Actor, order: WorkOrder, input: StepInput, now: Date): Promise<void> {
  const body = input.reason?.trim();
  if (!body) return;
  await addComment(em, actor, { workOrderId: order.id, visibility: 'shared', body, door: input.door }, now);
}

/** The step was made already; to somebody who may not make it, it is refused as ever. */
function isRepeated(step: WorkOrderStep, order: WorkOrder, performers: readonly Performer[]): boolean {
  const by: readonly Performer[] = WORK_ORDER_STEPS[step].by;
  if (!by.some((one) => performers.includes(one))) return false;
  const reached = { start: 'in_progress', hold: null, resume: 'in_progress', complete: 'done', send_back: null, close: 'closed', cancel: 'cancelled' } as const;
  return reached[step] === order.status;
}

/** A safety-relevant order can't be closed without a photo or document. */
async function assertEvidence(em: Em, order: WorkOrder): Promise<void> {
  if (!order.isSafetyRelevant) return;
  const count = await em.count(Attachment, { organisationId: order.organisationId, workOrderId: order.id, isHidden: false, removedAt: null });
  if (count === 0) throw new DomainError('evidence_required', {});
}
