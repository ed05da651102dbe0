import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OutboundMail } from '#db/mails/entity.ts';
import { gateEm } from '#db/orm.ts';
import { Credential, Session, type User } from '#db/users/entity.ts';
import { takeAccountToken } from '#db/users/commands/tokens.ts';
import { hashSecret } from '#db/users/secrets.ts';
import { call, startApi, type Answer, type TestApi } from '../support/api.ts';
import { aMembership, anOrganisation, aPassword, aSession, aToken, aUser } from '../support/builders.ts';

const PASSWORD = 'Kieselweg Nebel 4711 Birke';
const OTHER = 'Wolkenturm Muschel Gleis 52';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ env: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => api.stop());
beforeEach(() => api.database.query('truncate rate_limits'));

async function someone(password: string | null = PASSWORD): Promise<User> {
  const user = await aUser(api.orm);
  if (password) await aPassword(api.orm, user.id, password);
  return user;
}

function cookieOf(answer: Answer): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

function signIn(email: string, password = PASSWORD, options: { cookie?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return call(api, 'POST', '/session', { body: { email, password }, ...options });
}

function whoAmI(cookie: string): Promise<Answer> {
  return call(api, 'GET', '/session', { cookie });
}

describe('signing in', () => {
  test('the right password signs in with an HttpOnly, SameSite cookie whose token is stored as a hash only', async () => {
    const user = await someone();
    const organisation = await anOrganisation(api.orm);
    await aMembership(api.orm, organisation.id, user.id, 'coordinator');
    const answer = await signIn(` ${user.email.toUpperCase()} `);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      user: { id: user.id, email: user.email },
      accounts: [{ id: organisation.id, kind: 'member', role: 'coordinator' }],
    });
    expect(answer.headers.get('set-cookie')).toMatch(/^gewerk=[A-Za-z0-9_-]{43}; .*HttpOnly; SameSite=Lax/);
    const token = cookieOf(answer).slice('gewerk='.length);
    const stored = await api.database.query<{ token_hash: string }>('select token_hash from sessions where user_id = $1', [user.id]);
    expect(stored).toEqual([{ token_hash: hashSecret(token) }]);
    expect((await whoAmI(cookieOf(answer))).status).toBe(200);
  });

  test('an unknown address, a wrong password and a user without password get the same answer', async () => {
    const user = await someone();
    const invited = await someone(null);
    const answers = [await signIn(user.email, OTHER), await signIn('nobody@example.test'), await signIn(invited.email)];
    expect(new Set(answers.map((one) => `${one.status} ${one.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(answers.every((one) => one.headers.get('set-cookie') === null)).toBe(true);
  });

  test('an unknown address costs the same work as a wrong password', async () => {
    const user = await someone();
    const costs = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 9; round += 1) {
      await api.database.query('truncate rate_limits');
      costs.known.push(await cost(() => signIn(user.email, OTHER)));
      costs.unknown.push(await cost(() => signIn(`nobody-${round}@example.test`)));
    }
    const ratio = median(costs.unknown) / median(costs.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test('a session id that somebody planted in the browser is never taken over', async () => {
    const user = await someone();
    const planted = `gewerk=${'A'.repeat(43)}`;
    const answer = await signIn(user.email, PASSWORD, { cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    expect((await whoAmI(planted)).status).toBe(401);
  });

  test('signing in again makes a new token and ends the one the browser had', async () => {
    const user = await someone();
    const first = cookieOf(await signIn(user.email));
    const second = cookieOf(await signIn(user.email, PASSWORD, { cookie: first }));
    expect(second).not.toBe(first);
    expect((await whoAmI(first)).status).toBe(401);
    expect((await whoAmI(second)).status).toBe(200);
  });

  test('signing out ends the session in the database, not only in the browser', async () => {
    const cookie = await aSession(api.orm, (await someone()).id, api.now());
    expect((await call(api, 'DELETE', '/session', { cookie })).status).toBe(204);
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  test('a hash with older parameters is renewed when its password is used', async () => {
    const user = await someone();
    const weak = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$';
    const { argon2Sync } = await import('node:crypto');
    const tag = argon2Sync('argon2id', { message: PASSWORD, nonce: Buffer.alloc(16), parallelism: 1, tagLength: 32, memory: 8, passes: 1 });
    const old = weak + tag.toString('base64').replace(/=+$/, '');
    await gateEm(api.orm).transactional((em) => em.nativeUpdate(Credential, { userId: user.id }, { passwordHash: old }));
    expect((await signIn(user.email)).status).toBe(200);
    const now = await gateEm(api.orm).transactional((em) => em.findOneOrFail(Credential, { userId: user.id }));
    expect(now.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await signIn(user.email)).status).toBe(200);
  });
});

describe('the end of a session', () => {
  const start = new Date('2026-11-25T09:00:00Z');

  test.each([
    ['lives one minute before twelve idle hours', 12 * 60 - 1, 200],
    ['ends after twelve idle hours', 12 * 60, 401],
  ])('a session %s', async (_name, minutes, status) => {
    const cookie = await aSession(api.orm, (await someone()).id, start);
    api.setNow(new Date(start.getTime() + minutes * 60_000));
    expect((await whoAmI(cookie)).status).toBe(status);
    api.setNow(start);
  });

  test('a session that is used every hour still ends after seven days', async () => {
    const cookie = await aSession(api.orm, (await someone()).id, start);
    const statuses: number[] = [];
    for (let hour = 6; hour <= 7 * 24; hour += 6) {
      api.setNow(new Date(start.getTime() + hour * 3_600_000));
      statuses.push((await whoAmI(cookie)).status);
    }
    api.setNow(start);
    expect(statuses.slice(0, -1).every((one) => one === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(401);
  });
});

describe('limits', () => {
  test('an account can be tried five times a minute, whoever tries from wherever', async () => {
    const user = await someone();
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await signIn(user.email, OTHER, { headers: { 'x-forwarded-for': `198.51.100.${tries}` } });
      expect(answer.status).toBe(401);
    }
    const refused = await signIn(user.email, PASSWORD, { headers: { 'x-forwarded-for': '198.51.100.77' } });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('addresses of one IPv6 /64 count as one', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 21; tries += 1) {
      const headers = { 'x-forwarded-for': `2001:db8:1:2:${tries.toString(16)}::${tries + 1}` };
      statuses.push((await signIn(`nobody-${tries}@example.test`, OTHER, { headers })).status);
    }
    expect(statuses.filter((one) => one === 401)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });

  test('people who know their password do not use up the limit', async () => {
    const user = await someone();
    for (let tries = 0; tries < 8; tries += 1) expect((await signIn(user.email)).status).toBe(200);
  });
});

describe('passwords', () => {
  test.each([
    ['shorter than 15 characters', 'Kiesel-Nebel-1', 'password_too_short'],
    ['of common words with digits', 'Passwort123456789', 'password_too_common'],
    ['of the own name with digits', 'FriedlindeBaumgart#2026', 'password_too_common'],
  ])('one that is %s is refused, and the link stays usable', async (_name, password, code) => {
    const user = await aUser(api.orm, { name: 'Friedlinde Baumgart' });
    const token = await aToken(api.orm, { purpose: 'reset_password', userId: user.id, organisationId: null }, api.now());
    expect(await call(api, 'POST', `/account-tokens/${token}`, { body: { password } })).toMatchObject({ status: 422, body: { code } });
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD } })).status).toBe(200);
  });

  test('changing it needs the present one, ends every other session and keeps this browser signed in', async () => {
    const user = await someone();
    const here = await aSession(api.orm, user.id, api.now());
    const elsewhere = await aSession(api.orm, user.id, api.now());
    const wrong = await call(api, 'POST', '/me/password', { cookie: here, body: { current: OTHER, password: OTHER } });
    expect(wrong.status).toBe(401);
    const changed = await call(api, 'POST', '/me/password', { cookie: here, body: { current: PASSWORD, password: OTHER } });
    expect(changed.status).toBe(200);
    expect((await whoAmI(elsewhere)).status).toBe(401);
    expect((await whoAmI(here)).status).toBe(401);
    expect((await whoAmI(cookieOf(changed))).status).toBe(200);
    expect((await signIn(user.email, PASSWORD)).status).toBe(401);
    expect((await signIn(user.email, OTHER)).status).toBe(200);
  });
});

describe('a forgotten password', () => {
  test('the answer is the same for every address; a mail goes only to a known one', async () => {
    const user = await someone();
    const known = await call(api, 'POST', '/password-resets', { body: { email: user.email } });
    const unknown = await call(api, 'POST', '/password-resets', { body: { email: 'nobody@example.test' } });
    expect([known.status, known.text]).toEqual([202, '']);
    expect([unknown.status, unknown.text]).toEqual([202, '']);
    const mails = await gateEm(api.orm).transactional((em) => em.find(OutboundMail, { template: 'reset-password' }));
    expect(mails.map((one) => one.toEmail)).toContain(user.email);
    expect(mails.map((one) => one.toEmail)).not.toContain('nobody@example.test');
    const waking = await api.database.query('select 1 from outbox where workflow_id = $1', [`mail:${mails.find((one) => one.toUserId === user.id)?.id}`]);
    expect(waking).toHaveLength(1);
  });

  test('a mailbox gets at most three such mails an hour, and nobody can tell', async () => {
    const user = await someone();
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await call(api, 'POST', '/password-resets', { body: { email: user.email } })).status).toBe(202);
    }
    const mails = await gateEm(api.orm).transactional((em) => em.find(OutboundMail, { toUserId: user.id }));
    expect(mails).toHaveLength(3);
  });

  test('its link works once, ends all sessions and lets the other links die', async () => {
    const user = await someone();
    const before = await aSession(api.orm, user.id, api.now());
    const wanted = { purpose: 'reset_password', userId: user.id, organisationId: null } as const;
    const token = await aToken(api.orm, wanted, api.now());
    const another = await aToken(api.orm, wanted, api.now());
    expect((await call(api, 'GET', `/account-tokens/${token}`)).body).toMatchObject({ purpose: 'reset_password', email: user.email, isNewUser: false });
    const used = await call(api, 'POST', `/account-tokens/${token}`, { body: { password: OTHER } });
    expect(used.status).toBe(200);
    expect((await whoAmI(cookieOf(used))).status).toBe(200);
    expect((await whoAmI(before)).status).toBe(401);
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD } })).status).toBe(404);
    expect((await call(api, 'POST', `/account-tokens/${another}`, { body: { password: PASSWORD } })).status).toBe(404);
    expect((await signIn(user.email, OTHER)).status).toBe(200);
  });

  test('of two uses at the same moment one wins', async () => {
    const user = await someone();
    const token = await aToken(api.orm, { purpose: 'reset_password', userId: user.id, organisationId: null }, api.now());
    const use = (password: string) => call(api, 'POST', `/account-tokens/${token}`, { body: { password } });
    const statuses = (await Promise.all([use(PASSWORD), use(OTHER), use(OTHER)])).map((one) => one.status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
  });

  test('of many who take a link in the very same moment, one does', async () => {
    const wanted = { purpose: 'reset_password', userId: (await someone()).id, organisationId: null } as const;
    const token = await aToken(api.orm, wanted, api.now());
    const take = () => gateEm(api.orm).transactional((em) => takeAccountToken(em, token, api.now()));
    const taken = await Promise.allSettled(Array.from({ length: 5 }, take));
    expect(taken.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('its link is dead after two hours', async () => {
    const user = await someone();
    const made = new Date(api.now().getTime() - 2 * 3_600_000);
    const token = await aToken(api.orm, { purpose: 'reset_password', userId: user.id, organisationId: null }, made);
    expect(await call(api, 'GET', `/account-tokens/${token}`)).toMatchObject({ status: 410, body: { code: 'token_expired' } });
  });
});

describe('joining by invitation', () => {
  async function invited(password: string | null): Promise<{ user: User; organisationId: string; token: string }> {
    const user = await someone(password);
    const organisation = await anOrganisation(api.orm);
    await aMembership(api.orm, organisation.id, user.id, 'technician', { joinedAt: null, invitedAt: api.now() });
    const token = await aToken(api.orm, { purpose: 'join', userId: user.id, organisationId: organisation.id }, api.now());
    return { user, organisationId: organisation.id, token };
  }

  test('a new user chooses a password and is a member from then on, not before', async () => {
    const { user, organisationId, token } = await invited(null);
    const early = await aSession(api.orm, user.id, api.now());
    expect((await call(api, 'GET', `/accounts/${organisationId}`, { cookie: early })).status).toBe(404);
    const joined = await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD, name: 'Mira Falk', locale: 'de-AT' } });
    expect(joined).toMatchObject({ status: 200, body: { user: { name: 'Mira Falk', locale: 'de-AT' }, accounts: [{ id: organisationId }] } });
    expect((await call(api, 'GET', `/accounts/${organisationId}`, { cookie: cookieOf(joined) })).status).toBe(200);
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: OTHER } })).status).toBe(404);
  });

  test('somebody who has a login proves it by the password they have; the link cannot set another', async () => {
    const { user, token } = await invited(PASSWORD);
    expect((await call(api, 'GET', `/account-tokens/${token}`)).body).toMatchObject({ isNewUser: false });
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: OTHER } })).status).toBe(401);
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: {} })).status).toBe(422);
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD } })).status).toBe(200);
    expect((await signIn(user.email, PASSWORD)).status).toBe(200);
  });

  test('a link opened by a different signed-in person changes nothing and says so', async () => {
    const { user, organisationId, token } = await invited(PASSWORD);
    const stranger = await aSession(api.orm, (await someone()).id, api.now());
    const answer = await call(api, 'POST', `/account-tokens/${token}`, { cookie: stranger, body: { password: PASSWORD } });
    expect(answer).toMatchObject({ status: 409, body: { details: { reason: 'signed_in_as_other' } } });
    const own = await aSession(api.orm, user.id, api.now());
    expect((await call(api, 'GET', `/accounts/${organisationId}`, { cookie: own })).status).toBe(404);
    expect((await call(api, 'POST', `/account-tokens/${token}`, { cookie: own, body: {} })).status).toBe(200);
  });
});

describe('the first administrator', () => {
  test('a link makes an organisation with its administrator, once', async () => {
    const token = await aToken(api.orm, { purpose: 'first_administrator', userId: null, organisationId: null }, api.now());
    const body = { organisationName: 'Grünwald & Söhne', name: 'Ada Grünwald', email: 'ada@example.test', password: PASSWORD, locale: 'de-AT' };
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD } })).status).toBe(422);
    const made = await call(api, 'POST', `/account-tokens/${token}`, { body });
    expect(made).toMatchObject({ status: 200, body: { accounts: [{ name: 'Grünwald & Söhne', role: 'admin' }] } });
    const [row] = await api.database.query('select mail_name, time_zone, country from organisations where name = $1', [body.organisationName]);
    expect(row).toEqual({ mail_name: 'gruenwald-soehne', time_zone: 'Europe/Vienna', country: 'AT' });
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { ...body, email: 'x@example.test' } })).status).toBe(404);
  });

  test('an address that has a login already is refused, and the link stays usable', async () => {
    const user = await someone();
    const token = await aToken(api.orm, { purpose: 'first_administrator', userId: null, organisationId: null }, api.now());
    const body = { organisationName: 'Zweite Verwaltung', name: 'Ada', email: user.email, password: PASSWORD };
    expect(await call(api, 'POST', `/account-tokens/${token}`, { body })).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    expect((await call(api, 'GET', `/account-tokens/${token}`)).status).toBe(200);
  });
});

test('I see my own sessions and can end another one, never somebody else\'s', async () => {
  const user = await someone();
  const here = await aSession(api.orm, user.id, api.now());
  const there = await aSession(api.orm, user.id, api.now());
  const stranger = await aSession(api.orm, (await someone()).id, api.now());
  const list = await call(api, 'GET', '/me/sessions', { cookie: here });
  const { data } = list.body as { data: { id: string; isCurrent: boolean }[] };
  expect(data.filter((one) => one.isCurrent)).toHaveLength(1);
  const other = data.find((one) => !one.isCurrent)?.id;
  expect((await call(api, 'DELETE', `/me/sessions/${other}`, { cookie: stranger })).status).toBe(404);
  expect((await call(api, 'DELETE', `/me/sessions/${other}`, { cookie: here })).status).toBe(204);
  expect((await whoAmI(there)).status).toBe(401);
  const ended = await gateEm(api.orm).transactional((em) => em.count(Session, { userId: user.id, endedAt: null }));
  expect(ended).toBe(1);
});

test('the log holds no token and no path of a secret link', async () => {
  const token = await aToken(api.orm, { purpose: 'first_administrator', userId: null, organisationId: null }, api.now());
  const cookie = await aSession(api.orm, (await someone()).id, api.now());
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
