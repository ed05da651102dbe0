import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAction } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { newId } from '#db/columns.ts';
import { PARTNER_PERMISSIONS, PERMISSIONS } from '#domain/permissions.ts';
import { TEST_ORIGIN } from '../support/api.ts';
import { aMembership } from '../support/builders.ts';
import { ask, askedOf, bodiesWith, checksums, faceless, nameOf, thingOf } from './asking.ts';
import { aPartnerWorld, type PartnerWorld } from './partner-world.ts';

/** A tab that was left open in another account: what is one's own there is missing here, however it is named. */
const NAMED = ROUTES.filter((one) => isAction(one.spec.access) && thingOf(one) !== null);

let world: PartnerWorld;
let before: Map<string, string>;
/** One person of three accounts: the client's, the other client's, and as a partner. */
let cookie: string;

beforeAll(async () => {
  world = await aPartnerWorld();
  const { api, lift, client, foreign } = world;
  for (const { organisation } of [client, foreign.cast]) await aMembership(api.orm, organisation.id, lift.own.admin.user.id, 'admin');
  ({ cookie } = lift.own.admin);
  before = await checksums(api);
});
afterAll(() => world?.api.stop());

test('all three accounts are theirs', async () => {
  const route = NAMED.find((one) => nameOf(one) === 'get /work-orders/:id');
  if (!route) throw new Error('No such route');
  const { client, foreign, lift, own } = world;
  const pairs = [[client.organisation.id, own.workOrder], [lift.partnership.id, own.workOrder], [foreign.cast.organisation.id, foreign.ids.workOrder]] as const;
  for (const [account, id] of pairs) expect((await ask(world.api, route, cookie, { account, id: id ?? '' })).status).toBe(200);
});

describe.each(NAMED.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  const thing = thingOf(route);

  test('an id of another account of one\'s own = missing', async () => {
    if (!thing) return;
    const { client, foreign, lift, own, given } = world;
    const accounts: [account: string, permissions: object, elsewhere: (string | undefined)[]][] = [
      [client.organisation.id, PERMISSIONS, [foreign.ids[thing]]],
      [lift.partnership.id, PARTNER_PERMISSIONS, [foreign.ids[thing]]],
      [foreign.cast.organisation.id, PERMISSIONS, thing === 'user' ? [] : [own[thing], given[thing]]],
    ];
    for (const [account, permissions, elsewhere] of accounts) {
      if (!(route.spec.access in permissions)) continue;
      const missing = await ask(world.api, route, cookie, { ...askedOf(route, world, newId()), account });
      expect(missing.status).toBe(404);
      for (const id of elsewhere) if (id) expect(faceless(await ask(world.api, route, cookie, { ...askedOf(route, world, id), account }))).toBe(faceless(missing));
    }
  });

  test('an id of it inside the body = missing', async () => {
    if (!thing || route.spec.method === 'get' || !(route.spec.access in PARTNER_PERMISSIONS)) return;
    const { lift, own, foreign } = world;
    for (const [things, body] of bodiesWith(route, world)) {
      const sent = (id: string): Promise<string> => ask(world.api, route, cookie, { account: lift.partnership.id, id: own[thing] ?? newId(), body: body(id) }).then(faceless);
      const missing = await sent(newId());
      for (const id of things.filter((one) => Object.values(foreign.ids).includes(one))) expect(await sent(id)).toBe(missing);
    }
  });
});

test('another account named beside the path, in a header, the query or the body, leads nowhere', async () => {
  const { client, foreign, own } = world;
  const other = foreign.cast.organisation.id;
  const path = `${world.api.url}/api/v1/accounts/${client.organisation.id}/work-orders`;
  const get = async (query = '', headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    const response = await fetch(`${path}${query}`, { headers: { cookie, ...headers } });
    return `${response.status} ${await response.text()}`;
  };
  const plain = await get();
  expect(plain).toContain(own.workOrder ?? '?');
  for (const name of ['x-account-id', 'x-organisation-id', 'x-tenant-id', 'x-forwarded-host', 'x-original-url', 'x-rewrite-url', 'account']) expect(await get('', { [name]: other })).toBe(plain);
  for (const name of ['accountId', 'organisationId', 'partnershipId', 'account']) expect(await get(`?${name}=${other}`)).toMatch(/^422 /);
  for (const name of ['accountId', 'organisationId', 'id']) {
    const response = await fetch(path, { method: 'POST', headers: { cookie, origin: TEST_ORIGIN, 'content-type': 'application/json' }, body: JSON.stringify({ workspaceId: own.workspace, title: 'x', [name]: other }) });
    expect([name, response.status]).toEqual([name, 422]);
  }
});

test('not one row has changed', async () => {
  expect([...(await checksums(world.api))].flatMap(([table, sum]) => (before.get(table) === sum ? [] : [table]))).toEqual([]);
});
