import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerAssignment } from '#db/assignments/answer.ts';
import { assignWork } from '#db/assignments/assign.ts';
import { decideOnOrders, endPartnership, withdrawEnding } from '#db/partnerships/end.ts';
import { takeInvitationStep } from '#db/partnerships/invitation-process.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { addDays, localDate } from '#domain/calendar/local-time.ts';
import type { DomainError } from '#domain/errors.ts';
import { call, type Answer } from '../support/api.ts';
import { aContact, aFirm, anAsset, aWorkspace } from '../support/builders.ts';
import { adminOf } from '../support/cast.ts';
import { aPartner, aShare, partnerActor, type PartnerCast } from '../support/partners.ts';
import { mailsOf } from './invitation-stage.ts';
import { anOrderOf, aPartnerStage, asClient, asPartner, saying, type Stage } from './partner-stage.ts';

let stage: Stage;
let counter = 0;
beforeAll(async () => {
  stage = await aPartnerStage();
});
afterAll(() => stage.api.stop());

const BERLIN = { timeZone: 'Europe/Berlin' };
const today = (): string => localDate(stage.api.now(), BERLIN);
const bodyOf = <T>(answer: Answer): T => answer.body as unknown as T;
const one = (partner: PartnerCast, rest = ''): string => `/partnerships/${partner.partnership.id}${rest}`;

/** A partner with people of its own, to whom the client's one workspace is shared. */
async function aNewPartner(): Promise<PartnerCast> {
  counter += 1;
  const partner = await aPartner(stage.api.orm, stage.client, stage.api.now(), { name: `Wartung ${counter}` });
  await aShare(stage.api.orm, partner, stage.client.workspace.id);
  return partner;
}

const end = async (partner: PartnerCast, body: object): Promise<Answer> => asClient(stage)('POST', one(partner, '/end'), body);
const row = async (sql: string, id: string): Promise<Record<string, unknown>> => (await stage.api.database.query<Record<string, unknown>>(sql, [id]))[0] ?? {};
const partnershipOf = (partner: PartnerCast) => row('select * from partnerships where id = $1', partner.partnership.id);
const statusOf = async (id: string): Promise<unknown> => (await row('select status from work_orders where id = $1', id))['status'];
const assignmentOf = (id: string) => row('select * from assignments where id = $1', id);

type Asked = { readonly orders: readonly { readonly id: string; readonly finishBy: string | null }[] };
/** What was decided so far on each order that still runs with the partner. */
async function askedOf(partner: PartnerCast): Promise<Record<string, string | null>> {
  const { orders } = bodyOf<Asked>(await asClient(stage)('GET', one(partner, '/ending')));
  return Object.fromEntries(orders.map((each) => [each.id, each.finishBy]));
}

/** What the process does once the last day is over, or nothing runs any more. */
async function windUp(partner: PartnerCast, action: 'end' | 'close' = 'end'): Promise<void> {
  await systemEm(stage.api.orm, stage.client.organisation.id).transactional(async (em) => {
    await takeInvitationStep(em, await em.findOneOrFail(Partnership, { id: partner.partnership.id }), action, stage.api.now());
  });
}

describe('each running order is decided on, and all of it is done at once or nothing', () => {
  test('finish, take back, hand on', async () => {
    const partner = await aNewPartner();
    const other = await aFirm(stage.api.orm, stage.client.organisation.id, { company: 'Haustechnik Klarbach' });
    await aContact(stage.api.orm, stage.client.organisation.id, other.id);
    const finished = await anOrderOf(stage, partner, { status: 'in_progress' });
    const back = await anOrderOf(stage, partner, { status: 'accepted' });
    const unanswered = await anOrderOf(stage, partner, { status: 'assigned' }, { status: 'offered' });
    const handed = await anOrderOf(stage, partner, { status: 'done' }, { status: 'done' });
    await anOrderOf(stage, partner, { status: 'closed' }, { status: 'done' });
    const asked = bodyOf<{ orders: { id: string; assignmentStatus: string }[] }>(await asClient(stage)('GET', one(partner, '/ending')));
    expect(new Set(asked.orders.map((order) => order.id))).toEqual(new Set([finished, back, unanswered, handed].map((each) => each.order.id)));
    const endsOn = addDays(today(), 14);
    const answer = await end(partner, {
      endsOn, reason: 'Wir geben den Standort auf.',
      orders: [
        { workOrderId: finished.order.id, decision: 'finish' }, { workOrderId: back.order.id, decision: 'take_back' },
        { workOrderId: unanswered.order.id, decision: 'take_back' }, { workOrderId: handed.order.id, decision: 'hand_on', firmId: other.id },
      ],
    });
    expect(answer).toMatchObject({ status: 200, body: { shownStatus: 'ending', endsOn, endReason: 'Wir geben den Standort auf.', endedBySide: 'client', can: { end: false, keep: true } } });
    expect(await Promise.all([finished, back, unanswered, handed].map((each) => statusOf(each.order.id)))).toEqual(['in_progress', 'open', 'open', 'assigned']);
    expect(await assignmentOf(back.assignment?.id ?? '')).toMatchObject({ status: 'cancelled', cancel_reason: 'Wir geben den Standort auf.' });
    expect(await assignmentOf(unanswered.assignment?.id ?? '')).toMatchObject({ status: 'withdrawn', withdraw_reason: 'partnership_ended' });
    expect(await row('select * from assignments where previous_assignment_id = $1', handed.assignment?.id ?? '')).toMatchObject({ status: 'offered', kind: 'email', firm_id: other.id });
    const timeline = bodyOf<{ data: { name: string }[] }>(await asPartner(stage, partner)('GET', `/work-orders/${finished.order.id}/timeline`));
    expect(timeline.data.map((line) => line.name)).toContain('assignment.to_finish');
    // What was taken back is gone for the partner; the rest goes on.
    expect((await asPartner(stage, partner)('GET', `/work-orders/${back.order.id}`)).status).toBe(404);
    expect((await asPartner(stage, partner)('POST', `/work-orders/${finished.order.id}/comments`, { body: 'Wir sind dran.', visibility: 'shared' })).status).toBe(201);
    expect(await mailsOf(stage.api, partner.partnership.id)).toEqual([`partnership-ending  ${partner.own.admin.user.email}`]);
    expect((await stage.api.database.query(`select 1 from outbox where workflow_id = $1`, [`invitation:${partner.partnership.id}`])).length).toBe(1);
  });

  test('an order that is not decided on, or no longer runs, changes nothing', async () => {
    const partner = await aNewPartner();
    const { order } = await anOrderOf(stage, partner);
    const over = await anOrderOf(stage, partner, { status: 'closed' }, { status: 'done' });
    const decided = { workOrderId: order.id, decision: 'take_back' };
    for (const orders of [[], [decided, { workOrderId: over.order.id, decision: 'finish' }], [decided, decided]]) {
      expect(await end(partner, { endsOn: today(), orders })).toMatchObject({ status: 409, body: { code: 'orders_changed' } });
    }
    expect(await end(partner, { endsOn: today(), orders: [{ ...decided, decision: 'hand_on' }] })).toMatchObject({ status: 409, body: { code: 'no_next_firm' } });
    expect(await end(partner, { endsOn: today(), orders: [{ ...decided, decision: 'hand_on', firmId: partner.partnership.firmId }] })).toMatchObject({ status: 422 });
    expect(await end(partner, { endsOn: addDays(today(), -1), orders: [decided] })).toMatchObject({ status: 422, body: { code: 'date_in_past' } });
    expect(await partnershipOf(partner)).toMatchObject({ status: 'accepted', ends_on: null });
    expect(await mailsOf(stage.api, partner.partnership.id)).toEqual([]);
  });

  test('a firm that can not be asked leaves everything as it was', async () => {
    const partner = await aNewPartner();
    const blocked = await aFirm(stage.api.orm, stage.client.organisation.id, { standing: 'blocked' });
    const first = await anOrderOf(stage, partner);
    const second = await anOrderOf(stage, partner);
    const orders = [{ workOrderId: first.order.id, decision: 'take_back' }, { workOrderId: second.order.id, decision: 'hand_on', firmId: blocked.id }];
    expect(await end(partner, { endsOn: today(), orders })).toMatchObject({ status: 409, body: { code: 'firm_blocked' } });
    expect(await assignmentOf(first.assignment?.id ?? '')).toMatchObject({ status: 'accepted' });
  });
});

describe('who may end it, and take that back', () => {
  test('of the client its administrators, of the partner its own; a coordinator of neither', async () => {
    const partner = await aNewPartner();
    expect((await asClient(stage, 'coordinator')('POST', one(partner, '/end'), { endsOn: today(), orders: [] })).status).toBe(403);
    expect((await asClient(stage, 'coordinator')('GET', one(partner, '/ending'))).status).toBe(200);
    expect((await asPartner(stage, partner, 'coordinator')('POST', '/partnership/end', { endsOn: today() })).status).toBe(403);
    expect((await asPartner(stage, partner, 'admin')('POST', one(partner, '/end'), { endsOn: today(), orders: [] })).status).toBe(404);
    expect((await asPartner(stage, partner, 'admin')('POST', '/partnership/keep', {})).status).toBe(409);
  });

  test('the partner ends it: its work is to be finished, the client is told; only the partner takes it back', async () => {
    const partner = await aNewPartner();
    const { order, assignment } = await anOrderOf(stage, partner);
    const endsOn = addDays(today(), 30);
    expect(await asPartner(stage, partner, 'admin')('POST', '/partnership/end', { endsOn, reason: 'Zu weit weg', orders: [{ workOrderId: order.id, decision: 'finish' }] })).toMatchObject({ status: 200, body: { endsOn, endedBySide: 'partner', can: { end: false, keep: true } } });
    expect(await end(partner, { endsOn: today(), orders: [{ workOrderId: order.id, decision: 'finish' }] })).toMatchObject({ status: 409, body: { code: 'ending_announced' } });
    expect((await asClient(stage)('POST', one(partner, '/keep'), {})).status).toBe(403);
    expect(await assignmentOf(assignment?.id ?? '')).toMatchObject({ status: 'accepted' });
    expect((await asPartner(stage, partner, 'admin')('POST', '/partnership/keep', {})).status).toBe(200);
    expect(await partnershipOf(partner)).toMatchObject({ status: 'accepted', ends_on: null, end_reason: null, ended_by_side: null });
    const { email } = stage.client.admin.user;
    expect(await mailsOf(stage.api, partner.partnership.id)).toEqual([`partnership-ending  ${email}`, `partnership-ending  ${email}`]);
    expect(bodyOf<{ history: { name: string }[] }>(await asClient(stage)('GET', one(partner))).history.map((event) => event.name)).toEqual(['partnership.ending', 'partnership.ending_withdrawn']);
  });

  test('nothing is taken back once the last day is over', async () => {
    const partner = await aNewPartner();
    await end(partner, { endsOn: today(), orders: [] });
    const later = new Date(stage.api.now().getTime() + 2 * 86_400_000);
    const actor = adminOf(stage.client);
    const taken = emFor(stage.api.orm, actor).transactional((em) => withdrawEnding(em, actor, partner.partnership.id, later));
    await expect(taken).rejects.toMatchObject({ code: 'changed_meanwhile' });
  });
});

describe('the partner decides on its running orders, too', () => {
  const endOwn = async (partner: PartnerCast, body: object): Promise<Answer> => asPartner(stage, partner, 'admin')('POST', '/partnership/end', body);

  test('finish, decline, give back; what is done is not given back', async () => {
    const partner = await aNewPartner();
    const finished = await anOrderOf(stage, partner, { status: 'in_progress' });
    const back = await anOrderOf(stage, partner, { status: 'accepted' });
    const unanswered = await anOrderOf(stage, partner, { status: 'assigned' }, { status: 'offered' });
    const done = await anOrderOf(stage, partner, { status: 'done' }, { status: 'done' });
    const all = [finished, back, unanswered, done];
    const asked = bodyOf<Asked>(await asPartner(stage, partner, 'admin')('GET', '/partnership/ending'));
    expect(new Set(asked.orders.map((order) => order.id))).toEqual(new Set(all.map((each) => each.order.id)));
    expect((await asPartner(stage, partner, 'coordinator')('GET', '/partnership/ending')).status).toBe(403);
    const body = (...decisions: string[]) => ({
      endsOn: today(), reason: 'Zu weit weg', orders: decisions.map((decision, at) => ({ workOrderId: all[at]?.order.id, decision })),
    });
    expect(await endOwn(partner, body('finish', 'give_back', 'give_back'))).toMatchObject({ status: 409, body: { code: 'orders_changed' } });
    expect(await endOwn(partner, body('finish', 'give_back', 'give_back', 'give_back'))).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
    expect(await partnershipOf(partner)).toMatchObject({ ends_on: null });
    expect((await endOwn(partner, body('finish', 'give_back', 'give_back', 'finish'))).status).toBe(200);
    expect(await Promise.all(all.map((each) => statusOf(each.order.id)))).toEqual(['in_progress', 'open', 'open', 'done']);
    for (const each of [back, unanswered]) {
      expect(await assignmentOf(each.assignment?.id ?? '')).toMatchObject({ status: 'declined', decline_reason: 'other', decline_note: 'Zu weit weg' });
    }
    expect(await askedOf(partner)).toEqual({ [finished.order.id]: 'partner', [done.order.id]: 'partner' });
  });
});

describe('while it ends, the client decides again', () => {
  const decide = async (partner: PartnerCast, ...orders: object[]): Promise<Answer> => asClient(stage)('POST', one(partner, '/ending'), { orders });
  const toFinish = async (workOrderId: string): Promise<number> =>
    (await stage.api.database.query(`select 1 from events where work_order_id = $1 and name = 'assignment.to_finish'`, [workOrderId])).length;

  test('whichever side ends it: what is not named stays, what was decided is not decided twice', async () => {
    const partner = await aNewPartner();
    const other = await aFirm(stage.api.orm, stage.client.organisation.id, { company: 'Rohrbau Klarbach' });
    await aContact(stage.api.orm, stage.client.organisation.id, other.id);
    const accepted = { status: 'accepted' } as const;
    const [first, second, third] = [await anOrderOf(stage, partner, accepted), await anOrderOf(stage, partner, accepted), await anOrderOf(stage, partner, accepted)];
    const kept = [first, second, third].map((each) => ({ workOrderId: each.order.id, decision: 'finish' }));
    expect((await asPartner(stage, partner, 'admin')('POST', '/partnership/end', { endsOn: addDays(today(), 10), orders: kept })).status).toBe(200);
    expect((await asClient(stage)('GET', one(partner))).body).toMatchObject({ can: { end: false, decide: true } });
    // Given out after the announcement: nobody has decided on it yet.
    const late = await anOrderOf(stage, partner);
    expect(await askedOf(partner)).toEqual({ [first.order.id]: 'partner', [second.order.id]: 'partner', [third.order.id]: 'partner', [late.order.id]: null });
    expect(await decide(partner, { workOrderId: first.order.id, decision: 'take_back' }, { workOrderId: late.order.id, decision: 'finish' })).toMatchObject({ status: 200, body: { shownStatus: 'ending' } });
    expect((await decide(partner, { workOrderId: late.order.id, decision: 'finish' })).status).toBe(200);
    expect(await toFinish(late.order.id)).toBe(1);
    expect((await decide(partner, { workOrderId: second.order.id, decision: 'hand_on', firmId: other.id })).status).toBe(200);
    expect(await askedOf(partner)).toEqual({ [third.order.id]: 'partner', [late.order.id]: 'client' });
    expect(await Promise.all([first, second, third].map((each) => statusOf(each.order.id)))).toEqual(['open', 'assigned', 'accepted']);
    // The partner's own reason is not sent back to it.
    expect(await assignmentOf(first.assignment?.id ?? '')).toMatchObject({ status: 'cancelled', cancel_reason: 'Unsere Zusammenarbeit endet.' });
    expect(await decide(partner, { workOrderId: first.order.id, decision: 'take_back' }, { workOrderId: third.order.id, decision: 'take_back' })).toMatchObject({ status: 409, body: { code: 'orders_changed' } });
    expect(await statusOf(third.order.id)).toBe('accepted');
  });

  test('of an ending that was taken back no decision is left; before and after an ending nothing is decided', async () => {
    const partner = await aNewPartner();
    const { order } = await anOrderOf(stage, partner);
    const finish = { workOrderId: order.id, decision: 'finish' };
    expect(await decide(partner, finish)).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
    expect((await end(partner, { endsOn: today(), orders: [finish] })).status).toBe(200);
    expect(await askedOf(partner)).toEqual({ [order.id]: 'client' });
    expect((await asClient(stage, 'coordinator')('POST', one(partner, '/ending'), { orders: [finish] })).status).toBe(403);
    expect((await asClient(stage)('POST', one(partner, '/keep'), {})).status).toBe(200);
    expect(await askedOf(partner)).toEqual({ [order.id]: null });
    const late = await anOrderOf(stage, partner);
    expect((await end(partner, { endsOn: today(), orders: [finish, { ...finish, workOrderId: late.order.id }] })).status).toBe(200);
    await windUp(partner);
    expect(await decide(partner, { ...finish, decision: 'take_back' })).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
  });
});

describe('after the last day', () => {
  test('accepted work is finished in the account, without assets; requests go back; then only the record is left', async () => {
    const partner = await aNewPartner();
    const asset = await anAsset(stage.api.orm, stage.client.organisation.id, stage.client.workspace.id);
    const elsewhere = await aWorkspace(stage.api.orm, stage.client.organisation.id);
    await aShare(stage.api.orm, partner, elsewhere.id);
    const work = await anOrderOf(stage, partner, { status: 'accepted', assetId: asset.id });
    const unanswered = await anOrderOf(stage, partner, { status: 'assigned' }, { status: 'offered' });
    await saying(stage, work.order, 'Schlüssel beim Hausmeister');
    const orders = [work, unanswered].map((each) => ({ workOrderId: each.order.id, decision: 'finish' }));
    expect((await end(partner, { endsOn: today(), orders })).status).toBe(200);
    const asTheirs = asPartner(stage, partner);
    expect((await asTheirs('GET', `/assets/${asset.id}`)).status).toBe(200);
    expect((await asTheirs('GET')).body).toMatchObject({ isEnded: false, endsOn: today(), endedAt: null });
    await windUp(partner);
    expect((await asTheirs('GET')).body).toMatchObject({ isEnded: false, endsOn: today(), endedAt: expect.any(String) });
    expect(await partnershipOf(partner)).toMatchObject({ status: 'accepted', ended_at: expect.any(Date) });
    expect(await row('select access from firms where id = $1', partner.partnership.firmId)).toEqual({ access: 'email' });
    expect(await statusOf(unanswered.order.id)).toBe('open');
    expect((await asTheirs('GET', `/assets/${asset.id}`)).status).toBe(404);
    expect((await asTheirs('GET', `/workspaces/${elsewhere.id}`)).status).toBe(404);
    expect((await asTheirs('POST', `/work-orders/${work.order.id}/steps`, { step: 'complete' })).status).toBe(200);
    expect((await asClient(stage)('PUT', one(partner, '/shares'), { workspaces: [{ workspaceId: elsewhere.id, scope: 'all' }] })).status).toBe(409);
    await stage.api.database.query('delete from outbox');
    expect((await asClient(stage)('POST', `/work-orders/${work.order.id}/steps`, { step: 'close' })).status).toBe(200);
    // Closing the last order calls the process, which closes the partnership.
    expect(await row(`select 1 as called from outbox where workflow_id = $1`, `invitation:${partner.partnership.id}`)).toEqual({ called: 1 });
    await windUp(partner, 'close');
    expect(await partnershipOf(partner)).toMatchObject({ status: 'ended' });
    const seen = await asTheirs('GET', `/work-orders/${work.order.id}`);
    expect(seen).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect(seen.text).toContain('Schlüssel beim Hausmeister');
    expect((await asTheirs('POST', `/work-orders/${work.order.id}/comments`, { body: 'Noch etwas', visibility: 'shared' })).status).toBe(403);
    expect((await asTheirs('GET', '/assets')).body).toMatchObject({ data: [] });
    expect(await call(stage.api, 'GET', `/accounts/${partner.partnership.id}`, { cookie: partner.own.admin.cookie })).toMatchObject({ status: 200, body: { isEnded: true } });
    const told = await stage.api.database.query<{ to_email: string }>(`select to_email from outbound_mails where partnership_id = $1 and parameters->>'news' = 'over' order by to_email`, [partner.partnership.id]);
    expect(told.map((mail) => mail.to_email)).toEqual([stage.client.admin.user.email, partner.own.admin.user.email].toSorted());
  });

  test('the firm is asked by mail again, and may be invited again', async () => {
    const partner = await aNewPartner();
    const contact = await aContact(stage.api.orm, stage.client.organisation.id, partner.partnership.firmId);
    await end(partner, { endsOn: today(), orders: [] });
    await windUp(partner);
    expect(await partnershipOf(partner)).toMatchObject({ status: 'ended' });
    const { order } = await anOrderOf(stage, null, { status: 'open' });
    const asked = await asClient(stage)('POST', `/work-orders/${order.id}/assignments`, { firmId: partner.partnership.firmId });
    expect(asked.status).toBeLessThan(300);
    expect(await row('select kind, contact_id from assignments where work_order_id = $1', order.id)).toEqual({ kind: 'email', contact_id: contact.id });
    expect((await asClient(stage)('POST', '/partnerships', { email: `wieder-${counter}@example.test`, firmId: partner.partnership.firmId })).status).toBe(201);
  });
});

describe('of two at one moment one result comes', () => {
  const actor = () => adminOf(stage.client);

  test('taken back while the partner accepts: the order is open, whoever came first', async () => {
    for (let round = 0; round < 3; round += 1) {
      const partner = await aNewPartner();
      const { order, assignment } = await anOrderOf(stage, partner, { status: 'assigned' }, { status: 'offered', answerBy: new Date(stage.api.now().getTime() + 86_400_000) });
      const theirs = partnerActor(partner);
      const input = { id: partner.partnership.id, endsOn: today(), orders: [{ workOrderId: order.id, decision: 'take_back' as const }] };
      const [ended, accepted] = await Promise.allSettled([
        emFor(stage.api.orm, actor()).transactional((em) => endPartnership(em, actor(), input, stage.api.now())),
        emFor(stage.api.orm, theirs).transactional((em) => answerAssignment(em, theirs, { assignmentId: assignment?.id ?? '', step: 'accept' }, stage.api.now())),
      ]);
      expect(ended.status).toBe('fulfilled');
      if (accepted.status === 'rejected') expect(['assignment_ended', 'given_elsewhere', 'not_found']).toContain((accepted.reason as DomainError).code);
      expect(await statusOf(order.id)).toBe('open');
      expect((await assignmentOf(assignment?.id ?? ''))['status']).toBe(accepted.status === 'fulfilled' ? 'cancelled' : 'withdrawn');
    }
  });

  test('given back by the partner while the client takes it back: the order is open, and one of the two is told so', async () => {
    for (let round = 0; round < 3; round += 1) {
      const partner = await aNewPartner();
      const { order, assignment } = await anOrderOf(stage, partner);
      const theirs = partnerActor(partner);
      expect((await end(partner, { endsOn: today(), orders: [{ workOrderId: order.id, decision: 'finish' }] })).status).toBe(200);
      const input = { id: partner.partnership.id, orders: [{ workOrderId: order.id, decision: 'take_back' as const }] };
      const answers = await Promise.allSettled([
        emFor(stage.api.orm, actor()).transactional((em) => decideOnOrders(em, actor(), input, stage.api.now())),
        emFor(stage.api.orm, theirs).transactional((em) => answerAssignment(em, theirs, { assignmentId: assignment?.id ?? '', step: 'decline', isGivenBack: true, reason: 'other' }, stage.api.now())),
      ]);
      const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as DomainError).code] : []));
      expect(refused).toHaveLength(1);
      expect(['orders_changed', 'step_not_allowed', 'assignment_ended', 'not_found']).toContain(refused[0]);
      expect(await statusOf(order.id)).toBe('open');
      expect((await assignmentOf(assignment?.id ?? ''))['status']).toBe(answers[0].status === 'fulfilled' ? 'cancelled' : 'declined');
    }
  });

  test('assigned while it ends: it is decided on, or the end is asked again', async () => {
    for (let round = 0; round < 3; round += 1) {
      const partner = await aNewPartner();
      const { order } = await anOrderOf(stage, null, { status: 'open' });
      const [ended, assigned] = await Promise.allSettled([
        emFor(stage.api.orm, actor()).transactional((em) => endPartnership(em, actor(), { id: partner.partnership.id, endsOn: today(), orders: [] }, stage.api.now())),
        emFor(stage.api.orm, actor()).transactional((em) => assignWork(em, actor(), { workOrderId: order.id, firmId: partner.partnership.firmId }, stage.api.now())),
      ]);
      expect(assigned.status).toBe('fulfilled');
      if (ended.status === 'rejected') expect((ended.reason as DomainError).code).toBe('orders_changed');
      // Whatever was first: nobody is bound to a partnership that is over.
      if (ended.status === 'rejected') await end(partner, { endsOn: today(), orders: [{ workOrderId: order.id, decision: 'finish' }] });
      await windUp(partner);
      expect(await statusOf(order.id)).toBe('open');
      expect(await partnershipOf(partner)).toMatchObject({ status: 'ended' });
    }
  });
});
