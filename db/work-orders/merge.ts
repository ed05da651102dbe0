import type { FilterQuery } from '@mikro-orm/postgresql';
import type { PartnerActor } from '#domain/actors.ts';
import { PRIORITIES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { assignmentsSeenBy } from '../assignments/visibility.ts';
import type { Em } from '../orm.ts';
import { countCapped } from '../page.ts';
import { WorkOrder } from './entity.ts';
import { whereOf, type WorkOrderFilter, sortOf } from './queries.ts';

/** What orders of several accounts can be sorted by: what compares the same in the database and here. */
export const MERGED_SORTS = ['dueOn', 'answerDueAt', 'createdAt', 'priority', 'status'] as const;
export type MergedSort = { readonly by: (typeof MERGED_SORTS)[number]; readonly order: 'ASC' | 'DESC' };

/** An order's place in a merged list; a key of null stands last. */
export type Placed = { readonly id: string; readonly key: string | number | null };

/** The first orders of one account as a list would show them, by id and place only, and how many there are. */
export async function firstOrders(
  em: Em,
  actor: PartnerActor,
  asked: { readonly sort: MergedSort; readonly filter: WorkOrderFilter; readonly today: string; readonly limit: number },
): Promise<{ readonly placed: Placed[]; readonly total: number }> {
  const where = (await whereOf(em, actor, asked)) as FilterQuery<WorkOrder>;
  const orders = await em.find(WorkOrder, where, { orderBy: sortOf(em, actor, asked.sort) as never, limit: asked.limit, disableIdentityMap: true });
  const owed = asked.sort.by === 'answerDueAt' ? await owedAnswers(em, actor, orders) : new Map<string, number>();
  const placed = orders.map((one) => ({ id: one.id, key: asked.sort.by === 'answerDueAt' ? (owed.get(one.id) ?? null) : keyOf(one, asked.sort.by) }));
  return { placed, total: await countCapped(em, WorkOrder, where) };
}

function keyOf(order: WorkOrder, by: Exclude<MergedSort['by'], 'answerDueAt'>): Placed['key'] {
  if (by === 'priority') return PRIORITIES.indexOf(order.priority);
  if (by === 'status') return WORK_ORDER_STATUSES.indexOf(order.status);
  return by === 'dueOn' ? (order.dueOn ?? null) : order[by].getTime();
}

/** When the partner's own answer is owed, by order. */
async function owedAnswers(em: Em, actor: PartnerActor, orders: readonly WorkOrder[]): Promise<Map<string, number>> {
  const here = { workOrderId: { $in: orders.map((one) => one.id) }, status: 'offered' as const };
  const found = orders.length > 0 ? await em.find(Assignment, { $and: [assignmentsSeenBy(actor), here] }, { disableIdentityMap: true }) : [];
  const owed = new Map<string, number>();
  for (const one of found) {
    const at = (one.answerByOverride ?? one.answerBy)?.getTime();
    if (at !== undefined) owed.set(one.workOrderId, Math.min(at, owed.get(one.workOrderId) ?? at));
  }
  return owed;
}

/** Compares two places as the database sorts them: what has no key last in both directions, then by id in the same direction. */
export function comparePlaces(order: 'ASC' | 'DESC'): (one: Placed, other: Placed) => number {
  const sign = order === 'ASC' ? 1 : -1;
  return (one, other) => {
    if (one.key !== other.key) {
      if (one.key === null || other.key === null) return one.key === null ? 1 : -1;
      return one.key < other.key ? -sign : sign;
    }
    return one.id < other.id ? -sign : sign;
  };
}
