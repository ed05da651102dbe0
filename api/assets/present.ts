import type { Asset } from '#db/assets/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { AssetRecord } from './schema.ts';

/** An asset as a member sees it; `names` has those of its workspace and parent by id. */
export function presentAsset(asset: Asset, actor: MemberActor, names: ReadonlyMap<string, string>): AssetRecord {
  const row = plain(asset);
  const isManager = can(actor, 'asset.manage', { organisationId: row.organisationId, workspaceId: row.workspaceId });
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workspaceName: names.get(row.workspaceId) ?? '',
    number: row.number,
    name: row.name,
    category: row.category,
    locationText: row.locationText,
    parentId: row.parentId,
    parentName: row.parentId ? (names.get(row.parentId) ?? null) : null,
    manufacturer: row.manufacturer,
    model: row.model,
    serialNumber: row.serialNumber,
    installedOn: row.installedOn,
    warrantyUntil: row.warrantyUntil,
    notes: row.notes,
    archivedAt: iso(row.archivedAt),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    can: { edit: isManager, archive: isManager && !row.archivedAt, restore: isManager && row.archivedAt !== null },
  };
}
