import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';
import { sqlArray } from '../sql-array.ts';
import { Workspace } from '../workspaces/entity.ts';
import { visibleTo } from '../workspaces/visibility.ts';
import { AssetShare, WorkspaceShare } from './entity.ts';
import { findPartnership } from './load.ts';

/** A workspace of the client with what of it is shared. */
export type SharedWorkspace = {
  readonly workspace: Workspace;
  readonly assetCount: number;
  readonly share: WorkspaceShare | null;
  readonly assetIds: readonly string[];
};

/** The workspaces that the actor sees, the archived ones only where they are shared, each with what the partner sees of it. Four statements. */
export async function findShares(em: Em, actor: MemberActor, partnershipId: string): Promise<SharedWorkspace[]> {
  const { organisationId } = actor;
  const partnership = await findPartnership(em, actor, partnershipId);
  const shares = await em.find(WorkspaceShare, { organisationId, partnershipId: partnership.id });
  const chosen = await em.find(AssetShare, { organisationId, partnershipId: partnership.id });
  const living = { $or: [{ archivedAt: null }, { id: { $in: shares.map((one) => one.workspaceId) } }] };
  const workspaces = await em.find(Workspace, { $and: [visibleTo(actor), living] } as FilterQuery<Workspace>, { orderBy: { name: 'asc', id: 'asc' } });
  const counts = await em.execute<{ id: string; n: number }[]>(
    `select workspace_id as id, count(*)::int as n from assets where organisation_id = ? and workspace_id = any(?::uuid[]) and archived_at is null group by workspace_id`,
    [organisationId, sqlArray(workspaces.map((one) => one.id))],
  );
  return workspaces.map((workspace) => {
    const share = shares.find((one) => one.workspaceId === workspace.id) ?? null;
    return {
      workspace, share, assetCount: counts.find((one) => one.id === workspace.id)?.n ?? 0,
      assetIds: share?.scope === 'chosen' ? chosen.filter((one) => one.workspaceShareId === share.id).map((one) => one.assetId) : [],
    };
  });
}

/** What is shared with a partner, as the partner itself sees it: also what it has unticked. */
export type ServedWorkspace = { readonly workspaceId: string; readonly name: string; readonly isServed: boolean; readonly notServedReason: string | null };

export async function findServed(em: Em, { organisationId, partnershipId }: PartnerActor): Promise<ServedWorkspace[]> {
  const shares = await em.find(WorkspaceShare, { organisationId, partnershipId });
  const workspaces = await em.find(Workspace, { organisationId, id: { $in: shares.map((one) => one.workspaceId) } }, { orderBy: { name: 'asc', id: 'asc' } });
  return workspaces.flatMap(({ id, name }) => shares.filter((one) => one.workspaceId === id)
    .map((one) => ({ workspaceId: id, name, isServed: one.isServed, notServedReason: one.notServedReason ?? null })));
}
