import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { answerBy } from '#domain/escalation/answer-by.ts';
import type { EventName } from '#domain/events.ts';
import type { WithdrawReason } from '#domain/statuses.ts';
import { assignmentStatusAfter } from '#domain/transitions.ts';
import { recordEvent } from '../events/record.ts';
import { loadSiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { followAssignments } from '../work-orders/follow.ts';
import { assertCan } from '../work-orders/load.ts';
import { stepWorkOrder } from '../work-orders/steps.ts';
import { answerAssignment } from './answer.ts';
import { assignWork } from './assign.ts';
import { assertDeadline } from './deadline.ts';
import { endAssignment } from './ending.ts';
import type { Assignment } from './entity.ts';
import { assertReachable, lockAssignment } from './load.ts';
import { mailContractor } from './mails.ts';

type OnAssignment = { readonly assignmentId: string };

/** Takes an unanswered request back; whom was asked is told by mail and the link dies. Repeating it changes nothing. */
export async function withdrawAssignment(em: Em, actor: Actor, input: OnAssignment & { reason: WithdrawReason }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  if (assignment.status === 'withdrawn') return assignment;
  await endAssignment(em, actor, { order, assignment, step: 'withdraw', withdrawReason: input.reason }, now);
  await followAssignments(em, actor, order, now);
  return assignment;
}

/** Cancels accepted work; the reason goes to the contractor, one that is ours by its code (`because`) in each reader's language. Throws `reason_required`. */
export async function cancelAssignment(em: Em, actor: Actor, input: OnAssignment & { reason: string; because?: WithdrawReason | undefined }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  if (assignment.status === 'cancelled') return assignment;
  // Work that was checked and closed can't be cancelled any more: its contractor has been thanked for it.
  if (order.status === 'closed') throw new DomainError('step_not_allowed', { step: 'cancel', status: order.status });
  if (!input.reason.trim()) throw new DomainError('reason_required', { step: 'cancel' });
  await endAssignment(em, actor, { order, assignment, step: 'cancel', reason: input.reason.trim(), withdrawReason: input.because }, now);
  await followAssignments(em, actor, order, now);
  return assignment;
}

/** One step back: an acceptance that was a mistake. The contractor is told and asked again. */
export async function undoAcceptance(em: Em, actor: Actor, input: OnAssignment & { reason?: string | null | undefined }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  assignment.status = assignmentStatusAfter('undo_acceptance', assignment.status, ['coordinator']);
  assignment.acceptedAt = null;
  assignment.answeredByContactId = null;
  assignment.answeredByUserId = null;
  assignment.answeredByName = null;
  assignment.answerDoor = null;
  assignment.promisedFrom = null;
  assignment.promisedUntil = null;
  await giveTimeAgain(em, order, assignment, now);
  await note(em, actor, 'assignment.acceptance_undone', order, assignment, {}, now);
  const parameters = { reason: input.reason?.trim() || null };
  await mailContractor(em, order, assignment, { template: 'acceptance-undone', cause: 'assignment.acceptance_undone', parameters }, now);
  await followAssignments(em, actor, order, now);
  return assignment;
}

/** Has the process remind now; it decides whether there is still somebody to remind. Throws `contact_undeliverable`. */
export async function requestReminder(em: Em, actor: Actor, input: OnAssignment, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  if (assignment.status !== 'offered') throw new DomainError('step_not_allowed', { step: 'remind', status: assignment.status });
  await assertReachable(em, assignment);
  assignment.remindRequestedAt = now;
  await note(em, actor, 'assignment.remind_requested', order, assignment, {}, now);
  return assignment;
}

/** Moves the answer-by; the contractor is told the new one. Throws `deadline_in_past`. */
export async function moveDeadline(em: Em, actor: Actor, input: OnAssignment & { answerBy: Date }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  if (assignment.status !== 'offered') throw new DomainError('step_not_allowed', { step: 'move_deadline', status: assignment.status });
  assertDeadline(input.answerBy, now);
  const from = assignment.answerByOverride ?? assignment.answerBy;
  assignment.answerByOverride = input.answerBy;
  assignment.answerByOverrideSetAt = now;
  await note(em, actor, 'assignment.deadline_moved', order, assignment, { from: from?.toISOString() ?? null, to: input.answerBy.toISOString() }, now);
  await mailContractor(em, order, assignment, { template: 'date-changed', cause: 'assignment.deadline_moved', parameters: { what: 'answerBy' } }, now);
  await followAssignments(em, actor, order, now);
  return assignment;
}

/** Gives the work to the next firm of the list, or to the one named; what runs is ended first. Throws `no_next_firm`. */
export async function handOn(em: Em, actor: Actor, input: OnAssignment & { firmId?: string | undefined; reason?: string | undefined }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  const firmId = input.firmId ?? assignment.nextFirmIds[0];
  if (!firmId) throw new DomainError('no_next_firm', {});
  if (assignment.status === 'offered') await endAssignment(em, actor, { order, assignment, step: 'withdraw', withdrawReason: 'given_to_other' }, now);
  else if (assignment.status === 'accepted') {
    if (!input.reason?.trim()) throw new DomainError('reason_required', { step: 'cancel' });
    await endAssignment(em, actor, { order, assignment, step: 'cancel', reason: input.reason.trim() }, now);
  }
  await followAssignments(em, actor, order, now);
  return offerTo(em, actor, order, assignment, firmId, now);
}

/** Asks the given firm what the previous one was asked: same message, shared files, and the rest of the list behind it. */
export async function offerTo(em: Em, actor: Actor, order: WorkOrder, previous: Assignment, firmId: string, now: Date): Promise<Assignment> {
  const rest = previous.nextFirmIds.filter((id) => id !== firmId);
  return assignWork(em, actor, {
    workOrderId: order.id,
    firmId,
    message: previous.message,
    nextFirmIds: rest,
    sharedAttachmentIds: previous.sharedAttachmentIds,
    previousAssignmentId: previous.id,
  }, now);
}

/** A coordinator takes a soft or late answer as what it suggests, or leaves it a message. */
export async function decideProposal(em: Em, actor: Actor, input: OnAssignment & { isTaken: boolean }, now: Date): Promise<Assignment> {
  const { order, assignment } = await lockForSteering(em, actor, input);
  const proposal = assignment.proposedAnswer;
  if (!proposal) throw new DomainError('changed_meanwhile', { assignmentId: assignment.id });
  if (!input.isTaken) {
    assignment.proposedAnswer = null;
    await note(em, actor, 'assignment.proposal_dismissed', order, assignment, { step: proposal.step }, now);
    return assignment;
  }
  if (proposal.step === 'accept' || proposal.step === 'decline') {
    const door = proposal.door ?? (proposal.commentId ? 'mail' : 'link');
    await answerAssignment(em, actor, { assignmentId: assignment.id, step: proposal.step, contactId: proposal.contactId, userId: proposal.userId, byName: proposal.byName, door }, now);
  } else {
    await stepWorkOrder(em, actor, { workOrderId: order.id, step: proposal.step, door: 'mail', onBehalfOfContactId: proposal.contactId }, now);
  }
  assignment.proposedAnswer = null;
  return assignment;
}

/** Who is asked again has the policy's time from now, unless a later date was set by hand: the first one may be long over. */
async function giveTimeAgain(em: Em, order: WorkOrder, assignment: Assignment, now: Date): Promise<void> {
  const { policy, calendar } = await loadSiteRules(em, order.organisationId, order.workspaceId);
  const reckoned = answerBy(assignment.policy ?? policy, order.priority, now, calendar);
  const known = assignment.answerByOverride ?? assignment.answerBy;
  if (known && known >= reckoned) return;
  assignment.answerByOverride = reckoned;
  assignment.answerByOverrideSetAt = now;
}

async function lockForSteering(em: Em, actor: Actor, input: OnAssignment): Promise<{ order: WorkOrder; assignment: Assignment }> {
  const found = await lockAssignment(em, actor, input.assignmentId);
  await assertCan(em, actor, 'assignment.steer', found.order);
  return found;
}

async function note(em: Em, actor: Actor, name: EventName, order: WorkOrder, assignment: Assignment, data: Record<string, unknown>, now: Date): Promise<void> {
  await recordEvent(em, actor, { name, organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, data: { firmId: assignment.firmId ?? null, ...data } }, now);
}
