import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { type Partnership, WorkspaceShare } from './entity.ts';

/**
 * A partner is asked only about work that it can see. Throws `workspace_not_shared`; `isSharedNow` shares the workspace
 * instead, by whoever may, but not against a partner that says it doesn't serve it.
 */
export async function assertShared(em: Em, actor: Actor, order: WorkOrder, partnership: Partnership, isSharedNow: boolean, now: Date): Promise<void> {
  const { organisationId, workspaceId } = order;
  const share = await em.findOne(WorkspaceShare, { organisationId, partnershipId: partnership.id, workspaceId });
  if (share?.isServed) return;
  const mayShare = !share && can(actor, 'partner.manage');
  if (!isSharedNow || !mayShare) throw new DomainError('workspace_not_shared', { partnershipId: partnership.id, workspaceId, isServed: share ? false : null, canShare: mayShare });
  em.create(WorkspaceShare, { id: newId(), organisationId, partnershipId: partnership.id, workspaceId, scope: 'all', createdAt: now });
  await recordEvent(em, actor, { name: 'partnership.shares_changed', organisationId, subjectId: partnership.id, data: { workspaceId, scope: 'all' } }, now);
}
