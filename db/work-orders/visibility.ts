import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { Actor, MemberActor } from '#domain/actors.ts';
import type { WorkOrder } from './entity.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The orders that exist for an actor: the condition that every query of orders and of what hangs on them goes through.
 * Members see their workspaces; technicians what is theirs; links and mails their one order; operators none.
 */
export function visibleTo(actor: Actor): FilterQuery<WorkOrder> {
  if (actor.kind === 'operator') return { id: NOBODY };
  if (actor.kind === 'system') return { organisationId: actor.organisationId };
  if (actor.kind !== 'member') return { organisationId: actor.organisationId, id: actor.workOrderId };
  const own: FilterQuery<WorkOrder> = { organisationId: actor.organisationId };
  const inWorkspaces: FilterQuery<WorkOrder> = actor.workspaceIds ? { workspaceId: { $in: [...actor.workspaceIds] } } : {};
  return actor.role === 'technician' ? { $and: [own, inWorkspaces, ownWork(actor)] } : { $and: [own, inWorkspaces] };
}

/**
 * Reported by, answered for by, assigned to or observed by this user; one set of ids, each part found by its index.
 * An array, not a sub-select: the planner can't know how few they are and would read the whole table for them.
 */
function ownWork({ organisationId, userId }: MemberActor): FilterQuery<WorkOrder> {
  const ids = sql`any(array(
    select id from work_orders where organisation_id = ${organisationId} and reporter_user_id = ${userId}
    union select id from work_orders where organisation_id = ${organisationId} and responsible_user_id = ${userId}
    union select work_order_id from assignments where organisation_id = ${organisationId} and member_user_id = ${userId}
    union select work_order_id from observers where organisation_id = ${organisationId} and user_id = ${userId} and left_at is null))`;
  return { id: ids } as FilterQuery<WorkOrder>;
}
