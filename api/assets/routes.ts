import { changeAsset, createAsset } from '#db/assets/commands.ts';
import type { Asset } from '#db/assets/entity.ts';
import { findAssets, getAsset, namesAround } from '#db/assets/queries.ts';
import type { Em } from '#db/orm.ts';
import type { AccountActor } from '#domain/actors.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schema.ts';
import { presentAsset } from './present.ts';
import { AssetChange, AssetInput, AssetPage, AssetQuery, AssetRecord } from './schema.ts';

const LIST = '/accounts/:accountId/assets';
const ONE = '/accounts/:accountId/assets/:id';

async function presentOne(em: Em, actor: AccountActor, asset: Asset): Promise<AssetRecord> {
  return presentAsset(asset, actor, await namesAround(em, actor, [asset]));
}

const list = route(
  { method: 'get', path: LIST, access: 'asset.read', summary: 'Assets that I see', query: AssetQuery, response: AssetPage },
  async ({ em, actor, query }) => {
    const page = await findAssets(em, actor, { ...query, sort: { by: query.sort, order: query.order } });
    const names = await namesAround(em, actor, page.data);
    return { data: page.data.map((one) => presentAsset(one, actor, names)), pageInfo: page.pageInfo };
  },
);

const show = route(
  { method: 'get', path: ONE, access: 'asset.read', summary: 'One asset', params: IdParams, response: AssetRecord },
  async ({ em, actor, params }) => presentOne(em, actor, await getAsset(em, actor, params.id)),
);

const create = route(
  { method: 'post', path: LIST, access: 'asset.manage', summary: 'Add an asset', body: AssetInput, response: AssetRecord, status: 201 },
  async ({ em, actor, body, now }) => presentOne(em, actor, await createAsset(em, actor, body, now)),
);

const change = route(
  {
    method: 'patch',
    path: ONE,
    access: 'asset.manage',
    summary: 'Change an asset, or bring it back from the archive',
    params: IdParams,
    body: AssetChange,
    response: AssetRecord,
  },
  async ({ em, actor, params, body, now }) => presentOne(em, actor, await changeAsset(em, actor, params.id, body, now)),
);

const archive = route(
  { method: 'delete', path: ONE, access: 'asset.manage', summary: 'Archive an asset; its history stays', params: IdParams },
  async ({ em, actor, params, now }) => void (await changeAsset(em, actor, params.id, { isArchived: true }, now)),
);

export const assetRoutes: readonly Route[] = [list, show, create, change, archive];
