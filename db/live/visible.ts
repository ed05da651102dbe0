import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { Assignment } from '../assignments/entity.ts';
import { assignmentsSeenBy } from '../assignments/visibility.ts';
import type { Em } from '../orm.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { visibleTo } from '../work-orders/visibility.ts';

export type Visible = { readonly orderIds: ReadonlySet<string>; readonly assignmentIds: ReadonlySet<string> };
export type Named = { readonly workOrderId: string | null; readonly assignmentId: string | null };

/** Those of the named orders and assignments that exist for this actor. */
export async function findVisible(em: Em, actor: AccountActor, named: readonly Named[]): Promise<Visible> {
  const asked = known(named.map((one) => one.workOrderId));
  const orders = asked.length > 0 ? await em.find(WorkOrder, { $and: [visibleTo(actor), { id: { $in: asked } }] } as FilterQuery<WorkOrder>, { fields: ['id'] }) : [];
  const orderIds = orders.map((one) => one.id);
  // Members see every assignment of an order that they see.
  const askedAssignments = actor.kind === 'partner' && orderIds.length > 0 ? known(named.map((one) => one.assignmentId)) : [];
  const here = { id: { $in: askedAssignments }, workOrderId: { $in: orderIds } };
  const assignments = askedAssignments.length > 0 ? await em.find(Assignment, { $and: [assignmentsSeenBy(actor), here] }, { fields: ['id'] }) : [];
  return { orderIds: new Set(orderIds), assignmentIds: new Set(assignments.map((one) => one.id)) };
}

function known(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
