import { LockMode } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { answerBy } from '#domain/escalation/answer-by.ts';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import { OPEN_ASSIGNMENT_STATUSES, type Locale } from '#domain/statuses.ts';
import { isAssignable } from '#domain/transitions.ts';
import { shareAttachments } from '../attachments/commands.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { tellUser } from '../events/tell-user.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { firmOfAddress } from '../firms/find-typed.ts';
import { loadSiteRules } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { assertShared } from '../partnerships/share-for-order.ts';
import { Membership } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { followAssignments } from '../work-orders/follow.ts';
import { assertCan, lockWorkOrder } from '../work-orders/load.ts';
import { Assignment } from './entity.ts';
import { assertDeadline } from './deadline.ts';
import { mailContractor } from './mails.ts';

export type AssignInput = {
  readonly workOrderId: string;
  readonly firmId?: string | undefined;
  readonly memberUserId?: string | undefined;
  /** A firm that is not in the directory yet; it is added. */
  readonly newFirm?: { company: string; contactName: string; email: string; phone?: string | null | undefined; locale?: Locale | undefined } | undefined;
  readonly contactId?: string | undefined;
  readonly message?: string | null | undefined;
  /** Default: the policy's. */
  readonly answerBy?: Date | null | undefined;
  readonly nextFirmIds?: readonly string[] | undefined;
  /** The files that the firm sees; absent = as they are. */
  readonly sharedAttachmentIds?: readonly string[] | undefined;
  readonly previousAssignmentId?: string | undefined;
  /** Shares the order's workspace with the partner on the way, where that has not been done. */
  readonly sharesWorkspace?: boolean | undefined;
};

/** A statement of who would be asked and by when, before anything is written; the assign dialog previews from it. */
export type PlannedAssignment = {
  readonly firm: Firm | null;
  /** Whom a firm is mailed by; a partner's people find out among themselves. */
  readonly contact: FirmContact | null;
  /** Set where the firm works in its own portal. */
  readonly partnership: Partnership | null;
  readonly memberUserId: string | null;
  readonly needsAcceptance: boolean;
  readonly answerBy: Date | null;
  readonly policy: EscalationPolicy;
};

/**
 * Hands an order to a firm (by mail, or in a partner's portal) or to an own person. One firm at a time; own people may
 * help beside it. Throws `already_assigned`, `firm_blocked`, `contact_undeliverable`, `workspace_not_shared`, `deadline_in_past`.
 */
export async function assignWork(em: Em, actor: Actor, input: AssignInput, now: Date): Promise<Assignment> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  await assertCan(em, actor, 'work_order.assign', order);
  const firmId = input.newFirm ? await addFirm(em, order.organisationId, input.newFirm, now) : input.firmId;
  const planned = await planSettled(em, order, { ...input, firmId }, now);
  if (planned.partnership) await holdPartnership(em, planned.partnership);
  if (planned.partnership) await assertShared(em, actor, order, planned.partnership, input.sharesWorkspace ?? false, now);
  if (input.sharedAttachmentIds && planned.firm) await shareAttachments(em, order, input.sharedAttachmentIds, !input.previousAssignmentId);
  const assignment = em.create(Assignment, {
    id: newId(),
    organisationId: order.organisationId,
    workOrderId: order.id,
    kind: planned.partnership ? 'partner' : planned.firm ? 'email' : 'member',
    firmId: planned.firm?.id ?? null,
    partnershipId: planned.partnership?.id ?? null,
    contactId: planned.contact?.id ?? null,
    memberUserId: planned.memberUserId,
    status: planned.needsAcceptance ? 'offered' : 'accepted',
    needsAcceptance: planned.needsAcceptance,
    message: input.message?.trim() || null,
    answerBy: planned.answerBy,
    policy: planned.policy,
    nextFirmIds: [...(input.nextFirmIds ?? [])].filter((id) => id !== planned.firm?.id),
    sharedAttachmentIds: [...(input.sharedAttachmentIds ?? [])],
    previousAssignmentId: input.previousAssignmentId ?? null,
    offeredByUserId: actor.kind === 'member' ? actor.userId : null,
    offeredAt: now,
    acceptedAt: planned.needsAcceptance ? null : now,
    ...(planned.firm ? {} : { sentAt: now, deliveredAt: now }),
  });
  const eventId = await recordEvent(em, actor, {
    name: 'assignment.offered',
    organisationId: order.organisationId,
    workOrder: order,
    assignmentId: assignment.id,
    data: { kind: assignment.kind, firmId: assignment.firmId ?? null, contactId: assignment.contactId ?? null, memberUserId: assignment.memberUserId ?? null },
  }, now);
  await mailContractor(em, order, assignment, { template: 'assignment', cause: 'assignment.offered', onceKey: `assignment:${assignment.id}:${planned.contact?.id ?? ''}` }, now);
  if (assignment.memberUserId) await tellUser(em, { eventId, order, userId: assignment.memberUserId, byUserId: assignment.offeredByUserId ?? null }, now);
  await followAssignments(em, actor, order, now);
  return assignment;
}

/** Whom an input means and what they would be asked; checks everything but whether the order is free. */
export async function planAssignment(em: Em, order: WorkOrder, input: AssignInput, now: Date): Promise<PlannedAssignment> {
  if (!isAssignable(order.status)) throw new DomainError('step_not_allowed', { step: 'assign', status: order.status });
  const rules = await loadSiteRules(em, order.organisationId, order.workspaceId);
  if (input.memberUserId) {
    const member = await em.findOne(Membership, { organisationId: order.organisationId, userId: input.memberUserId, removedAt: null, joinedAt: { $ne: null } });
    const isHere = !member?.workspaceIds || member.workspaceIds.includes(order.workspaceId);
    if (!member || !isHere) throw new DomainError('not_found', { memberUserId: input.memberUserId });
    return { firm: null, contact: null, partnership: null, memberUserId: member.userId, needsAcceptance: false, answerBy: null, policy: rules.policy };
  }
  const firm = input.firmId ? await em.findOne(Firm, { organisationId: order.organisationId, id: input.firmId, archivedAt: null }) : null;
  if (!firm) throw new DomainError('not_found', { firmId: input.firmId ?? null });
  if (firm.standing === 'blocked') throw new DomainError('firm_blocked', { company: firm.company, reason: firm.blockedReason ?? '' });
  const partnership = await em.findOne(Partnership, { organisationId: order.organisationId, firmId: firm.id, status: 'accepted', endedAt: null });
  const contact = partnership ? null : await chooseContact(em, firm, input.contactId);
  const needsAcceptance = !firm.needsNoAcceptance;
  if (input.answerBy) assertDeadline(input.answerBy, now);
  const due = input.answerBy ?? answerBy(rules.policy, order.priority, now, rules.calendar);
  return { firm, contact, partnership, memberUserId: null, needsAcceptance, answerBy: needsAcceptance ? due : null, policy: rules.policy };
}

/** Plans past whoever accepts the firm's invitation at this moment: they take this order over, or this finds a partner. */
async function planSettled(em: Em, order: WorkOrder, input: AssignInput, now: Date): Promise<PlannedAssignment> {
  const planned = await planAssignment(em, order, input, now);
  await assertFree(em, order, planned);
  if (!planned.firm || planned.partnership) return planned;
  const ofFirm = { organisationId: order.organisationId, firmId: planned.firm.id };
  await em.find(Partnership, { ...ofFirm, status: 'invited' }, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
  const isPartner = (await em.count(Partnership, { ...ofFirm, status: 'accepted', endedAt: null })) > 0;
  return isPartner ? planAssignment(em, order, input, now) : planned;
}

/** Of two at one moment, who ends the partnership finds this order among those to decide on, or this finds it ended. */
async function holdPartnership(em: Em, { organisationId, id }: Partnership): Promise<void> {
  const held = await em.findOne(Partnership, { organisationId, id, status: 'accepted', endedAt: null }, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
  if (!held) throw new DomainError('changed_meanwhile', { partnershipId: id });
}

/** The chosen contact, else the first whom mails reach, those for dispatch first. */
export async function chooseContact(em: Em, firm: Firm, contactId?: string, exceptIds: readonly string[] = []): Promise<FirmContact> {
  const contacts = await em.find(FirmContact, { organisationId: firm.organisationId, firmId: firm.id, archivedAt: null }, { orderBy: { position: 'asc', id: 'asc' } });
  const reachable = contacts.filter((one) => !one.undeliverableSince && !exceptIds.includes(one.id) && one.email);
  if (contactId && !contacts.some((one) => one.id === contactId)) throw new DomainError('invalid_input', { field: 'contactId', reason: 'not_found' });
  const chosen = contactId ? reachable.find((one) => one.id === contactId) : (reachable.find((one) => one.roles.includes('dispatch')) ?? reachable[0]);
  if (!chosen) throw new DomainError('contact_undeliverable', { company: firm.company });
  return chosen;
}

/** One open assignment of an order per assignee, and one firm at a time. */
async function assertFree(em: Em, order: WorkOrder, planned: PlannedAssignment): Promise<void> {
  const open = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } });
  const taken = planned.firm ? open.find((one) => one.firmId) : open.find((one) => one.memberUserId === planned.memberUserId);
  if (taken) throw new DomainError('already_assigned', { assignmentId: taken.id });
}

async function addFirm(em: Em, organisationId: string, input: NonNullable<AssignInput['newFirm']>, now: Date): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const known = await firmOfAddress(em, organisationId, email);
  if (known) return known.id;
  const firm = em.create(Firm, { id: newId(), organisationId, company: input.company.trim(), trades: [], phone: input.phone ?? null, locale: input.locale ?? null, createdAt: now, updatedAt: now });
  em.create(FirmContact, { id: newId(), organisationId, firmId: firm.id, name: input.contactName.trim() || firm.company, email, phone: input.phone ?? null, roles: ['dispatch'], createdAt: now });
  await em.flush();
  return firm.id;
}
