import { expect, test } from '@jest/globals';
import { addComment } from '#db/comments/commands.ts';
import { type Em, emFor } from '#db/orm.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import { call } from '../support/api.ts';
import { aContact, aFirm } from '../support/builders.ts';
import { account } from '../support/cast.ts';
import { api, cast, contact, firm, id, names, next, on, order, type Order, orderRow, mails, read, steer, steered, woken } from './assignment-stage.ts';

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
  expect(await steer('promised-date', { promisedFrom: null, promisedUntil: '2026-11-30T09:00:00Z' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
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
