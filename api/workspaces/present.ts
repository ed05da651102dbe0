import type { MemberActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import type { Workspace } from '#db/workspaces/entity.ts';
import type { WorkspaceCounts } from '#db/workspaces/queries.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { WorkspaceRecord } from './schema.ts';

/** A workspace as a member sees it. */
export function presentWorkspace(workspace: Workspace, actor: MemberActor, counts: WorkspaceCounts | undefined): WorkspaceRecord {
  const row = plain(workspace);
  const isManager = can(actor, 'workspace.manage', { organisationId: row.organisationId, workspaceId: row.id });
  return {
    id: row.id,
    name: row.name,
    shortName: row.shortName,
    street: row.street,
    postalCode: row.postalCode,
    city: row.city,
    timeZone: row.timeZone,
    holidayRegion: row.holidayRegion,
    billingRecipient: row.billingRecipient,
    invoiceEmail: row.invoiceEmail,
    onCallPhone: row.onCallPhone,
    defaultResponsibleUserId: row.defaultResponsibleUserId,
    archivedAt: iso(row.archivedAt),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    counts: counts ?? { openOrders: 0, assets: 0 },
    can: { edit: isManager, archive: isManager && !row.archivedAt, restore: isManager && row.archivedAt !== null },
  };
}
