import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aMembership, aPassword, aSession, aUser, aWorkspace } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aPartner } from '../support/partners.ts';
import { anInvitation, asAdmin, mailsOf, partnershipRow } from './invitation-stage.ts';
import { send, show } from './public-stage.ts';

let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

const ask = (method: string, path: string, body?: unknown) => asAdmin(api, cast, method, path, body);
type Record1 = { id: string; shownStatus: string; validUntil: string; can: Record<string, boolean>; history: { name: string; by: string | null; data: Record<string, unknown> }[] };

describe('inviting a company', () => {
  test('a new one comes into the directory; the mail and the process are begun in the same command', async () => {
    const made = await ask('POST', '/partnerships', {
      email: ' Mira@Farbwerk.Test ', name: 'Mira Sonnleit', company: 'Farbwerk Sonnleit', message: 'Guten Tag', workspaceIds: [cast.workspace.id],
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        company: 'Farbwerk Sonnleit', status: 'invited', shownStatus: 'invited', invitedEmail: 'mira@farbwerk.test', invitedByName: 'Katrin Vogt', workspaceCount: 1,
        validUntil: '2026-12-25T22:59:00.000Z', contact: null, can: { extend: true, resend: true, withdraw: true, confirmOther: false, share: true, end: false, assign: false },
      },
    });
    const { id, history } = made.body as Record1;
    expect(history).toMatchObject([{ name: 'partnership.invited', by: 'Katrin Vogt', data: { email: 'mira@farbwerk.test' } }]);
    expect(await mailsOf(api, id)).toEqual(['partner-invitation first mira@farbwerk.test']);
    expect(await api.database.query('select kind from outbox where workflow_id = $1', [`invitation:${id}`])).toEqual([{ kind: 'invitation' }]);
    const { body } = await ask('GET', '/firms?q=Farbwerk Sonnleit');
    expect(body).toMatchObject({ data: [{ company: 'Farbwerk Sonnleit', access: 'email', contacts: [{ email: 'mira@farbwerk.test' }] }] });
  });

  test('a blocked firm, a second invitation and an own address are refused with their reasons', async () => {
    const firm = await aFirm(api.orm, cast.organisation.id, { standing: 'blocked', blockedReason: 'Kommt nie' });
    expect(await ask('POST', '/partnerships', { email: 'a@a.test', firmId: firm.id })).toMatchObject({ status: 409, body: { code: 'firm_blocked', detail: 'Dieser Dienstleister ist gesperrt: Kommt nie' } });
    const first = await anInvitation(api, cast);
    const { firm_id: firmId } = await partnershipRow(api, first.id);
    expect(await ask('POST', '/partnerships', { email: 'b@b.test', firmId })).toMatchObject({ status: 409, body: { code: 'partnership_exists', details: { field: 'firmId' } } });
    expect(await ask('POST', '/partnerships', { email: first.email, company: 'Andere' })).toMatchObject({ status: 409, body: { code: 'partnership_exists', details: { field: 'email' } } });
    expect(await ask('POST', '/partnerships', { email: cast.technician.user.email, company: 'Eigene' })).toMatchObject({ status: 409, body: { code: 'own_address' } });
    expect(await ask('POST', '/partnerships', { email: 'c@c.test' })).toMatchObject({ status: 422 });
    expect(await ask('POST', '/partnerships', { email: 'c@c.test', company: 'C', workspaceIds: [first.id] })).toMatchObject({ status: 404 });
  });

  test('nothing that the client is shown tells whether an invited address has a login, whatever becomes of the invitation', async () => {
    const user = await aUser(api.orm, { name: 'Lea Bekannt', locale: 'en-GB' });
    await aPassword(api.orm, user.id, 'Rostiges Wehr am Bach 7');
    const shown = async (email: string, company: string): Promise<string[]> => {
      const { id, base } = await anInvitation(api, cast, { email, company, locale: 'de-AT' });
      const { firm_id: firmId } = await partnershipRow(api, id);
      const look = async (): Promise<string[]> => {
        const mails = await ask('GET', `/mails?q=${encodeURIComponent(email)}`);
        const { data } = mails.body as { data: { id: string }[] };
        const answers = [await ask('GET', `/partnerships/${id}`), await ask('GET', `/partnerships?firmId=${String(firmId)}`), await ask('GET', `/firms/${String(firmId)}`), mails];
        for (const mail of data) answers.push(await ask('GET', `/mails/${mail.id}`));
        return answers.map((one) => one.text.replaceAll(email, 'ADDRESS').replaceAll(company, 'COMPANY').replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID'));
      };
      const open = await look();
      // The log shows mails as they were written: in the language that the inviter chose, to an address and no user.
      expect(await api.database.query('select locale, to_user_id from outbound_mails where partnership_id = $1 and to_email = $2', [id, email])).toEqual([{ locale: 'de-AT', to_user_id: null }]);
      await send(api, `${base}/ablehnen`, { sure: 'yes' });
      return [...open, ...(await look())];
    };
    const known = await shown(user.email, 'Bekannt KG');
    expect(known).toEqual(await shown('unbekannt@nirgends.test', 'Fremde KG'));
    expect(known.length).toBeGreaterThan(8);
    expect(known.join('')).not.toMatch(/Lea|en-GB/);
  });

  test('a typed firm that the directory knows, by an address or its name, is invited as that firm', async () => {
    const ofAddress = await aFirm(api.orm, cast.organisation.id, { company: 'Gerüstbau Lerch' });
    await aContact(api.orm, cast.organisation.id, ofAddress.id, { email: 'lena@lerch.test' });
    const ofName = await aFirm(api.orm, cast.organisation.id, { company: 'Malerei Dohle' });
    const gone = await aFirm(api.orm, cast.organisation.id, { company: 'Früher KG', archivedAt: api.now() });
    const invited = async (email: string, company: string): Promise<unknown> => (await partnershipRow(api, ((await ask('POST', '/partnerships', { email, company })).body as Record1).id))['firm_id'];
    expect(await invited(' Lena@Lerch.Test ', 'Lerch GmbH')).toBe(ofAddress.id);
    expect(await invited('buero@dohle.test', ' malerei DOHLE')).toBe(ofName.id);
    expect(await invited('neu@frueher.test', 'Früher KG')).not.toBe(gone.id);
    const blocked = await aFirm(api.orm, cast.organisation.id, { company: 'Nie wieder AG', standing: 'blocked', blockedReason: 'Kommt nie' });
    expect(await ask('POST', '/partnerships', { email: 'chef@nie.test', company: blocked.company })).toMatchObject({ status: 409, body: { code: 'firm_blocked' } });
  });

  test('the mail is shown before it goes, without its secret, and nothing is written', async () => {
    const before = (await ask('GET', '/partnerships')).body as { pageInfo: { total: number } };
    const shown = await ask('POST', '/partnerships/preview', { name: 'Mira Sonnleit', message: 'Bis bald', locale: 'en-GB', workspaceIds: [cast.workspace.id] });
    expect(shown).toMatchObject({ status: 200, body: { subject: 'Invitation to collaborate with Lindenhof Verwaltung', locale: 'en-GB' } });
    const { text } = shown.body as { text: string };
    for (const part of ['Hello Mira Sonnleit,', '  Bis bald', 'To be shared: Lindenhof', '/i/…', 'Valid until Fri 25 Dec 2026']) expect(text).toContain(part);
    expect(await ask('POST', '/partnerships/preview', { firmId: cast.organisation.id })).toMatchObject({ status: 404 });
    expect((await ask('GET', '/partnerships')).body).toMatchObject({ pageInfo: { total: before.pageInfo.total } });
  });

  test('whoever has left is not told: the administrators are', async () => {
    const leaving = await aUser(api.orm);
    const membership = await aMembership(api.orm, cast.organisation.id, leaving.id, 'admin');
    const { id, base } = await anInvitation(api, cast);
    await api.database.query('update partnerships set invited_by_user_id = $1 where id = $2', [leaving.id, id]);
    await api.database.query('update memberships set removed_at = now() where id = $1', [membership.id]);
    await send(api, `${base}/ablehnen`, { sure: 'yes' });
    expect((await mailsOf(api, id)).at(-1)).toBe(`invitation-answered declined ${cast.admin.user.email}`);
  });

  test('coordinators see partners and invite nobody, technicians see none', async () => {
    const { id } = await anInvitation(api, cast);
    const as = (role: 'coordinator' | 'technician', method: string, path: string) => call(api, method, account(cast, path), { cookie: cast[role].cookie, body: method === 'POST' ? {} : undefined });
    expect((await as('coordinator', 'GET', `/partnerships/${id}`)).body).toMatchObject({ can: { resend: false, withdraw: false, extend: false } });
    expect((await as('coordinator', 'POST', `/partnerships/${id}/withdraw`)).status).toBe(403);
    expect((await as('technician', 'GET', '/partnerships')).status).toBe(403);
  });

  test('the list is filtered, sorted and searched', async () => {
    await anInvitation(api, cast, { company: 'Zebra Bau', email: 'zebra@zebra.test' });
    const { id } = await anInvitation(api, cast, { company: 'Zebra Ausbau', email: 'ausbau@zebra.test' });
    await ask('POST', `/partnerships/${id}/withdraw`, {});
    const names = async (query: string): Promise<string[]> => ((await ask('GET', `/partnerships?q=zebra${query}`)).body as { data: { company: string }[] }).data.map((one) => one.company);
    expect(await names('')).toEqual(['Zebra Ausbau', 'Zebra Bau']);
    expect(await names('&order=DESC')).toEqual(['Zebra Bau', 'Zebra Ausbau']);
    expect(await names('&status=withdrawn')).toEqual(['Zebra Ausbau']);
    expect(await names('&status=accepted,ended')).toEqual([]);
  });
});

describe('steering an open invitation', () => {
  test('its end is moved to the end of a day or a moment, never into the past', async () => {
    const { id } = await anInvitation(api, cast);
    expect((await ask('POST', `/partnerships/${id}/extend`, { validUntil: '2027-01-31' })).body).toMatchObject({ validUntil: '2027-01-31T22:59:00.000Z' });
    expect((await ask('POST', `/partnerships/${id}/extend`, { validUntil: '2027-02-01T10:00:00Z' })).body).toMatchObject({ validUntil: '2027-02-01T10:00:00.000Z' });
    expect(await ask('POST', `/partnerships/${id}/extend`, { validUntil: '2026-11-24' })).toMatchObject({ status: 422, body: { code: 'deadline_in_past' } });
    expect(await ask('POST', `/partnerships/${id}/extend`, { validUntil: '2027-01-30' })).toMatchObject({ status: 422, body: { code: 'not_later', details: { field: 'validUntil' } } });
  });

  test('sent again: old links are dead at once, the clock begins anew, also after a refusal', async () => {
    const { id, base } = await anInvitation(api, cast);
    await api.database.query(`update partnerships set status = 'declined', closed_at = now(), reminded_at = now(), decline_reason = 'Nein', valid_until = now() where id = $1`, [id]);
    const again = await ask('POST', `/partnerships/${id}/resend`, { email: 'neu@farbwerk.test' });
    expect(again.body).toMatchObject({ status: 'invited', shownStatus: 'invited', invitedEmail: 'neu@farbwerk.test', invitedName: null, declineReason: null, validUntil: '2026-12-25T22:59:00.000Z' });
    expect((await mailsOf(api, id)).at(-1)).toBe('partner-invitation first neu@farbwerk.test');
    const old = await show(api, base);
    expect(old).toMatchObject({ status: 410 });
    expect(old.text).toContain('Dieser Link ist abgelaufen.');
    expect(old.text).not.toContain('Freigegeben');
  });

  test('not sent again where the directory has put the firm away: the error says what to do, and so does the record', async () => {
    const { id } = await anInvitation(api, cast);
    const firm = `/firms/${String((await partnershipRow(api, id))['firm_id'])}`;
    await ask('PATCH', firm, { isArchived: true });
    expect(await ask('POST', `/partnerships/${id}/resend`, {})).toMatchObject({ status: 409, body: { code: 'firm_archived', detail: 'Dieser Dienstleister ist archiviert. Bitte nehmen Sie ihn zuerst im Verzeichnis wieder auf.' } });
    expect(await ask('POST', '/partnerships', { email: 'neu@archiv.test', firmId: firm.slice('/firms/'.length) })).toMatchObject({ status: 409, body: { code: 'firm_archived' } });
    expect((await ask('GET', `/partnerships/${id}`)).body).toMatchObject({ status: 'withdrawn', isFirmArchived: true, isFirmBlocked: false, can: { resend: false } });
    await ask('PATCH', firm, { isArchived: false });
    expect((await ask('POST', `/partnerships/${id}/resend`, {})).body).toMatchObject({ status: 'invited', isFirmArchived: false });
  });

  test('withdrawn: the invitee is told, the page says so, and it can not be withdrawn twice', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    expect((await ask('POST', `/partnerships/${id}/withdraw`, { reason: 'Irrtum' })).body).toMatchObject({ status: 'withdrawn', can: { withdraw: false, resend: true } });
    expect((await mailsOf(api, id)).at(-1)).toBe(`invitation-withdrawn  ${email}`);
    expect((await show(api, base)).text).toContain('Diese Einladung ist zurückgezogen.');
    expect(await ask('POST', `/partnerships/${id}/withdraw`, {})).toMatchObject({ status: 409, body: { code: 'invitation_not_open' } });
  });

  test('withdrawn by a colleague: the inviter is told, and of what they do themselves they are not', async () => {
    const colleague = await aUser(api.orm);
    const membership = await aMembership(api.orm, cast.organisation.id, colleague.id, 'admin');
    const cookie = await aSession(api.orm, colleague.id, api.now());
    const { id } = await anInvitation(api, cast);
    expect((await call(api, 'POST', account(cast, `/partnerships/${id}/withdraw`), { cookie, body: {} })).status).toBe(200);
    expect(await mailsOf(api, id)).toContain(`invitation-answered withdrawn ${cast.admin.user.email}`);
    expect((await mailsOf(api, id)).filter((one) => one.startsWith('invitation-answered'))).toHaveLength(1);
    const own = await anInvitation(api, cast);
    await ask('POST', `/partnerships/${own.id}/withdraw`, {});
    expect((await mailsOf(api, own.id)).some((one) => one.startsWith('invitation-answered'))).toBe(false);
    await api.database.query('update memberships set removed_at = now() where id = $1', [membership.id]);
  });

  test('a named person is invited only when the inviter says so', async () => {
    const { id } = await anInvitation(api, cast);
    expect(await ask('POST', `/partnerships/${id}/other-address`, { isConfirmed: true })).toMatchObject({ status: 409 });
    await api.database.query(`update partnerships set other_email = 'jost@farbwerk.test', other_email_at = now() where id = $1`, [id]);
    expect((await ask('POST', `/partnerships/${id}/other-address`, { isConfirmed: false })).body).toMatchObject({ otherEmail: null, shownStatus: 'invited' });
    await api.database.query(`update partnerships set other_email = 'jost@farbwerk.test', other_email_at = now() where id = $1`, [id]);
    expect((await ask('POST', `/partnerships/${id}/other-address`, { isConfirmed: true })).body).toMatchObject({ otherEmail: null, invitedEmail: 'jost@farbwerk.test' });
    expect((await mailsOf(api, id)).at(-1)).toBe('partner-invitation first jost@farbwerk.test');
  });
});

describe('the link once more, for whoever is signed in with the invited address', () => {
  test('is not for somebody who has only typed that address', async () => {
    const user = await aUser(api.orm, { emailProvenAt: null });
    const { id } = await anInvitation(api, cast, { email: user.email });
    const cookie = await aSession(api.orm, user.id, api.now());
    const [theirs, missing] = [await call(api, 'POST', `/me/invitations/${id}/send-link`, { cookie, body: {} }), await call(api, 'POST', `/me/invitations/${newId()}/send-link`, { cookie, body: {} })];
    expect([theirs.status, missing.status]).toEqual([404, 404]);
    expect(await mailsOf(api, id)).toHaveLength(1);
  });

  test('goes to that mailbox; for anybody else the invitation does not exist', async () => {
    const user = await aUser(api.orm);
    const { id } = await anInvitation(api, cast, { email: user.email });
    const cookie = await aSession(api.orm, user.id, api.now());
    expect((await call(api, 'POST', `/me/invitations/${id}/send-link`, { cookie, body: {} })).status).toBe(202);
    expect(await mailsOf(api, id)).toEqual([`partner-invitation first ${user.email}`, `partner-invitation new_link ${user.email}`]);
    expect((await call(api, 'POST', `/me/invitations/${id}/send-link`, { cookie: cast.admin.cookie, body: {} })).status).toBe(404);
    expect((await call(api, 'POST', `/me/invitations/${id}/send-link`, { body: {} })).status).toBe(401);
    const again: number[] = [];
    for (const _time of [2, 3, 4]) again.push((await call(api, 'POST', `/me/invitations/${id}/send-link`, { cookie, body: {} })).status);
    expect(again).toEqual([202, 202, 429]);
    expect(await mailsOf(api, id)).toHaveLength(4);
  });
});

test.each([['blocked', { standing: 'blocked', blockedReason: 'Ohne Versicherung' }], ['archived', { isArchived: true }]])('an invitation that is open when its firm is %s is taken back: its link accepts nothing, the invitee is told', async (_how, change) => {
  const { id, base } = await anInvitation(api, cast);
  const firmId = (await partnershipRow(api, id))['firm_id'] as string;
  await api.database.query(`update outbound_mails set status = 'delivered' where partnership_id = $1`, [id]);
  expect((await asAdmin(api, cast, 'PATCH', `/firms/${firmId}`, change)).status).toBe(200);
  expect(await partnershipRow(api, id)).toMatchObject({ status: 'withdrawn' });
  expect((await mailsOf(api, id)).some((one) => one.startsWith('invitation-withdrawn'))).toBe(true);
  const page = await call(api, 'GET', base);
  expect([page.status, /name="organisation|annehmen<\/button>/i.test(page.text)]).toEqual([page.status, false]);
  expect(await api.database.query(`select 1 from partnerships where id = $1 and status = 'accepted'`, [id])).toEqual([]);
  // Another change of the firm asks nothing of the invitation.
  expect((await asAdmin(api, cast, 'PATCH', `/firms/${firmId}`, { notes: 'x' })).status).toBe(200);
});

test('an organisation sends so many invitations an hour and no more', async () => {
  const busy = await aCast(api.orm, api.now());
  const again = async (): Promise<number> => (await asAdmin(api, busy, 'POST', `/partnerships/${busy.organisation.id}/resend`, {})).status;
  const statuses: number[] = [];
  for (let n = 0; n <= 100; n += 1) statuses.push(await again());
  expect([new Set(statuses.slice(0, 100)), statuses[100]]).toEqual([new Set([404]), 429]);
  expect((await asAdmin(api, busy, 'POST', '/partnerships', { email: 'neu@neu.test', company: 'Neu', workspaceIds: [] })).status).toBe(429);
});

test('a partner\'s firm is not archived: the collaboration is ended first', async () => {
  const { partnership } = await aPartner(api.orm, cast, api.now());
  const firm = `/firms/${partnership.firmId}`;
  expect(await ask('PATCH', firm, { isArchived: true })).toMatchObject({ status: 409, body: { code: 'firm_is_partner', detail: 'Diese Firma ist Partner. Bitte beenden Sie zuerst die Zusammenarbeit.' } });
  expect(await ask('DELETE', firm)).toMatchObject({ status: 409 });
  await api.database.query(`update partnerships set status = 'ended' where id = $1`, [partnership.id]);
  expect((await ask('DELETE', firm)).status).toBe(204);
});

test('an administrator of some workspaces shares no others, and sees none in the preview', async () => {
  const other = await aWorkspace(api.orm, cast.organisation.id);
  const restricted = await aUser(api.orm);
  await aMembership(api.orm, cast.organisation.id, restricted.id, 'admin', { workspaceIds: [cast.workspace.id] });
  const cookie = await aSession(api.orm, restricted.id, api.now());
  const asks = (path: string, workspaceId: string) => call(api, 'POST', account(cast, path), { cookie, body: { email: 'teil@teil.test', company: 'Teil OHG', workspaceIds: [workspaceId] } });
  for (const path of ['/partnerships', '/partnerships/preview']) expect(await asks(path, other.id)).toMatchObject({ status: 404 });
  expect(await asks('/partnerships', cast.workspace.id)).toMatchObject({ status: 201 });
});
