import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAction, type Route } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { newId } from '#db/columns.ts';
import { PARTNER_PERMISSIONS, PERMISSIONS } from '#domain/permissions.ts';
import type { Role } from '#domain/statuses.ts';
import { ask, askedOf, nameOf, thingOf } from './asking.ts';
import { reachable } from './leaks.ts';
import { aLimitedCoordinator, aPartnerWorld, type Ids, type PartnerWorld } from './partner-world.ts';
import { statementsOf } from './statements.ts';

/** Not theirs and missing take the same time, since they take the same road: one statement more would tell them apart. */
const BOTH = { policies: true, filters: true } as const;
const NAMED = ROUTES.filter((one) => isAction(one.spec.access) && thingOf(one) !== null);

let world: PartnerWorld;
/** A coordinator of the client who was given one workspace, and things of the same client in another one. */
let limited: string;
let elsewhere: Ids;

beforeAll(async () => {
  world = await aPartnerWorld();
  limited = await aLimitedCoordinator(world);
  elsewhere = { ...world.hidden['unshared'], ...(await ofThatOrder(world.hidden['unshared']?.workOrder ?? '')) };
});
afterAll(() => world?.api.stop());

/** Whoever observes an order, and a mail that came in for it. */
async function ofThatOrder(workOrderId: string): Promise<Ids> {
  const { api, client } = world;
  const ids = { observer: newId(), inboundMail: newId() };
  const of = [client.organisation.id, workOrderId, api.now()];
  await api.database.query(`insert into observers (id, organisation_id, work_order_id, email, created_at) values ($4, $1, $2, 'o@haus.test', $3)`, [...of, ids.observer]);
  await api.database.query(`insert into inbound_mails (id, organisation_id, work_order_id, provider_id, status, raw_key, size, received_at) values ($4, $1, $2, 'x', 'processed', 'k', 1, $3)`, [...of, ids.inboundMail]);
  return ids;
}

type Asking = { readonly route: Route; readonly cookie: string; readonly account: string };

/** Ids whose request took another road than that of a missing one. */
async function otherRoads({ route, cookie, account }: Asking, ids: readonly string[]): Promise<string[]> {
  const road = (id: string): Promise<string[]> => statementsOf(world.api, () => ask(world.api, route, cookie, { ...askedOf(route, world, id), account }));
  await road(newId());
  const missing = (await road(newId())).join('\n');
  const others: string[] = [];
  for (const id of ids) {
    const its = (await road(id)).join('\n');
    if (its !== missing) others.push(`${nameOf(route)}: ${its.split('\n').slice(-3).join(' | ')} INSTEAD OF ${missing.split('\n').slice(-3).join(' | ')}`);
  }
  return others;
}

test('the road is seen: a thing of one\'s own takes a longer one', async () => {
  const route = NAMED.find((one) => nameOf(one) === 'get /work-orders/:id');
  if (!route) throw new Error('No such route');
  expect(await otherRoads({ route, cookie: world.lift.own.coordinator.cookie, account: world.lift.partnership.id }, [world.own.workOrder ?? ''])).toHaveLength(1);
});

describe.each(NAMED.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  const thing = thingOf(route);
  test.each(['coordinator', 'technician'] as Role[])('a partner\'s %s', async (role) => {
    if (!(route.spec.access in PARTNER_PERMISSIONS)) return;
    const { hidden } = reachable(world, BOTH, role, thing);
    expect(await otherRoads({ route, cookie: world.lift.own[role].cookie, account: world.lift.partnership.id }, hidden)).toEqual([]);
  });

  test('a client\'s people', async () => {
    if (!(route.spec.access in PERMISSIONS) || !thing) return;
    const { client, foreign } = world;
    const account = client.organisation.id;
    for (const role of ['admin', 'technician'] as const) expect(await otherRoads({ route, cookie: client[role].cookie, account }, [foreign.ids[thing]])).toEqual([]);
    expect(await otherRoads({ route, cookie: limited, account }, [foreign.ids[thing], ...(elsewhere[thing] ? [elsewhere[thing]] : [])])).toEqual([]);
  });
});
