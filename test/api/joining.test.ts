import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type User } from '#db/users/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aMembership, anOrganisation, aSession, aToken } from '../support/builders.ts';
import { cookieOf, OTHER, PASSWORD, signIn, someone } from './sign-in-stage.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ env: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => api.stop());
beforeEach(() => api.database.query('truncate rate_limits'));

describe('joining by invitation', () => {
  async function invited(password: string | null): Promise<{ user: User; organisationId: string; token: string }> {
    const user = await someone(api, password);
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
    expect((await signIn(api, user.email, PASSWORD)).status).toBe(200);
  });

  test('the link of a mail proves the address, the address that a first administrator types does not', async () => {
    const isProven = async (email: string): Promise<boolean> => (await api.database.query('select 1 from users where email = $1 and email_proven_at is not null', [email])).length === 1;
    const { user, token } = await invited(PASSWORD);
    await api.database.query('update users set email_proven_at = null where id = $1', [user.id]);
    await call(api, 'POST', `/account-tokens/${token}`, { body: { password: PASSWORD } });
    expect(await isProven(user.email)).toBe(true);
    const first = await aToken(api.orm, { purpose: 'first_administrator', userId: null, organisationId: null }, api.now());
    const body = { name: 'Iris Wagner', organisationName: 'Wagner Haus', email: 'iris@wagner.test', password: PASSWORD };
    expect((await call(api, 'POST', `/account-tokens/${first}`, { body })).status).toBe(200);
    expect(await isProven('iris@wagner.test')).toBe(false);
    const [{ id } = { id: '' }] = await api.database.query<{ id: string }>(`select id from users where email = 'iris@wagner.test'`);
    const reset = await aToken(api.orm, { purpose: 'reset_password', userId: id, organisationId: null }, api.now());
    await call(api, 'POST', `/account-tokens/${reset}`, { body: { password: OTHER } });
    expect(await isProven('iris@wagner.test')).toBe(true);
  });

  test('a link opened by a different signed-in person changes nothing and says so', async () => {
    const { user, organisationId, token } = await invited(PASSWORD);
    const stranger = await aSession(api.orm, (await someone(api)).id, api.now());
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
    const user = await someone(api);
    const token = await aToken(api.orm, { purpose: 'first_administrator', userId: null, organisationId: null }, api.now());
    const body = { organisationName: 'Zweite Verwaltung', name: 'Ada', email: user.email, password: PASSWORD };
    expect(await call(api, 'POST', `/account-tokens/${token}`, { body })).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    expect((await call(api, 'GET', `/account-tokens/${token}`)).status).toBe(200);
  });
});
