import type { EntityName, FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { countCapped, findPage, type Page, type PageAsked, type Sort } from '../page.ts';
import { Asset } from '../assets/entity.ts';
import { visibleTo as visibleAssets } from '../assets/visibility.ts';
import { wordsWithin } from '../search/words.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { visibleTo as visibleOrders } from '../work-orders/visibility.ts';
import { Workspace } from './entity.ts';
import { visibleTo } from './visibility.ts';

export type WorkspaceFilter = PageAsked & {
  readonly sort: Sort;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly includeArchived: boolean;
};

export async function findWorkspaces(em: Em, actor: AccountActor, asked: WorkspaceFilter): Promise<Page<Workspace>> {
  const where = {
    $and: [
      visibleTo(actor),
      asked.ids ? { id: { $in: [...asked.ids] } } : {},
      asked.includeArchived || asked.ids ? {} : { archivedAt: null },
      wordsWithin(asked.q, ['name', 'short_name', 'street', 'postal_code', 'city']),
    ],
  } as FilterQuery<Workspace>;
  return findPage(em, Workspace, where, asked);
}

/** One workspace; throws `not_found` where it does not exist for this actor. */
export async function getWorkspace(em: Em, actor: AccountActor, id: string): Promise<Workspace> {
  const found = await em.findOne(Workspace, { $and: [visibleTo(actor), { id }] } as FilterQuery<Workspace>);
  if (!found) throw new DomainError('not_found', { workspaceId: id });
  return found;
}

export type WorkspaceCounts = { readonly openOrders: number; readonly assets: number };

/** Running orders and living assets per workspace, of those that the actor sees; a statement for each, for a whole page. */
export async function countIn(em: Em, actor: AccountActor, ids: readonly string[]): Promise<Map<string, WorkspaceCounts>> {
  if (ids.length === 0) return new Map();
  const here = { workspaceId: { $in: [...ids] } };
  const orders = await countBy(em, WorkOrder, { $and: [visibleOrders(actor), here, { status: { $nin: ['closed', 'cancelled'] } }] });
  const assets = await countBy(em, Asset, { $and: [visibleAssets(actor), here, { archivedAt: null }] });
  return new Map(ids.map((id) => [id, { openOrders: orders.get(id) ?? 0, assets: assets.get(id) ?? 0 }]));
}

async function countBy(em: Em, entity: EntityName<WorkOrder> | EntityName<Asset>, where: object): Promise<Map<string, number>> {
  const query = em.createQueryBuilder(entity as EntityName<WorkOrder>).select('workspaceId').where(where as never).toQuery();
  const rows = await em.execute<{ workspace_id: string; n: number }[]>(
    `select workspace_id, count(*)::int as n from (${query.sql}) as counted group by workspace_id`, [...query.params]);
  return new Map(rows.map((row) => [row.workspace_id, row.n]));
}

/** How many workspaces this actor sees. */
export async function countWorkspaces(em: Em, actor: AccountActor): Promise<number> {
  return countCapped(em, Workspace, { $and: [visibleTo(actor), { archivedAt: null }] } as FilterQuery<Workspace>);
}
