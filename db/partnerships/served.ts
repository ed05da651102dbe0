import type { PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { recordEvent } from '../events/record.ts';
import { seeAs, type Em } from '../orm.ts';
import { WorkspaceShare } from './entity.ts';
import { lockPartnership } from './load.ts';
import { runningOrdersIn } from './running-orders.ts';

export type ServedChange = { readonly workspaceId: string; readonly isServed: boolean; readonly reason?: string | null | undefined };

/**
 * The partner says which of the shared workspaces it serves; of others it sees nothing and is asked for nothing. Throws
 * `not_found` for what is not shared, `workspace_has_orders` where it still takes part in orders.
 */
export async function setServed(em: Em, actor: PartnerActor, changes: readonly ServedChange[], now: Date): Promise<void> {
  const { organisationId, partnershipId } = actor;
  await seeAs(em, actor);
  const seen = await em.find(WorkspaceShare, { organisationId, partnershipId, workspaceId: { $in: changes.map((one) => one.workspaceId) } }, { fields: ['id', 'workspaceId'], disableIdentityMap: true });
  if (seen.length !== new Set(changes.map((one) => one.workspaceId)).size) throw new DomainError('not_found', { field: 'workspaceId' });
  // Whoever assigns holds the same row: of the two, the second finds what the first has done.
  await lockPartnership(em, actor, partnershipId);
  for (const change of changes) {
    const share = await em.findOneOrFail(WorkspaceShare, { organisationId, partnershipId, workspaceId: change.workspaceId });
    const notServedReason = change.isServed ? null : (change.reason?.trim() || null);
    if (share.isServed === change.isServed && (share.notServedReason ?? null) === notServedReason) continue;
    if (!change.isServed) await assertNothingRuns(em, actor, change.workspaceId);
    share.isServed = change.isServed;
    share.notServedReason = notServedReason;
    await recordEvent(em, actor, {
      name: 'partnership.served_changed', organisationId, subjectId: partnershipId, data: { workspaceId: change.workspaceId, isServed: change.isServed },
    }, now);
  }
  await em.flush();
}

async function assertNothingRuns(em: Em, { organisationId, partnershipId }: PartnerActor, workspaceId: string): Promise<void> {
  const running = await runningOrdersIn(em, { organisationId, id: partnershipId }, [workspaceId]);
  if (running.length > 0) throw new DomainError('workspace_has_orders', { workspaceId, orders: running.map((one) => one.number).join(', ') });
}
