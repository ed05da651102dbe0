import { LockMode } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { type Action, can, performersOf, type Subject } from '#domain/permissions.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import type { Performer } from '#domain/transitions.ts';
import { Assignment } from '../assignments/entity.ts';
import { Observer } from '../observers/entity.ts';
import { actAsSystem, seeAs, type Em } from '../orm.ts';
import { WorkOrder } from './entity.ts';
import { visibleTo } from './visibility.ts';

/** An order through the eyes of an actor; what is not visible is not found. */
export async function findWorkOrder(em: Em, actor: Actor, workOrderId: string): Promise<WorkOrder> {
  await seeAs(em, actor);
  const order = await em.findOne(WorkOrder, { $and: [{ id: workOrderId }, visibleTo(actor)] });
  if (!order) throw new DomainError('not_found', { workOrderId });
  return order;
}

/** The same with the row locked: every command that changes an order or its assignments takes this lock first. */
export async function lockWorkOrder(em: Em, actor: Actor, workOrderId: string): Promise<WorkOrder> {
  // What this transaction has changed so far must be written before the row is read again under its lock.
  await em.flush();
  await findWorkOrder(em, actor, workOrderId);
  await actAsSystem(em, actor);
  const order = await em.findOne(WorkOrder, { id: workOrderId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!order) throw new DomainError('not_found', { workOrderId });
  return order;
}

/** What the permission table needs to know of an order. */
export async function subjectOf(em: Em, order: WorkOrder): Promise<Subject> {
  const where = { organisationId: order.organisationId, workOrderId: order.id };
  const bound = { ...where, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } };
  const assignments = await em.find(Assignment, { ...bound, $or: [{ memberUserId: { $ne: null } }, { partnershipId: { $ne: null } }] });
  const observers = await em.find(Observer, { ...where, userId: { $ne: null }, leftAt: null });
  return {
    organisationId: order.organisationId,
    workspaceId: order.workspaceId,
    reporterUserId: order.reporterUserId ?? null,
    assigneeUserIds: assignments.flatMap((one) => (one.memberUserId ? [one.memberUserId] : [])),
    assigneePartnershipIds: partnersAtWork(assignments),
    observerUserIds: [...observers.flatMap((one) => (one.userId ? [one.userId] : [])), ...(order.responsibleUserId ? [order.responsibleUserId] : [])],
  };
}

/** Partners whose assignment is accepted, or done and not checked yet. */
export function partnersAtWork(assignments: readonly Assignment[]): string[] {
  return assignments.flatMap((one) => (one.partnershipId && (one.status === 'accepted' || one.status === 'done') ? [one.partnershipId] : []));
}

/** Throws `forbidden` where a visible order may not be acted on so. */
export async function assertCan(em: Em, actor: Actor, action: Action, order: WorkOrder): Promise<void> {
  if (!can(actor, action, await subjectOf(em, order))) throw new DomainError('forbidden', { action });
}

/** As whom an actor makes steps on an order; a contractor whose work was taken back meanwhile makes none. */
export async function performersFor(em: Em, actor: Actor, order: WorkOrder): Promise<Performer[]> {
  if ((actor.kind === 'link' || actor.kind === 'mail') && actor.assignmentId) {
    const own = await em.findOne(Assignment, { organisationId: order.organisationId, workOrderId: order.id, id: actor.assignmentId }, { refresh: true });
    if (own?.status !== 'accepted' && own?.status !== 'done') return [];
  }
  return performersOf(actor, await subjectOf(em, order));
}
