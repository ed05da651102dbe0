import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { addComment } from '#db/comments/commands.ts';
import type { Firm, FirmContact } from '#db/firms/entity.ts';
import { type Em, emFor } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

type Assignment = {
  id: string; status: string; kind: string; firm: { id: string } | null; answerBy: string | null; answeredByName: string | null; answerDoor: string | null; promisedFrom: string | null; promisedUntil: string | null;
  nextFirms: { id: string }[]; steps: string[]; can: { [name: string]: boolean }; withdrawReason: string | null; cancelReason: string | null; declineReason: string | null; proposedAnswer: object | null;
  sendingBlockedBy: string | null; resendMailId: string | null; deputy: { email: string; name: string | null; awayUntil: string | null; isOtherCompany: boolean } | null;
  process: { workflowId: string; waitsFor: { code: string; until: string | null }; answerBy: string | null; planned: { action: string; state: string }[]; temporalUrl: string | null; needsAttention: boolean } | null;
};
type Order = { status: string; answerDueAt: string | null; assignments: Assignment[]; mailRecipients: { name: string; isUndeliverable: boolean }[] };
type Who = 'admin' | 'coordinator' | 'technician';

let api: TestApi;
let cast: Cast;
let order: WorkOrder;
let firm: Firm;
let contact: FirmContact;
let next: Firm;
let id: string;

beforeAll(async () => {
  // A Wednesday, 10:00 in Berlin.
  api = await startApi({ now: new Date('2026-11-25T09:00:00Z') });
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id });
  firm = await aFirm(api.orm, cast.organisation.id, { company: 'Maler Huber' });
  contact = await aContact(api.orm, cast.organisation.id, firm.id, { name: 'Sepp Huber' });
  next = await aFirm(api.orm, cast.organisation.id, { company: 'Farben Blau' });
  await aContact(api.orm, cast.organisation.id, next.id);
  id = (await ask({ firmId: firm.id, nextFirmIds: [next.id], message: 'Bitte bald' })).assignments[0]!.id;
});
afterAll(() => api.stop());

const on = (rest: string): string => account(cast, `/work-orders/${order.id}${rest}`);
async function ask(body: object): Promise<Order> {
  return (await call(api, 'POST', on('/assignments'), { cookie: cast.coordinator.cookie, body })).body as Order;
}
const steer = (verb: string, body: object = {}, who: Who = 'coordinator', assignmentId = id) => call(api, 'POST', account(cast, `/assignments/${assignmentId}/${verb}`), { cookie: cast[who].cookie, body });
const steered = async (verb: string, body: object = {}): Promise<Assignment> => {
  const answer = await steer(verb, body);
  expect([verb, answer.status]).toEqual([verb, 200]);
  return (answer.body as Order).assignments.find((one) => one.id === id)!;
};
const read = async (): Promise<Order> => (await call(api, 'GET', on(''), { cookie: cast.coordinator.cookie })).body as Order;
const mails = async (): Promise<string[]> => (await api.database.query<{ template: string }>('select template from outbound_mails where work_order_id = $1 order by created_at, id', [order.id])).map((one) => one.template);
const orderRow = async (): Promise<object> => (await api.database.query('select status, waiting_reason, waiting_note, waiting_until from work_orders where id = $1', [order.id]))[0]!;
const names = async (): Promise<string[]> => (await api.database.query<{ name: string }>(`select name from events where work_order_id = $1 order by id`, [order.id])).map((one) => one.name);
const woken = async (): Promise<number> => (await api.database.query('select 1 from outbox where workflow_id = $1', [`assignment:${id}`])).length;

test('work that was checked and closed is not cancelled any more, and no button offers it', async () => {
  await steered('answer', { step: 'accept', contactId: contact.id });
  const run = (step: 'complete' | 'close') => call(api, 'POST', on('/steps'), { cookie: cast.coordinator.cookie, body: { step } });
  await run('complete');
  expect((await read()).assignments[0]!.can['cancel']).toBe(true);
  await run('close');
  expect((await read()).assignments[0]!.can['cancel']).toBe(false);
  expect(await steer('cancellation', { reason: 'zu spät' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  expect(await mails()).not.toContain('cancellation');
});

test('a yes on the phone is taken down with who said it, confirmed by mail, and accepts the order', async () => {
  const answered = await steered('answer', { step: 'accept', contactId: contact.id, promisedFrom: '2026-11-30T07:00:00Z', promisedUntil: '2026-11-30T09:00:00Z' });
  expect(answered).toMatchObject({ status: 'accepted', answeredByName: 'Sepp Huber', answerDoor: 'phone', promisedFrom: '2026-11-30T07:00:00.000Z' });
  expect(await read()).toMatchObject({ status: 'accepted', answerDueAt: null });
  expect(await mails()).toEqual(['assignment', 'acceptance-confirmed']);
  expect((await names()).slice(-2)).toEqual(['assignment.accepted', 'work_order.accepted']);
  expect(await api.database.query(`select door, actor_contact_id, actor_user_id from events where work_order_id = $1 and name = 'assignment.accepted'`, [order.id])).toEqual([{ door: 'phone', actor_contact_id: contact.id, actor_user_id: cast.coordinator.user.id }]);
});

test('nobody accepts without a name; a contact of another firm is none', async () => {
  const stranger = await aContact(api.orm, cast.organisation.id, next.id);
  expect(await steer('answer', { step: 'accept' })).toMatchObject({ status: 422, body: { code: 'who_required' } });
  expect(await steer('answer', { step: 'accept', contactId: stranger.id })).toMatchObject({ status: 422, body: { code: 'who_required' } });
  expect((await read()).assignments[0]!.status).toBe('offered');
});

test('a no opens the order again, kills the link, and names the reason', async () => {
  expect(await steered('answer', { step: 'decline', byName: 'Herr Huber', reason: 'no_capacity', note: 'bis Januar voll' })).toMatchObject({ status: 'declined', declineReason: 'no_capacity', process: null });
  expect(await read()).toMatchObject({ status: 'open', answerDueAt: null });
  expect(await mails()).toEqual(['assignment', 'decline-confirmed']);
});

test('the same answer by the same person again changes nothing; a colleague is told who was first', async () => {
  await steered('answer', { step: 'accept', contactId: contact.id });
  const before = await names();
  expect((await steer('answer', { step: 'accept', contactId: contact.id })).status).toBe(200);
  expect(await steer('answer', { step: 'accept', byName: 'Kollegin' })).toMatchObject({ status: 409, body: { code: 'answered_by_colleague', details: { answeredBy: 'Sepp Huber' } } });
  expect(await names()).toEqual(before);
});

test('accept and withdraw at the same moment: exactly one wins, and the other is told', async () => {
  const answers = await Promise.all([steer('answer', { step: 'accept', contactId: contact.id }), steer('withdrawal', { reason: 'no_longer_needed' }, 'admin')]);
  expect(answers.map((one) => one.status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  const [assignment] = (await read()).assignments;
  expect(['accepted', 'withdrawn']).toContain(assignment!.status);
  expect((await mails()).filter((one) => one !== 'assignment')).toEqual([assignment!.status === 'accepted' ? 'acceptance-confirmed' : 'withdrawal']);
});

test('a withdrawn request tells the firm, frees the order, and once more changes nothing', async () => {
  expect(await steered('withdrawal', { reason: 'given_to_other' })).toMatchObject({ status: 'withdrawn', withdrawReason: 'given_to_other' });
  await steered('withdrawal', { reason: 'given_to_other' });
  expect(await mails()).toEqual(['assignment', 'withdrawal']);
  expect((await read()).status).toBe('open');
  expect(await steer('answer', { step: 'accept', contactId: contact.id })).toMatchObject({ status: 409, body: { code: 'given_elsewhere' } });
});

test('accepted work is cancelled with a reason, which goes to the firm; what is only asked is withdrawn instead', async () => {
  expect(await steer('cancellation', { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  await steered('answer', { step: 'accept', contactId: contact.id });
  expect(await steer('cancellation', { reason: '  ' })).toMatchObject({ status: 422, body: { code: 'reason_required' } });
  expect(await steer('withdrawal', { reason: 'no_answer' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  expect(await steered('cancellation', { reason: 'Haus wird verkauft' })).toMatchObject({ status: 'cancelled', cancelReason: 'Haus wird verkauft' });
  expect((await mails()).at(-1)).toBe('cancellation');
  expect((await read()).status).toBe('open');
});

test('an acceptance that was a mistake is undone: asked again, and told', async () => {
  await steered('answer', { step: 'accept', contactId: contact.id, promisedFrom: '2026-11-30T07:00:00Z' });
  expect(await steered('acceptance-undoing', { reason: 'Link von allein geöffnet' })).toMatchObject({ status: 'offered', answeredByName: null, promisedFrom: null });
  expect(await read()).toMatchObject({ status: 'assigned', answerDueAt: expect.any(String) });
  expect((await mails()).at(-1)).toBe('acceptance-undone');
});

test('who is asked again after the first deadline has the time of the rules once more', async () => {
  await steered('answer', { step: 'accept', contactId: contact.id });
  await api.database.query(`update assignments set answer_by = '2026-11-12T11:00:00Z', offered_at = '2026-11-09T09:00:00Z', delivered_at = '2026-11-09T09:00:00Z', sent_at = '2026-11-09T09:00:00Z' where id = $1`, [id]);
  const undone = await steered('acceptance-undoing');
  expect(Date.parse(undone.process!.answerBy!)).toBeGreaterThan(Date.parse('2026-11-26T09:00:00Z'));
  expect(undone.process).toMatchObject({ needsAttention: false, answerBy: (await read()).answerDueAt });
});

test('what accepted work waited for is over when the work is taken back', async () => {
  await steered('answer', { step: 'accept', contactId: contact.id });
  await call(api, 'POST', on('/steps'), { cookie: cast.coordinator.cookie, body: { step: 'hold', waitingReason: 'material', waitingUntil: '2026-12-10' } });
  expect(await orderRow()).toMatchObject({ status: 'waiting', waiting_reason: 'material' });
  await steered('cancellation', { reason: 'Dauert zu lange' });
  expect(await orderRow()).toEqual({ status: 'open', waiting_reason: null, waiting_note: null, waiting_until: null });
});

test('a new due date reaches whoever is asked by mail', async () => {
  const path = account(cast, `/work-orders/${order.id}`);
  await call(api, 'PATCH', path, { cookie: cast.coordinator.cookie, body: { dueOn: '2026-12-18' } });
  expect((await mails()).at(-1)).toBe('date-changed');
  const before = await mails();
  await call(api, 'PATCH', path, { cookie: cast.coordinator.cookie, body: { dueOn: '2026-12-18', title: 'Fenster streichen' } });
  expect(await mails()).toEqual(before);
});

test('a firm that has lost the work makes no step, and the firm that has it is told nothing of what the other says', async () => {
  await steer('hand-on');
  const [now] = await api.database.query<{ id: string }>(`select id from assignments where work_order_id = $1 and status = 'offered'`, [order.id]);
  await steer('answer', { step: 'accept', byName: 'Frau Blau' }, 'coordinator', now!.id);
  const late = { kind: 'mail', organisationId: cast.organisation.id, workOrderId: order.id, assignmentId: id, observerId: null, contactId: contact.id, inboundMailId: order.id, fromAddress: contact.email, fromName: null } as const;
  const system = { kind: 'system', organisationId: cast.organisation.id, process: 'test' } as const;
  const speak = <T>(work: (em: Em) => Promise<T>): Promise<T> => emFor(api.orm, system).transactional(work);
  await expect(speak((em) => stepWorkOrder(em, late, { workOrderId: order.id, step: 'complete' }, api.now()))).rejects.toMatchObject({ code: 'step_not_allowed' });
  await speak((em) => addComment(em, { ...late, kind: 'link', linkId: id, otherName: null }, { workOrderId: order.id, visibility: 'shared', body: 'Unser Preis war zu niedrig' }, api.now()));
  const told = await api.database.query<{ recipient: string }>('select recipient from digest_items d join events e on e.id = d.event_id where e.work_order_id = $1 and e.name = $2', [order.id, 'comment.added']);
  expect(told.map((one) => one.recipient)).toEqual([`user:${cast.coordinator.user.id}`]);
});

test('remind now wakes the process, which decides; what was answered is not reminded', async () => {
  const before = await woken();
  await steered('reminder');
  expect(await woken()).toBe(before + 1);
  expect((await names()).at(-1)).toBe('assignment.remind_requested');
  await steered('answer', { step: 'accept', contactId: contact.id });
  expect(await steer('reminder')).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
});

test('a moved deadline is in force at once, told to the firm, and shown in lists', async () => {
  const moved = await steered('deadline', { answerBy: '2026-12-02T11:00:00Z' });
  expect(moved).toMatchObject({ answerBy: '2026-12-02T11:00:00.000Z', process: { answerBy: '2026-12-02T11:00:00.000Z' } });
  expect((await read()).answerDueAt).toBe('2026-12-02T11:00:00.000Z');
  expect((await mails()).at(-1)).toBe('date-changed');
  expect(await steer('deadline', { answerBy: '2026-11-25T09:00:00Z' })).toMatchObject({ status: 422, body: { code: 'deadline_in_past' } });
});

test('handing on ends the one and asks the next of the list the same, with the rest of the list behind it', async () => {
  const body = (await steer('hand-on')).body as Order;
  expect(body.assignments.map((one) => [one.status, one.firm!.id])).toEqual(expect.arrayContaining([['withdrawn', firm.id], ['offered', next.id]]));
  const [row] = await api.database.query(`select message, next_firm_ids, previous_assignment_id from assignments where work_order_id = $1 and firm_id = $2`, [order.id, next.id]);
  expect(row).toEqual({ message: 'Bitte bald', next_firm_ids: [], previous_assignment_id: id });
  expect(await mails()).toEqual(expect.arrayContaining(['assignment', 'withdrawal', 'assignment']));
  const offered = body.assignments.find((one) => one.status === 'offered')!;
  expect(await steer('hand-on', {}, 'coordinator', offered.id)).toMatchObject({ status: 409, body: { code: 'no_next_firm' } });
});

test('accepted work is handed on only with a reason, and to no blocked firm; a refused one leaves all as it was', async () => {
  await steered('answer', { step: 'accept', contactId: contact.id });
  expect(await steer('hand-on')).toMatchObject({ status: 422, body: { code: 'reason_required' } });
  const blocked = await aFirm(api.orm, cast.organisation.id, { standing: 'blocked', blockedReason: 'x' });
  await aContact(api.orm, cast.organisation.id, blocked.id);
  expect(await steer('hand-on', { firmId: blocked.id, reason: 'kommt nicht' })).toMatchObject({ status: 409, body: { code: 'firm_blocked' } });
  expect((await read()).assignments).toMatchObject([{ status: 'accepted' }]);
  expect((await steer('hand-on', { firmId: next.id, reason: 'kommt nicht' })).status).toBe(200);
  expect(await read()).toMatchObject({ status: 'assigned' });
});

test('a promised date is set, moved and taken back; the past and a window that ends before it begins are refused', async () => {
  expect(await steer('promised-date', { promisedFrom: '2026-11-30T07:00:00Z' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  await steered('answer', { step: 'accept', contactId: contact.id });
  expect(await steered('promised-date', { promisedFrom: '2026-11-30T07:00:00Z', promisedUntil: '2026-11-30T09:00:00Z' })).toMatchObject({ promisedUntil: '2026-11-30T09:00:00.000Z', process: { waitsFor: { code: 'promised_date' } } });
  expect(await steer('promised-date', { promisedFrom: '2026-11-20T07:00:00Z' })).toMatchObject({ status: 422, body: { code: 'date_in_past' } });
  expect(await steer('promised-date', { promisedFrom: '2026-11-30T07:00:00Z', promisedUntil: '2026-11-29T07:00:00Z' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await steered('promised-date', { promisedFrom: null })).toMatchObject({ promisedFrom: null, promisedUntil: null });
});

test('a soft or late yes waits for a click: taken it accepts, left it stays a message', async () => {
  const propose = () => api.database.query('update assignments set proposed_answer = $2 where id = $1', [id, JSON.stringify({ step: 'accept', why: 'soft_word', commentId: null, contactId: contact.id, byName: null, at: '2026-11-25T08:00:00Z' })]);
  expect(await steer('proposal', { isTaken: true })).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
  await propose();
  expect(await steered('proposal', { isTaken: false })).toMatchObject({ status: 'offered', proposedAnswer: null });
  await propose();
  expect(await steered('proposal', { isTaken: true })).toMatchObject({ status: 'accepted', answeredByName: 'Sepp Huber', proposedAnswer: null });
});

test('a fresh link goes to the address on file, once an hour; not when the asking is over', async () => {
  await steered('link-renewal');
  await steered('link-renewal');
  expect(await mails()).toEqual(['assignment', 'new-link']);
  await steered('withdrawal', { reason: 'no_answer' });
  expect(await steer('link-renewal')).toMatchObject({ status: 409, body: { code: 'assignment_ended' } });
});

test('the panel says what it waits for and what comes next, by the same function as the process itself', async () => {
  const [assignment] = (await read()).assignments;
  expect(assignment!.process).toMatchObject({ workflowId: `assignment:${id}`, waitsFor: { code: 'sending' }, answerBy: assignment!.answerBy, temporalUrl: null, needsAttention: false });
  await api.database.query(`update assignments set sent_at = '2026-11-25T09:00:00Z', delivered_at = '2026-11-25T09:00:00Z' where id = $1`, [id]);
  const panel = (await read()).assignments[0]!.process!;
  expect(panel.waitsFor).toMatchObject({ code: 'answer', until: panel.answerBy });
  expect(panel.planned.filter((one) => one.state === 'next').map((one) => one.action)).toEqual(['remind', 'last_reminder', 'tell_responsible']);
  expect(panel.planned.filter((one) => one.state === 'off').map((one) => one.action)).toEqual(['offer_next', 'withdraw']);
});

test('only an operator gets the address of the process', async () => {
  await api.database.query('update users set is_operator = true where id = $1', [cast.admin.user.id]);
  const seen = (await call(api, 'GET', on(''), { cookie: cast.admin.cookie })).body as Order;
  expect(seen.assignments[0]!.process!.temporalUrl).toContain(`/workflows/assignment%3A${id}`);
  await api.database.query('update users set is_operator = false where id = $1', [cast.admin.user.id]);
});

test('what may be done is said with each record, and what is said is so', async () => {
  const verbs: Record<string, [string, object]> = {
    withdraw: ['withdrawal', { reason: 'no_answer' }], cancel: ['cancellation', { reason: 'x' }], undoAcceptance: ['acceptance-undoing', {}], remind: ['reminder', {}],
    moveDeadline: ['deadline', { answerBy: '2026-12-02T11:00:00Z' }], promise: ['promised-date', { promisedFrom: '2026-12-02T11:00:00Z' }], renewLink: ['link-renewal', {}],
  };
  for (const state of ['offered', 'accepted', 'done', 'declined'] as const) {
    for (const [name, [verb, body]] of Object.entries(verbs)) {
      await api.database.query(`update assignments set status = $2, ended_at = null, accepted_at = now() where id = $1`, [id, state]);
      await api.database.query(`update work_orders set status = 'assigned' where id = $1`, [order.id]);
      const can = (await read()).assignments.find((one) => one.id === id)!.can[name];
      expect([state, name, (await steer(verb, body)).status === 200]).toEqual([state, name, can]);
    }
  }
});

test('technicians neither steer nor answer for a firm, also on an order of theirs', async () => {
  await api.database.query('update work_orders set reporter_user_id = $2 where id = $1', [order.id, cast.technician.user.id]);
  expect(await steer('withdrawal', { reason: 'no_answer' }, 'technician')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await steer('answer', { step: 'accept', contactId: contact.id }, 'technician')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  const seen = (await call(api, 'GET', on(''), { cookie: cast.technician.cookie })).body as Order;
  expect(seen.assignments[0]).toMatchObject({ steps: [] });
  expect(Object.values(seen.assignments[0]!.can)).not.toContain(true);
});

test('a technician gives back what was assigned to them', async () => {
  const own = (await ask({ memberUserId: cast.technician.user.id })).assignments.find((one) => one.kind === 'member')!;
  const answer = await steer('answer', { step: 'decline', reason: 'not_our_trade' }, 'technician', own.id);
  expect(answer.status).toBe(200);
  expect((answer.body as Order).assignments.find((one) => one.id === own.id)).toMatchObject({ status: 'declined', answerDoor: 'portal' });
});

test('an assignment of an order that one does not see is not there', async () => {
  const foreign = await aCast(api.orm, api.now(), 'Andere Verwaltung');
  const answer = await call(api, 'POST', account(foreign, `/assignments/${id}/withdrawal`), { cookie: foreign.admin.cookie, body: { reason: 'no_answer' } });
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await read()).assignments[0]!.status).toBe('offered');
});

test('nothing is sent to a dead address: no button offers it, no command does it, and the reason is told', async () => {
  await api.database.query('update firm_contacts set undeliverable_since = now() where id = $1', [contact.id]);
  const { assignments: [dead], mailRecipients } = await read();
  expect(dead).toMatchObject({ sendingBlockedBy: 'contact_undeliverable', resendMailId: null, can: { remind: false, renewLink: false, correctAddress: true, sendAgain: false, answer: true, withdraw: true } });
  expect(mailRecipients).toContainEqual(expect.objectContaining({ name: 'Sepp Huber', isUndeliverable: true }));
  for (const verb of ['reminder', 'link-renewal']) expect(await steer(verb)).toMatchObject({ status: 409, body: { code: 'contact_undeliverable' } });
});

test('a corrected address offers to send the request again, which goes there; while that is on its way nothing is offered', async () => {
  await api.database.query(`update outbound_mails set status = 'bounced' where assignment_id = $1`, [id]);
  await api.database.query('update firm_contacts set undeliverable_since = now() where id = $1', [contact.id]);
  expect((await read()).assignments[0]!.can).toMatchObject({ sendAgain: false });
  const body = { contacts: [{ id: contact.id, name: 'Sepp Huber', email: 'sepp@maler-huber.example', roles: [] }] };
  expect((await call(api, 'PATCH', account(cast, `/firms/${firm.id}`), { cookie: cast.coordinator.cookie, body })).status).toBe(200);
  const [mended] = (await read()).assignments;
  expect(mended).toMatchObject({ sendingBlockedBy: null, can: { sendAgain: true, remind: true, correctAddress: false } });
  expect((await call(api, 'POST', account(cast, `/mails/${mended!.resendMailId}/resending`), { cookie: cast.coordinator.cookie, body: {} })).status).toBe(201);
  expect((await read()).assignments[0]).toMatchObject({ resendMailId: null, can: { sendAgain: false } });
  expect(await api.database.query(`select to_email from outbound_mails where assignment_id = $1 and status = 'queued'`, [id])).toEqual([{ to_email: 'sepp@maler-huber.example' }]);
});

async function aDeputy(email: string, name: string | null): Promise<void> {
  await api.database.query(
    `insert into deputy_proposals (id, organisation_id, work_order_id, assignment_id, absent_contact_id, email, name, away_until, created_at)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, '2026-12-04', now())`, [cast.organisation.id, order.id, id, contact.id, email, name]);
}

test('a named deputy who is taken becomes a contact of the firm and is asked instead, by one click', async () => {
  await aDeputy('petra.lindner@fremd.example', 'Petra Lindner');
  const [asked] = (await read()).assignments;
  expect(asked).toMatchObject({ deputy: { email: 'petra.lindner@fremd.example', name: 'Petra Lindner', awayUntil: '2026-12-04', isOtherCompany: true }, can: { decideDeputy: true } });
  expect((await steer('deputy', { isTaken: true }, 'technician')).status).toBe(403);
  expect((await steer('deputy', { isTaken: true })).body['assignments']).toMatchObject([{ contact: { name: 'Petra Lindner' }, deputy: null, can: { decideDeputy: false } }]);
  expect(await api.database.query('select email, roles, position from firm_contacts where firm_id = $1 order by position', [firm.id])).toMatchObject([{}, { email: 'petra.lindner@fremd.example', roles: ['deputy'], position: 1 }]);
  expect(await api.database.query(`select to_email from outbound_mails where assignment_id = $1 order by id desc limit 1`, [id])).toEqual([{ to_email: 'petra.lindner@fremd.example' }]);
  expect(await steer('deputy', { isTaken: true })).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
  const kept = await api.database.query(`select data::text from events where assignment_id = $1 union all select to_jsonb(p)::text from deputy_proposals p where assignment_id = $1`, [id]);
  expect(JSON.stringify(kept).toLowerCase()).not.toContain('lindner');
});

test('a named deputy who is left is neither added nor mailed; after an answer nobody is asked about one', async () => {
  await aDeputy('petra.lindner@fremd.example', null);
  expect((await steer('deputy', { isTaken: false })).body['assignments']).toMatchObject([{ contact: { name: 'Sepp Huber' }, deputy: null }]);
  expect(await api.database.query('select 1 from firm_contacts where firm_id = $1', [firm.id])).toHaveLength(1);
  await aDeputy('petra.lindner@fremd.example', null);
  await steered('answer', { step: 'accept', contactId: contact.id });
  expect((await read()).assignments[0]).toMatchObject({ deputy: null, can: { decideDeputy: false } });
});
