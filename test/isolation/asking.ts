import { pathParameters, type Route } from '#api/route.ts';
import { TEST_ORIGIN, type TestApi } from '../support/api.ts';
import { bodySchema, sampleBody } from './sample.ts';
import { reachable, type Layers } from './leaks.ts';
import type { PartnerWorld } from './partner-world.ts';
import { FIELDS, SEGMENTS, type Thing } from './world.ts';

export type Answer = { readonly status: number; readonly text: string };
export type Asked = { readonly account?: string; readonly id?: string | null; readonly body?: Record<string, unknown>; readonly query?: string };

export const nameOf = (route: Route): string => `${route.spec.method} ${route.spec.path.replace('/accounts/:accountId', '')}`;

/** The ids that were asked for do not count as a difference. */
export function faceless({ status, text }: Answer): string {
  return `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')}`;
}

/** The kind of thing that `:id` of a route names; null without one. */
export function thingOf(route: Route): Thing | null {
  if (pathParameters(route.spec.path).length === 0) return null;
  const segment = route.spec.path.split('/').find((_part, at, parts) => parts[at + 1]?.startsWith(':') && parts[at + 1] !== ':accountId') ?? '';
  const thing = SEGMENTS[segment];
  if (!thing) throw new Error(`The isolation matrix does not know what :id means after /${segment}/: add it to test/isolation/world.ts.`);
  return thing;
}

/** One request to a route of an account, as a browser makes it. A stream of events is left as soon as it opens. */
export async function ask(api: TestApi, route: Route, cookie: string | undefined, { account = '', id, body, query = '' }: Asked): Promise<Answer> {
  const path = route.spec.path.replace(':accountId', account).replace(':at', '0').replaceAll(/:(\w+)/g, id ?? '');
  const abort = new AbortController();
  const isWrite = route.spec.method !== 'get';
  const isForm = route.kind === 'stream';
  const response = await fetch(`${api.url}/api/v1${path}${query}`, {
    method: route.spec.method.toUpperCase(),
    redirect: 'manual',
    signal: abort.signal,
    headers: { origin: TEST_ORIGIN, ...(cookie ? { cookie } : {}), ...(isWrite && !isForm ? { 'content-type': 'application/json' } : {}) },
    ...(isWrite ? { body: isForm ? aForm() : JSON.stringify(body ?? {}) } : {}),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return { status: response.status, text: await response.text() };
  abort.abort();
  return { status: response.status, text: '' };
}

function aForm(): FormData {
  const form = new FormData();
  form.append('files', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
  return form;
}

/** A request about one thing, with a body that is well-formed and names what the partner may name. */
export function askedOf(route: Route, world: PartnerWorld, id: string | null): Asked {
  return { id, body: bodyOf(route, world) };
}

function bodyOf(route: Route, world: PartnerWorld): Record<string, unknown> {
  return SPECIAL[nameOf(route)] ?? sampleBody(route, Object.fromEntries(Object.entries(FIELDS).flatMap(([field, thing]) => (world.own[thing] ? [[field, world.own[thing]]] : []))));
}

/** What a schema can't tell, so that a request means something. */
const SPECIAL: Readonly<Record<string, Record<string, unknown>>> = {
  'post /work-orders/:id/assignments': { memberUserId: '0193a000-0000-7000-8000-000000000000' },
  'post /work-orders/:id/assignments/preview': { memberUserId: '0193a000-0000-7000-8000-000000000000' },
  'post /work-orders/:id/steps': { step: 'start' },
  'post /work-orders/:id/comments': { visibility: 'shared', body: 'x' },
  'put /partnership/served': { workspaces: [] },
  'put /partnership/dispatch-rules': { rules: [] },
};

type Variant = readonly [things: readonly string[], make: (id: string) => Record<string, unknown>];

/** Bodies of a route with ids in them that are nobody's business, top level and nested. */
export function bodiesWith(route: Route, world: PartnerWorld): Variant[] {
  const properties = bodySchema(route).schema.properties ?? {};
  const flat = Object.keys(properties).filter((field) => field in FIELDS).map((field): Variant => {
    const isList = JSON.stringify(properties[field]).includes('"array"');
    return [notOurs(world, FIELDS[field] ?? 'user'), (id) => ({ ...bodyOf(route, world), [field]: isList ? [id] : id })];
  });
  return [...flat, ...(NESTED[nameOf(route)]?.(world) ?? [])];
}

const NESTED: Readonly<Record<string, (world: PartnerWorld) => Variant[]>> = {
  'put /partnership/served': (world) => [[notOurs(world, 'workspace', 'unserved'), (workspaceId) => ({ workspaces: [{ workspaceId, isServed: true }] })]],
  'put /partnership/dispatch-rules': (world) => [
    [notOurs(world, 'workspace', 'unserved'), (workspaceId) => ({ rules: [{ workspaceId, email: 'x@example.test' }] })],
    [notOurs(world, 'user'), (memberUserId) => ({ rules: [{ workspaceId: null, memberUserId }] })],
  ],
};

/** Things of one kind that the partner must not be able to name; those of a workspace that it unticked it may. */
function notOurs(world: PartnerWorld, thing: Thing, but = ''): string[] {
  const same = Object.entries(world.hidden).flatMap(([reason, ids]) => (reason === 'notServedPlace' || reason === but ? [] : (ids[thing] ?? [])));
  const strangers = thing === 'user' ? [world.client.admin.user.id, world.painter.own.admin.user.id] : [];
  return [...same, ...strangers, world.foreign.ids[thing]];
}

/** Filters of a list that name things, with things that are nobody's business. */
export function queriesWith(route: Route, world: PartnerWorld, layers: Layers, role: 'admin' | 'coordinator' | 'technician'): (readonly [things: readonly string[], query: (id: string) => string])[] {
  const shape = Object.keys((route.spec.query as { shape?: object } | undefined)?.shape ?? {});
  const kinds: Readonly<Record<string, Thing>> = { ...FIELDS, ids: LISTED[nameOf(route)] ?? 'workOrder' };
  return shape.flatMap((field) => {
    const thing = kinds[field];
    if (!thing) return [];
    const hidden = thing === 'user' || thing === 'firm' ? notOurs(world, thing) : reachable(world, layers, role, thing).hidden;
    return [[hidden, (id: string) => `?${field}=${id}`] as const];
  });
}

const LISTED: Readonly<Record<string, Thing>> = { 'get /assets': 'asset', 'get /workspaces': 'workspace' };

/** A sum of the content of every table that belongs to a tenant. */
export async function checksums({ database }: TestApi): Promise<Map<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
  const sums = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await database.query<{ sum: string }>(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t`);
    sums.set(name, row?.sum ?? '');
  }
  return sums;
}
