import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApi, TEST_ORIGIN, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { anInvitation, asAdmin, mailsOf, partnershipRow } from './invitation-stage.ts';
import { send, show } from './public-stage.ts';

const PASSWORD = 'Rostiges Wehr am Bach 7';
let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

const count = async (sql: string, ...values: unknown[]): Promise<number> => Number((await api.database.query<{ n: string }>(`select count(*) as n ${sql}`, values))[0]?.n);
const account = { name: 'Mira Sonnleit', company: 'Farbwerk Sonnleit', password: PASSWORD };

describe('an invitation without acceptance', () => {
  test('declined with a reason, once; the inviter is told', async () => {
    const { id, base } = await anInvitation(api, cast);
    expect((await show(api, `${base}/ablehnen`)).status).toBe(200);
    for (const reason of ['Keine Zeit', 'Noch einmal']) expect(await send(api, `${base}/ablehnen`, { sure: 'yes', reason })).toMatchObject({ status: 303, location: base });
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'declined', decline_reason: 'Keine Zeit' });
    expect((await mailsOf(api, id)).filter((one) => one.includes('declined'))).toHaveLength(1);
    expect((await show(api, base)).text).toContain('Diese Einladung ist abgelehnt.');
  });

  test('a machine that sends the form as it stands changes nothing; whoever forgot to tick keeps their reason', async () => {
    const { id, base } = await anInvitation(api, cast);
    const before = await partnershipRow(api, id);
    for (const form of [{}, { reason: '' }, { reason: 'Keine Zeit' }]) {
      const page = await send(api, `${base}/ablehnen`, form);
      expect(page.status).toBe(422);
      expect(page.text).toContain('Noch nicht abgelehnt. Bitte bestätigen Sie, dass Sie ablehnen.');
      if ('reason' in form) expect(page.html).toContain(`>${form.reason}</textarea>`);
    }
    expect(await partnershipRow(api, id)).toEqual(before);
    expect(await mailsOf(api, id)).toHaveLength(1);
  });

  test('another person is named, and nobody is written to', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    const faulty: Record<string, string> = { 'kein @': 'Bitte geben Sie eine E-Mail-Adresse ein.', [email]: 'Das ist die Adresse dieser Einladung.', [cast.technician.user.email]: 'gehört zu dem, der einlädt' };
    for (const [typed, fault] of Object.entries(faulty)) expect((await send(api, `${base}/andere-person`, { email: typed })).text).toContain(fault);
    for (const typed of ['Jost@Farbwerk.test', 'noch@jemand.test']) expect((await send(api, `${base}/andere-person`, { email: typed })).location).toBe(base);
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'invited', other_email: 'jost@farbwerk.test' });
    expect(await mailsOf(api, id)).toEqual([`partner-invitation first ${email}`, `invitation-answered other_address ${cast.admin.user.email}`]);
    expect((await show(api, base)).text).toContain('ob die Einladung an j•••@farbwerk.test geht');
  });

  test('the record says who was named while that is open, and never puts it down to the person invited next', async () => {
    const { id, base } = await anInvitation(api, cast);
    await send(api, `${base}/andere-person`, { email: 'lena@farbwerk.test' });
    const named = { name: 'partnership.other_address_named', door: 'link' };
    expect((await asAdmin(api, cast, 'GET', `/partnerships/${id}`)).body).toMatchObject({ history: expect.arrayContaining([expect.objectContaining({ ...named, data: expect.objectContaining({ email: 'lena@farbwerk.test' }) })]) });
    await asAdmin(api, cast, 'POST', `/partnerships/${id}/other-address`, { isConfirmed: true });
    expect((await asAdmin(api, cast, 'GET', `/partnerships/${id}`)).body).toMatchObject({ invitedEmail: 'lena@farbwerk.test', history: expect.arrayContaining([expect.objectContaining({ ...named, by: null })]) });
  });

  test('over in between, before the process has looked: kindly told, and nothing is made', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    await api.database.query(`update partnerships set valid_until = '2026-11-24T10:00:00Z' where id = $1`, [id]);
    expect((await send(api, `${base}/konto`, account)).location).toBe(base);
    expect((await show(api, base)).text).toContain('Diese Einladung ist abgelaufen.');
    expect(await count('from users where email = $1', email)).toBe(0);
  });

  test('over while mail is paused: it stays open, on the page and for the answer, as for the process', async () => {
    const { id, base } = await anInvitation(api, cast);
    await api.database.query(`update partnerships set valid_until = '2026-11-24T10:00:00Z' where id = $1`, [id]);
    await api.database.query('update organisations set is_mail_paused = true where id = $1', [cast.organisation.id]);
    const page = await show(api, base);
    await send(api, `${base}/ablehnen`, { sure: 'yes' });
    await api.database.query('update organisations set is_mail_paused = false where id = $1', [cast.organisation.id]);
    expect([page.status, page.text]).toEqual([200, expect.not.stringContaining('abgelaufen')]);
    expect(await partnershipRow(api, id)).toMatchObject({ status: 'declined' });
  });

  test('expired: asking for a new one tells the inviter once; an open one sends its link to the invited mailbox', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    const asked = await send(api, `${base}/link-erneuern`);
    expect(asked).toMatchObject({ status: 303, location: `${base}/link-erneuern?ok=sent` });
    expect((await show(api, asked.location)).text).toContain('Ihre Bitte ist angekommen. Wenn die Einladung noch offen ist, kommt der neue Link in wenigen Minuten');
    expect((await mailsOf(api, id)).at(-1)).toBe(`partner-invitation new_link ${email}`);
    await api.database.query(`update partnerships set status = 'expired' where id = $1`, [id]);
    for (const _time of [1, 2]) expect((await send(api, `${base}/link-erneuern`)).status).toBe(303);
    expect((await mailsOf(api, id)).filter((one) => one.includes('asked_again'))).toHaveLength(1);
    expect((await send(api, `${base}/link-erneuern`)).status).toBe(429);
  });

  test('asking for a new one while mail is paused: the page promises nothing for now, the inviter sees it in the record at once', async () => {
    const { id, base, email } = await anInvitation(api, cast);
    await api.database.query(`update partnerships set status = 'expired', closed_at = now() where id = $1`, [id]);
    await api.database.query('delete from outbox');
    await api.database.query('update organisations set is_mail_paused = true where id = $1', [cast.organisation.id]);
    const page = await show(api, (await send(api, `${base}/link-erneuern`)).location);
    await api.database.query('update organisations set is_mail_paused = false where id = $1', [cast.organisation.id]);
    expect(page.text).toContain('Ihre Bitte ist angekommen. Der Versand von E-Mails ruht zurzeit.');
    expect(page.text).not.toContain('in wenigen Minuten');
    await send(api, `${base}/link-erneuern`);
    const { history } = (await asAdmin(api, cast, 'GET', `/partnerships/${id}`)).body as { history: { name: string; by: string }[] };
    expect(history.filter((one) => one.name === 'partnership.asked_again')).toMatchObject([{ by: 'Mira Sonnleit', data: { email } }]);
    // Its process has ended and is not begun again by it.
    expect(await count('from outbox where workflow_id = $1', `invitation:${id}`)).toBe(0);
  });

  test('unknown links, forms of other sites and the reason of the mail', async () => {
    const { id, base } = await anInvitation(api, cast);
    expect(await show(api, `/i/${'x'.repeat(43)}`)).toMatchObject({ status: 404 });
    expect((await show(api, base.replace('/i/', '/a/'))).status).toBe(404);
    expect((await send(api, `${base}/ablehnen`, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send(api, `${base}/ablehnen`, {}, { origin: 'https://elsewhere.test' })).status).toBe(403);
    expect((await partnershipRow(api, id))['status']).toBe('invited');
    expect((await show(api, `${base}/warum`)).text).toContain('Katrin Vogt von Lindenhof Verwaltung hat e•••@farbwerk.test am Mi., 25.11.2026, 10:00 Uhr zur Zusammenarbeit eingeladen.');
    expect((await show(api, `${base}?lang=en`)).text).toContain('invites you to collaborate');
    expect((await send(api, `${base}/ablehnen`, { sure: 'yes' }, { origin: TEST_ORIGIN })).status).toBe(303);
    expect(api.logLines().some((line) => JSON.stringify(line).includes(base))).toBe(false);
  });
});
