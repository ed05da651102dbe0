import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { answerAssignment } from '#db/assignments/answer.ts';
import { type Assignment, ReplyAddress } from '#db/assignments/entity.ts';
import { newId } from '#db/columns.ts';
import { MailReference } from '#db/mails/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { DispatchRule } from '#db/partnerships/entity.ts';
import { passOn } from '#db/partnerships/pass-on.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { partnerActor, type PartnerCast } from '../support/partners.ts';
import { askLift } from './ask-lift.ts';
import { fixture, type Json, type MailStage, NOW, openMailStage, REPLY_KEY, SENT_MESSAGE_ID, withHeaders } from './stage.ts';

let stage: MailStage;
let lift: PartnerCast;
let order: WorkOrder;
let assignment: Assignment;

beforeAll(async () => {
  stage = await openMailStage();
});
beforeEach(async () => {
  ({ lift, order, assignment } = await askLift(stage, { number: 'M-2026-00042', responsibleUserId: stage.cast.coordinator.user.id }));
});
afterEach(() => stage.query('truncate partnerships, work_orders, inbound_mails, mail_references, reply_addresses cascade'));
afterAll(() => stage?.close());

/** Our mail went to this person of the partner, or (null) to its shared mailbox. */
async function sentTo(userId: string | null): Promise<void> {
  await systemEm(stage.orm, order.organisationId).transactional(async (em) => {
    const target = { organisationId: order.organisationId, workOrderId: order.id, assignmentId: assignment.id, partnershipId: lift.partnership.id, userId, createdAt: NOW };
    em.create(ReplyAddress, { id: newId(), key: REPLY_KEY, ...target });
    em.create(MailReference, { messageId: SENT_MESSAGE_ID, ...target });
  });
}

/** A reply as the fixtures have it, from this address, proved by its server unless said. */
function replyFrom(email: string, body: string, isProved = true): Json {
  const json = fixture('gmail-accept', { From: email, FromName: 'Jonas Reuter', FromFull: { Email: email, Name: 'Jonas Reuter', MailboxHash: '' }, TextBody: body, HtmlBody: '', StrippedTextReply: body });
  const proof = isProved
    ? { 'Received-SPF': `pass (allowed) envelope-from=${email}`, 'X-Spam-Tests': 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS' }
    : { 'Received-SPF': 'none (no record)', 'X-Spam-Tests': 'HTML_MESSAGE' };
  return withHeaders(json, { ...proof, 'Message-ID': `<${newId()}@sender.example>` });
}

const comments = () => stage.query<{ author_user_id: string | null; author_organisation_id: string; assignment_id: string; visibility: string; unverified_sender: string | null }>(
  'select author_user_id, author_organisation_id, assignment_id, visibility, unverified_sender from comments where work_order_id = $1', [order.id]);
const state = async () => (await stage.query<Record<string, unknown>>('select status, answered_by_user_id, answer_door, proposed_answer from assignments where id = $1', [assignment.id]))[0];
const inbound = async () => (await stage.query<Record<string, unknown>>('select status, reason from inbound_mails'))[0];
const person = () => lift.own.coordinator.user;

test('a reply of a partner\'s person is theirs: a shared message of their side, and their step', async () => {
  await sentTo(person().id);
  await stage.receive(replyFrom(person().email, 'ANNEHMEN'));
  expect(await comments()).toEqual([{ author_user_id: person().id, author_organisation_id: lift.own.organisation.id, assignment_id: assignment.id, visibility: 'shared', unverified_sender: null }]);
  expect(await state()).toMatchObject({ status: 'accepted', answered_by_user_id: person().id, answer_door: 'mail' });
});

test.each(['coordinator', 'technician'] as const)('a word by mail does not give accepted work back: a %s is told where that is done, and nothing changes', async (role) => {
  const { user } = lift.own[role];
  await sentTo(user.id);
  const actor = partnerActor(lift, 'coordinator');
  await emFor(stage.orm, actor).transactional((em) => answerAssignment(em, actor, { assignmentId: assignment.id, step: 'accept' }, NOW));
  await emFor(stage.orm, actor).transactional((em) => passOn(em, actor, { assignmentId: assignment.id, memberUserId: lift.own.technician.user.id }, NOW));
  await stage.receive(replyFrom(user.email, 'ABLEHNEN'));
  expect(await state()).toMatchObject({ status: 'accepted', answered_by_user_id: person().id });
  expect(await stage.query(`select to_user_id, parameters->>'cause' as cause from outbound_mails where template = 'step-refused' and work_order_id = $1`, [order.id])).toEqual([{ to_user_id: user.id, cause: 'accepted_already' }]);
});

test('unproved, the message stands and its step is a proposal', async () => {
  await sentTo(person().id);
  await stage.receive(replyFrom(person().email, 'ANNEHMEN', false));
  expect(await comments()).toMatchObject([{ author_user_id: person().id }]);
  expect(await state()).toMatchObject({ status: 'offered', proposed_answer: { step: 'accept', why: 'unproven_sender', userId: person().id } });
});

test('a stranger who holds a person\'s reply address speaks in nobody\'s name and makes no step', async () => {
  await sentTo(person().id);
  await stage.receive(replyFrom('jemand@anderswo.example', 'ANNEHMEN'));
  expect(await comments()).toMatchObject([{ author_user_id: null, unverified_sender: 'jemand@anderswo.example' }]);
  expect(await state()).toMatchObject({ status: 'offered', proposed_answer: { why: 'unproven_sender' } });
});

test('whoever has left the partner says nothing any more: what they write waits for the client to look at', async () => {
  await sentTo(person().id);
  await stage.query('update memberships set removed_at = now() where user_id = $1', [person().id]);
  await stage.receive(replyFrom(person().email, 'ANNEHMEN'));
  expect(await state()).toMatchObject({ status: 'offered', answered_by_user_id: null, proposed_answer: null });
  expect(await comments()).toEqual([]);
  expect(await inbound()).toEqual({ status: 'held', reason: 'may_not_comment' });
});

test('the shared mailbox speaks for the firm, a colleague who answers from an address of their own for themselves', async () => {
  const { organisationId, id: partnershipId } = lift.partnership;
  await systemEm(stage.orm, organisationId).transactional(async (em) => {
    em.create(DispatchRule, { id: newId(), organisationId, partnershipId, authorOrganisationId: lift.own.organisation.id, email: 'dispo@treppner.example', createdAt: NOW });
  });
  await sentTo(null);
  await stage.receive(replyFrom('dispo@treppner.example', 'Wann dürfen wir hinein?'));
  await stage.receive({ ...replyFrom(person().email, 'ANNEHMEN') });
  const said = await comments();
  expect(new Set(said.map((one) => one.author_user_id))).toEqual(new Set([person().id, null]));
  expect(said.map((one) => one.author_organisation_id)).toEqual([lift.own.organisation.id, lift.own.organisation.id]);
  expect(await state()).toMatchObject({ status: 'accepted', answered_by_user_id: person().id });
});

test('a technician reports done what was given to them; what is not theirs waits for the client to look at', async () => {
  const actor = partnerActor(lift);
  const technician = lift.own.technician.user;
  await emFor(stage.orm, actor).transactional((em) => answerAssignment(em, actor, { assignmentId: assignment.id, step: 'accept' }, NOW));
  await sentTo(technician.id);
  await stage.receive(replyFrom(technician.email, 'ERLEDIGT'));
  expect(await inbound()).toEqual({ status: 'held', reason: 'may_not_comment' });
  await stage.query('truncate inbound_mails cascade');
  await emFor(stage.orm, actor).transactional((em) => passOn(em, actor, { assignmentId: assignment.id, memberUserId: technician.id }, NOW));
  await stage.receive(replyFrom(technician.email, 'ERLEDIGT'));
  expect(await state()).toMatchObject({ status: 'done' });
});

const OVER = { 'the workspace is no longer shared': 'delete from workspace_shares', 'the partnership has ended': `update partnerships set status = 'ended', ended_at = now()` };

test.each(Object.entries(OVER))('where %s, a reply is nobody\'s word or step, neither a person\'s nor the shared mailbox\'s', async (_when, sql) => {
  await stage.query(sql);
  for (const userId of [person().id, null]) {
    await sentTo(userId);
    await stage.receive(replyFrom(person().email, 'ANNEHMEN'));
    expect(await inbound()).toEqual({ status: 'held', reason: 'may_not_comment' });
    await stage.query('truncate inbound_mails, reply_addresses, mail_references cascade');
  }
  expect(await comments()).toEqual([]);
  expect(await state()).toMatchObject({ status: 'offered', answered_by_user_id: null, proposed_answer: null });
});
