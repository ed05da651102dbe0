import { type Actor, doorOf } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { DeclineReason, Door } from '#domain/statuses.ts';
import { assignmentStatusAfter } from '#domain/transitions.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { User } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { followAssignments } from '../work-orders/follow.ts';
import type { Assignment } from './entity.ts';
import { revokeAccess } from './ending.ts';
import { assertMayAnswer, lockAssignment } from './load.ts';
import { mailContractor, mailResponsible } from './mails.ts';
import { assertPromise } from './promise.ts';
import { loadSituation } from './snapshot.ts';

export type AnswerInput = {
  readonly assignmentId: string;
  readonly step: 'accept' | 'decline';
  /** Who answers: a known contact of the firm, or a name. Own people answer for themselves. */
  readonly contactId?: string | null | undefined;
  readonly byName?: string | null | undefined;
  /** Somebody of a partner whose late or soft answer is taken. */
  readonly userId?: string | null | undefined;
  readonly reason?: DeclineReason | null | undefined;
  readonly note?: string | null | undefined;
  readonly promisedFrom?: Date | null | undefined;
  readonly promisedUntil?: Date | null | undefined;
  readonly door?: Door | undefined;
  /** A partner gives back what it knows to be accepted; its no to a request comes too late then. */
  readonly isGivenBack?: boolean | undefined;
};

/** `applied` now or before by the same person; `forwarded`: too late, the coordinator confirms it or says no. */
export type AnswerOutcome = { readonly outcome: 'applied' | 'repeated' | 'forwarded'; readonly assignment: Assignment; readonly order: WorkOrder };

/**
 * Accepts or declines, by whichever door; accepted work is declined by giving it back. Throws `who_required`, `answered_by_colleague`, `given_elsewhere`,
 * `assignment_ended`. The order's row lock settles accept against withdrawal and expiry.
 */
export async function answerAssignment(em: Em, actor: Actor, input: AnswerInput, now: Date): Promise<AnswerOutcome> {
  const { order, assignment } = await lockAssignment(em, actor, input.assignmentId);
  const isOffice = actor.kind === 'member';
  await assertMayAnswer(em, actor, order, assignment);
  const who = await whoAnswers(em, actor, assignment, input);
  if (assignment.status !== 'offered') {
    // After a yes: given back by whoever has it and says so, or by the office for a firm; never by a word in a mail, by a link, or by a no that a colleague's yes has overtaken.
    const mayGiveBack = isOffice || (actor.kind === 'partner' && input.isGivenBack === true);
    if (input.step !== 'decline' || assignment.status !== 'accepted' || !mayGiveBack) return settleLate(order, assignment, input, who);
  }
  if (input.step === 'accept' && !isOffice && (await isTooLate(em, assignment, now))) return forwardLate(em, actor, { order, assignment, input, who }, now);
  await apply(em, actor, order, assignment, input, who, now);
  return { outcome: 'applied', assignment, order };
}

/** Judged by the deadline in force: late delivery, outages and a moved date count for the firm. */
async function isTooLate(em: Em, assignment: Assignment, now: Date): Promise<boolean> {
  const situation = await loadSituation(em, assignment.id);
  const due = situation ? nextStep(situation.snapshot, situation.policy, situation.calendar, now).answerBy : null;
  return due !== null && now > due;
}

type Who = { readonly contactId: string | null; readonly userId: string | null; readonly name: string };

async function whoAnswers(em: Em, actor: Actor, assignment: Assignment, input: AnswerInput): Promise<Who> {
  if (assignment.kind === 'member') return { contactId: null, userId: null, name: '' };
  const userId = actor.kind === 'partner' ? actor.userId : (input.userId ?? null);
  if (userId) return { contactId: null, userId, name: (await em.findOneOrFail(User, { id: userId })).name };
  if (input.contactId) {
    const contact = await em.findOne(FirmContact, { organisationId: assignment.organisationId, id: input.contactId, firmId: assignment.firmId ?? null });
    if (contact) return { contactId: contact.id, userId: null, name: contact.name };
  }
  const name = input.byName?.trim();
  if (!name) throw new DomainError('who_required', {});
  return { contactId: null, userId: null, name };
}

/** The answer meets one that is there already: repeated, a colleague's, or the asking is over. */
function settleLate(order: WorkOrder, assignment: Assignment, input: AnswerInput, who: Who): AnswerOutcome {
  const isSame = (input.step === 'accept' && ['accepted', 'done'].includes(assignment.status)) || (input.step === 'decline' && assignment.status === 'declined');
  const isSamePerson = who.userId ? assignment.answeredByUserId === who.userId : assignment.answeredByName === who.name;
  if (isSame && isSamePerson) return { outcome: 'repeated', assignment, order };
  // Whoever said yes can't take it back by mail or link: the page says whom to call.
  const isOwnYes = ['accepted', 'done'].includes(assignment.status) && isSamePerson;
  if (isOwnYes) throw new DomainError('step_not_allowed', { step: input.step, status: assignment.status });
  if (['accepted', 'done', 'declined'].includes(assignment.status)) {
    const at = assignment.acceptedAt ?? assignment.endedAt;
    throw new DomainError('answered_by_colleague', { answeredBy: assignment.answeredByName ?? '', answeredAt: at?.toISOString() ?? null, status: assignment.status });
  }
  const isGivenElsewhere = assignment.withdrawReason === 'given_to_other' || assignment.status === 'superseded';
  throw new DomainError(isGivenElsewhere ? 'given_elsewhere' : 'assignment_ended', { status: assignment.status, reason: assignment.withdrawReason ?? null });
}

type Late = { readonly order: WorkOrder; readonly assignment: Assignment; readonly input: AnswerInput; readonly who: Who };

/** Passing the deadline changes nothing by itself: the yes goes to the coordinator, who confirms it or says no. */
async function forwardLate(em: Em, actor: Actor, { order, assignment, input, who }: Late, now: Date): Promise<AnswerOutcome> {
  if (assignment.proposedAnswer?.why === 'too_late') return { outcome: 'forwarded', assignment, order };
  assignment.proposedAnswer = { step: 'accept', why: 'too_late', commentId: null, contactId: who.contactId, userId: who.userId, byName: who.name, at: now.toISOString(), door: input.door ?? doorOf(actor) };
  await recordEvent(em, actor, { name: 'assignment.late_answer', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, onBehalfOfContactId: who.contactId }, now);
  await mailResponsible(em, order, assignment, { template: 'late-acceptance', cause: 'assignment.late_answer', onceKey: `late:${assignment.id}:${now.getTime()}` }, now);
  await mailContractor(em, order, assignment, { template: 'answer-forwarded', cause: 'assignment.late_answer', onceKey: `forwarded:${assignment.id}:${now.getTime()}`, onlyUserId: who.userId }, now);
  return { outcome: 'forwarded', assignment, order };
}

async function apply(em: Em, actor: Actor, order: WorkOrder, assignment: Assignment, input: AnswerInput, who: Who, now: Date): Promise<void> {
  const door = input.door ?? (actor.kind === 'member' && assignment.kind !== 'member' ? 'phone' : undefined);
  assignment.status = assignmentStatusAfter(input.step, assignment.status, ['assignee']);
  assignment.answeredByContactId = who.contactId;
  assignment.answeredByUserId = who.userId;
  assignment.answeredByName = who.name || null;
  assignment.answerDoor = door ?? (actor.kind === 'link' ? 'link' : actor.kind === 'mail' ? 'mail' : 'portal');
  assignment.proposedAnswer = null;
  const isYes = input.step === 'accept';
  if (isYes) accept(assignment, input, now);
  else decline(assignment, input, now);
  const name = isYes ? 'assignment.accepted' : 'assignment.declined';
  await recordEvent(em, actor, {
    name, organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, door, onBehalfOfContactId: who.contactId,
    data: { firmId: assignment.firmId ?? null, ...(input.reason ? { reason: input.reason } : {}) },
  }, now);
  const template = isYes ? 'acceptance-confirmed' : 'decline-confirmed';
  // A click of one's own needs no letter; what came by mail, or from a colleague, is confirmed.
  const exceptUserId = assignment.answerDoor === 'portal' ? who.userId : null;
  await mailContractor(em, order, assignment, { template, cause: name, onceKey: `${name}:${assignment.id}:${now.getTime()}`, exceptUserId }, now);
  if (!isYes) await revokeAccess(em, assignment, now);
  await followAssignments(em, actor, order, now, { door, contactId: who.contactId });
}

function accept(assignment: Assignment, input: AnswerInput, now: Date): void {
  assertPromise(input, now);
  assignment.acceptedAt = now;
  assignment.promisedFrom = input.promisedFrom ?? null;
  assignment.promisedUntil = input.promisedUntil ?? null;
}

function decline(assignment: Assignment, input: AnswerInput, now: Date): void {
  assignment.endedAt = now;
  assignment.declineReason = input.reason ?? null;
  assignment.declineNote = input.note?.trim() || null;
}
