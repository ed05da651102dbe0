import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Firm, FirmContact } from '#db/firms/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { uploadTo } from '../support/files.ts';

type Record = {
  status: string; answerDueAt: string | null;
  assignments: { id: string; status: string; kind: string; firm: { id: string } | null; contact: { id: string } | null; answerBy: string | null; nextFirms: { id: string }[]; can: { [name: string]: boolean } }[];
};
type Preview = { subject: string | null; text: string | null; html: string | null; to: { name: string; email: string }[]; answerBy: string | null; plan: { at: string; action: string }[]; warnings: string[] };

let api: TestApi;
let cast: Cast;
let order: WorkOrder;
let firm: Firm;
let contact: FirmContact;

beforeAll(async () => {
  // A Wednesday, 10:00 in Berlin.
  api = await startApi({ now: new Date('2026-11-25T09:00:00Z') });
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  const responsibleUserId = cast.coordinator.user.id;
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { title: 'Treppenhaus streichen', responsibleUserId, onSiteName: 'Frau Adler', dueOn: '2026-12-20' });
  firm = await aFirm(api.orm, cast.organisation.id, { company: 'Malerbetrieb Huber' });
  contact = await aContact(api.orm, cast.organisation.id, firm.id, { name: 'Sepp Huber' });
});
afterAll(() => api.stop());

const on = (rest: string): string => account(cast, `/work-orders/${order.id}${rest}`);
const post = (rest: string, body: unknown, who: 'admin' | 'coordinator' | 'technician' = 'coordinator') => call(api, 'POST', on(rest), { cookie: cast[who].cookie, body });
const rows = <T extends object>(sql: string) => api.database.query<T>(sql, [order.id]);
/** Everything that hangs on the order, to show that a refused request wrote nothing. */
async function traces(): Promise<object> {
  const count = async (table: string) => (await rows(`select 1 from ${table} where work_order_id = $1`)).length;
  return { events: await count('events'), mails: await count('outbound_mails'), assignments: await count('assignments'), outbox: (await api.database.query('select 1 from outbox')).length };
}

test('asking a firm writes the request, its event, one mail to its contact, and wakes two processes', async () => {
  const answer = await post('/assignments', { firmId: firm.id, message: 'Bitte mit Vorbesichtigung' });
  expect(answer.status).toBe(201);
  const record = answer.body as Record;
  expect(record).toMatchObject({ status: 'assigned', assignments: [{ status: 'offered', kind: 'email', firm: { id: firm.id }, contact: { id: contact.id }, answerBy: record.answerDueAt }] });
  expect(await rows('select name, actor_user_id, door from events where work_order_id = $1 order by id')).toEqual([
    { name: 'assignment.offered', actor_user_id: cast.coordinator.user.id, door: 'portal' },
    { name: 'work_order.assigned', actor_user_id: cast.coordinator.user.id, door: 'portal' },
  ]);
  const [mail] = await rows<{ id: string }>('select id, template, to_email, status, locale from outbound_mails where work_order_id = $1');
  expect(mail).toMatchObject({ template: 'assignment', to_email: contact.email, status: 'queued', locale: 'de-DE' });
  const woken = await api.database.query<{ workflow_id: string }>('select distinct workflow_id from outbox where work_order_number = $1 order by 1', [order.number]);
  expect(woken.map((one) => one.workflow_id)).toEqual([`assignment:${record.assignments[0]!.id}`, `mail:${mail!.id}`]);
});

test('the stated deadline is the policy\'s: three working days, at the next opening', async () => {
  const { assignments } = (await post('/assignments', { firmId: firm.id })).body as Record;
  // Wed 25 Nov 10:00 + 3 working days = Mon 30 Nov 10:00 in Berlin.
  expect(assignments[0]!.answerBy).toBe('2026-11-30T09:00:00.000Z');
});

test('one firm at a time: a second one is refused, and nothing is written', async () => {
  await post('/assignments', { firmId: firm.id });
  const before = await traces();
  const other = await aFirm(api.orm, cast.organisation.id);
  await aContact(api.orm, cast.organisation.id, other.id);
  expect(await post('/assignments', { firmId: other.id })).toMatchObject({ status: 409, body: { code: 'already_assigned' } });
  expect(await traces()).toEqual(before);
});

test('two coordinators who assign at the same moment make one request', async () => {
  const answers = await Promise.all([post('/assignments', { firmId: firm.id }), post('/assignments', { firmId: firm.id }, 'admin')]);
  expect(answers.map((one) => one.status).toSorted((one, other) => one - other)).toEqual([201, 409]);
  expect(await rows('select 1 from assignments where work_order_id = $1')).toHaveLength(1);
  expect(await rows('select 1 from outbound_mails where work_order_id = $1')).toHaveLength(1);
});

test('the same click sent twice is one request, with the same answer', async () => {
  const send = () => call(api, 'POST', on('/assignments'), { cookie: cast.coordinator.cookie, body: { firmId: firm.id }, headers: { 'idempotency-key': `click-${order.id}` } });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
  expect(second.body).toEqual(first.body);
  const other = await call(api, 'POST', on('/assignments'), { cookie: cast.coordinator.cookie, body: { firmId: firm.id, message: 'x' }, headers: { 'idempotency-key': `click-${order.id}` } });
  expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
});

test('a blocked firm, an unreachable one, a passed deadline, a closed order are refused in words', async () => {
  const blocked = await aFirm(api.orm, cast.organisation.id, { company: 'Pfusch GmbH', standing: 'blocked', blockedReason: 'Rechnungen doppelt' });
  await aContact(api.orm, cast.organisation.id, blocked.id);
  const dead = await aFirm(api.orm, cast.organisation.id);
  await aContact(api.orm, cast.organisation.id, dead.id, { undeliverableSince: new Date('2026-11-01T00:00:00Z') });
  const before = await traces();
  expect(await post('/assignments', { firmId: blocked.id })).toMatchObject({ status: 409, body: { code: 'firm_blocked', detail: expect.stringContaining('Rechnungen doppelt') } });
  expect(await post('/assignments', { firmId: dead.id })).toMatchObject({ status: 409, body: { code: 'contact_undeliverable' } });
  expect(await post('/assignments', { firmId: firm.id, answerBy: '2026-11-25T08:59:59Z' })).toMatchObject({ status: 422, body: { code: 'deadline_in_past' } });
  expect(await post('/assignments', { firmId: firm.id, memberUserId: cast.technician.user.id })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await post('/assignments', {})).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  await api.database.query(`update work_orders set status = 'closed' where id = $1`, [order.id]);
  expect(await post('/assignments', { firmId: firm.id })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  expect(await traces()).toEqual(before);
});

test('a firm under contract is not asked: the work is accepted from the start, and nobody owes an answer', async () => {
  const contracted = await aFirm(api.orm, cast.organisation.id, { needsNoAcceptance: true });
  await aContact(api.orm, cast.organisation.id, contracted.id);
  const record = (await post('/assignments', { firmId: contracted.id })).body as Record;
  expect(record).toMatchObject({ status: 'accepted', answerDueAt: null, assignments: [{ status: 'accepted' }] });
});

test('an own person is assigned without mail and told by digest; beside a firm they may help', async () => {
  await post('/assignments', { firmId: firm.id });
  const record = (await post('/assignments', { memberUserId: cast.technician.user.id })).body as Record;
  expect(record.assignments.map((one) => one.kind).toSorted()).toEqual(['email', 'member']);
  expect(await rows('select 1 from outbound_mails where work_order_id = $1')).toHaveLength(1);
  expect(await rows(`select recipient from digest_items where work_order_id = $1 and recipient = 'user:${cast.technician.user.id}'`)).not.toHaveLength(0);
  expect(await post('/assignments', { memberUserId: cast.technician.user.id })).toMatchObject({ status: 409, body: { code: 'already_assigned' } });
});

test('a new address becomes a firm of the directory; a known one is its firm', async () => {
  const newFirm = { company: 'Glaserei Blick', contactName: 'Ida Blick', email: 'ida@glaserei-blick.test' };
  const first = (await post('/assignments', { newFirm })).body as Record;
  const [added] = await api.database.query<{ company: string }>('select company from firms where id = $1', [first.assignments[0]!.firm!.id]);
  expect(added!.company).toBe('Glaserei Blick');
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  const second = (await post('/assignments', { newFirm: { ...newFirm, company: 'Anders geschrieben' } })).body as Record;
  expect(second.assignments[0]!.firm!.id).toBe(first.assignments[0]!.firm!.id);
});

test('exactly the chosen files are shared; a file of another order can not be', async () => {
  const files = [{ name: 'foto.txt', bytes: 'a' }, { name: 'vertrag.txt', bytes: 'b' }];
  const { body } = await uploadTo(api, on('/attachments'), { cookie: cast.coordinator.cookie, files, fields: { visibility: 'internal' } });
  const ids = (body as { saved: { id: string; name: string }[] }).saved.filter((one) => one.name === 'foto.txt').map((one) => one.id);
  const foreign = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  const theirs = (await uploadTo(api, account(cast, `/work-orders/${foreign.id}/attachments`), { cookie: cast.coordinator.cookie, files })).body as { saved: { id: string }[] };
  expect(await post('/assignments', { firmId: firm.id, sharedAttachmentIds: [theirs.saved[0]!.id] })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  await post('/assignments', { firmId: firm.id, sharedAttachmentIds: ids });
  expect(await rows('select name, visibility from attachments where work_order_id = $1 order by name')).toEqual([
    { name: 'foto.txt', visibility: 'shared' }, { name: 'vertrag.txt', visibility: 'internal' },
  ]);
});

test('also among hundreds of files each can be chosen', async () => {
  const { body } = await uploadTo(api, on('/attachments'), { cookie: cast.coordinator.cookie, files: [{ name: 'foto.txt', bytes: 'a' }], fields: { visibility: 'internal' } });
  const first = (body as { saved: { id: string }[] }).saved[0]!.id;
  const copied = Object.keys((await api.database.query<object>('select * from attachments where id = $1', [first]))[0]!).filter((one) => one !== 'id').map((one) => `"${one}"`).join(', ');
  await api.database.query(`insert into attachments (id, ${copied}) select gen_random_uuid(), ${copied} from attachments, generate_series(1, 249) where id = $1`, [first]);
  const ids = (await api.database.query<{ id: string }>('select id from attachments where work_order_id = $1', [order.id])).map((one) => one.id);
  expect(ids).toHaveLength(250);
  expect(await post('/assignments', { firmId: firm.id, sharedAttachmentIds: ids })).toMatchObject({ status: 201 });
  expect(await rows(`select 1 from attachments where work_order_id = $1 and visibility = 'internal'`)).toHaveLength(0);
});

test('a technician may neither assign nor see whom one could ask', async () => {
  await api.database.query('update work_orders set reporter_user_id = $1 where id = $2', [cast.technician.user.id, order.id]);
  expect(await post('/assignments', { firmId: firm.id }, 'technician')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect((await call(api, 'GET', account(cast, `/assignees?workOrderId=${order.id}`), { cookie: cast.technician.cookie })).status).toBe(403);
});

test('the preview is the mail as it will go, without its secret links, and writes nothing', async () => {
  const before = await traces();
  const preview = (await post('/assignments/preview', { firmId: firm.id, message: 'Bitte mit <b>Vorbesichtigung</b>' })).body as Preview;
  expect(preview.subject).toBe(`Auftrag ${order.number}: Treppenhaus streichen, ${cast.workspace.shortName}`);
  expect(preview.to).toEqual([{ name: 'Sepp Huber', email: contact.email }]);
  expect(preview.text).toContain('Bitte mit <b>Vorbesichtigung</b>');
  expect(preview.html).toContain('Bitte mit &lt;b&gt;Vorbesichtigung&lt;/b&gt;');
  expect(preview.text).toContain(`${api.settings.PUBLIC_URL}/a/…`);
  expect(preview.text).not.toMatch(/\/a\/[A-Za-z0-9_-]{20,}/);
  expect(preview.answerBy).toBe('2026-11-30T09:00:00.000Z');
  expect(await traces()).toEqual(before);
  expect(await api.database.query('select 1 from access_links where work_order_id = $1', [order.id])).toEqual([]);
});

test('the preview says what happens by itself when nobody answers', async () => {
  const preview = (await post('/assignments/preview', { firmId: firm.id })).body as Preview;
  expect(preview.plan.map((one) => one.action)).toEqual(['remind', 'last_reminder', 'tell_responsible']);
  expect(preview.plan.at(-1)!.at).toBe(preview.answerBy);
  expect(preview.plan.map((one) => one.at)).toEqual(preview.plan.map((one) => one.at).toSorted());
});

test('the preview of a new address adds no firm, and warns of one that is known', async () => {
  const before = await api.database.query('select count(*) from firms');
  const newFirm = { company: 'Neu GmbH', contactName: 'Nora Neu', email: 'nora@neu.test', locale: 'en-GB' };
  const preview = (await post('/assignments/preview', { newFirm })).body as Preview;
  expect(preview).toMatchObject({ to: [{ name: 'Nora Neu', email: 'nora@neu.test' }], warnings: [] });
  expect(preview.subject).toMatch(/^Work order /);
  expect(await api.database.query('select count(*) from firms')).toEqual(before);
  const known = (await post('/assignments/preview', { newFirm: { ...newFirm, email: contact.email } })).body as Preview;
  expect(known).toMatchObject({ to: [{ name: 'Sepp Huber' }], warnings: ['address_known'] });
});

test('the preview warns of what one should know before the mail goes', async () => {
  await api.database.query(`update firm_contacts set away_until = '2026-12-01' where id = $1`, [contact.id]);
  await api.database.query(`update work_orders set priority = 'urgent', due_on = null, on_site_name = null where id = $1`, [order.id]);
  await post('/assignments', { memberUserId: cast.technician.user.id });
  const preview = (await post('/assignments/preview', { firmId: firm.id })).body as Preview;
  expect(preview.warnings).toEqual(['emergency', 'contact_away', 'no_due_date', 'no_on_site_contact']);
  await post('/assignments', { firmId: firm.id });
  expect(((await post('/assignments/preview', { firmId: firm.id })).body as Preview).warnings).toContain('already_assigned');
});

test('an own person gets no mail, so there is none to see', async () => {
  const preview = (await post('/assignments/preview', { memberUserId: cast.technician.user.id })).body as Preview;
  expect(preview).toMatchObject({ subject: null, html: null, to: [{ name: 'Emre Yildiz' }], answerBy: null, plan: [] });
});

test('whom one could ask: preferred firms first, blocked ones with their reason, people who see the workspace', async () => {
  const preferred = await aFirm(api.orm, cast.organisation.id, { company: 'Zuverlässig KG', standing: 'preferred' });
  await aFirm(api.orm, cast.organisation.id, { company: 'Aalglatt GmbH', standing: 'blocked', blockedReason: 'kommt nie' });
  await post('/assignments', { firmId: firm.id });
  await api.database.query(`update assignments set accepted_at = offered_at + interval '4 hours', delivered_at = offered_at where work_order_id = $1`, [order.id]);
  const found = (await call(api, 'GET', account(cast, `/assignees?workOrderId=${order.id}`), { cookie: cast.coordinator.cookie })).body as unknown as {
    members: { name: string; role: string }[]; firms: { id: string; company: string; blockedReason: string | null; statistics: object | null; hasOpenAssignment: boolean }[];
  };
  expect(found.firms[0]!.id).toBe(preferred.id);
  expect(found.firms.find((one) => one.company === 'Aalglatt GmbH')).toMatchObject({ blockedReason: 'kommt nie', statistics: null });
  expect(found.firms.find((one) => one.id === firm.id)).toMatchObject({ hasOpenAssignment: true, statistics: { asked: 1, accepted: 1, medianAnswerHours: 4 } });
  expect(found.members.map((one) => one.name)).toEqual(['Emre Yildiz', 'Jonas Reuter', 'Katrin Vogt']);
  await api.database.query(`update memberships set workspace_ids = '["00000000-0000-7000-8000-000000000000"]' where user_id = $1`, [cast.technician.user.id]);
  const narrowed = (await call(api, 'GET', account(cast, `/assignees?workOrderId=${order.id}&q=emre`), { cookie: cast.coordinator.cookie })).body as unknown as typeof found;
  expect([narrowed.members, narrowed.firms]).toEqual([[], []]);
  await api.database.query('update memberships set workspace_ids = null where user_id = $1', [cast.technician.user.id]);
});
