import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAction, type Route } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { newId } from '#db/columns.ts';
import { newSecret } from '#db/users/secrets.ts';
import { isOpenTo, PARTNER_PERMISSIONS, type Action } from '#domain/permissions.ts';
import { ROLES, type Role } from '#domain/statuses.ts';
import { partnerActor } from '../support/partners.ts';
import { switchOffPolicies } from '../support/policies.ts';
import { ask, askedOf, bodiesWith, checksums, faceless, nameOf, queriesWith, thingOf, type Answer } from './asking.ts';
import { leaksOf, reachable, type Layers } from './leaks.ts';
import { aPartnerWorld, type PartnerWorld } from './partner-world.ts';

const ACCOUNT_ROUTES = ROUTES.filter((one) => isAction(one.spec.access));

/**
 * Every route of an account as somebody of a partner, in every role, for each thing of theirs, of the same client's that is
 * none of their business (one for every reason why), of another client's, missing and malformed; and as everybody who has
 * no business in this account at all. With one of the two layers taken away, the other has to hold alone.
 */
export function partnerMatrix(layers: Layers): void {
  let world: PartnerWorld;
  let before: Map<string, string>;
  let requests = 0;

  beforeAll(async () => {
    world = await aPartnerWorld();
    if (!layers.policies) await switchOffPolicies(world.api);
    before = await checksums(world.api);
  });
  afterAll(() => world?.api.stop());

  const asking = (route: Route, cookie: string | undefined, asked: Parameters<typeof ask>[3] = {}): Promise<Answer> => {
    requests += 1;
    return ask(world.api, route, cookie, { account: world.lift.partnership.id, ...asked });
  };
  const office = (role: Role): string => world.lift.own[role].cookie;
  const anOwn = (route: Route): string | null => (thingOf(route) ? (reachable(world, layers, 'admin', thingOf(route)).own[0] ?? newId()) : null);
  const row = (route: Route): Partial<Record<Role, string>> => (PARTNER_PERMISSIONS as Record<string, Partial<Record<Role, string>>>)[route.spec.access] ?? {};

  describe.each(ACCOUNT_ROUTES.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
    const isOpen = route.spec.access in PARTNER_PERMISSIONS;

    test.each(ROLES)('a partner\'s %s: not theirs = not shared = foreign = missing', async (role) => {
      // A route without an id that is open does its work: what it reads is tried below.
      if (isOpen && row(route)[role] && !thingOf(route)) return;
      const ids = reachable(world, layers, role, thingOf(route));
      // Where the gate refuses before it has read an id, one of each kind shows that it does.
      const asked = isOpen && row(route)[role] ? ids.hidden : [...ids.hidden.slice(0, 1), ...ids.hidden.slice(-1), ...ids.own.slice(0, 1)];
      const answers = await Promise.all(asked.map((id) => asking(route, office(role), askedOf(route, world, id))));
      const missing = await asking(route, office(role), askedOf(route, world, newId()));
      const expected = isOpen && !row(route)[role] ? 403 : 404;
      expect([...answers, missing].map((one) => one.status)).toEqual([...answers, missing].map(() => expected));
      expect(new Set([...answers, missing].map(faceless)).size).toBe(1);
      if (thingOf(route)) expect((await asking(route, office(role), askedOf(route, world, 'not-an-id'))).status).toBe(expected);
      expect(answers.flatMap((one) => leaksOf(world, layers, role, one.text))).toEqual([]);
    });

    test('nobody else finds the account: strangers, the rival, who was only invited, the client by the wrong id', async () => {
      const { lift, painter, invited, client, foreign } = world;
      const id = anOwn(route);
      const to = (account: string, cookie: string) => asking(route, cookie, { ...askedOf(route, world, id), account });
      const admins = [painter.own, invited.own, client, foreign.cast].map((one) => one.admin.cookie);
      const answers = await Promise.all([
        ...admins.map((cookie) => to(lift.partnership.id, cookie)), to(client.organisation.id, lift.own.admin.cookie), to(client.organisation.id, painter.own.technician.cookie),
        to(painter.partnership.id, lift.own.admin.cookie), to(invited.partnership.id, invited.own.admin.cookie), to(foreign.ids.partnership, lift.own.admin.cookie), to(lift.own.organisation.id, client.admin.cookie),
      ]);
      answers.push(await to(newId(), lift.own.admin.cookie), await to('not-an-id', lift.own.admin.cookie));
      expect(new Set(answers.map(faceless)).size).toBe(1);
      expect(answers[0]?.status).toBe(404);
      const unknown = await Promise.all([undefined, `gewerk=${newSecret().token}`].map((cookie) => asking(route, cookie, askedOf(route, world, id))));
      expect(new Set(unknown.map(faceless)).size).toBe(1);
      expect(unknown[0]?.status).toBe(401);
    });

    test('an id in the body that is not theirs is no different from a missing one', async () => {
      if (!isOpen || route.spec.method === 'get') return;
      for (const [things, body] of bodiesWith(route, world)) {
        const id = anOwn(route);
        const answers = await Promise.all(things.map((thing) => asking(route, office('admin'), { ...askedOf(route, world, id), body: body(thing) })));
        const missing = await asking(route, office('admin'), { ...askedOf(route, world, id), body: body(newId()) });
        expect([403, 404, 409, 422]).toContain(missing.status);
        expect(new Set([...answers, missing].map(faceless)).size).toBe(1);
      }
    });

    test('after the end the record is read and nothing is written', async () => {
      const { ended } = world;
      const thing = thingOf(route);
      const id = thing ? (world.record[thing] ?? newId()) : null;
      const answer = await asking(route, ended.own.admin.cookie, { ...askedOf(route, world, id), account: ended.partnership.id });
      const actor = partnerActor(ended, 'admin');
      if (!isOpenTo(actor, route.spec.access as Action)) expect(answer.status).toBe(404);
      else if (!route.spec.access.endsWith('.read')) expect(answer.status).toBe(403);
      else expect([200, 404]).toContain(answer.status);
    });
  });

  describe('what is open', () => {
    const reads = ACCOUNT_ROUTES.filter((one) => one.spec.method === 'get' && one.spec.access in PARTNER_PERMISSIONS);

    test.each(ROLES)('a partner\'s %s reads what is theirs by every route, and finds no word and no id of anything else in it', async (role) => {
      const wrong: string[] = [];
      for (const route of reads.filter((one) => row(one)[role])) {
        const own = reachable(world, layers, role, thingOf(route)).own;
        for (const id of thingOf(route) ? own : [null]) {
          const answer = await asking(route, office(role), askedOf(route, world, id));
          if (answer.status !== 200 && !NOT_STORED.has(nameOf(route))) wrong.push(`${nameOf(route)}: ${answer.status}`);
          wrong.push(...leaksOf(world, layers, role, answer.text).map((leak) => `${nameOf(route)}: ${leak}`));
        }
      }
      expect(wrong).toEqual([]);
    });

    test.each(ROLES)('no filter of a %s tells a thing that exists from one that doesn\'t', async (role) => {
      for (const route of reads.filter((one) => row(one)[role] && !thingOf(one))) {
        for (const [things, query] of queriesWith(route, world, layers, role)) {
          const answers = await Promise.all([...things, newId()].map((thing) => asking(route, office(role), { query: query(thing) })));
          expect([nameOf(route), new Set(answers.map(faceless)).size]).toEqual([nameOf(route), 1]);
        }
      }
    });

    test('words are found in what the partner may read only, by every search', async () => {
      for (const route of reads.filter((one) => JSON.stringify(Object.keys((one.spec.query as { shape?: object } | undefined)?.shape ?? {})).includes('"q"'))) {
        for (const word of ['clientgeheim', 'fremdfirma', 'fremdkunde']) {
          const answer = await asking(route, office('coordinator'), { query: `?q=${word}` });
          expect([nameOf(route), word, JSON.parse(answer.text).data]).toEqual([nameOf(route), word, []]);
        }
      }
    });
  });

  test('the client reads nothing of what the partner keeps for itself, by any route', async () => {
    const { client, own, given, lift } = world;
    const leaks: string[] = [];
    for (const route of ACCOUNT_ROUTES.filter((one) => one.spec.method === 'get')) {
      const thing = thingOf(route);
      for (const id of thing ? [own[thing], given[thing], lift.partnership.id].flatMap((one) => one ?? []) : [null]) {
        const { text } = await asking(route, client.admin.cookie, { ...askedOf(route, world, id), account: client.organisation.id });
        if (text.includes('partnergeheim')) leaks.push(nameOf(route));
      }
    }
    expect(leaks).toEqual([]);
  });

  test('after all of it not one row of any organisation has changed', async () => {
    expect(await checksums(world.api)).toEqual(before);
    process.stdout.write(`partner matrix (${JSON.stringify(layers)}): ${ACCOUNT_ROUTES.length} routes, ${requests} requests\n`);
  });
}

/** The stored object, or its preview, does not exist in this test. */
const NOT_STORED = new Set(['get /attachments/:id/preview', 'get /mails/:id/cause']);
