import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { Asset } from '../assets/entity.ts';
import { visibleTo as visibleAssets } from '../assets/visibility.ts';
import { Assignment } from '../assignments/entity.ts';
import { assignmentsSeenBy, observersSeenBy } from '../assignments/visibility.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import type { InternalAssignment } from '../partnerships/entity.ts';
import { loadSides } from '../partnerships/kept.ts';
import { readTogether, rowsOf } from '../together.ts';
import { Workspace } from '../workspaces/entity.ts';
import type { WorkOrder } from './entity.ts';
import { type People, peopleSeenBy } from './people.ts';

/** What the rows of a list show beside the orders themselves: one statement per kind, however many rows. */
export type RowsAround = {
  readonly people: People;
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly assignmentsOf: (orderId: string) => Assignment[];
  readonly observerUserIdsOf: (orderId: string) => string[];
  /** What a partner keeps for itself, by assignment. */
  readonly sides: ReadonlyMap<string, InternalAssignment>;
  /** Which of the orders' assets a partner sees; empty for members, who see all. */
  readonly seenAssetIds: ReadonlySet<string>;
};

/** Loads assignees, observers, names and workspaces of the given orders. */
export async function loadRowsAround(em: Em, actor: AccountActor, orders: readonly WorkOrder[]): Promise<RowsAround> {
  const { organisationId } = actor;
  const orderIds = orders.map((one) => one.id);
  const here = { workOrderId: { $in: orderIds } };
  const hasOrders = orderIds.length > 0;
  const [assignments, observers, workspaces] = await readTogether(em, [
    rowsOf(em, Assignment, hasOrders ? { $and: [assignmentsSeenBy(actor), { ...here, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } }] } : null),
    rowsOf(em, Observer, hasOrders ? { $and: [observersSeenBy(actor), { ...here, userId: { $ne: null }, leftAt: null }] } : null),
    rowsOf(em, Workspace, hasOrders ? { organisationId, id: { $in: [...new Set(orders.map((one) => one.workspaceId))] } } : null),
  ]);
  const sides = await loadSides(em, actor, assignments);
  return {
    people: await peopleSeenBy(em, actor, {
      userIds: [...orders.map((one) => one.responsibleUserId), ...assignments.map((one) => one.memberUserId), ...[...sides.values()].map((one) => one.memberUserId)],
      firmIds: assignments.map((one) => one.firmId),
      contactIds: [],
    }),
    sides,
    seenAssetIds: await seenAssets(em, actor, orders),
    workspaceNames: new Map(workspaces.map((one) => [one.id, one.name])),
    assignmentsOf: (orderId) => assignments.filter((one) => one.workOrderId === orderId),
    observerUserIdsOf: (orderId) => observers.flatMap((one) => (one.workOrderId === orderId && one.userId ? [one.userId] : [])),
  };
}

async function seenAssets(em: Em, actor: AccountActor, orders: readonly WorkOrder[]): Promise<Set<string>> {
  const ids = [...new Set(orders.flatMap((one) => one.assetId ?? []))];
  if (actor.kind !== 'partner' || ids.length === 0) return new Set();
  const seen = await em.find(Asset, { $and: [visibleAssets(actor), { id: { $in: ids } }] } as FilterQuery<Asset>, { fields: ['id'], disableIdentityMap: true });
  return new Set(seen.map((one) => one.id));
}
