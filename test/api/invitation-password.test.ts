import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActivityDeps } from '#activities/deps.ts';
import { mailActivities } from '#activities/mails/send-mail.ts';
import type { Letter } from '#activities/postmark.ts';
import type { User } from '#db/users/entity.ts';
import { call, startApi, TEST_ORIGIN, type Answer, type TestApi } from '../support/api.ts';
import { aMembership, anOrganisation, aPassword, aSession, aUser } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { anInvitation, asAdmin, partnershipRow, type Invited } from './invitation-stage.ts';
import { send, show } from './public-stage.ts';
import { cookieOf } from './sign-in-stage.ts';

const PASSWORD = 'Rostiges Wehr am Bach 7';
const NEW_PASSWORD = 'Sieben blaue Leitern im Hof';
let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi({ env: { PUBLIC_URL: TEST_ORIGIN } });
  cast = await aCast(api.orm, api.now());
});
beforeEach(() => api.database.query('truncate rate_limits'));
afterAll(() => api.stop());

/** Somebody who has a login and administers a company of their own. */
async function aPainter(): Promise<{ user: User; organisationId: string }> {
  const organisation = await anOrganisation(api.orm, { name: 'Sonnleit Gerüste' });
  const user = await aUser(api.orm);
  await aMembership(api.orm, organisation.id, user.id, 'admin');
  await aPassword(api.orm, user.id, PASSWORD);
  return { user, organisationId: organisation.id };
}

async function anInvitedPainter(): Promise<{ user: User; organisationId: string; invited: Invited }> {
  const painter = await aPainter();
  return { ...painter, invited: await anInvitation(api, cast, { email: painter.user.email }) };
}

/** Sends the newest mail for a new password to an address, as its process would; the token of its link. */
async function tokenMailedTo(email: string): Promise<string> {
  const [row] = await api.database.query<{ id: string }>(`select id from outbound_mails where template = 'reset-password' and to_email = $1 order by created_at desc, id desc limit 1`, [email]);
  if (!row) throw new Error(`nothing to ${email}`);
  const letters: Letter[] = [];
  const postmark = { send: async (letter: Letter) => (letters.push(letter), { kind: 'sent', providerId: `p-${row.id}` }), find: async () => null };
  await mailActivities({ ...api.deps, postmark } as unknown as ActivityDeps).sendMail({ ids: [row.id], organisationId: null, workOrderNumber: null } as never, api.now().toISOString());
  const token = /\/account\/([\w-]{43})/.exec(letters[0]?.text ?? '')?.[1];
  if (!token) throw new Error('no link');
  return token;
}

const setPassword = (token: string): Promise<Answer> => call(api, 'POST', `/account-tokens/${token}`, { body: { password: NEW_PASSWORD } });

describe('a password that was forgotten on the way to accepting', () => {
  test('is asked for at the invited address alone, and its link leads back to the invitation, which is then accepted', async () => {
    const { user, organisationId, invited } = await anInvitedPainter();
    expect((await show(api, `${invited.base}/annehmen`)).html).toContain(`href="${invited.base}/passwort"`);
    expect((await show(api, `${invited.base}/passwort`)).status).toBe(200);
    const asked = await send(api, `${invited.base}/passwort`, { email: 'jemand@anders.test', next: 'https://elsewhere.test/' });
    expect(asked).toMatchObject({ status: 303, location: `${invited.base}/passwort?ok=sent` });
    expect((await show(api, asked.location)).text).toContain('Der Link ist unterwegs.');
    expect(await api.database.query(`select 1 from outbound_mails where to_email = 'jemand@anders.test'`)).toEqual([]);

    const token = await tokenMailedTo(user.email);
    expect((await call(api, 'GET', `/account-tokens/${token}`)).body).toMatchObject({ purpose: 'reset_password', organisationName: cast.organisation.name });
    const done = await setPassword(token);
    const path = (done.body as { invitationPath: string }).invitationPath;
    expect(path).toMatch(/^\/i\/[\w-]{43}\/annehmen$/);
    const cookie = cookieOf(done);
    expect((await show(api, path, { cookie })).text).toContain('Sonnleit Gerüste');
    expect(await send(api, path, { organisation: organisationId }, { cookie })).toMatchObject({ status: 303, location: `/go/${invited.id}` });
    expect(await partnershipRow(api, invited.id)).toMatchObject({ status: 'accepted', partner_organisation_id: organisationId });
    expect((await show(api, path.replace('annehmen', 'warum'))).text).toContain('zur Zusammenarbeit eingeladen');
  });

  test.each([
    ['taken back', (id: string) => asAdmin(api, cast, 'POST', `/partnerships/${id}/withdraw`, {})],
    ['sent to somebody else', (id: string) => asAdmin(api, cast, 'POST', `/partnerships/${id}/resend`, { email: `andere-${id}@farbwerk.test` })],
  ])('sets the password and opens nothing where the invitation was %s meanwhile', async (_what, change) => {
    const { user, invited } = await anInvitedPainter();
    await send(api, `${invited.base}/passwort`);
    const token = await tokenMailedTo(user.email);
    expect((await change(invited.id)).status).toBe(200);
    expect(await setPassword(token)).toMatchObject({ status: 200, body: { invitationPath: null } });
  });

  test('leads nowhere but into the portal where it was asked for there; nothing in the request says where to', async () => {
    const { user } = await anInvitedPainter();
    for (const more of [{ invitationPath: '/i/x/annehmen' }, { next: '//elsewhere.test' }, { partnershipId: cast.organisation.id }]) {
      expect((await call(api, 'POST', '/password-resets', { body: { email: user.email, ...more } })).status).toBe(422);
    }
    expect((await call(api, 'POST', '/password-resets', { body: { email: user.email } })).status).toBe(202);
    expect(await setPassword(await tokenMailedTo(user.email))).toMatchObject({ status: 200, body: { invitationPath: null } });
  });

  test('is not asked for where nobody has a login, where somebody is signed in, or where there is nothing to answer', async () => {
    const stranger = await anInvitation(api, cast);
    expect((await send(api, `${stranger.base}/passwort`)).location).toBe(`${stranger.base}/annehmen`);
    const { user, invited } = await anInvitedPainter();
    const cookie = await aSession(api.orm, user.id, api.now());
    expect((await send(api, `${invited.base}/passwort`, {}, { cookie })).location).toBe(`${invited.base}/annehmen`);
    await asAdmin(api, cast, 'POST', `/partnerships/${invited.id}/withdraw`, {});
    expect((await send(api, `${invited.base}/passwort`)).location).toBe(invited.base);
    expect((await show(api, `${invited.base}/passwort`)).status).toBe(410);
    expect(await api.database.query('select 1 from outbound_mails where template = $1 and to_email = any($2)', ['reset-password', [stranger.email, user.email]])).toEqual([]);
  });

  test('so many mails an hour and no more, whichever page asks', async () => {
    const { user, invited } = await anInvitedPainter();
    for (const _time of [1, 2]) await send(api, `${invited.base}/passwort`);
    for (const _time of [3, 4]) await call(api, 'POST', '/password-resets', { body: { email: user.email } });
    expect((await send(api, `${invited.base}/passwort`)).status).toBe(303);
    expect(await api.database.query(`select 1 from outbound_mails where template = 'reset-password' and to_email = $1`, [user.email])).toHaveLength(3);
  });
});
