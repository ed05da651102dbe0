import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import type { Workspace } from './entity.ts';

/** The workspaces that exist for this actor: all of the organisation, or the chosen ones; for a partner those that are shared with it and that it serves. */
export function visibleTo(actor: AccountActor): FilterQuery<Workspace> {
  if (actor.kind === 'partner') {
    const served = sql`any(array(select workspace_id from workspace_shares
      where organisation_id = ${actor.organisationId} and partnership_id = ${actor.partnershipId} and is_served))`;
    return { organisationId: actor.organisationId, id: served } as FilterQuery<Workspace>;
  }
  return {
    organisationId: actor.organisationId,
    ...(actor.workspaceIds ? { id: { $in: [...actor.workspaceIds] } } : {}),
  };
}
