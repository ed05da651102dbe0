import type { Asset } from '#db/assets/entity.ts';
import type { AccountActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { AssetRecord } from './schema.ts';

/** An asset as members and partners see it; `names` has those of its workspace and parent by id. A partner hears of no parent that it doesn't see. */
export function presentAsset(asset: Asset, actor: AccountActor, names: ReadonlyMap<string, string>): AssetRecord {
  const row = plain(asset);
  const parentName = row.parentId ? (names.get(row.parentId) ?? null) : null;
  const isManager = can(actor, 'asset.manage', { organisationId: row.organisationId, workspaceId: row.workspaceId });
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workspaceName: names.get(row.workspaceId) ?? '',
    number: row.number,
    name: row.name,
    category: row.category,
    locationText: row.locationText,
    parentId: actor.kind === 'partner' && parentName === null ? null : row.parentId,
    parentName,
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
