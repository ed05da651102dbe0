import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import type { Asset } from './entity.ts';

const NOTHING = '00000000-0000-0000-0000-000000000000';

/**
 * The assets that exist for this actor: those of the workspaces they see; for a partner what is shared with it, a whole
 * workspace or chosen ones, and nothing any more once the partnership has ended.
 */
export function visibleTo(actor: AccountActor): FilterQuery<Asset> {
  if (actor.kind === 'partner') {
    const { organisationId, partnershipId, isEnded } = actor;
    if (isEnded) return { id: NOTHING };
    const whole = sql`any(array(select workspace_id from workspace_shares
      where organisation_id = ${organisationId} and partnership_id = ${partnershipId} and is_served and scope = 'all'))`;
    const chosen = sql`any(array(select a.asset_id from asset_shares a join workspace_shares s on s.organisation_id = a.organisation_id and s.id = a.workspace_share_id and s.partnership_id = a.partnership_id
      join assets t on t.organisation_id = a.organisation_id and t.id = a.asset_id and t.workspace_id = s.workspace_id
      where a.organisation_id = ${organisationId} and a.partnership_id = ${partnershipId} and s.is_served and s.scope = 'chosen'))`;
    return { organisationId, $or: [{ workspaceId: whole }, { id: chosen }] } as FilterQuery<Asset>;
  }
  return {
    organisationId: actor.organisationId,
    ...(actor.workspaceIds ? { workspaceId: { $in: [...actor.workspaceIds] } } : {}),
  };
}
