import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { z } from 'zod';
import { assemble } from '#api/app.ts';
import { addressKey } from '#api/middleware/limits.ts';
import { endAfterBody } from '#api/middleware/early-answer.ts';
import { longestRequestMs } from '#api/server.ts';
import { bodyDeadline, isDeeperThan, steadyBody } from '#api/middleware/guards.ts';
import { localeOf } from '#api/middleware/language.ts';
import { route } from '#api/route.ts';
import { call, startApi, TEST_ORIGIN, type TestApi } from '../support/api.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

describe('a route must be declared whole', () => {
  const handler = (): undefined => undefined;
  const spec = { method: 'get', path: '/accounts/:accountId/things', access: 'firm.read', summary: 'x' } as const;

  test('without a permission it does not start', () => {
    expect(() => route({ ...spec, access: undefined as never }, handler)).toThrow('declares no permission');
    expect(() => route({ ...spec, access: 'firm.everything' as never }, handler)).toThrow('declares no permission');
  });

  test('an action needs an account in the path, and an account an action', () => {
    expect(() => route({ ...spec, path: '/things' }, handler)).toThrow('go together');
    expect(() => route({ ...spec, access: 'public' }, handler)).toThrow('go together');
  });

  test('its parameters must be described, and nobody may declare it twice', () => {
    expect(() => route({ ...spec, path: '/accounts/:accountId/things/:id' }, handler)).toThrow('does not describe its parameter id');
    expect(() => assemble(api.deps, [route(spec, handler), route(spec, handler)])).toThrow('declared twice');
  });
});

describe('who may write', () => {
  const create = (headers: Record<string, string>) =>
    fetch(`${api.url}/api/v1${account(cast, '/workspaces')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cast.admin.cookie, ...headers },
      body: JSON.stringify({ name: 'Herkunft', shortName: 'H' }),
    });

  test.each([
    ['another origin', { origin: 'http://evil.test' }],
    ['no origin at all', {}],
    ['an opaque origin', { origin: 'null' }],
    ['a browser that says cross-site', { origin: TEST_ORIGIN, 'sec-fetch-site': 'cross-site' }],
    ['a sibling of our site', { origin: TEST_ORIGIN, 'sec-fetch-site': 'same-site' }],
  ])('%s is refused before anything is read', async (_name, headers) => {
    const answer = await create(headers as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'wrong_origin' });
  });

  test('our own pages may, and reading needs no origin', async () => {
    expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await fetch(`${api.url}/api/v1${account(cast)}`, { headers: { cookie: cast.admin.cookie } })).status).toBe(200);
  });
});

test('without a trusted proxy, a forged X-Forwarded-For changes nothing', async () => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 21; tries += 1) {
    const headers = { 'x-forwarded-for': `203.0.113.${tries}` };
    statuses.push((await call(api, 'POST', '/session', { body: { email: `nobody-${tries}@example.test`, password: 'x' }, headers })).status);
  }
  expect([statuses[19], statuses[20]]).toEqual([401, 429]);
  await api.database.query('truncate rate_limits');
});

describe('bodies', () => {
  const post = (body: string, type = 'application/json') =>
    fetch(`${api.url}/api/v1/session`, { method: 'POST', headers: { origin: TEST_ORIGIN, 'content-type': type }, body });

  test.each([
    ['not JSON', '{', 400, 'bad_request'],
    ['so deep that walking it overflows', '{"email":'.repeat(1) + '['.repeat(20_000) + ']'.repeat(20_000) + '}', 400, 'bad_request'],
    ['larger than 256 KB', JSON.stringify({ email: 'a'.repeat(300_000) }), 413, 'body_too_large'],
  ])('one that is %s is refused', async (_name, body, status, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code, status });
  });

  test('a form is not JSON and counts as an empty body', async () => {
    expect((await post('email=a@b.de&password=x', 'application/x-www-form-urlencoded')).status).toBe(422);
  });

  test('one that does not come to its end in time is cut off', async () => {
    const app = express().use(bodyDeadline(50), express.json(), (_req, res) => void res.send('read'));
    const server = app.listen(0);
    const { port } = server.address() as AddressInfo;
    const send = (text: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        let answer = '';
        socket.on('data', (chunk) => (answer += chunk.toString()));
        socket.on('close', () => resolve(answer));
        socket.on('error', () => resolve(answer));
      });
    const head = 'POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n';
    expect(await send(`${head}{"a":1}`.slice(0, -1))).toBe('');
    expect(await send(`${head}{"a": 1}`)).toMatch(/read$/);
    server.close();
  });

  test('one that trickles is cut off, one that waits for us is not', async () => {
    const held: Socket[] = [];
    const app = express().use(steadyBody({ windowMs: 20, leastBytes: 1024 }), (req) => void (req.path === '/held' ? held.push(req.socket) : req.resume()));
    const server = app.listen(0);
    const { port } = server.address() as AddressInfo;
    const begin = (path: string, length: number, part: string): Socket =>
      connect(port, '127.0.0.1', function begun(this: Socket) { this.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${part}`); });
    const waiting = begin('/held', 300_000, 'x'.repeat(200_000));
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // Each that trickles is cut off after one window or two; the one that nobody has read yet lives through them all.
    for (let n = 0; n < 3; n += 1) await once(begin('/read', 8, '1234567'), 'close');
    expect(held[0]!.destroyed).toBe(false);
    waiting.destroy();
    server.close();
  });

  test('a phone with 256 kbit/s gets the largest file through in one request', () => {
    for (const megabytes of [1, 250, 2_000]) expect((megabytes * 1024 * 1024 * 8) / (longestRequestMs(megabytes) / 1000)).toBeLessThanOrEqual(256 * 1024);
  });

  test('one whose sender falls silent after its early answer is cut off', async () => {
    const app = express().use((req, res) => endAfterBody(req, res, Buffer.from('refused'), 50));
    const server = app.listen(0);
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\n'));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*refused$/s);
    server.close();
  });

  test('depth is counted without recursion', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(isDeeperThan(deep, 20)).toBe(true);
    expect(isDeeperThan({ a: [{ b: [1, { c: null }] }] }, 20)).toBe(false);
  });
});

describe('answers', () => {
  test('carry the headers that keep browsers from harm, and are kept by nobody', async () => {
    const { headers } = await call(api, 'GET', account(cast), { cookie: cast.admin.cookie });
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a refusal is a problem document in the language of the reader', async () => {
    const german = await call(api, 'GET', '/me/sessions');
    expect(german.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(german.body).toEqual({ type: 'urn:gewerk:error:unauthenticated', title: 'Bitte melden Sie sich an.', status: 401, code: 'unauthenticated', detail: 'Bitte melden Sie sich an.', details: {} });
    const english = await call(api, 'GET', '/me/sessions', { headers: { 'accept-language': 'en-US,en;q=0.9,de;q=0.8' } });
    expect((english.body as { detail: string }).detail).not.toMatch(/Bitte/);
    const field = await call(api, 'POST', account(cast, '/workspaces'), { cookie: cast.admin.cookie, body: { name: '' } });
    expect(field.body).toMatchObject({ errors: [{ path: 'name', message: 'Bitte ausfüllen.' }, { path: 'shortName', message: 'Bitte ausfüllen.' }] });
  });

  test('an unknown address of the API is a 404 problem, not the portal', async () => {
    expect(await call(api, 'GET', '/no-such-thing')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  test('a defect is told as such, without a word of why, and logged', async () => {
    const broken = route({ method: 'get', path: '/broken', access: 'public', summary: 'x' }, () => {
      throw new Error('secret detail of the inside');
    });
    const own = await startApi({ routes: [broken] });
    try {
      const answer = await call(own, 'GET', '/broken');
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal', details: {} } });
      expect(answer.text).not.toContain('secret detail');
      expect(JSON.stringify(own.logLines())).toContain('secret detail of the inside');
    } finally {
      await own.stop();
    }
  });

  test('what a response schema does not name is not sent', async () => {
    const leaky = route({ method: 'get', path: '/leaky', access: 'public', summary: 'x', response: z.object({ shown: z.string() }) }, () => ({ shown: 'yes', hidden: 'no' }) as never);
    const own = await startApi({ routes: [leaky] });
    try {
      expect((await call(own, 'GET', '/leaky')).body).toEqual({ shown: 'yes' });
    } finally {
      await own.stop();
    }
  });
});

describe('repeating a request safely', () => {
  const create = (key: string, name: string) =>
    call(api, 'POST', account(cast, '/workspaces'), { cookie: cast.admin.cookie, body: { name, shortName: 'W' }, headers: { 'idempotency-key': key } });
  const count = async (name: string): Promise<number> => (await api.database.query('select 1 from workspaces where name = $1', [name])).length;

  test('the same key gives the first answer and one effect', async () => {
    const first = await create('key-1', 'Einmal');
    const again = await create('key-1', 'Einmal');
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await count('Einmal')).toBe(1);
  });

  test('ten at the same moment have one effect and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create('key-2', 'Zugleich')));
    for (const one of answers) expect([one.status, one.body]).toEqual([201, answers[0]?.body]);
    expect(await count('Zugleich')).toBe(1);
  });

  test('the same key with another body is refused; another person has keys of their own', async () => {
    await create('key-3', 'Erstes');
    expect(await create('key-3', 'Zweites')).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
    const other = await aCast(api.orm, api.now());
    const theirs = await call(api, 'POST', account(other, '/workspaces'), { cookie: other.admin.cookie, body: { name: 'Zweites', shortName: 'W' }, headers: { 'idempotency-key': 'key-3' } });
    expect(theirs.status).toBe(201);
  });

  test('a refused request leaves no key behind, so that a mended one may use it', async () => {
    expect((await create('key-4', '')).status).toBe(422);
    expect((await create('key-4', 'Gemendet')).status).toBe(201);
  });
});

describe('probes', () => {
  test('ready tells of the database and that the automation is late', async () => {
    expect((await call(api, 'GET', '/api/../live')).status).toBe(200);
    const ready = await fetch(`${api.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', database: 'ok', temporal: 'degraded' }]);
    await api.database.query(`insert into heartbeats (name, at) values ('courier', $1)`, [api.now()]);
    expect(await (await fetch(`${api.url}/ready`)).json()).toMatchObject({ temporal: 'ok' });
  });
});

describe('the portal', () => {
  test('every deep link is the page, hashed files are kept for ever, missing files are 404', async () => {
    const folder = api.settings.PORTAL_DIR;
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Gewerk</title>');
    await writeFile(join(folder, 'assets/index-Bx81kQz9.js'), 'export {};');
    const page = await fetch(`${api.url}/go/some-account/work-orders/1?do=answer`);
    expect([page.status, page.headers.get('cache-control'), await page.text()]).toEqual([200, 'no-cache', '<!doctype html><title>Gewerk</title>']);
    for (const path of ['', '/work-orders/1/show']) expect(await (await fetch(`${api.url}/a/0193a000-0000-7000-8000-000000000000${path}`)).text()).toContain('<title>Gewerk</title>');
    const script = await fetch(`${api.url}/assets/index-Bx81kQz9.js`);
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await fetch(`${api.url}/assets/index-Missing00.js`)).status).toBe(404);
    expect((await fetch(`${api.url}/..%2f..%2fpackage.json`)).status).toBe(404);
  });
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['198.51.100.7', '198.51.100.7'],
])('the address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test.each([
  ['de-AT,de;q=0.9', 'de-AT'],
  ['fr,en;q=0.4,de;q=0.5', 'de-DE'],
  ['en-US', 'en-GB'],
  ['', 'de-DE'],
  ['*', 'de-DE'],
])('who asks for %s reads %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale);
});
