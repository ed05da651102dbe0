import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aHeldMail, mailFixture } from '../support/mail-in.ts';

type Row = { id: string; direction: string; subject: string | null; status: string; workOrderNumber: string | null; createdAt: string; toEmail: string | null; can: { resend: boolean } };
type Page = { data: Row[]; pageInfo: { total: number; hasNextPage: boolean } };

let api: TestApi;
let cast: Cast;
let order: WorkOrder;
let contact: { id: string; email: string };
let mailId: string;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  await api.database.query('delete from digest_items; delete from outbox; delete from outbound_mails; delete from inbound_mails');
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id });
  const firm = await aFirm(api.orm, cast.organisation.id);
  contact = await aContact(api.orm, cast.organisation.id, firm.id);
  await call(api, 'POST', account(cast, `/work-orders/${order.id}/assignments`), { cookie: cast.coordinator.cookie, body: { firmId: firm.id } });
  mailId = (await api.database.query<{ id: string }>('select id from outbound_mails where work_order_id = $1', [order.id]))[0]!.id;
});
afterAll(() => api.stop());

const get = (path: string, who: 'coordinator' | 'technician' = 'coordinator') => call(api, 'GET', account(cast, path), { cookie: cast[who].cookie });
const list = async (query = ''): Promise<Page> => (await get(`/mails?order=DESC${query}`)).body as unknown as Page;
const resend = (id: string) => call(api, 'POST', account(cast, `/mails/${id}/resending`), { cookie: cast.coordinator.cookie, body: {} });
const set = (sql: string) => api.database.query(`update outbound_mails set ${sql} where id = $1`, [mailId]);

test('mails out and in stand in one list, the newest first, page by page', async () => {
  for (const minute of [1, 3, 5]) {
    const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { Subject: `ein ${minute}` }));
    await api.database.query('update inbound_mails set received_at = $1 where id = $2', [new Date(api.now().getTime() + minute * 60_000), mail.id]);
  }
  await set(`created_at = '2026-11-25T09:04:00Z', subject = 'hinaus'`);
  const whole = await list();
  expect(whole.data.map((one) => [one.direction, one.subject])).toEqual([['in', 'ein 5'], ['out', 'hinaus'], ['in', 'ein 3'], ['in', 'ein 1']]);
  expect(whole.pageInfo).toMatchObject({ total: 4, hasNextPage: false });
  const second = await list('&perPage=2&page=2');
  expect([second.data.map((one) => one.subject), second.pageInfo]).toMatchObject([['ein 3', 'ein 1'], { total: 4, hasNextPage: false }]);
  expect((await list('&perPage=3')).pageInfo.hasNextPage).toBe(true);
});

test('filters narrow by direction, status, order, and words of subject, address or order', async () => {
  await set(`status = 'bounced', subject = 'Auftrag Treppenhaus'`);
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { Subject: 'Frage zum Dach', From: 'dach@firma.test' }));
  const subjects = async (query: string) => (await list(query)).data.map((one) => one.subject);
  expect(await subjects('&direction=in')).toEqual(['Frage zum Dach']);
  expect(await subjects('&status=bounced,refused')).toEqual(['Auftrag Treppenhaus']);
  expect(await subjects('&status=held')).toEqual(['Frage zum Dach']);
  expect(await subjects(`&workOrderId=${order.id}`)).toEqual(['Auftrag Treppenhaus']);
  expect(await subjects('&q=dach%20frage')).toEqual(['Frage zum Dach']);
  expect(await subjects('&q=dach@firma.test')).toEqual(['Frage zum Dach']);
  expect(await subjects(`&q=${order.number}`)).toEqual(['Auftrag Treppenhaus']);
  expect(await subjects('&q=nirgends')).toEqual([]);
  expect((await get('/mails?sort=toEmail')).status).toBe(422);
});

test('one mail says why it was sent, what became of it, and its words', async () => {
  await set(`status = 'bounced', status_reason = 'HardBounce', subject = 's', text_body = 'Text', html_body = '<p>Text</p>'`);
  await api.database.query(`insert into mail_events (id, organisation_id, mail_id, trace_id, record_type, data, occurred_at, created_at) values ($1, $2, $3, 't1', 'Bounce', '{"type":"HardBounce"}', now(), now())`, [newId(), cast.organisation.id, mailId]);
  expect((await get(`/mails/${mailId}`)).body).toMatchObject({
    direction: 'out', template: 'assignment', cause: 'assignment.offered', why: expect.stringMatching(/./), text: 'Text', html: '<p>Text</p>',
    status: 'bounced', statusReason: 'HardBounce', workOrderNumber: order.number, events: [{ recordType: 'Bounce', detail: 'HardBounce' }], resentAsMailId: null,
  });
});

test('a mail sent again is a mail of its own, to the address that its recipient has now', async () => {
  await set(`status = 'bounced'`);
  await api.database.query(`update firm_contacts set email = 'richtig@firma.test' where id = $1`, [contact.id]);
  const again = await resend(mailId);
  expect(again).toMatchObject({ status: 201, body: { status: 'queued', toEmail: 'richtig@firma.test', workOrderNumber: order.number } });
  const [row] = await api.database.query<Record<string, unknown>>('select * from outbound_mails where id = $1', [(again.body as Row).id]);
  expect(row).toMatchObject({ template: 'assignment', resend_of_mail_id: mailId, once_key: null, cause: 'assignment.offered', text_body: null });
  expect(row!['thread_id']).toBe((await api.database.query<{ thread_id: string }>('select thread_id from outbound_mails where id = $1', [mailId]))[0]!.thread_id);
  expect(await api.database.query('select 1 from outbox where workflow_id = $1', [`mail:${(again.body as Row).id}`])).toHaveLength(1);
  expect((await get(`/mails/${mailId}`)).body).toMatchObject({ status: 'bounced', resentAsMailId: (again.body as Row).id });
});

test('asked for several times at once, it goes once', async () => {
  await set(`status = 'bounced'`);
  const answers = await Promise.all(Array.from({ length: 5 }, () => resend(mailId)));
  expect(new Set(answers.map((one) => (one.body as Row).id)).size).toBe(1);
  expect(await api.database.query('select 1 from outbound_mails where resend_of_mail_id = $1', [mailId])).toHaveLength(1);
});

test('what waits, came in, or holds a secret of one try is not sent again; nor to a dead address', async () => {
  expect(await resend(mailId)).toMatchObject({ status: 409, body: { code: 'mail_not_resendable' } });
  await set(`status = 'sent', template = 'user-invitation'`);
  expect(await resend(mailId)).toMatchObject({ status: 409, body: { code: 'mail_not_resendable' } });
  const into = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  expect(await resend(into.id)).toMatchObject({ status: 409, body: { code: 'mail_not_resendable' } });
  await set(`status = 'bounced', template = 'assignment'`);
  await api.database.query('update firm_contacts set undeliverable_since = now() where id = $1', [contact.id]);
  expect(await resend(mailId)).toMatchObject({ status: 409, body: { code: 'contact_undeliverable' } });
  expect(await api.database.query('select 1 from outbound_mails')).toHaveLength(1);
});

test('who is held to workspaces sees the mails of their orders and of none, and no others', async () => {
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { Subject: 'ohne Auftrag' }));
  await api.database.query(`update memberships set workspace_ids = '[]' where user_id = $1`, [cast.coordinator.user.id]);
  expect((await list()).data.map((one) => one.subject)).toEqual(['ohne Auftrag']);
  expect((await get(`/mails/${mailId}`)).status).toBe(404);
  expect((await resend(mailId)).status).toBe(404);
  await api.database.query('update memberships set workspace_ids = null where user_id = $1', [cast.coordinator.user.id]);
});

test('a recipient sees why they got that mail, and nothing of any other', async () => {
  const cause = (id: string, who: 'coordinator' | 'technician') => get(`/mails/${id}/cause`, who);
  expect((await cause(mailId, 'technician')).status).toBe(404);
  const [assignment] = await api.database.query<{ id: string }>('select id from assignments where work_order_id = $1', [order.id]);
  await set(`to_user_id = '${cast.technician.user.id}', cause = 'assignment:${assignment!.id}:last_reminder', subject = 's', text_body = 'geheim'`);
  const answer = await cause(mailId, 'technician');
  expect(answer).toMatchObject({ status: 200, body: { why: 'Letzte Erinnerung', after: { amount: 2, unit: 'working_days' }, workOrder: { number: order.number }, isAgain: false } });
  expect(JSON.stringify(answer.body)).not.toContain('geheim');
  expect(await cause(mailId, 'coordinator')).toMatchObject({ status: 200, body: { template: 'assignment' } });
  expect((await get(`/mails/${mailId}`, 'technician')).status).toBe(403);
});

test('technicians have no mail log, and another organisation sees nothing of ours', async () => {
  expect((await get('/mails', 'technician')).status).toBe(403);
  const other = await aCast(api.orm, api.now(), 'Andere Verwaltung');
  const theirs = await call(api, 'GET', account(other, `/mails/${mailId}`), { cookie: other.admin.cookie });
  expect(theirs).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(((await call(api, 'GET', account(other, '/mails'), { cookie: other.admin.cookie })).body as unknown as Page).data).toEqual([]);
});

test('held reminders are asked about where the account is shown: the office decides, a technician hears nothing of it', async () => {
  await set(`template = 'reminder', status_reason = 'flood'`);
  const shown = async (who: 'coordinator' | 'technician') => (await get('', who)).body['heldReminders'];
  const decide = (who: 'coordinator' | 'technician', decision: string) => call(api, 'POST', account(cast, '/held-reminders'), { cookie: cast[who].cookie, body: { decision } });
  expect(await shown('coordinator')).toEqual({ count: 1, since: api.now().toISOString() });
  expect(await shown('technician')).toBeNull();
  expect((await decide('technician', 'drop')).status).toBe(403);
  expect(await decide('coordinator', 'drop')).toMatchObject({ status: 200, body: { count: 1 } });
  expect(await shown('coordinator')).toBeNull();
  expect(await api.database.query('select status, status_reason from outbound_mails where id = $1', [mailId])).toEqual([{ status: 'skipped', status_reason: 'dropped' }]);
  expect(await api.database.query('select 1 from outbox where workflow_id = $1', [`mail:${mailId}`])).not.toEqual([]);
});

test('letting reminders go wakes each of them and lets more pass for a while', async () => {
  await set(`template = 'reminder', status_reason = 'flood'`);
  await api.database.query('delete from outbox');
  expect((await call(api, 'POST', account(cast, '/held-reminders'), { cookie: cast.coordinator.cookie, body: { decision: 'release' } })).body).toEqual({ count: 1 });
  expect(await api.database.query('select workflow_id from outbox')).toEqual([{ workflow_id: `mail:${mailId}` }]);
  expect(await api.database.query('select status, status_reason from outbound_mails where id = $1', [mailId])).toEqual([{ status: 'queued', status_reason: null }]);
  const [row] = await api.database.query<{ until: Date }>('select reminders_released_until as until from organisations where id = $1', [cast.organisation.id]);
  expect(row!.until.getTime()).toBe(api.now().getTime() + 2 * 3_600_000);
});
