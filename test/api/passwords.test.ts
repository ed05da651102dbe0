import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OutboundMail } from '#db/mails/entity.ts';
import { gateEm } from '#db/orm.ts';
import { takeAccountToken } from '#db/users/commands/tokens.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aSession, aToken, aUser } from '../support/builders.ts';
import { cookieOf, OTHER, PASSWORD, signIn, someone, whoAmI } from './sign-in-stage.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ env: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => api.stop());
beforeEach(() => api.database.query('truncate rate_limits'));

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
    const user = await someone(api);
    const here = await aSession(api.orm, user.id, api.now());
    const elsewhere = await aSession(api.orm, user.id, api.now());
    const wrong = await call(api, 'POST', '/me/password', { cookie: here, body: { current: OTHER, password: OTHER } });
    expect(wrong.status).toBe(401);
    const changed = await call(api, 'POST', '/me/password', { cookie: here, body: { current: PASSWORD, password: OTHER } });
    expect(changed.status).toBe(200);
    expect((await whoAmI(api, elsewhere)).status).toBe(401);
    expect((await whoAmI(api, here)).status).toBe(401);
    expect((await whoAmI(api, cookieOf(changed))).status).toBe(200);
    expect((await signIn(api, user.email, PASSWORD)).status).toBe(401);
    expect((await signIn(api, user.email, OTHER)).status).toBe(200);
  });
});

describe('a forgotten password', () => {
  test('the answer is the same for every address; a mail goes only to a known one', async () => {
    const user = await someone(api);
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
    const user = await someone(api);
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await call(api, 'POST', '/password-resets', { body: { email: user.email } })).status).toBe(202);
    }
    const mails = await gateEm(api.orm).transactional((em) => em.find(OutboundMail, { toUserId: user.id }));
    expect(mails).toHaveLength(3);
  });

  test('its link works once, ends all sessions and lets the other links die', async () => {
    const user = await someone(api);
    const before = await aSession(api.orm, user.id, api.now());
    const wanted = { purpose: 'reset_password', userId: user.id, organisationId: null } as const;
    const token = await aToken(api.orm, wanted, api.now());
    const another = await aToken(api.orm, wanted, api.now());
    expect((await call(api, 'GET', `/account-tokens/${token}`)).body).toMatchObject({ purpose: 'reset_password', email: user.email, isNewUser: false });
    const used = await call(api, 'POST', `/account-tokens/${token}`, { body: { password: OTHER } });
    expect(used.status).toBe(200);
    expect((await whoAmI(api, cookieOf(used))).status).toBe(200);
    expect((await whoAmI(api, before)).status).toBe(401);
    expect((await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD } })).status).toBe(404);
    expect((await call(api, 'POST', `/account-tokens/${another}`, { body: { password: PASSWORD } })).status).toBe(404);
    expect((await signIn(api, user.email, OTHER)).status).toBe(200);
  });

  test('of two uses at the same moment one wins', async () => {
    const user = await someone(api);
    const token = await aToken(api.orm, { purpose: 'reset_password', userId: user.id, organisationId: null }, api.now());
    const use = (password: string) => call(api, 'POST', `/account-tokens/${token}`, { body: { password } });
    const statuses = (await Promise.all([use(PASSWORD), use(OTHER), use(OTHER)])).map((one) => one.status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
  });

  test('of many who take a link in the very same moment, one does', async () => {
    const wanted = { purpose: 'reset_password', userId: (await someone(api)).id, organisationId: null } as const;
    const token = await aToken(api.orm, wanted, api.now());
    const take = () => gateEm(api.orm).transactional((em) => takeAccountToken(em, token, api.now()));
    const taken = await Promise.allSettled(Array.from({ length: 5 }, take));
    expect(taken.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('its link is dead after two hours', async () => {
    const user = await someone(api);
    const made = new Date(api.now().getTime() - 2 * 3_600_000);
    const token = await aToken(api.orm, { purpose: 'reset_password', userId: user.id, organisationId: null }, made);
    expect(await call(api, 'GET', `/account-tokens/${token}`)).toMatchObject({ status: 410, body: { code: 'token_expired' } });
  });
});
