import { newId } from '../columns.ts';
import type { Em } from '../orm.ts';
import { Membership } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { Observer } from './entity.ts';

/**
 * Who is kept informed of a new order without being asked for: its reporter by status, and daily the coordinators whose
 * workspaces are named and include this one (who has all of them would be told of everything). The responsible is told at
 * once without observing. Each may leave, or choose otherwise.
 */
export async function addDefaultObservers(em: Em, order: WorkOrder, now: Date): Promise<void> {
  const { organisationId, reporterUserId, responsibleUserId } = order;
  const observe = (userId: string, choice: 'status_only' | 'daily'): void => {
    em.create(Observer, { id: newId(), organisationId, workOrderId: order.id, userId, choice, addedByUserId: reporterUserId ?? null, createdAt: now });
  };
  if (reporterUserId && reporterUserId !== responsibleUserId) observe(reporterUserId, 'status_only');
  const coordinators = await em.find(Membership, {
    organisationId, role: 'coordinator', removedAt: null, joinedAt: { $ne: null }, notifyChoice: { $ne: 'none' },
  }, { fields: ['userId', 'workspaceIds'], orderBy: { id: 'asc' }, disableIdentityMap: true });
  for (const { userId, workspaceIds } of coordinators) {
    const isNamed = workspaceIds?.includes(order.workspaceId) ?? false;
    if (isNamed && userId !== reporterUserId && userId !== responsibleUserId) observe(userId, 'daily');
  }
}
