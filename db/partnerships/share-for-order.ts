import { LockMode } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { newId, NO_ID } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { Partnership, WorkspaceShare } from './entity.ts';

/**
 * A partner is asked only about work that it can see. Throws `workspace_not_shared`; `isSharedNow` shares the workspace
 * instead, by whoever may, but not against a partner that says it doesn't serve it.
 */
export async function assertShared(em: Em, actor: Actor, order: Pick<WorkOrder, 'organisationId' | 'workspaceId'>, partnership: Partnership, isSharedNow: boolean, now: Date): Promise<void> {
  const { organisationId, workspaceId } = order;
  const share = await em.findOne(WorkspaceShare, { organisationId, partnershipId: partnership.id, workspaceId });
  if (share?.isServed) return;
  const mayShare = !share && can(actor, 'partner.manage');
  if (!isSharedNow || !mayShare) throw new DomainError('workspace_not_shared', { partnershipId: partnership.id, workspaceId, isServed: share ? false : null, canShare: mayShare });
  em.create(WorkspaceShare, { id: newId(), organisationId, partnershipId: partnership.id, workspaceId, scope: 'all', createdAt: now });
  await recordEvent(em, actor, { name: 'partnership.shares_changed', organisationId, subjectId: partnership.id, data: { workspaceId, scope: 'all' } }, now);
}

/**
 * An order moves only to where a partner that is asked, or at work on it, sees it: nobody could answer for it any more.
 * Throws `workspace_not_shared`. Whoever takes the share back at that moment waits, and finds the order there.
 */
export async function assertSharedAfterMove(em: Em, actor: Actor, { organisationId, id }: WorkOrder, workspaceId: string, now: Date): Promise<void> {
  const open = await em.find(Assignment, { organisationId, workOrderId: id, kind: 'partner', status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } });
  for (const { partnershipId } of open) {
    const running = { organisationId, id: partnershipId ?? NO_ID, status: 'accepted' as const, endedAt: null };
    const partnership = await em.findOne(Partnership, running, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
    if (partnership) await assertShared(em, actor, { organisationId, workspaceId }, partnership, false, now);
  }
}
