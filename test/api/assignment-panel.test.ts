import { expect, test } from '@jest/globals';
import { call } from '../support/api.ts';
import { account, aCast } from '../support/cast.ts';
import { api, ask, cast, contact, firm, id, on, order, type Order, read, steer, steered } from './assignment-stage.ts';

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
