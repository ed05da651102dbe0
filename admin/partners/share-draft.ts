import type { ShareScope } from '#domain/statuses.ts';
import type { ShareChange, SharedWorkspace } from '../providers/partner-types.ts';

export type Wanted = { readonly scope: ShareScope | 'none'; readonly assetIds: readonly string[] };
/** What somebody wants to share instead, by workspace; what is not in it stays as it is. */
export type ShareDraft = Readonly<Record<string, Wanted>>;

export function savedShare({ share }: Pick<SharedWorkspace, 'share'>): Wanted {
  return share ? { scope: share.scope, assetIds: share.scope === 'chosen' ? share.assetIds : [] } : { scope: 'none', assetIds: [] };
}

export function wantedShare(workspace: SharedWorkspace, draft: ShareDraft): Wanted {
  return draft[workspace.workspaceId] ?? savedShare(workspace);
}

/** The draft with one workspace changed; back to what is saved is no change. */
export function withWanted(draft: ShareDraft, workspace: SharedWorkspace, wanted: Wanted): ShareDraft {
  const { [workspace.workspaceId]: _before, ...rest } = draft;
  return isSame(wanted, savedShare(workspace)) ? rest : { ...rest, [workspace.workspaceId]: wanted };
}

/** Switched on: as it was shared before, else everything. */
export function switched(workspace: SharedWorkspace, isOn: boolean): Wanted {
  if (!isOn) return { scope: 'none', assetIds: [] };
  const saved = savedShare(workspace);
  return saved.scope === 'none' ? { scope: 'all', assetIds: [] } : saved;
}

/** What is sent: only what changes, in the order of the page. */
export function changesOf(workspaces: readonly SharedWorkspace[], draft: ShareDraft): ShareChange[] {
  return workspaces.flatMap(({ workspaceId }) => {
    const wanted = draft[workspaceId];
    if (!wanted) return [];
    return [{ workspaceId, scope: wanted.scope, ...(wanted.scope === 'chosen' ? { assetIds: [...wanted.assetIds] } : {}) }];
  });
}

function isSame(one: Wanted, other: Wanted): boolean {
  if (one.scope !== other.scope) return false;
  const ids = new Set(other.assetIds);
  return one.assetIds.length === ids.size && one.assetIds.every((id) => ids.has(id));
}
