import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { Workspace } from '../workspaces/entity.ts';
import { loadPeople, type People } from './conversation.ts';
import type { WorkOrder } from './entity.ts';

/** What the rows of a list show beside the orders themselves: one query per kind, however many rows. */
export type RowsAround = {
  readonly people: People;
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly assignmentsOf: (orderId: string) => Assignment[];
  readonly observerUserIdsOf: (orderId: string) => string[];
};

/** Loads assignees, observers, names and workspaces of the given orders. */
export async function loadRowsAround(em: Em, organisationId: string, orders: readonly WorkOrder[]): Promise<RowsAround> {
  const orderIds = orders.map((one) => one.id);
  const here = { organisationId, workOrderId: { $in: orderIds } };
  const assignments = orderIds.length > 0 ? await em.find(Assignment, { ...here, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } }) : [];
  const observers = orderIds.length > 0 ? await em.find(Observer, { ...here, userId: { $ne: null }, leftAt: null }) : [];
  const workspaces = orderIds.length > 0 ? await em.find(Workspace, { organisationId, id: { $in: [...new Set(orders.map((one) => one.workspaceId))] } }) : [];
  return {
    people: await loadPeople(em, organisationId, {
      userIds: [...orders.map((one) => one.responsibleUserId), ...assignments.map((one) => one.memberUserId)],
      firmIds: assignments.map((one) => one.firmId),
      contactIds: [],
    }),
    workspaceNames: new Map(workspaces.map((one) => [one.id, one.name])),
    assignmentsOf: (orderId) => assignments.filter((one) => one.workOrderId === orderId),
    observerUserIdsOf: (orderId) => observers.flatMap((one) => (one.workOrderId === orderId && one.userId ? [one.userId] : [])),
  };
}
