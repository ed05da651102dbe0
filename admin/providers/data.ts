import type { DataProvider, RaRecord } from 'react-admin';
import { get, patch, post, remove, type Query } from './http.ts';
import { inAccount } from './session.ts';
import { verbs } from './verbs.ts';

type Page = { data: RaRecord[]; pageInfo: { page: number; perPage: number; total: number; isTotalCapped: boolean; hasNextPage: boolean } };
type Listing = {
  pagination?: { page: number; perPage: number } | undefined;
  sort?: { field: string; order: string } | undefined;
  filter?: Record<string, unknown> | undefined;
  signal?: AbortSignal | undefined;
};

/** The records of one account, and the verbs that are more than writing a record. */
export const dataProvider = {
  supportAbortSignal: true,

  getList: (resource: string, params: Listing) => list(resource, params),

  getManyReference: (resource: string, params: Listing & { target: string; id: unknown }) =>
    list(resource, { ...params, filter: { ...params.filter, [params.target]: params.id } }),

  async getOne(resource: string, params: { id: unknown; signal?: AbortSignal | undefined }) {
    return { data: await get<RaRecord>(pathOf(resource, params.id), undefined, params.signal) };
  },

  async getMany(resource: string, params: { ids: readonly unknown[] }) {
    if (params.ids.length === 0) return { data: [] };
    const page = await get<Page>(pathOf(resource), { ids: params.ids.join(','), perPage: 100 });
    return { data: page.data };
  },

  async create(resource: string, params: { data: unknown; meta?: { key?: string } }) {
    return { data: await post<RaRecord>(pathOf(resource), params.data, params.meta?.key) };
  },

  async update(resource: string, params: { id: unknown; data: unknown }) {
    return { data: await patch<RaRecord>(pathOf(resource, params.id), params.data) };
  },

  async updateMany(resource: string, params: { ids: readonly unknown[]; data: unknown }) {
    await Promise.all(params.ids.map((id) => patch(pathOf(resource, id), params.data)));
    return { data: [...params.ids] };
  },

  async delete(resource: string, params: { id: unknown; previousData?: unknown }) {
    await remove(pathOf(resource, params.id));
    return { data: (params.previousData ?? { id: params.id }) as RaRecord };
  },

  async deleteMany(resource: string, params: { ids: readonly unknown[] }) {
    await Promise.all(params.ids.map((id) => remove(pathOf(resource, id))));
    return { data: [...params.ids] };
  },

  ...verbs,
};

export type PortalDataProvider = typeof dataProvider;
/** React-admin's type asks for methods generic over the record; ours answer with what the server sends. */
export const adminDataProvider = dataProvider as unknown as DataProvider;

async function list(resource: string, params: Listing) {
  const { data, pageInfo } = await get<Page>(pathOf(resource), queryOf(params), params.signal);
  return {
    data,
    total: pageInfo.total,
    pageInfo: { hasNextPage: pageInfo.hasNextPage, hasPreviousPage: pageInfo.page > 1 },
    meta: { isTotalCapped: pageInfo.isTotalCapped },
  };
}

/** The query of a list as the API reads it; lists of values are joined by commas. */
export function queryOf({ pagination, sort, filter }: Listing): Query {
  const filters = Object.entries(filter ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]);
  return {
    ...(Object.fromEntries(filters) as Query),
    ...(pagination ? { page: pagination.page, perPage: pagination.perPage } : {}),
    ...(sort && sort.field !== 'id' ? { sort: sort.field, order: sort.order } : {}),
  };
}

/** Lists that belong to the user rather than to one account. */
const OF_USER: Readonly<Record<string, string>> = { 'client-orders': '/me/orders' };

function pathOf(resource: string, id?: unknown): string {
  const ofUser = OF_USER[resource];
  if (ofUser) return ofUser;
  return inAccount(id === undefined ? `/${resource}` : `/${resource}/${encodeURIComponent(idOf(id))}`);
}

function idOf(id: unknown): string {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
