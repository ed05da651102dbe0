import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { ShareScope } from '#domain/statuses.ts';
import { fill, wordsOf } from '#domain/words/index.ts';
import { Asset } from '../assets/entity.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { getWorkspace } from '../workspaces/queries.ts';
import { AssetShare, type Partnership, WorkspaceShare } from './entity.ts';
import { type BoundOrder, boundOrders, lockWithOrders, takeBack } from './ending-orders.ts';
import { findPartnership } from './load.ts';
import { type RunningOrder, runningOrdersIn } from './running-orders.ts';

/** What of a workspace a partner is to see from now on; a workspace that is not named stays as it is. */
export type ShareChange = { readonly workspaceId: string; readonly scope: ShareScope | 'none'; readonly assetIds?: readonly string[] | undefined };

export type SharesInput = {
  readonly id: string;
  readonly workspaces: readonly ShareChange[];
  /** Orders of theirs that run in a workspace which is shared no longer: each must be named to be taken back with it. */
  readonly takeBack?: readonly string[] | undefined;
};

/**
 * What a change gives and takes, in assets; the running orders that stay with the partner but lose their asset's data, or
 * that it only watched; those that must be taken back with the share; and those that it has reported done, to be checked first.
 */
export type ShareEffect = {
  readonly workspaceId: string;
  readonly gained: number;
  readonly lost: number;
  readonly runningOrders: readonly RunningOrder[];
  readonly toTakeBack: readonly BoundOrder[];
  readonly toCheck: readonly BoundOrder[];
};

/**
 * Shares workspaces, or takes them back; holds from the next request on. Throws `not_found` for a workspace or asset that
 * is not there, `step_not_allowed` where nothing can be shared any more, `share_has_orders` where the partner is asked or
 * at work in what is taken back and the order is not named to be taken back, too: nobody could answer for it any more;
 * `share_has_reported_work` where work is reported done and not checked yet.
 */
export async function setShares(em: Em, actor: MemberActor, input: SharesInput, now: Date): Promise<Partnership> {
  const partnership = await lockWithOrders(em, actor, input.id);
  assertShareable(partnership);
  await takeBackOrders(em, actor, partnership, input, now);
  for (const change of input.workspaces) {
    const before = await shareOf(em, partnership, change.workspaceId);
    const assetIds = await assetsOf(em, actor, change);
    if (isSame(before, before ? await chosenOf(em, before) : [], change, assetIds)) continue;
    const from = before?.scope ?? 'none';
    await replaceShare(em, partnership, before, { ...change, assetIds }, now);
    await recordEvent(em, actor, {
      name: 'partnership.shares_changed', organisationId: actor.organisationId, subjectId: partnership.id,
      data: { workspaceId: change.workspaceId, scope: change.scope, from, assets: assetIds.length },
    }, now);
  }
  await em.flush();
  return partnership;
}

async function takeBackOrders(em: Em, actor: MemberActor, partnership: Partnership, { workspaces, takeBack: named = [] }: SharesInput, now: Date): Promise<void> {
  const bound = boundIn(await boundOrders(em, partnership), workspaces);
  const reported = bound.filter(isReported);
  if (reported.length > 0) throw new DomainError('share_has_reported_work', refused(reported));
  const unnamed = bound.filter((one) => !named.includes(one.id));
  if (unnamed.length > 0) throw new DomainError('share_has_orders', refused(unnamed));
  for (const one of bound) {
    const reason = fill(wordsOf(partnership.locale).sharing.ended, { workspace: one.workspaceName });
    await takeBack(em, actor, { id: one.assignmentId, status: one.assignmentStatus }, { withdrawReason: 'share_ended', reason }, now);
  }
}

/** Work that is waiting for the client's check is neither cancelled, as if it had not been done, nor left behind. */
function isReported({ assignmentStatus }: BoundOrder): boolean {
  return assignmentStatus === 'done';
}

function refused(orders: readonly BoundOrder[]): { workOrderIds: string[]; orders: string } {
  return { workOrderIds: orders.map((one) => one.id), orders: orders.map((one) => one.number).join(', ') };
}

function boundIn(bound: readonly BoundOrder[], changes: readonly ShareChange[]): BoundOrder[] {
  const gone = new Set(changes.filter((one) => one.scope === 'none').map((one) => one.workspaceId));
  return bound.filter((one) => gone.has(one.workspaceId));
}

async function replaceShare(em: Em, partnership: Partnership, before: WorkspaceShare | null, { workspaceId, scope, assetIds = [] }: ShareChange, now: Date): Promise<void> {
  const of = { organisationId: partnership.organisationId, partnershipId: partnership.id };
  if (before) await em.nativeDelete(AssetShare, { ...of, workspaceShareId: before.id });
  if (scope === 'none') {
    if (before) em.remove(before);
    return;
  }
  const share = before ?? em.create(WorkspaceShare, { ...of, id: newId(), workspaceId, createdAt: now });
  share.scope = scope;
  for (const assetId of assetIds) em.create(AssetShare, { ...of, id: newId(), workspaceShareId: share.id, assetId, createdAt: now });
}

/** What the same change would do; writes nothing. */
export async function previewShares(em: Em, actor: MemberActor, input: Pick<SharesInput, 'id' | 'workspaces'>): Promise<ShareEffect[]> {
  const partnership = await findPartnership(em, actor, input.id);
  assertShareable(partnership);
  const running = await runningOrdersIn(em, partnership, input.workspaces.map((one) => one.workspaceId));
  const bound = boundIn(await boundOrders(em, partnership), input.workspaces);
  const isBound = new Set(bound.map((one) => one.id));
  const effects: ShareEffect[] = [];
  for (const change of input.workspaces) {
    const before = await visibleAssets(em, partnership, await shareOf(em, partnership, change.workspaceId));
    const chosen = await assetsOf(em, actor, change);
    const after = change.scope === 'all' ? await allAssets(em, partnership, change.workspaceId) : new Set(chosen);
    const lost = before.difference(after);
    const here = running.filter((one) => one.workspaceId === change.workspaceId && !isBound.has(one.id));
    effects.push({
      workspaceId: change.workspaceId, gained: after.difference(before).size, lost: lost.size,
      runningOrders: change.scope === 'none' ? here : here.filter((one) => one.assetId !== null && lost.has(one.assetId)),
      toTakeBack: bound.filter((one) => one.workspaceId === change.workspaceId && !isReported(one)),
      toCheck: bound.filter((one) => one.workspaceId === change.workspaceId && isReported(one)),
    });
  }
  return effects;
}

function assertShareable({ status, endedAt }: Partnership): void {
  if ((status !== 'invited' && status !== 'accepted') || endedAt) throw new DomainError('step_not_allowed', { step: 'share', status });
}

async function shareOf(em: Em, { organisationId, id }: Partnership, workspaceId: string): Promise<WorkspaceShare | null> {
  return em.findOne(WorkspaceShare, { organisationId, partnershipId: id, workspaceId });
}

async function chosenOf(em: Em, share: WorkspaceShare): Promise<string[]> {
  if (share.scope !== 'chosen') return [];
  const found = await em.find(AssetShare, { organisationId: share.organisationId, workspaceShareId: share.id }, { disableIdentityMap: true });
  return found.map((one) => one.assetId);
}

/** The assets that a change names, each of that workspace; the workspace itself must exist for the actor. */
async function assetsOf(em: Em, actor: MemberActor, { workspaceId, scope, assetIds }: ShareChange): Promise<string[]> {
  await getWorkspace(em, actor, workspaceId);
  const wanted = scope === 'chosen' ? [...new Set(assetIds)] : [];
  const found = wanted.length > 0 ? await em.find(Asset, { organisationId: actor.organisationId, workspaceId, id: { $in: wanted } }, { fields: ['id'], disableIdentityMap: true }) : [];
  if (found.length !== wanted.length) throw new DomainError('not_found', { field: 'assetIds' });
  return wanted;
}

async function visibleAssets(em: Em, partnership: Partnership, share: WorkspaceShare | null): Promise<Set<string>> {
  if (!share) return new Set();
  return share.scope === 'all' ? allAssets(em, partnership, share.workspaceId) : new Set(await chosenOf(em, share));
}

async function allAssets(em: Em, { organisationId }: Partnership, workspaceId: string): Promise<Set<string>> {
  const found = await em.find(Asset, { organisationId, workspaceId, archivedAt: null }, { fields: ['id'], disableIdentityMap: true });
  return new Set(found.map((one) => one.id));
}

function isSame(before: WorkspaceShare | null, held: readonly string[], change: ShareChange, assetIds: readonly string[]): boolean {
  if (!before || change.scope === 'none') return !before && change.scope === 'none';
  return before.scope === change.scope && held.length === assetIds.length && assetIds.every((id) => held.includes(id));
}
