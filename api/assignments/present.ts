import type { Assignment, DeputyProposal } from '#db/assignments/entity.ts';
import type { Assignees as FoundAssignees } from '#db/assignments/queries.ts';
import type { SituationOfAssignment } from '#db/assignments/snapshot.ts';
import type { OutboundMail } from '#db/mails/entity.ts';
import type { InternalAssignment } from '#db/partnerships/entity.ts';
import type { ShownWork } from '#db/partnerships/shown.ts';
import type { ProcessRow } from '#db/processes/entity.ts';
import type { People } from '#db/work-orders/people.ts';
import type { AccountActor } from '#domain/actors.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { Plan } from '#domain/escalation/plan.ts';
import { can, canAnswer, performersOf, type Subject } from '#domain/permissions.ts';
import { processUrl, workflowIdOf } from '#domain/processes.ts';
import { allowedAssignmentSteps } from '#domain/transitions.ts';
import { domainOf } from '#domain/mail/inbound-facts.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { AssignmentRecord, ProcessPanel } from '../work-orders/schema.ts';
import type { Assignees } from './schema.ts';

export type AssignmentContext = {
  readonly actor: AccountActor;
  readonly subject: Subject;
  readonly people: People;
  readonly mails: readonly OutboundMail[];
  readonly now: Date;
  /** Of the assignments that still run. */
  readonly situations: ReadonlyMap<string, SituationOfAssignment>;
  /** By workflow id. */
  readonly processes: ReadonlyMap<string, ProcessRow>;
  /** Whom notes of absence name, by assignment. */
  readonly deputies: ReadonlyMap<string, DeputyProposal>;
  /** What a partner keeps for itself, by assignment. */
  readonly sides?: ReadonlyMap<string, InternalAssignment> | undefined;
  /** What the client sees of that. */
  readonly shown: ShownWork;
  /** Address and namespace of the Temporal UI; null for everybody but operators. */
  readonly temporal: { readonly ui: string; readonly namespace: string } | null;
};

/** An assignment with what may be done about it, and its process as the panel shows it. */
export function presentAssignment(assignment: Assignment, context: AssignmentContext): AssignmentRecord {
  const { people } = context;
  const row = plain(assignment);
  const firm = assignment.firmId ? people.firms.get(assignment.firmId) : undefined;
  const contact = assignment.contactId ? people.contacts.get(assignment.contactId) : undefined;
  const member = assignment.memberUserId ? people.users.get(assignment.memberUserId) : undefined;
  const situation = context.situations.get(assignment.id);
  const plan = situation ? planOf(situation, context.now) : null;
  const isClient = context.actor.kind === 'member';
  const mail = mailToSendAgain(assignment, context);
  return {
    id: row.id, workOrderId: row.workOrderId, kind: row.kind, status: row.status,
    firm: firm ? { id: firm.id, company: firm.company, phone: firm.phone ?? null } : null,
    contact: contact ? { id: contact.id, name: contact.name, email: contact.email, phone: contact.phone ?? null, isUndeliverable: Boolean(contact.undeliverableSince), awayUntil: iso(contact.awayUntil ?? null) } : null,
    contacts: firm ? [...people.contacts.values()].filter((one) => one.firmId === firm.id && !one.archivedAt).map((one) => ({ id: one.id, name: one.name })) : [],
    member: member ? { id: member.id, name: member.name } : null,
    message: row.message, needsAcceptance: row.needsAcceptance, answerBy: iso(plan?.answerBy ?? row.answerByOverride ?? row.answerBy),
    offeredAt: iso(row.offeredAt), sentAt: iso(row.sentAt), deliveredAt: iso(row.deliveredAt), bouncedAt: iso(row.bouncedAt), acceptedAt: iso(row.acceptedAt), endedAt: iso(row.endedAt),
    promisedFrom: iso(row.promisedFrom), promisedUntil: iso(row.promisedUntil), declineReason: row.declineReason, declineNote: row.declineNote,
    withdrawReason: row.withdrawReason, cancelReason: row.cancelReason, answeredByName: (row.answeredByUserId ? people.users.get(row.answeredByUserId)?.name : null) ?? row.answeredByName, answerDoor: row.answerDoor, proposedAnswer: isClient ? proposalFor(row.proposedAnswer, people) : null,
    nextFirms: row.nextFirmIds.flatMap((id) => { const next = people.firms.get(id); return next ? [{ id, company: next.company }] : []; }),
    mailStatus: mailStatusOf(assignment, context.mails),
    steps: stepsOf(assignment, context), ...insideOf(assignment, context),
    can: {
      ...permissionsOf(assignment, context),
      ...(situation?.snapshot.orderStatus === 'closed' ? { cancel: false } : {}),
      sendAgain: mail !== null && can(context.actor, 'mail_log.resend') && can(context.actor, 'assignment.steer', context.subject),
      decideDeputy: context.deputies.has(assignment.id) && can(context.actor, 'assignment.steer', context.subject),
    },
    process: plan ? panelOf(assignment, plan, context) : null,
    sendingBlockedBy: isUndeliverable(assignment, context) ? 'contact_undeliverable' : null,
    resendMailId: mail?.id ?? null,
    deputy: deputyOf(assignment, context),
  };
}

/** How far the work has come inside a partner: the client reads that it was passed on, and to whom where the partner shows it. */
function insideOf({ id, partnershipId }: Assignment, { actor, people, sides, shown }: AssignmentContext): Pick<AssignmentRecord, 'partnershipId' | 'isPassedOn' | 'person' | 'ownReference'> {
  const kept = sides?.get(id);
  const person = people.users.get(kept?.memberUserId ?? shown.personIds.get(id) ?? '');
  return {
    partnershipId: partnershipId ?? null,
    isPassedOn: actor.kind === 'partner' ? Boolean(kept?.memberUserId) : shown.passedOn.has(id),
    person: person ? { id: person.id, name: person.name } : null,
    ownReference: kept?.ownReference ?? null,
  };
}

/** A partner's people get a mail each: one that arrived says that the firm knows. */
function mailStatusOf(assignment: Assignment, mails: readonly OutboundMail[]): AssignmentRecord['mailStatus'] {
  const own = mails.filter((mail) => mail.assignmentId === assignment.id && mail.template === 'assignment');
  const best = assignment.kind === 'partner' ? (own.find((mail) => mail.status === 'delivered') ?? own.find((mail) => mail.status === 'sent')) : undefined;
  return (best ?? own.at(-1))?.status ?? null;
}

/** Whose answer waits: of a partner that doesn't show its people, the company's. */
export function proposalFor(proposal: Assignment['proposedAnswer'], people: People): AssignmentRecord['proposedAnswer'] {
  if (!proposal) return null;
  const { userId, ...rest } = proposal;
  return { ...rest, byName: (userId ? people.users.get(userId)?.name : null) ?? rest.byName };
}

/** What its process does next, by the same function that the process itself asks. */
export function planOf(situation: SituationOfAssignment, now: Date): Plan {
  return nextStep(situation.snapshot, situation.policy, situation.calendar, now);
}

/** What the actor may do about an assignment now. */
export function permissionsOf(assignment: Assignment, { actor, subject, people, sides }: Pick<AssignmentContext, 'actor' | 'subject' | 'people' | 'sides'>): Record<string, boolean> {
  const isReachable = !isUndeliverable(assignment, { people });
  const steers = can(actor, 'assignment.steer', subject);
  const answers = canAnswer(actor, answeredBy(assignment, sides), subject);
  const isOffered = assignment.status === 'offered';
  const isAccepted = assignment.status === 'accepted';
  const isMail = assignment.kind === 'email';
  const isFirm = assignment.kind !== 'member';
  return {
    answer: answers && isOffered,
    withdraw: steers && isOffered,
    cancel: steers && (isAccepted || assignment.status === 'done'),
    undoAcceptance: steers && isAccepted && isFirm && assignment.needsAcceptance,
    remind: steers && isOffered && isFirm && isReachable,
    moveDeadline: steers && isOffered && isFirm,
    handOn: steers && (isOffered || isAccepted) && isFirm,
    decideProposal: steers && assignment.proposedAnswer !== null && assignment.proposedAnswer !== undefined,
    promise: answers && isAccepted,
    giveBack: answers && isAccepted && actor.kind === 'partner',
    passOn: can(actor, 'assignment.pass_on', subject) && (isOffered || isAccepted || assignment.status === 'done'),
    renewLink: steers && isMail && isReachable && (isOffered || isAccepted || assignment.status === 'done'),
    correctAddress: can(actor, 'firm.manage') && steers && isMail && !isReachable && (isOffered || isAccepted || assignment.status === 'done'),

  };
}

function answeredBy({ id, status, memberUserId, partnershipId }: Assignment, sides: AssignmentContext['sides']): Parameters<typeof canAnswer>[1] {
  return { status, memberUserId, partnershipId, personUserId: sides?.get(id)?.memberUserId };
}

/** Whether mails do not reach whom is asked at present. */
function isUndeliverable({ kind, bouncedAt, contactId }: Assignment, { people }: Pick<AssignmentContext, 'people'>): boolean {
  if (kind === 'partner') return Boolean(bouncedAt);
  return Boolean(contactId && people.contacts.get(contactId)?.undeliverableSince);
}

/** The last request by mail, where it did not arrive and the address was corrected since. */
function mailToSendAgain(assignment: Assignment, context: Pick<AssignmentContext, 'people' | 'mails'>): OutboundMail | null {
  if (!['offered', 'accepted'].includes(assignment.status) || !assignment.contactId || isUndeliverable(assignment, context)) return null;
  const last = context.mails.findLast((mail) => mail.assignmentId === assignment.id && mail.template === 'assignment');
  return last && (last.status === 'bounced' || last.status === 'refused') && last.toContactId === assignment.contactId ? last : null;
}

function deputyOf({ id, firmId }: Assignment, { deputies, people }: AssignmentContext): AssignmentRecord['deputy'] {
  const proposal = deputies.get(id);
  if (!proposal?.email) return null;
  const known = [...people.contacts.values()].filter((one) => one.firmId === firmId).map((one) => domainOf(one.email));
  const { email, name, awayUntil, inboundMailId } = plain(proposal);
  return { email: email ?? '', name, awayUntil, isOtherCompany: !known.includes(domainOf(email ?? '')), inboundMailId };
}

/** Steps of an assignment; the client's people may make each for whoever is asked, a partner those of its own that it may answer for. */
function stepsOf(assignment: Assignment, { actor, subject, sides }: AssignmentContext): AssignmentRecord['steps'] {
  if (actor.kind === 'partner' && !canAnswer(actor, answeredBy(assignment, sides), subject)) return [];
  const { memberUserId, partnershipId, status } = assignment;
  return allowedAssignmentSteps(status, performersOf(actor, { ...subject, assigneeUserIds: memberUserId ? [memberUserId] : [], assigneePartnershipIds: partnershipId ? [partnershipId] : [] }));
}

/** Of what comes next a partner sees what comes to itself. */
const COMES_TO_PARTNERS = ['remind', 'last_reminder'];

function panelOf(assignment: Assignment, plan: Plan, context: AssignmentContext): ProcessPanel {
  const workflowId = workflowIdOf('assignment', assignment.id);
  const isClient = context.actor.kind === 'member';
  const row = isClient ? context.processes.get(workflowId) : undefined;
  const planned = isClient ? plan.planned : plan.planned.filter((step) => COMES_TO_PARTNERS.includes(step.action));
  return {
    workflowId,
    waitsFor: { code: plan.waitsFor.code, since: iso(plan.waitsFor.since), until: iso(plan.waitsFor.until), isLate: plan.waitsFor.isLate },
    answerBy: iso(plan.answerBy), level: plan.level,
    planned: planned.map((step) => ({ key: step.key, action: step.action, number: step.number, at: iso(step.at), state: step.state, reason: step.reason })),
    needsAttention: (isClient && plan.needsAttention) || (row?.needsAttention ?? false), attentionReason: row?.attentionReason ?? null,
    temporalUrl: context.temporal && isClient ? processUrl(context.temporal.ui, context.temporal.namespace, workflowId) : null,
  };
}

/** Whom an order may be given to. */
export function presentAssignees(found: FoundAssignees): Assignees {
  return {
    members: found.members.map(({ user, membership }) => ({ id: user.id, name: user.name, role: membership.role })),
    firms: found.firms.map(({ firm, contacts, statistics, hasOpenAssignment }) => ({
      id: firm.id, company: firm.company, standing: firm.standing, blockedReason: firm.blockedReason ?? null, access: firm.access,
      needsNoAcceptance: firm.needsNoAcceptance, trades: firm.trades, statistics, hasOpenAssignment,
      contacts: contacts.map((one) => ({ id: one.id, name: one.name, email: one.email, isUndeliverable: Boolean(one.undeliverableSince), awayUntil: iso(one.awayUntil ?? null) })),
    })),
  };
}
