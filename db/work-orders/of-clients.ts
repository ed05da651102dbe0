import type { PartnerActor } from '#domain/actors.ts';
import { addDays, atLocalTime, localDate } from '#domain/calendar/local-time.ts';
import { emFor, type Em, type Orm } from '../orm.ts';
import { MOST_COUNTED, type PageInfo } from '../page.ts';
import type { ClientAccount } from '../partnerships/of-user.ts';
import { WorkOrder } from './entity.ts';
import { comparePlaces, firstOrders, type MergedSort, type Placed } from './merge.ts';
import type { WorkOrderFilter } from './queries.ts';
import { loadRowsAround, type RowsAround } from './rows.ts';
import { visibleTo } from './visibility.ts';

export type AskedOfClients = {
  readonly page: number;
  readonly perPage: number;
  readonly sort: MergedSort;
  readonly filter: WorkOrderFilter;
  /** Local days at each client, both included: due or promised then. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

/** The orders of a page that lie in one account, with what their rows show. */
export type OrdersOfClient = { readonly account: ClientAccount; readonly today: string; readonly orders: readonly WorkOrder[]; readonly around: RowsAround };
export type MergedPage = { readonly ids: readonly string[]; readonly parts: readonly OrdersOfClient[]; readonly pageInfo: PageInfo };

/** So many accounts are asked at a time: a user's request leaves connections to others. */
const AT_ONCE = 3;

/**
 * One page of the orders in several accounts, merged by their sort. Each account is asked once, in a session of its own
 * that sees no other, for no more rows than the page can need.
 */
export async function findOrdersOfClients(orm: Orm, accounts: readonly ClientAccount[], asked: AskedOfClients, now: Date): Promise<MergedPage> {
  const limit = asked.page * asked.perPage + 1;
  const found = await eachInTurn(accounts, async (account) => {
    const today = localDate(now, account);
    const filter = { ...asked.filter, ...plannedIn(account, asked) };
    const first = await within(orm, account.actor, (em) => firstOrders(em, account.actor, { sort: asked.sort, filter, today, limit }));
    return { account, today, ...first };
  });
  const compare = comparePlaces(asked.sort.order);
  const merged = found.flatMap((one) => one.placed).toSorted(compare);
  const start = limit - 1 - asked.perPage;
  const shown = merged.slice(start, start + asked.perPage);
  const parts = await eachInTurn(found.filter((one) => one.placed.some((place) => shown.includes(place))), async ({ account, today, placed }) => {
    const loaded = await within(orm, account.actor, (em) => loadOrders(em, account.actor, placed.filter((one) => shown.includes(one))));
    return { account, today, ...loaded };
  });
  const total = found.reduce((sum, one) => sum + one.total, 0);
  const pageInfo = { page: asked.page, perPage: asked.perPage, total: Math.min(total, MOST_COUNTED), isTotalCapped: total > MOST_COUNTED, hasNextPage: merged.length >= limit };
  return { ids: shown.map((one) => one.id), parts, pageInfo };
}

async function loadOrders(em: Em, actor: PartnerActor, placed: readonly Placed[]): Promise<{ orders: WorkOrder[]; around: RowsAround }> {
  const orders = await em.find(WorkOrder, { $and: [visibleTo(actor), { id: { $in: placed.map((one) => one.id) } }] });
  return { orders, around: await loadRowsAround(em, actor, orders) };
}

function plannedIn(account: ClientAccount, { from, until }: AskedOfClients): Pick<WorkOrderFilter, 'planned'> {
  if (!from && !until) return {};
  const [first, last] = [from ?? '1900-01-01', until ?? '2999-12-30'];
  return { planned: { from: first, until: last, fromAt: atLocalTime(first, '00:00', account), untilAt: atLocalTime(addDays(last, 1), '00:00', account) } };
}

/** Runs `work` in a transaction of its own, held to one actor by the database. */
export async function within<T>(orm: Orm, actor: PartnerActor, work: (em: Em) => Promise<T>): Promise<T> {
  return emFor(orm, actor).transactional(work);
}

/** Asks a few at a time, the answers in the order of the questions. */
export async function eachInTurn<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))));
  return answers;
}
