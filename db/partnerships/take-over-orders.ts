import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { lockAssignment } from '../assignments/load.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { WorkspaceShare, type Partnership } from './entity.ts';
import { systemActorOf } from './load.ts';

export type TakenOver = {
  readonly orderCount: number;
  /** Shared without being named in the invitation, since orders of the partner run there; of their assets none. */
  readonly addedWorkspaceIds: readonly string[];
};

/**
 * What the company was asked for by mail goes on in its account: the same assignment with its deadline, steps and thread,
 * and the same process, which is woken to see who is told from now on.
 */
export async function takeOverOrders(em: Em, partnership: Partnership, now: Date): Promise<TakenOver> {
  const { organisationId, id, firmId } = partnership;
  const actor = systemActorOf(partnership);
  const asked = await em.find(
    Assignment, { organisationId, firmId, kind: 'email', status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } }, { fields: ['id'], orderBy: { workOrderId: 'asc', id: 'asc' }, disableIdentityMap: true },
  );
  const workspaceIds = new Set<string>();
  let orderCount = 0;
  for (const one of asked) {
    const { order, assignment } = await lockAssignment(em, actor, one.id);
    const isOpen = (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(assignment.status);
    if (!isOpen || order.status === 'closed' || order.status === 'cancelled') continue;
    assignment.kind = 'partner';
    assignment.partnershipId = id;
    workspaceIds.add(order.workspaceId);
    orderCount += 1;
    await recordEvent(em, actor, { name: 'assignment.moved_to_partner', organisationId, workOrder: order, assignmentId: assignment.id, data: { firmId } }, now);
  }
  return { orderCount, addedWorkspaceIds: await shareFor(em, partnership, [...workspaceIds], now) };
}

/** Their orders would vanish where the workspace is not shared; more than the orders is not shown by it. */
async function shareFor(em: Em, { organisationId, id }: Partnership, workspaceIds: readonly string[], now: Date): Promise<string[]> {
  const shares = await em.find(WorkspaceShare, { organisationId, partnershipId: id });
  const added = workspaceIds.filter((workspaceId) => !shares.some((one) => one.workspaceId === workspaceId));
  for (const workspaceId of added) {
    em.create(WorkspaceShare, { id: newId(), organisationId, partnershipId: id, workspaceId, scope: 'chosen', createdAt: now });
  }
  await em.flush();
  return added;
}
