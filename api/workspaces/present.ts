import type { AccountActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import type { Workspace } from '#db/workspaces/entity.ts';
import type { WorkspaceCounts } from '#db/workspaces/queries.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { WorkspaceRecord } from './schema.ts';

/** A workspace as members and partners see it; a partner is not told who of the client answers for it, nor where invoices go. */
export function presentWorkspace(workspace: Workspace, actor: AccountActor, counts: WorkspaceCounts | undefined): WorkspaceRecord {
  const row = plain(workspace);
  const isOwn = actor.kind === 'member';
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
    billingRecipient: isOwn ? row.billingRecipient : null,
    invoiceEmail: isOwn ? row.invoiceEmail : null,
    onCallPhone: row.onCallPhone,
    defaultResponsibleUserId: isOwn ? row.defaultResponsibleUserId : null,
    archivedAt: iso(row.archivedAt),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    counts: counts ?? { openOrders: 0, assets: 0 },
    can: { edit: isManager, archive: isManager && !row.archivedAt, restore: isManager && row.archivedAt !== null },
  };
}
