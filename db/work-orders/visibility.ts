import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { Actor, MemberActor, PartnerActor } from '#domain/actors.ts';
import { NO_ID } from '../columns.ts';
import type { WorkOrder } from './entity.ts';

/**
 * The orders that exist for an actor: the condition that every query of orders and of what hangs on them goes through.
 * Members see their workspaces; technicians what is theirs; partners where they take part, in workspaces shared with them;
 * links and mails their one order; operators and invitees none.
 */
export function visibleTo(actor: Actor): FilterQuery<WorkOrder> {
  if (actor.kind === 'operator' || actor.kind === 'invitee') return { id: NO_ID };
  if (actor.kind === 'system') return { organisationId: actor.organisationId };
  if (actor.kind === 'partner') return partnersWork(actor);
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

/** Where the partner takes part, in a workspace that is shared and served; for a technician, what was given to them. */
function partnersWork({ organisationId, partnershipId, partnerOrganisationId, userId, role }: PartnerActor): FilterQuery<WorkOrder> {
  const takenPart = sql`any(array(
    select work_order_id from participations where organisation_id = ${organisationId} and partnership_id = ${partnershipId}))`;
  const given = sql`any(array(select work_order_id from internal_assignments
    where organisation_id = ${organisationId} and partnership_id = ${partnershipId} and author_organisation_id = ${partnerOrganisationId} and member_user_id = ${userId}))`;
  const served = sql`any(array(
    select workspace_id from workspace_shares where organisation_id = ${organisationId} and partnership_id = ${partnershipId} and is_served))`;
  const parts = [{ organisationId }, { id: takenPart }, { workspaceId: served }, ...(role === 'technician' ? [{ id: given }] : [])];
  return { $and: parts } as FilterQuery<WorkOrder>;
}
