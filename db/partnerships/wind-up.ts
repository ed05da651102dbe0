import type { EndingAction } from '#domain/invitation/ending.ts';
import { endAssignment } from '../assignments/ending.ts';
import { lockAssignment } from '../assignments/load.ts';
import { recordEvent } from '../events/record.ts';
import { Firm } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { followAssignments } from '../work-orders/follow.ts';
import { boundOrders } from './ending-orders.ts';
import { tellOfEnding } from './ending-mails.ts';
import { AssetShare, WorkspaceShare, type Partnership } from './entity.ts';
import { wakeInvitation } from './invite.ts';
import { systemActorOf } from './load.ts';

/** Takes a step of an ending whose time has come. The caller holds the locks of the orders and of the row, and has just asked what is due. */
export async function takeEndingStep(em: Em, partnership: Partnership, action: EndingAction, now: Date): Promise<void> {
  if (action === 'end') await endLastDay(em, partnership, now);
  if ((await boundOrders(em, partnership)).length === 0) await close(em, partnership, now);
  await em.flush();
}

/**
 * After the last day: the firm is asked by mail again, assets are gone, requests without an answer go back to the client,
 * and what was accepted is finished as before.
 */
async function endLastDay(em: Em, partnership: Partnership, now: Date): Promise<void> {
  const { organisationId, id, firmId } = partnership;
  const actor = systemActorOf(partnership);
  partnership.endedAt = now;
  const firm = await em.findOneOrFail(Firm, { organisationId, id: firmId });
  firm.access = 'email';
  firm.updatedAt = now;
  await em.flush();
  const returned = await takeBackUnanswered(em, partnership, now);
  await narrowShares(em, partnership);
  await stopObserving(em, partnership, now);
  const running = (await boundOrders(em, partnership)).length;
  await recordEvent(em, actor, { name: 'partnership.last_day_over', organisationId, subjectId: id, data: { running, returned } }, now);
  await recordEvent(em, actor, { name: 'firm.changed', organisationId, subjectId: firmId }, now);
  for (const side of ['client', 'partner'] as const) await tellOfEnding(em, partnership, side, 'over', now, { running, returned });
}

/** Nothing runs any more: what is left is the record, for both sides to read. */
async function close(em: Em, partnership: Partnership, now: Date): Promise<void> {
  partnership.status = 'ended';
  partnership.updatedAt = now;
  await recordEvent(em, systemActorOf(partnership), { name: 'partnership.ended', organisationId: partnership.organisationId, subjectId: partnership.id }, now);
}

async function takeBackUnanswered(em: Em, partnership: Partnership, now: Date): Promise<number> {
  const actor = systemActorOf(partnership);
  let count = 0;
  for (const one of await boundOrders(em, partnership)) {
    if (one.assignmentStatus !== 'offered') continue;
    const { order, assignment } = await lockAssignment(em, actor, one.assignmentId);
    if (assignment.status !== 'offered') continue;
    await endAssignment(em, actor, { order, assignment, step: 'withdraw', withdrawReason: 'partnership_ended' }, now);
    await followAssignments(em, actor, order, now);
    count += 1;
  }
  return count;
}

/** Workspaces where the partner took part stay, for their orders' sake, without assets; the others are shared no longer. */
async function narrowShares(em: Em, { organisationId, id }: Partnership): Promise<void> {
  const of = { organisationId, partnershipId: id };
  await em.nativeDelete(AssetShare, of);
  await em.nativeUpdate(WorkspaceShare, of, { scope: 'chosen' });
  await em.execute(
    `delete from workspace_shares s where s.organisation_id = ? and s.partnership_id = ? and not exists (
       select 1 from participations p join work_orders o on o.organisation_id = p.organisation_id and o.id = p.work_order_id
        where p.organisation_id = s.organisation_id and p.partnership_id = s.partnership_id and o.workspace_id = s.workspace_id)`,
    [organisationId, id],
  );
}

/** Whoever only watched is told no more; of orders that are over the record stays. */
async function stopObserving(em: Em, { organisationId, id }: Partnership, now: Date): Promise<void> {
  await em.execute(
    `update observers b set left_at = ? from work_orders o where o.organisation_id = b.organisation_id and o.id = b.work_order_id
        and b.organisation_id = ? and b.partnership_id = ? and b.left_at is null and o.status not in ('closed', 'cancelled')`,
    [now, organisationId, id],
  );
}

/** Has partnerships look whether something still runs with them, after an order of theirs may have come to its end. */
export async function wakeEndings(em: Em, organisationId: string, partnershipIds: readonly string[], now: Date): Promise<void> {
  if (partnershipIds.length === 0) return;
  const rows = await em.execute<{ id: string }[]>(
    `select id from partnerships where organisation_id = ? and status = 'accepted' and ended_at is not null and id in (${partnershipIds.map(() => '?').join(', ')})`,
    [organisationId, ...partnershipIds],
  );
  for (const { id } of rows) wakeInvitation(em, { id, organisationId }, now);
}
