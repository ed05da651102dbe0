import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { canAnswer } from '#domain/permissions.ts';
import { NO_ID } from '../columns.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { seeAs, type Em } from '../orm.ts';
import { personAtWork } from '../partnerships/kept.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { findWorkOrder, lockWorkOrder, subjectOf } from '../work-orders/load.ts';
import { Assignment } from './entity.ts';

/** An assignment of an order that the actor sees; what they can't see is not found. */
export async function findAssignment(em: Em, actor: Actor, assignmentId: string): Promise<Assignment> {
  await seeAs(em, actor);
  const found = await ownOf(em, actor, assignmentId);
  await findWorkOrder(em, actor, found?.workOrderId ?? NO_ID);
  if (!found) throw new DomainError('not_found', { assignmentId });
  return found;
}

/** The row as far as the actor may know of it, whatever becomes of its order; a partner's own only. */
function ownOf(em: Em, actor: Actor, id: string): Promise<Assignment | null> {
  return actor.kind === 'partner' ? em.findOne(Assignment, { id, partnershipId: actor.partnershipId }, { refresh: true }) : em.findOne(Assignment, { id });
}

/** An assignment with its order locked; what the actor can't see is not found. */
export async function lockAssignment(em: Em, actor: Actor, assignmentId: string): Promise<{ order: WorkOrder; assignment: Assignment }> {
  if ((actor.kind === 'link' || actor.kind === 'mail') && actor.assignmentId !== assignmentId) throw new DomainError('not_found', { assignmentId });
  await seeAs(em, actor);
  const found = await ownOf(em, actor, assignmentId);
  const order = await lockWorkOrder(em, actor, found?.workOrderId ?? NO_ID);
  const assignment = await em.findOneOrFail(Assignment, { id: assignmentId, organisationId: order.organisationId }, { refresh: true });
  return { order, assignment };
}

/** Throws `forbidden` for people in a portal who may not answer for a locked assignment; links and mails answer for their own alone. */
export async function assertMayAnswer(em: Em, actor: Actor, order: WorkOrder, assignment: Assignment): Promise<void> {
  if (actor.kind !== 'member' && actor.kind !== 'partner') return;
  const personUserId = actor.kind === 'partner' ? await personAtWork(em, assignment) : null;
  const answered = { status: assignment.status, memberUserId: assignment.memberUserId, partnershipId: assignment.partnershipId, personUserId };
  if (!canAnswer(actor, answered, await subjectOf(em, order))) throw new DomainError('forbidden', { action: 'assignment.answer' });
}

/** Nothing is sent to an address that mails do not reach. Throws `contact_undeliverable`. */
export async function assertReachable(em: Em, assignment: Assignment): Promise<void> {
  if (assignment.kind === 'partner' && assignment.bouncedAt) {
    const firm = await em.findOne(Firm, { organisationId: assignment.organisationId, id: assignment.firmId ?? null });
    throw new DomainError('contact_undeliverable', { company: firm?.company ?? '' });
  }
  const contact = assignment.contactId ? await em.findOne(FirmContact, { organisationId: assignment.organisationId, id: assignment.contactId }) : null;
  if (!contact?.undeliverableSince) return;
  const firm = await em.findOne(Firm, { organisationId: assignment.organisationId, id: contact.firmId });
  throw new DomainError('contact_undeliverable', { company: firm?.company ?? contact.name });
}
