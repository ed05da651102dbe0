import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked, type Sort } from '../page.ts';
import { wordsWithin } from '../search/words.ts';
import { Workspace } from '../workspaces/entity.ts';
import { Asset } from './entity.ts';
import { visibleTo } from './visibility.ts';

export type AssetFilter = PageAsked & {
  readonly sort: Sort;
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly workspaceId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly category?: string | undefined;
  readonly includeArchived: boolean;
};

export async function findAssets(em: Em, actor: AccountActor, asked: AssetFilter): Promise<Page<Asset>> {
  const where = {
    $and: [
      visibleTo(actor),
      asked.ids ? { id: { $in: [...asked.ids] } } : {},
      asked.workspaceId ? { workspaceId: asked.workspaceId } : {},
      asked.parentId ? { parentId: asked.parentId } : {},
      asked.category ? { category: asked.category } : {},
      asked.includeArchived || asked.ids ? {} : { archivedAt: null },
      wordsWithin(asked.q, ['number', 'name', 'location_text', 'manufacturer', 'model', 'serial_number']),
    ],
  } as FilterQuery<Asset>;
  return findPage(em, Asset, where, asked);
}

/** One asset; throws `not_found` where it does not exist for this actor. */
export async function getAsset(em: Em, actor: AccountActor, id: string): Promise<Asset> {
  const found = await em.findOne(Asset, { $and: [visibleTo(actor), { id }] } as FilterQuery<Asset>);
  if (!found) throw new DomainError('not_found', { assetId: id });
  return found;
}

/** Names of workspaces and parents for a page of assets, in two statements. */
export async function namesAround(em: Em, actor: AccountActor, assets: readonly Asset[]): Promise<Map<string, string>> {
  const { organisationId } = actor;
  const workspaceIds = [...new Set(assets.map((one) => one.workspaceId))];
  const parentIds = [...new Set(assets.map((one) => one.parentId ?? null).filter((one) => one !== null))];
  const workspaces = workspaceIds.length > 0 ? await em.find(Workspace, { organisationId, id: { $in: workspaceIds } }) : [];
  const parents = parentIds.length > 0 ? await em.find(Asset, { $and: [visibleTo(actor), { id: { $in: parentIds } }] } as FilterQuery<Asset>) : [];
  return new Map([...workspaces, ...parents].map((one) => [one.id, one.name]));
}
