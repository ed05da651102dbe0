import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { seeAs, type Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { lockWorkOrder } from '../work-orders/load.ts';
import { Assignment } from './entity.ts';

/** An assignment with its order locked; what the actor can't see is not found. */
export async function lockAssignment(em: Em, actor: Actor, assignmentId: string): Promise<{ order: WorkOrder; assignment: Assignment }> {
  if ((actor.kind === 'link' || actor.kind === 'mail') && actor.assignmentId !== assignmentId) throw new DomainError('not_found', { assignmentId });
  await seeAs(em, actor);
  const own = actor.kind === 'partner' ? { partnershipId: actor.partnershipId } : {};
  const found = await em.findOne(Assignment, { id: assignmentId, ...own }, actor.kind === 'partner' ? { refresh: true } : {});
  if (!found) throw new DomainError('not_found', { assignmentId });
  const order = await lockWorkOrder(em, actor, found.workOrderId);
  const assignment = await em.findOneOrFail(Assignment, { id: assignmentId, organisationId: order.organisationId }, { refresh: true });
  return { order, assignment };
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
