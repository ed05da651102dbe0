import type { FilterQuery } from '@mikro-orm/postgresql';
import { raw, sql } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { PRIORITIES, WORK_ORDER_STATUSES, type Priority, type WorkOrderKind, type WorkOrderStatus } from '#domain/statuses.ts';
import { Asset } from '../assets/entity.ts';
import { visibleTo as visibleAssets } from '../assets/visibility.ts';
import { findPage, orderByOf, type Page, type PageAsked, type Sort } from '../page.ts';
import type { Em } from '../orm.ts';
import { WorkOrder } from './entity.ts';
import { partnerConditions, searchAsPartner, sortedForPartner } from './partner-queries.ts';
import { visibleTo } from './visibility.ts';

export type WorkOrderFilter = {
  readonly ids?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly kind?: WorkOrderKind | undefined;
  readonly status?: readonly WorkOrderStatus[] | undefined;
  readonly workspaceId?: string | undefined;
  readonly priority?: readonly Priority[] | undefined;
  readonly firmId?: string | undefined;
  readonly assigneeUserId?: string | undefined;
  readonly responsibleUserId?: string | undefined;
  readonly assetId?: string | undefined;
  /** Local days, both included; only work that is still to be done. */
  readonly dueFrom?: string | undefined;
  readonly dueUntil?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly awaitingAnswer?: boolean | undefined;
  /** Of a partner: what waits for it, an answer or a person of its own. */
  readonly inbox?: boolean | undefined;
  /** Of a partner: accepted, and given to none of its people. */
  readonly unassigned?: boolean | undefined;
  /** Of a partner: due, or promised by it, within these local days. */
  readonly planned?: { readonly from: string; readonly until: string; readonly fromAt: Date; readonly untilAt: Date } | undefined;
};

/** Statuses in which a passed due date still matters. */
export const DUE_STATUSES: readonly WorkOrderStatus[] = ['open', 'assigned', 'accepted', 'in_progress', 'waiting'];
/** How far and how urgent, not by the alphabet; the indexes of the migration say the same. */
const SORTED_BY_RANK: Readonly<Record<string, (alias: string) => string>> = {
  priority: (alias) => rankOf(`${alias}.priority`, PRIORITIES),
  status: (alias) => rankOf(`${alias}.status`, WORK_ORDER_STATUSES),
};

function rankOf(column: string, values: readonly string[]): string {
  return `case ${column} ${values.map((value, at) => `when '${value}' then ${at}`).join(' ')} end`;
}

/** Search looks no further than so many hits, best first; who has more must say more. */
const MOST_HITS = 1_000;

/** One page of the orders that the actor sees; `today` is the organisation's local day. */
export async function listWorkOrders(
  em: Em,
  actor: AccountActor,
  asked: PageAsked & Asked,
): Promise<Page<WorkOrder>> {
  return findPage<WorkOrder>(em, WorkOrder, await whereOf(em, actor, asked), { ...asked, sort: sortFor(actor, asked.sort) });
}

type Asked = { readonly sort: Sort; readonly filter: WorkOrderFilter; readonly today: string };

/** Which orders a list has: those that exist for the actor, filtered and searched. */
export async function whereOf(em: Em, actor: AccountActor, { sort, filter, today }: Asked): Promise<FilterQuery<WorkOrder>> {
  if (filter.assetId && actor.kind === 'partner' && (await em.count(Asset, { $and: [visibleAssets(actor), { id: filter.assetId }] } as FilterQuery<Asset>)) === 0) return { id: { $in: [] } };
  const hits = filter.q ? await searchIds(em, actor, filter.q) : null;
  return { $and: [visibleTo(actor), ...conditions(actor, filter, today), ...sameInRanks(sort.by, filter), ...(hits ? [{ id: { $in: hits } }] : [])] } as FilterQuery<WorkOrder>;
}

/** In which order a list has them, as `findPage` takes it. */
export function sortOf(em: Em, actor: AccountActor, sort: Sort): object[] {
  return orderByOf(em, WorkOrder, sortFor(actor, sort));
}

/** When an order last changed tells of what a partner does not see: its lists go by when the order was made. */
function sortFor(actor: AccountActor, asked: Sort): Sort {
  const sort = actor.kind === 'partner' && asked.by === 'updatedAt' ? { ...asked, by: 'createdAt' } : asked;
  return { ...sort, ...(sortedForPartner(actor, sort.by) ?? { expression: SORTED_BY_RANK[sort.by] }) };
}

/** Where a list is filtered by what it is sorted by: the same in the words of the sort's index, which then begins at the first row wanted. */
function sameInRanks(sort: string, { status, priority }: WorkOrderFilter): FilterQuery<WorkOrder>[] {
  const expression = SORTED_BY_RANK[sort];
  const ranks = sort === 'status' ? status?.map((one) => WORK_ORDER_STATUSES.indexOf(one)) : priority?.map((one) => PRIORITIES.indexOf(one));
  return expression && ranks?.length ? [{ [raw(expression)]: { $in: ranks } } as FilterQuery<WorkOrder>] : [];
}

/** What each filter means; shared by the list and by the numbers that link to it. */
export function conditions(actor: AccountActor, filter: WorkOrderFilter, today: string): FilterQuery<WorkOrder>[] {
  const found: FilterQuery<WorkOrder>[] = [];
  if (filter.ids) found.push({ id: { $in: [...filter.ids] } });
  if (filter.kind) found.push({ kind: filter.kind });
  if (filter.status?.length) found.push({ status: { $in: [...filter.status] } });
  if (filter.workspaceId) found.push({ workspaceId: filter.workspaceId });
  if (filter.assetId) found.push({ assetId: filter.assetId });
  if (filter.priority?.length) found.push({ priority: { $in: [...filter.priority] } });
  if (filter.responsibleUserId) found.push({ responsibleUserId: filter.responsibleUserId });
  if (filter.dueFrom) found.push({ dueOn: { $gte: filter.dueFrom }, status: { $in: [...DUE_STATUSES] } });
  if (filter.dueUntil) found.push({ dueOn: { $lte: filter.dueUntil }, status: { $in: [...DUE_STATUSES] } });
  if (filter.overdue) found.push({ dueOn: { $lt: today }, status: { $in: [...DUE_STATUSES] } });
  if (actor.kind === 'partner') return [...found, ...partnerConditions(actor, filter)];
  if (filter.awaitingAnswer) found.push({ answerDueAt: { $ne: null } });
  if (filter.firmId) found.push({ id: { $in: sql`(select work_order_id from assignments where firm_id = ${filter.firmId})` } } as FilterQuery<WorkOrder>);
  if (filter.assigneeUserId) {
    found.push({ id: { $in: sql`(select work_order_id from assignments where member_user_id = ${filter.assigneeUserId} and status in ('accepted', 'done'))` } } as FilterQuery<WorkOrder>);
  }
  return found;
}

/** Ids of the orders whose words fit, best first; the function searches within the session's organisation only. */
async function searchIds(em: Em, actor: AccountActor, q: string): Promise<string[]> {
  if (actor.kind === 'partner') return searchAsPartner(em, actor, q, MOST_HITS);
  const rows = await em.execute<{ work_order_id: string }[]>('select work_order_id from search_work_orders(?, ?)', [q, MOST_HITS]);
  return rows.map((row) => row.work_order_id);
}
