import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { switchOffPolicies } from '../support/policies.ts';
import { checksums } from './asking.ts';
import { aLinksWorld, DOORS, type Door, type LinksWorld, type Side } from './links-world.ts';
import { runningRoutes, type Running } from './running-routes.ts';

/** Whoever holds a link: it opens its one order by its own door while it lives, and nothing else by any route that the router has. */
let world: LinksWorld;
let routes: Running[];
let requests = 0;

beforeAll(async () => {
  world = await aLinksWorld();
  routes = runningRoutes(world.api).filter((one) => one.kind === 'link');
});
// All come from one address here.
beforeEach(() => world.api.database.query('delete from rate_limits'));
afterAll(() => world?.stop());

type Answer = { readonly status: number; readonly text: string };
type Asked = { readonly id?: string; readonly form?: Readonly<Record<string, string>> };

const doorOf = ({ path }: Running): Door => DOORS.find((door) => path.startsWith(`/${door}/`)) ?? 'a';
const unknownToken = (): string => randomBytes(32).toString('base64url');

/** One request as a browser makes it; tokens, ids and keys of forms are no difference. */
async function ask({ method, path }: Running, token: string, { id = newId(), form = {} }: Asked = {}): Promise<Answer> {
  requests += 1;
  const response = await fetch(`${world.api.url}${path.replace(':token', token).replace(/:\w+/, id)}${method === 'put' ? '?offset=0' : ''}`, {
    method: method.toUpperCase(), redirect: 'manual', headers: { 'accept-language': 'de', ...(method === 'put' ? { 'content-type': 'application/octet-stream' } : {}) },
    ...(method === 'post' ? bodyOf(path, form) : method === 'put' ? { body: 'abc' } : {}),
  });
  const text = `${response.headers.get('location') ?? ''} ${await response.text()}`.replaceAll(token, '<token>').replaceAll(id, '<id>').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
  return { status: response.status, text };
}

function bodyOf(path: string, form: Readonly<Record<string, string>>): RequestInit {
  if (path.endsWith('/teile')) return { body: JSON.stringify({ name: 'a.jpg', size: 3 }), headers: { 'content-type': 'application/json', 'accept-language': 'de' } };
  return { body: new URLSearchParams(form) };
}

const canaries = (): string[] => [world.mine, world.sibling, world.foreign].map((one) => one.canary);
const foundIn = (text: string, words: readonly string[] = canaries()): string[] => words.filter((word) => text.includes(word));
const changed = async (before: Map<string, string>): Promise<string[]> => [...(await checksums(world.api))].flatMap(([table, sum]) => (before.get(table) === sum ? [] : [table]));

test('the router has pages behind each door', () => {
  for (const door of DOORS) expect([door, routes.filter((one) => doorOf(one) === door).length > 3]).toEqual([door, true]);
});

describe('a token that is none of this door', () => {
  test('missing = malformed = of another door = of another door in another organisation, and nothing changes', async () => {
    const before = await checksums(world.api);
    for (const route of routes) {
      await world.api.database.query('delete from rate_limits');
      const others = DOORS.filter((door) => door !== doorOf(route)).flatMap((door) => [world.mine.live[door], world.foreign.live[door]]);
      const missing = await ask(route, unknownToken());
      const answers = [await ask(route, 'not-a-token'), await ask(route, 'A'.repeat(43)), ...(await Promise.all(others.map((token) => ask(route, token))))];
      expect([route, missing.status]).toEqual([route, 404]);
      expect(foundIn(missing.text)).toEqual([]);
      for (const answer of answers) expect([route, answer]).toEqual([route, missing]);
    }
    expect(await changed(before)).toEqual([]);
  });
});

describe('a token that was taken back or has expired', () => {
  test.each(['expired', 'revoked'] as const)('%s: by no route a word of the order, and nothing changes but that a fresh one may be sent', async (state) => {
    const before = await checksums(world.api);
    const shown: string[] = [];
    for (const route of routes.filter((one) => !isRenewal(one) && !mayAnswer(one, state))) {
      const { status, text } = await ask(route, world.mine[state][doorOf(route)], { id: world.mine.sharedFile });
      shown.push(...foundIn(text, TOLD[doorOf(route)]).map((word) => `${route.method} ${route.path}: ${word}`));
      expect([route, status < 500]).toEqual([route, true]);
    }
    expect(shown).toEqual([]);
    expect(await changed(before)).toEqual([]);
  });
});

/** What a page of a dead link must not say; that of an invitation names whom it was for. */
const TOLD: Readonly<Record<Door, readonly string[]>> = { a: ['eigenwort', 'nachbarwort', 'fremdwort', 'Lindenhof 7'], o: ['eigenwort', 'nachbarwort', 'fremdwort'], f: ['eigenwort', 'nachbarwort', 'fremdwort'], i: ['nachbarwort', 'fremdwort', 'Decke'] };
const isRenewal = ({ method, path }: Running): boolean => method === 'post' && path.endsWith('/link-erneuern');
/** An invitation's links have no end of their own: that of the invitation is theirs. */
const mayAnswer = (route: Running, state: 'expired' | 'revoked'): boolean => state === 'expired' && doorOf(route) === 'i';

describe.each(['both layers', 'the queries alone'])('a living link, with %s', (layers) => {
  beforeAll(async () => {
    if (layers === 'the queries alone') await switchOffPolicies(world.api);
  });
  const others = (): [what: string, side: Side][] => [['of the same client', world.sibling], ['of another client', world.foreign]];

  test('shows its own order and no word of any other', async () => {
    for (const route of routes.filter((one) => one.method === 'get' && !one.path.includes(':id') && !one.path.includes(':uploadId'))) {
      const { status, text } = await ask(route, world.mine.live[doorOf(route)]);
      expect([route, status < 500, foundIn(text, ['nachbarwort', 'fremdwort', 'innenwort'])]).toEqual([route, true, []]);
    }
    for (const door of DOORS) {
      const { status, text } = await ask({ method: 'get', path: `/${door}/:token`, kind: 'link' }, world.mine.live[door]);
      expect([door, status, door === 'f' || text.includes(door === 'i' ? 'Verwaltung Lindenhof' : 'eigenwort')]).toEqual([door, 200, true]);
    }
  });

  test('not shared = of another order = foreign = missing = malformed, for every file', async () => {
    const files = routes.filter((one) => one.path.includes('/datei/:id'));
    expect(files.length).toBe(4);
    for (const route of files) {
      const token = world.mine.live[doorOf(route)];
      expect((await ask(route, token, { id: world.mine.sharedFile })).status).toBe(200);
      const missing = await ask(route, token);
      expect(missing.status).toBe(404);
      const ids = [world.mine.innerFile, world.sibling.sharedFile, world.sibling.innerFile, world.foreign.sharedFile, world.foreign.innerFile, 'not-an-id', world.mine.asked.order.id];
      for (const id of ids) expect([route, await ask(route, token, { id })]).toEqual([route, missing]);
    }
  });

  test('begun by another link = foreign = missing = malformed, for every file in pieces, and none has grown', async () => {
    const pieces = routes.filter((one) => one.path.includes(':uploadId'));
    expect(pieces.length).toBe(4);
    const before = await checksums(world.api);
    for (const route of pieces) {
      const missing = await ask(route, world.mine.live[doorOf(route)]);
      expect(missing.status).toBe(404);
      const ids = [world.sibling.uploadId, world.foreign.uploadId, 'not-an-id', ...(doorOf(route) === 'f' ? [world.mine.uploadId] : [])];
      for (const id of ids) expect([route, await ask(route, world.mine.live[doorOf(route)], { id })]).toEqual([route, missing]);
    }
    expect(await changed(before)).toEqual([]);
    expect((await ask({ method: 'get', path: '/a/:token/dateien/teile/:uploadId', kind: 'link' }, world.mine.live.a, { id: world.mine.uploadId })).status).toBe(200);
  });

  test('people and files of others in a form are no different from missing ones', async () => {
    const isStep = ({ method, path }: Running): boolean => method === 'post' && !path.endsWith('/teile') && !/link-erneuern|abmelden|mails$/.test(path);
    const forms = routes.filter((one) => isStep(one) && doorOf(one) !== 'i');
    expect(forms.length).toBeGreaterThan(9);
    const before = await checksums(world.api);
    for (const route of forms) {
      const mira = { contactId: world.mine.asked.mira.id };
      const sent = (fields: Readonly<Record<string, string>>): Promise<Answer> => ask(route, world.mine.live[doorOf(route)], { form: { text: 'Wir kommen', reason: 'material', day: '2026-12-01', ...fields } });
      const missingPerson = doorOf(route) === 'a' ? await sent({ contactId: newId() }) : null;
      const missingFile = /nachrichten|dateien|^.f/.test(route.path) ? await sent({ ...mira, attachmentIds: newId() }) : null;
      for (const [what, { asked, sharedFile }] of others()) {
        if (missingPerson) expect([route, what, await sent({ contactId: asked.mira.id })]).toEqual([route, what, missingPerson]);
        if (missingFile) expect([route, what, await sent({ ...mira, attachmentIds: sharedFile })]).toEqual([route, what, missingFile]);
      }
      expect(foundIn(`${missingPerson?.text} ${missingFile?.text}`, ['nachbarwort', 'fremdwort'])).toEqual([]);
    }
    expect(await changed(before)).toEqual([]);
  });
});

test('an invitation that has expired is answered by nothing, and names no order', async () => {
  await world.api.database.query(`update partnerships set status = 'expired' where id = $1`, [world.mine.partnershipId]);
  const before = await checksums(world.api);
  for (const route of routes.filter((one) => doorOf(one) === 'i' && !isRenewal(one))) {
    const { text } = await ask(route, world.mine.live.i, { form: { name: 'Mira', password: 'ein langes Passwort 1', email: 'm@x.test' } });
    expect([route, foundIn(text, TOLD.i)]).toEqual([route, []]);
  }
  expect(await changed(before)).toEqual([]);
});

test('counted', () => {
  process.stdout.write(`links: ${routes.length} routes, ${requests} requests\n`);
});
