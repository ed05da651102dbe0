import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAction, pathParameters, type Route } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { newId } from '#db/columns.ts';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { can, PERMISSIONS } from '#domain/permissions.ts';
import { ROLES, type Role } from '#domain/statuses.ts';
import { call, startApi, TEST_ORIGIN, type TestApi } from '../support/api.ts';
import { conformanceTo, type Conformance } from '../support/api-document.ts';
import { switchOffPolicies } from '../support/policies.ts';
import { bodySchema, sampleBody } from './sample.ts';
import { aWorld, FIELDS, SEGMENTS, type World } from './world.ts';

/** Bodies that the generator of samples can't guess: what makes a request meaningful, not only well-formed. */
const BODIES: Readonly<Record<string, (world: World) => Record<string, unknown>>> = {
  'put /escalation-policy': () => ({ policy: DEFAULT_POLICY }),
  'post /users': () => ({ email: `p-${newId()}@example.test`, name: 'Somebody', role: 'technician' }),
  'post /firms': () => ({ company: 'Somebody', contacts: [{ name: 'Somebody', email: 'somebody@example.test' }] }),
  'post /partnerships': () => ({ email: `i-${newId()}@example.test`, company: `Somebody ${newId()}` }),
  'post /work-orders/:id/steps': () => ({ step: 'cancel', reason: 'x' }),
  'post /work-orders/:id/assignments': (world) => ({ memberUserId: world.ids.user }),
  'post /work-orders/:id/assignments/preview': (world) => ({ memberUserId: world.ids.user }),
  'post /work-orders/:id/observers': () => ({ email: `o-${newId()}@example.test`, name: 'Somebody', choice: 'daily', canComment: false }),
};

/** POSTs that only reckon: an id that is nobody's may be passed over there, as long as a foreign one is, too. */
const WRITES_NOTHING = new Set(['post /work-orders/:id/assignments/preview', 'post /escalation-policy/preview']);

const ACCOUNT_ROUTES = ROUTES.filter((one) => isAction(one.spec.access));
const nameOf = (route: Route): string => `${route.spec.method} ${route.spec.path.replace('/accounts/:accountId', '')}`;

type Answer = { readonly status: number; readonly text: string };

/**
 * Every route of an account × every role × own, foreign, missing and malformed ids. Without `rowLevelSecurity` the
 * policies are switched off in the test's database, so that the queries have to hold alone.
 */
export function isolationMatrix(options: { readonly rowLevelSecurity: boolean }): void {
  let api: TestApi;
  let own: World;
  let foreign: World;
  let before: string;
  let conforms: Conformance;
  const unlike = new Set<string>();

  beforeAll(async () => {
    api = await startApi();
    own = await aWorld(api, 'eigenwort');
    foreign = await aWorld(api, 'fremdwort');
    if (!options.rowLevelSecurity) await switchOffPolicies(api);
    before = await checksum(foreign);
    conforms = conformanceTo((await call(api, 'GET', '/openapi.json')).body);
  });
  afterAll(() => api.stop());

  async function ask(route: Route, options: { account?: string; id?: string; cookie?: string; body?: Record<string, unknown> }): Promise<Answer> {
    const path = route.spec.path.replace(':accountId', options.account ?? own.cast.organisation.id).replace(':at', '0').replaceAll(/:(\w+)/g, options.id ?? own.ids.workOrder);
    const abort = new AbortController();
    const isWrite = route.spec.method !== 'get';
    const response = await fetch(`${api.url}/api/v1${path}`, {
      method: route.spec.method.toUpperCase(),
      redirect: 'manual',
      signal: abort.signal,
      headers: { origin: TEST_ORIGIN, ...(options.cookie ? { cookie: options.cookie } : {}), ...(isWrite && route.kind !== 'stream' ? { 'content-type': 'application/json' } : {}) },
      ...(isWrite ? { body: route.kind === 'stream' ? aForm() : JSON.stringify(options.body ?? bodyFor(route, own)) } : {}),
    });
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      abort.abort();
      return { status: response.status, text: '' };
    }
    const answer = { status: response.status, text: await response.text(), contentType: response.headers.get('content-type') ?? '' };
    const fault = conforms(route.spec.method, route.spec.path.replaceAll(/:(\w+)/g, '{$1}'), answer);
    if (fault) unlike.add(`${nameOf(route)}: ${fault}`);
    return answer;
  }

  test('every route with an account is in the matrix', () => {
    expect(ACCOUNT_ROUTES.length).toBeGreaterThan(40);
    for (const route of ACCOUNT_ROUTES) expect(() => thingOf(route)).not.toThrow();
  });

  describe.each(ACCOUNT_ROUTES.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
    const mayCall = (role: Role): boolean =>
      isAction(route.spec.access) && can({ kind: 'member', organisationId: 'x', userId: 'x', role, workspaceIds: null }, route.spec.access);

    test('is closed without a session', async () => {
      const thing = thingOf(route);
      expect((await ask(route, thing ? { id: own.ids[thing] } : {})).status).toBe(401);
    });

    test('a foreign, a missing and a malformed account are the same 404 for every role', async () => {
      const thing = thingOf(route);
      const cookie = own.cast.admin.cookie;
      for (const id of thing ? [own.ids[thing], foreign.ids[thing]] : [undefined]) {
        const asked = { cookie, ...(id ? { id } : {}) };
        const answers = await Promise.all([foreign.cast.organisation.id, newId(), 'not-an-id'].map((account) => ask(route, { ...asked, account })));
        expect(answers.map((one) => one.status)).toEqual([404, 404, 404]);
        expect(new Set(answers.map(faceless)).size).toBe(1);
      }
    });

    test.each(ROLES)('%s: without the permission 403; with it, foreign = missing = 404', async (role) => {
      const cookie = own.cast[role].cookie;
      const thing = thingOf(route);
      if (isForPartners(route)) {
        expect((await ask(route, { cookie, ...(thing ? { id: own.ids[thing] } : {}) })).status).toBe(404);
        return;
      }
      if (!mayCall(role)) {
        for (const id of thing ? [own.ids[thing], foreign.ids[thing], newId()] : [undefined]) {
          expect((await ask(route, { cookie, ...(id ? { id } : {}) })).status).toBe(403);
        }
        return;
      }
      if (!thing) return;
      const asked = [foreign.ids[thing], newId()].map((id) => ask(route, { cookie, id }));
      const [theirs, missing] = await Promise.all(asked);
      expect(theirs?.status).toBe(404);
      expect(theirs && faceless(theirs)).toBe(missing && faceless(missing));
      expect(theirs?.text).not.toContain('fremdwort');
      expect((await ask(route, { cookie, id: 'not-an-id' })).status).toBe(404);
    });

    test('a foreign id inside the body does nothing and is no different from a missing one', async () => {
      const { schema } = bodySchema(route);
      const fields = Object.keys(schema.properties ?? {}).filter((one) => one in FIELDS);
      const thing = thingOf(route);
      for (const field of fields) {
        const with_ = (id: string) => {
          const isList = JSON.stringify(schema.properties?.[field]).includes('"array"');
          const body = { ...bodyFor(route, own), ...(route.spec.path.includes('/:id/assignments') ? withoutAssignee(own) : {}), [field]: isList ? [id] : id };
          return ask(route, { cookie: own.cast.admin.cookie, body, ...(thing ? { id: own.ids[thing] } : {}) });
        };
        const theirs = await with_(foreign.ids[FIELDS[field] ?? 'user']);
        expect([field, theirs.status]).toEqual([field, expect.any(Number)]);
        expect(WRITES_NOTHING.has(nameOf(route)) ? [200, 404, 409, 422] : [403, 404, 409, 422]).toContain(theirs.status);
        expect(faceless(theirs)).toBe(faceless(await with_(newId())));
        expect(theirs.text).not.toContain('fremdwort');
      }
    });
  });

  test('administrators reach their own things by every route, and no answer has a foreign word', async () => {
    const order: Record<string, number> = { get: 0, post: 1, put: 2, patch: 3, delete: 4 };
    const sorted = ACCOUNT_ROUTES.toSorted((a, b) => (order[a.spec.method] ?? 9) - (order[b.spec.method] ?? 9));
    const wrong: string[] = [];
    for (const route of sorted.filter((one) => !isForPartners(one))) {
      const thing = thingOf(route);
      const answer = await ask(route, { cookie: own.cast.admin.cookie, ...(thing ? { id: own.ids[thing] } : {}) });
      expect(answer.text).not.toContain('fremdwort');
      const isReached = answer.status < 500 && ![401, 403].includes(answer.status);
      if (!isReached || (answer.status === 404 && !EXPECTED_404.has(nameOf(route)))) wrong.push(`${nameOf(route)}: ${answer.status} ${defect() ?? answer.text.slice(0, 160)}`);
    }
    expect(wrong).toEqual([]);
  });

  test('every answer to any of it has the shape that the API document promises', () => {
    expect([...unlike]).toEqual([]);
  });

  test('after all of it, not one row of the other organisation has changed', async () => {
    expect(await checksum(foreign)).toBe(before);
  });

  /** The last defect in the log, where an answer of 500 tells nothing. */
  function defect(): string | null {
    const line = api.logLines().findLast((one) => one['msg'] === 'request failed') as { err?: { message?: string } } | undefined;
    return line?.err?.message ?? null;
  }

  async function checksum(world: World): Promise<string> {
    const tables = await api.database.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.column_name = 'organisation_id' and t.table_type = 'BASE TABLE' order by 1`,
    );
    const sums: string[] = [];
    for (const { name } of tables) {
      const [row] = await api.database.query<{ sum: string }>(
        `select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t where organisation_id = $1`,
        [world.cast.organisation.id],
      );
      sums.push(`${name}:${row?.sum ?? ''}`);
    }
    return sums.join('\n');
  }
}

/** Routes that exist only in the account of a client. */
function isForPartners(route: Route): boolean {
  return !(route.spec.access in PERMISSIONS);
}

function aForm(): FormData {
  const form = new FormData();
  form.append('files', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
  return form;
}

function bodyFor(route: Route, world: World): Record<string, unknown> {
  const ids = Object.fromEntries(Object.entries(FIELDS).map(([field, thing]) => [field, world.ids[thing]]));
  return BODIES[nameOf(route)]?.(world) ?? sampleBody(route, ids);
}

/** The ids that were asked for do not count as a difference. */
function faceless({ status, text }: Answer): string {
  return `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')}`;
}

function thingOf(route: Route): keyof World['ids'] | null {
  if (pathParameters(route.spec.path).length === 0) return null;
  const segment = route.spec.path.split('/').find((_part, at, parts) => parts[at + 1]?.startsWith(':') && parts[at + 1] !== ':accountId') ?? '';
  const thing = SEGMENTS[segment];
  if (!thing) throw new Error(`The isolation matrix does not know what :id means after /${segment}/: add it to test/isolation/world.ts.`);
  return thing;
}

/** An assignment names exactly one assignee. */
function withoutAssignee(world: World): Record<string, unknown> {
  return { memberUserId: undefined, firmId: world.ids.firm };
}

/** The stored object of the attachment does not exist in this test. */
const EXPECTED_404 = new Set(['get /attachments/:id/content', 'get /attachments/:id/preview']);
