import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { InboundMail } from '#db/mails/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aPhoto } from '../support/files.ts';
import { aHeldMail, mailFixture, type MailJson } from '../support/mail-in.ts';

type Order = {
  id: string; number: string; title: string; description: string; reporterName: string;
  comments: { id: string; body: string; door: string; author: { name: string; firmName: string | null }; unverifiedSender: string | null; attachments: { name: string }[]; cutLines: number; inboundMailId: string; isRestored: boolean; can: { [name: string]: boolean } }[];
  attachments: { name: string; uploadedByName: string }[];
  assignments: { id: string; status: string; proposedAnswer: { step: string; why: string } | null }[];
  observers: { email: string; isProposed: boolean; choice: string }[];
};

let api: TestApi;
let cast: Cast;
let order: WorkOrder;
let firmId: string;
let photo: Uint8Array;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  photo = await aPhoto();
});
beforeEach(async () => {
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id });
  const firm = await aFirm(api.orm, cast.organisation.id, { company: 'Maler Kern' });
  await aContact(api.orm, cast.organisation.id, firm.id, { name: 'Anna Kern', email: `anna-${order.id}@maler-kern.example` });
  firmId = firm.id;
  await api.database.query(`update inbound_mails set status = 'rejected' where status = 'held'`);
});
afterAll(() => api.stop());

const withPhoto = (given: Partial<MailJson> = {}): MailJson =>
  mailFixture('iphone-photo', { Attachments: [{ Name: 'IMG_0421.JPG', Content: Buffer.from(photo).toString('base64'), ContentType: 'image/jpeg', ContentLength: photo.length, ContentID: '' }], ...given });
const post = (mail: InboundMail, verb: string, body: unknown, who: 'coordinator' | 'technician' | 'admin' = 'coordinator') =>
  call(api, 'POST', account(cast, `/to-review/${mail.id}/${verb}`), { cookie: cast[who].cookie, body });
const get = (path: string, who: 'coordinator' | 'technician' = 'coordinator') => call(api, 'GET', account(cast, path), { cookie: cast[who].cookie });
const rowOf = async (mail: InboundMail) => (await api.database.query<Record<string, unknown>>('select * from inbound_mails where id = $1', [mail.id]))[0]!;
async function assign(): Promise<string> {
  const answer = await call(api, 'POST', account(cast, `/work-orders/${order.id}/assignments`), { cookie: cast.coordinator.cookie, body: { firmId } });
  return (answer.body as Order).assignments[0]!.id;
}

test('what waits is listed with its suggestion in words of the order', async () => {
  const assignmentId = await assign();
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'), { suggestion: { workOrderId: order.id, assignmentId, fits: ['known_contact'], doesNotFit: ['no_proof'] } });
  const { data } = (await get('/to-review')).body as unknown as { data: object[] };
  expect(data).toEqual([expect.objectContaining({
    id: mail.id, reason: 'no_match', can: { decide: true },
    suggestion: { workOrder: { id: order.id, number: order.number, title: order.title, workspaceName: 'Lindenhof', status: 'assigned' }, assignment: { id: assignmentId, assigneeName: 'Maler Kern', status: 'offered' }, fits: ['known_contact'], doesNotFit: ['no_proof'] },
  })]);
});

test('a suggestion for an order in another workspace stays out for who does not see it', async () => {
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'), { suggestion: { workOrderId: order.id, assignmentId: null, fits: [], doesNotFit: [] } });
  await api.database.query(`update memberships set workspace_ids = '[]' where user_id = $1`, [cast.coordinator.user.id]);
  const { data } = (await get('/to-review')).body as unknown as { data: { suggestion: unknown }[] };
  expect(data[0]!.suggestion).toBeNull();
  await api.database.query('update memberships set workspace_ids = null where user_id = $1', [cast.coordinator.user.id]);
});

test('the original stands beside what it would become; its photos are given without their place', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, withPhoto());
  const found = (await get(`/to-review/${mail.id}`)).body as unknown as { visible: string; cutLines: number; original: { text: string; from: string; headers: object[] }; attachments: { name: string; url: string }[] };
  expect(found.visible).toBe('So sieht es aus.');
  expect(found.original.text).toContain('wir möchten Sie mit folgender Arbeit beauftragen');
  expect(found.original.from).toBe('Maler Kern <kern@maler-kern.example>');
  expect(found.original.headers.length).toBeGreaterThan(5);
  const file = await fetch(api.url + found.attachments[0]!.url, { headers: { cookie: cast.coordinator.cookie } });
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
  expect((await sharp(new Uint8Array(await file.arrayBuffer())).metadata()).exif).toBeUndefined();
});

test('attaching makes it a message with its files, by the mail door, and decides nothing else', async () => {
  const assignmentId = await assign();
  await api.database.query(`update firm_contacts set email = 'kern@maler-kern.example' where firm_id = $1`, [firmId]);
  const mail = await aHeldMail(api, cast.organisation.id, withPhoto());
  const answer = await post(mail, 'attachment', { workOrderId: order.id });
  expect(answer.status).toBe(201);
  const [comment] = (answer.body as Order).comments;
  expect(comment).toMatchObject({ body: 'So sieht es aus.', door: 'mail', author: { name: 'Anna Kern', firmName: 'Maler Kern' }, unverifiedSender: null, inboundMailId: mail.id, attachments: [{ name: 'IMG_0421.JPG' }] });
  expect((answer.body as Order).assignments).toMatchObject([{ id: assignmentId, status: 'offered', proposedAnswer: null }]);
  expect(await rowOf(mail)).toMatchObject({ status: 'processed', decision: 'attached', work_order_id: order.id, assignment_id: assignmentId, comment_id: comment!.id, decided_by_user_id: cast.coordinator.user.id });
  expect(await api.database.query(`select name from events where work_order_id = $1 and name like 'inbound%'`, [order.id])).toEqual([{ name: 'inbound_mail.attached' }]);
});

test('attaching the same mail to the same order again changes nothing; to another one it is too late', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  expect((await post(mail, 'attachment', { workOrderId: order.id })).status).toBe(201);
  const again = await post(mail, 'attachment', { workOrderId: order.id });
  expect([again.status, (again.body as Order).comments.length]).toEqual([201, 1]);
  const other = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  expect(await post(mail, 'attachment', { workOrderId: other.id })).toMatchObject({ status: 409, body: { code: 'mail_already_decided' } });
});

const filesStored = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of api.deps.files.list(`${cast.organisation.id}/files`)) keys.push(key);
  return keys.toSorted();
};

test('a mail that was delivered twice is attached once, and leaves no file without a row', async () => {
  const [first, second] = [await aHeldMail(api, cast.organisation.id, withPhoto(), { messageId: 'twin@sender.test' }), await aHeldMail(api, cast.organisation.id, withPhoto(), { messageId: 'twin@sender.test' })];
  const comments = ((await post(first, 'attachment', { workOrderId: order.id })).body as Order).comments;
  const stored = await filesStored();
  const again = await post(second, 'attachment', { workOrderId: order.id });
  expect([again.status, (again.body as Order).comments.map((one) => one.id)]).toEqual([201, comments.map((one) => one.id)]);
  expect(await rowOf(second)).toMatchObject({ status: 'rejected', reason: 'duplicate', decision: 'attached', work_order_id: order.id, comment_id: comments[0]!.id });
  expect(await filesStored()).toEqual(stored);
});

test('twins that are attached at the same moment become one message, and the loser’s files are taken back', async () => {
  const twins = [await aHeldMail(api, cast.organisation.id, withPhoto(), { messageId: 'twins@sender.test' }), await aHeldMail(api, cast.organisation.id, withPhoto(), { messageId: 'twins@sender.test' })];
  const before = await filesStored();
  expect((await Promise.all(twins.map((one) => post(one, 'attachment', { workOrderId: order.id })))).map((one) => one.status)).toEqual([201, 201]);
  expect(await api.database.query('select 1 from comments where work_order_id = $1', [order.id])).toHaveLength(1);
  expect(await api.database.query('select 1 from attachments where work_order_id = $1', [order.id])).toHaveLength(1);
  expect((await filesStored()).length).toBe(before.length + 1);
});

test('two people who decide at the same moment: one does, the other is told', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  const answers = await Promise.all([post(mail, 'attachment', { workOrderId: order.id }), post(mail, 'discarding', {}, 'admin')]);
  expect(answers.filter((one) => one.status < 300)).toHaveLength(1);
  expect(answers.find((one) => one.status === 409)!.body).toMatchObject({ code: 'mail_already_decided' });
});

test('an unknown sender is shown by their real address; a command word is a proposal and no step', async () => {
  const assignmentId = await assign();
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('gmail-accept', { From: 'wer@fremd.test', FromFull: { Email: 'wer@fremd.test', Name: 'Wer' } }));
  const body = (await post(mail, 'attachment', { workOrderId: order.id, assignmentId })).body as Order;
  expect(body.comments[0]).toMatchObject({ unverifiedSender: 'wer@fremd.test' });
  expect(body.assignments[0]).toMatchObject({ status: 'offered', proposedAnswer: { step: 'accept', why: 'unproven_sender' } });
});

test('a trusted address becomes the last contact of the firm that works on the order', async () => {
  const assignmentId = await assign();
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { From: 'neu@fremd.test', FromFull: { Email: 'neu@fremd.test', Name: 'Nina Neu' } }));
  const body = (await post(mail, 'attachment', { workOrderId: order.id, assignmentId, isAddressTrusted: true })).body as Order;
  expect(body.comments[0]).toMatchObject({ unverifiedSender: null, author: { name: 'Nina Neu', firmName: 'Maler Kern' } });
  expect(await api.database.query('select email, position, roles from firm_contacts where firm_id = $1 order by position', [firmId])).toMatchObject([{}, { email: 'neu@fremd.test', position: 1, roles: [] }]);
});

test('a trusted address without a firm observes just this order, and is mailed nothing', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { From: 'mieter@haus.test', FromFull: { Email: 'mieter@haus.test', Name: 'Herr Mieter' } }));
  const body = (await post(mail, 'attachment', { workOrderId: order.id, isAddressTrusted: true })).body as Order;
  expect(body.observers).toMatchObject([{ email: 'mieter@haus.test', isProposed: false, choice: 'none' }]);
  expect(await api.database.query('select 1 from outbound_mails where work_order_id = $1', [order.id])).toEqual([]);
});

test('an assignment of another order is refused, and nothing stays in the store', async () => {
  const assignmentId = await assign();
  const other = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  const mail = await aHeldMail(api, cast.organisation.id, withPhoto());
  expect(await post(mail, 'attachment', { workOrderId: other.id, assignmentId })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await rowOf(mail)).toMatchObject({ status: 'held', decision: null });
  expect(await api.database.query('select 1 from attachments where work_order_id = $1', [other.id])).toEqual([]);
});

test('a ticket made of a mail has its words, its files and its sender, who is proposed as an observer', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, withPhoto({ Subject: 'WG: AW: Wasserfleck an der Decke' }));
  const answer = await post(mail, 'ticket', { workspaceId: cast.workspace.id });
  const ticket = answer.body as Order;
  expect(ticket).toMatchObject({ title: 'Wasserfleck an der Decke', description: 'So sieht es aus.', reporterName: 'Maler Kern' });
  expect(ticket.attachments).toMatchObject([{ name: 'IMG_0421.JPG', uploadedByName: 'Maler Kern' }]);
  expect(ticket.observers.filter((one) => one.email)).toMatchObject([{ email: 'kern@maler-kern.example', isProposed: true }]);
  expect(await rowOf(mail)).toMatchObject({ status: 'processed', decision: 'ticket', work_order_id: ticket.id });
  expect(await post(mail, 'ticket', { workspaceId: cast.workspace.id })).toMatchObject({ status: 409, body: { code: 'mail_already_decided' } });
});

test('an answer goes to the sender as a mail of its own, in the organisation\'s language', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { From: 'frage@haus.test' }));
  expect((await post(mail, 'answer', { body: 'Um welches Gebäude geht es?' })).status).toBe(204);
  expect(await api.database.query(`select template, to_email, locale, work_order_id, parameters->>'body' as body from outbound_mails where parameters->>'inboundMailId' = $1`, [mail.id])).toEqual([
    { template: 'answer', to_email: 'frage@haus.test', locale: 'de-DE', work_order_id: null, body: 'Um welches Gebäude geht es?' },
  ]);
  expect(await rowOf(mail)).toMatchObject({ status: 'answered', decision: 'answered' });
  expect(await post(mail, 'answer', { body: 'Noch einmal' })).toMatchObject({ status: 409 });
});

test('putting aside keeps the mail in the log, with the reason', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('spam'));
  expect((await post(mail, 'discarding', { reason: 'Werbung' })).status).toBe(204);
  expect(await rowOf(mail)).toMatchObject({ status: 'rejected', decision: 'discarded', reason: 'Werbung' });
  expect((await get(`/mails/${mail.id}`)).body).toMatchObject({ direction: 'in', status: 'rejected', statusReason: 'Werbung' });
  // A screen that still shows it says what was decided.
  expect(await get(`/to-review/${mail.id}`)).toMatchObject({ status: 200, body: { decision: 'discarded', can: { decide: false } } });
});

test('technicians neither see nor decide what waits', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  expect((await get('/to-review', 'technician')).status).toBe(403);
  expect((await post(mail, 'discarding', {}, 'technician')).status).toBe(403);
  expect((await get(`/inbound-mails/${mail.id}/original`, 'technician')).status).toBe(404);
});

test('a mail whose original is gone still says what is known, and can only be put aside', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  await api.deps.files.remove(mail.rawKey);
  expect((await get(`/to-review/${mail.id}`)).body).toMatchObject({ visible: '', original: { isGone: true, subject: mail.subject, text: null, html: null } });
  expect((await post(mail, 'attachment', { workOrderId: order.id })).status).toBe(404);
  expect((await post(mail, 'discarding', {})).status).toBe(204);
});

test('one click shows the whole mail again where the cut took too much; once more changes nothing', async () => {
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('outlook-question'));
  const before = (await post(mail, 'attachment', { workOrderId: order.id })).body as Order;
  const comment = before.comments[0]!;
  expect(comment).toMatchObject({ isRestored: false, can: { restore: true } });
  const restore = () => call(api, 'POST', account(cast, `/comments/${comment.id}/restoration`), { cookie: cast.coordinator.cookie, body: {} });
  const after = (await restore()).body as Order;
  expect(after.comments[0]).toMatchObject({ isRestored: true, cutLines: 0, can: { restore: false } });
  expect(after.comments[0]!.body.startsWith(comment.body.slice(0, 20))).toBe(true);
  expect(after.comments[0]!.body.length).toBeGreaterThan(comment.body.length);
  expect(((await restore()).body as Order).comments[0]!.body).toBe(after.comments[0]!.body);
  const foreign = await call(api, 'POST', account(cast, `/comments/${comment.id}/restoration`), { cookie: cast.technician.cookie, body: {} });
  expect(foreign.status).toBe(404);
});

test('a quoted link of ours loses its token before others read it, also when the whole mail is shown again', async () => {
  const token = 'Q'.repeat(43);
  const said = `Wie hier beschrieben: https://gewerk.example/a/${token}/nachrichten\r\n`;
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { TextBody: said, HtmlBody: '' }));
  const comment = ((await post(mail, 'attachment', { workOrderId: order.id })).body as Order).comments[0]!;
  const restored = (await call(api, 'POST', account(cast, `/comments/${comment.id}/restoration`), { cookie: cast.coordinator.cookie, body: {} })).body as Order;
  for (const body of [comment.body, restored.comments[0]!.body]) expect([body.includes('/a/…/nachrichten'), body.includes(token)]).toEqual([true, false]);
});

test('a comment that is no mail has no original to show', async () => {
  const said = (await call(api, 'POST', account(cast, `/work-orders/${order.id}/comments`), { cookie: cast.coordinator.cookie, body: { visibility: 'internal', body: 'x' } })).body as Order;
  expect((await call(api, 'POST', account(cast, `/comments/${said.comments[0]!.id}/restoration`), { cookie: cast.coordinator.cookie, body: {} })).status).toBe(404);
});

test('the HTML of a stranger comes without scripts, styles, forms and pictures from afar', async () => {
  const html = `<style>p{color:red}</style><p onclick="x()">Hallo <img src="https://spy.test/p.gif" alt="Logo"><a href="javascript:alert(1)">hier</a> <a href="https://gut.test">da</a></p><form action="/x"><input></form><script>alert(1)</script><iframe src="https://x.test"></iframe>`;
  const mail = await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match', { HtmlBody: html }));
  const original = (await get(`/inbound-mails/${mail.id}/original`)).body as unknown as { html: string };
  expect(original.html).not.toMatch(/script|onclick|style|spy\.test|javascript|form|input|iframe/);
  expect(original.html).toContain('[Logo]');
  expect(original.html).toContain('<a href="https://gut.test" rel="noopener noreferrer nofollow" target="_blank">da</a>');
});
