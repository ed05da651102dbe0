import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { gateEm } from '#db/orm.ts';
import { Credential, Session } from '#db/users/entity.ts';
import { hashSecret } from '#db/users/secrets.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aMembership, anOrganisation, aSession, aToken } from '../support/builders.ts';
import { cookieOf, OTHER, PASSWORD, signIn, someone, whoAmI } from './sign-in-stage.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ env: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => api.stop());
beforeEach(() => api.database.query('truncate rate_limits'));

describe('signing in', () => {
  test('the right password signs in with an HttpOnly, SameSite cookie whose token is stored as a hash only', async () => {
    const user = await someone(api);
    const organisation = await anOrganisation(api.orm);
    await aMembership(api.orm, organisation.id, user.id, 'coordinator');
    const answer = await signIn(api, ` ${user.email.toUpperCase()} `);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      user: { id: user.id, email: user.email },
      accounts: [{ id: organisation.id, kind: 'member', role: 'coordinator' }],
    });
    expect(answer.headers.get('set-cookie')).toMatch(/^gewerk=[A-Za-z0-9_-]{43}; .*HttpOnly; SameSite=Lax/);
    const token = cookieOf(answer).slice('gewerk='.length);
    const stored = await api.database.query<{ token_hash: string }>('select token_hash from sessions where user_id = $1', [user.id]);
    expect(stored).toEqual([{ token_hash: hashSecret(token) }]);
    expect((await whoAmI(api, cookieOf(answer))).status).toBe(200);
  });

  test('an unknown address, a wrong password and a user without password get the same answer', async () => {
    const user = await someone(api);
    const invited = await someone(api, null);
    const answers = [await signIn(api, user.email, OTHER), await signIn(api, 'nobody@example.test'), await signIn(api, invited.email)];
    expect(new Set(answers.map((one) => `${one.status} ${one.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(answers.every((one) => one.headers.get('set-cookie') === null)).toBe(true);
  });

  test('an unknown address costs the same work as a wrong password', async () => {
    const user = await someone(api);
    const costs = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 9; round += 1) {
      await api.database.query('truncate rate_limits');
      costs.known.push(await cost(() => signIn(api, user.email, OTHER)));
      costs.unknown.push(await cost(() => signIn(api, `nobody-${round}@example.test`)));
    }
    const ratio = median(costs.unknown) / median(costs.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test('a session id that somebody planted in the browser is never taken over', async () => {
    const user = await someone(api);
    const planted = `gewerk=${'A'.repeat(43)}`;
    const answer = await signIn(api, user.email, PASSWORD, { cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    expect((await whoAmI(api, planted)).status).toBe(401);
  });

  test('signing in again makes a new token and ends the one the browser had', async () => {
    const user = await someone(api);
    const first = cookieOf(await signIn(api, user.email));
    const second = cookieOf(await signIn(api, user.email, PASSWORD, { cookie: first }));
    expect(second).not.toBe(first);
    expect((await whoAmI(api, first)).status).toBe(401);
    expect((await whoAmI(api, second)).status).toBe(200);
  });

  test('signing out ends the session in the database, not only in the browser', async () => {
    const cookie = await aSession(api.orm, (await someone(api)).id, api.now());
    expect((await call(api, 'DELETE', '/session', { cookie })).status).toBe(204);
    expect((await whoAmI(api, cookie)).status).toBe(401);
  });

  test('a hash with older parameters is renewed when its password is used', async () => {
    const user = await someone(api);
    const weak = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$';
    const { argon2Sync } = await import('node:crypto');
    const tag = argon2Sync('argon2id', { message: PASSWORD, nonce: Buffer.alloc(16), parallelism: 1, tagLength: 32, memory: 8, passes: 1 });
    const old = weak + tag.toString('base64').replace(/=+$/, '');
    await gateEm(api.orm).transactional((em) => em.nativeUpdate(Credential, { userId: user.id }, { passwordHash: old }));
    expect((await signIn(api, user.email)).status).toBe(200);
    const now = await gateEm(api.orm).transactional((em) => em.findOneOrFail(Credential, { userId: user.id }));
    expect(now.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await signIn(api, user.email)).status).toBe(200);
  });
});

test('who is signed in is a question that everybody may ask: nobody is an answer, not a refusal', async () => {
  const cookie = cookieOf(await signIn(api, (await someone(api)).email));
  const asked = (given: string) => call(api, 'GET', '/session', { cookie: given });
  expect((await asked(cookie)).body).toMatchObject({ user: { id: expect.any(String) }, accounts: [] });
  await call(api, 'DELETE', '/session', { cookie });
  for (const nobody of ['', cookie, `gewerk=${'A'.repeat(43)}`]) {
    const { status, text, headers } = await asked(nobody);
    expect([status, text, headers.get('content-type')]).toEqual([200, 'null', 'application/json; charset=utf-8']);
  }
});

describe('the end of a session', () => {
  const start = new Date('2026-11-25T09:00:00Z');

  test.each([
    ['lives one minute before twelve idle hours', 12 * 60 - 1, 200],
    ['ends after twelve idle hours', 12 * 60, 401],
  ])('a session %s', async (_name, minutes, status) => {
    const cookie = await aSession(api.orm, (await someone(api)).id, start);
    api.setNow(new Date(start.getTime() + minutes * 60_000));
    expect((await whoAmI(api, cookie)).status).toBe(status);
    api.setNow(start);
  });

  test('a session that is used every hour still ends after seven days', async () => {
    const cookie = await aSession(api.orm, (await someone(api)).id, start);
    const statuses: number[] = [];
    for (let hour = 6; hour <= 7 * 24; hour += 6) {
      api.setNow(new Date(start.getTime() + hour * 3_600_000));
      statuses.push((await whoAmI(api, cookie)).status);
    }
    api.setNow(start);
    expect(statuses.slice(0, -1).every((one) => one === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(401);
  });
});

describe('limits', () => {
  test('an account can be tried five times a minute, whoever tries from wherever', async () => {
    const user = await someone(api);
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await signIn(api, user.email, OTHER, { headers: { 'x-forwarded-for': `198.51.100.${tries}` } });
      expect(answer.status).toBe(401);
    }
    const refused = await signIn(api, user.email, PASSWORD, { headers: { 'x-forwarded-for': '198.51.100.77' } });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('addresses of one IPv6 /64 count as one', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 21; tries += 1) {
      const headers = { 'x-forwarded-for': `2001:db8:1:2:${tries.toString(16)}::${tries + 1}` };
      statuses.push((await signIn(api, `nobody-${tries}@example.test`, OTHER, { headers })).status);
    }
    expect(statuses.filter((one) => one === 401)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });

  test('people who know their password do not use up the limit', async () => {
    const user = await someone(api);
    for (let tries = 0; tries < 8; tries += 1) expect((await signIn(api, user.email)).status).toBe(200);
  });
});

test('I see my own sessions and can end another one, never somebody else\'s', async () => {
  const user = await someone(api);
  const here = await aSession(api.orm, user.id, api.now());
  const there = await aSession(api.orm, user.id, api.now());
  const stranger = await aSession(api.orm, (await someone(api)).id, api.now());
  const list = await call(api, 'GET', '/me/sessions', { cookie: here });
  const { data } = list.body as { data: { id: string; isCurrent: boolean }[] };
  expect(data.filter((one) => one.isCurrent)).toHaveLength(1);
  const other = data.find((one) => !one.isCurrent)?.id;
  expect((await call(api, 'DELETE', `/me/sessions/${other}`, { cookie: stranger })).status).toBe(404);
  expect((await call(api, 'DELETE', `/me/sessions/${other}`, { cookie: here })).status).toBe(204);
  expect((await whoAmI(api, there)).status).toBe(401);
  const ended = await gateEm(api.orm).transactional((em) => em.count(Session, { userId: user.id, endedAt: null }));
  expect(ended).toBe(1);
});

test('the log holds no token and no path of a secret link', async () => {
  const token = await aToken(api.orm, { purpose: 'first_administrator', userId: null, organisationId: null }, api.now());
  const cookie = await aSession(api.orm, (await someone(api)).id, api.now());
  await call(api, 'GET', `/account-tokens/${token}`, { cookie });
  const log = JSON.stringify(api.logLines());
  expect(log).toContain('/api/v1/account-tokens/[secret]');
  expect(log).not.toContain(token);
  expect(log).not.toContain(cookie.slice('gewerk='.length));
});

/** Computing time of this process, the API in it: it doesn't grow with what else the machine does. */
async function cost(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
