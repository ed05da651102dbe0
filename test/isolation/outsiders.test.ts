import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isAction, type Route } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { newId } from '#db/columns.ts';
import { TEST_ORIGIN } from '../support/api.ts';
import { checksums, faceless, nameOf, thingOf, type Answer } from './asking.ts';
import { aLinksWorld, DOORS, type LinksWorld } from './links-world.ts';
import { runningRoutes } from './running-routes.ts';
import { sampleBody } from './sample.ts';

/** Whoever has no account here, on every route that needs one: who runs the installation, who holds a link, who shows anything else for a session. */
let world: LinksWorld;
let requests = 0;

beforeAll(async () => {
  world = await aLinksWorld();
});
beforeEach(() => world.api.database.query('delete from rate_limits'));
afterAll(() => world?.stop());

type Proof = { readonly cookie?: string; readonly authorization?: string };

async function ask({ spec, kind }: Route, proof: Proof, { account = newId(), id = newId(), query = '' }: { account?: string; id?: string; query?: string } = {}): Promise<Answer> {
  requests += 1;
  const path = spec.path.replace(':accountId', account).replaceAll(/:(\w+)/g, id);
  const isWrite = spec.method !== 'get';
  const response = await fetch(`${world.api.url}/api/v1${path}${query}`, {
    method: spec.method.toUpperCase(), redirect: 'manual', headers: { origin: TEST_ORIGIN, ...(isWrite && kind !== 'stream' ? { 'content-type': 'application/json' } : {}), ...proof },
    ...(isWrite && kind !== 'stream' ? { body: JSON.stringify(sampleBody({ spec, kind } as Route, {})) } : {}),
  });
  return { status: response.status, text: await response.text() };
}

const closed = ROUTES.filter(({ spec }) => spec.access !== 'public');
const ofAccounts = closed.filter(({ spec }) => isAction(spec.access));
const WORDS = ['eigenwort', 'nachbarwort', 'fremdwort', 'Lindenhof', 'Sonnleit'];

test('every route that the router has is for somebody, and each kind is asked here or in the other matrices', () => {
  const running = runningRoutes(world.api);
  const count = (kind: string): number => running.filter((one) => one.kind === kind).length;
  expect(new Set(running.map((one) => `${one.method} ${one.path}`)).size).toBe(running.length);
  expect([count('account'), count('session'), count('operator'), count('public')]).toEqual(
    [ofAccounts.length, ...['session', 'operator', 'public'].map((access) => ROUTES.filter(({ spec }) => spec.access === access).length)],
  );
  expect([count('link') > 50, count('webhook'), count('installation')]).toEqual([true, 2, 4]);
  process.stdout.write(`running router: ${running.length} routes\n`);
});

describe.each(closed.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  test('a link\'s secret is no session, as whatever it is shown', async () => {
    const { mine } = world;
    const about = { account: mine.cast.organisation.id, id: mine.asked.order.id };
    const without = faceless(await ask(route, {}, about));
    expect(without).toMatch(/^401 /);
    const shown: Proof[] = [...DOORS.map((door) => ({ cookie: `gewerk=${mine.live[door]}` })), { cookie: `__Host-gewerk=${mine.live.a}` }, { authorization: `Bearer ${mine.live.a}` }];
    const answers = await Promise.all([...shown.map((proof) => ask(route, proof, about)), ask(route, {}, { ...about, query: `?token=${mine.live.a}` })]);
    expect(new Set([without, ...answers.map(faceless)]).size).toBe(1);
  });

  test('who runs the installation is nobody in an account: theirs to see = missing = malformed', async () => {
    if (!isAction(route.spec.access)) return;
    thingOf(route);
    const { mine, foreign, operatorCookie: cookie } = world;
    const ids = [mine.asked.order.id, mine.sharedFile, foreign.asked.assignment.id];
    const accounts = [mine.cast.organisation.id, mine.partnershipId, foreign.cast.organisation.id];
    const asked = [...accounts.map((account) => ({ account, id: ids[0] ?? '' })), ...ids.map((id) => ({ account: accounts[0] ?? '', id })), { account: 'not-an-id', id: 'not-an-id' }];
    const missing = await ask(route, { cookie });
    expect(missing.status).toBe(404);
    const answers = await Promise.all(asked.map((one) => ask(route, { cookie }, one)));
    expect(new Set([missing, ...answers].map(faceless)).size).toBe(1);
  });

  test('what is for who runs the installation is closed to every role of every account', async () => {
    if (route.spec.access !== 'operator') return;
    const people = [world.mine.cast, world.foreign.cast].flatMap((cast) => [cast.admin, cast.coordinator, cast.technician]);
    for (const { cookie } of people) expect((await ask(route, { cookie })).status).toBe(403);
  });
});

test('who runs the installation reads figures, and no word and no id of any account, by every route that is theirs', async () => {
  const ids = [world.mine, world.sibling, world.foreign].flatMap((one) => [one.cast.organisation.id, one.asked.order.id, one.asked.order.number, one.asked.assignment.id, one.asked.firm.id, one.partnershipId]);
  for (const route of ROUTES.filter(({ spec }) => ['session', 'operator', 'public'].includes(spec.access) && spec.method === 'get')) {
    const { status, text } = await ask(route, { cookie: world.operatorCookie });
    expect([nameOf(route), status < 500, [...WORDS, ...ids].filter((one) => text.includes(one))]).toEqual([nameOf(route), true, []]);
  }
});

test('a link\'s secret opens no account link, and an address that is known is answered like one that isn\'t', async () => {
  const tokens = ROUTES.filter(({ spec }) => spec.path === '/account-tokens/:token');
  expect(tokens.length).toBe(2);
  for (const route of tokens) {
    const missing = faceless(await ask(route, {}, { id: 'A'.repeat(43) }));
    for (const door of DOORS) expect(faceless(await ask(route, {}, { id: world.mine.live[door] }))).toBe(missing);
  }
  const reset = async (email: string): Promise<string> => {
    const response = await fetch(`${world.api.url}/api/v1/password-resets`, { method: 'POST', headers: { origin: TEST_ORIGIN, 'content-type': 'application/json' }, body: JSON.stringify({ email }) });
    return `${response.status} ${await response.text()}`;
  };
  expect(await reset(world.mine.cast.admin.user.email)).toBe(await reset('nobody@example.test'));
});

test('the mail provider\'s doors are closed without its password, and take nothing', async () => {
  const before = await checksums(world.api);
  const doors = runningRoutes(world.api).filter((one) => one.kind === 'webhook');
  for (const { method, path } of doors) {
    const proofs: Proof[] = [{}, { cookie: world.mine.cast.admin.cookie }, { authorization: `Basic ${btoa('postmark:wrong')}` }, { authorization: `Bearer ${world.mine.live.a}` }];
    for (const proof of proofs) expect((await fetch(`${world.api.url}${path}`, { method: method.toUpperCase(), headers: { 'content-type': 'application/json', ...proof }, body: '{}' })).status).toBe(401);
  }
  expect([...(await checksums(world.api))]).toEqual([...before]);
});

test('what is the same for everybody says nothing of anybody', async () => {
  for (const { path } of runningRoutes(world.api).filter((one) => one.kind === 'installation')) {
    const text = await (await fetch(`${world.api.url}${path.replace(':name', 'page.css')}`, { headers: { cookie: world.mine.cast.admin.cookie } })).text();
    expect([path, WORDS.filter((word) => text.includes(word))]).toEqual([path, []]);
  }
  process.stdout.write(`outsiders: ${requests} requests\n`);
});
