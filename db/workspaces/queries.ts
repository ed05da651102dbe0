import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked, type Sort } from '../page.ts';
import { wordsWithin } from '../search/words.ts';
import { Workspace } from './entity.ts';

/** The workspaces that exist for this actor: all of the organisation, or the chosen ones. */
export function visibleTo(actor: MemberActor): FilterQuery<Workspace> {
  return {
    organisationId: actor.organisationId,
    ...(actor.workspaceIds ? { id: { $in: [...actor.workspaceIds] } } : {}),
  };
}

export type WorkspaceFilter = PageAsked & {
  readonly sort: Sort;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly includeArchived: boolean;
};

export async function findWorkspaces(em: Em, actor: MemberActor, asked: WorkspaceFilter): Promise<Page<Workspace>> {
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
export async function getWorkspace(em: Em, actor: MemberActor, id: string): Promise<Workspace> {
  const found = await em.findOne(Workspace, { $and: [visibleTo(actor), { id }] } as FilterQuery<Workspace>);
  if (!found) throw new DomainError('not_found', { workspaceId: id });
  return found;
}

export type WorkspaceCounts = { readonly openOrders: number; readonly assets: number };

/** Running orders and living assets per workspace, in one statement for a whole page. */
export async function countIn(em: Em, actor: MemberActor, ids: readonly string[]): Promise<Map<string, WorkspaceCounts>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<(WorkspaceCounts & { id: string })[]>(
    `select w.id,
       (select count(*)::int from work_orders o where o.organisation_id = w.organisation_id and o.workspace_id = w.id
          and o.status not in ('closed', 'cancelled')) as "openOrders",
       (select count(*)::int from assets a where a.organisation_id = w.organisation_id and a.workspace_id = w.id
          and a.archived_at is null) as assets
     from workspaces w where w.organisation_id = ? and w.id in (${ids.map(() => '?').join(', ')})`,
    [actor.organisationId, ...ids],
  );
  return new Map(rows.map(({ id, openOrders, assets }) => [id, { openOrders, assets }]));
}
