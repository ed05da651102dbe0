import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Assignment, ReplyAddress } from '#db/assignments/entity.ts';
import { replyKeyFor } from '#db/assignments/links.ts';
import { newId } from '#db/columns.ts';
import { MailReference } from '#db/mails/entity.ts';
import { findMails } from '#db/mails/log-queries.ts';
import { findHeldMails } from '#db/mails/review-queries.ts';
import { insideOf } from '#db/mails/inside.ts';
import { systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Inside } from '#domain/mail/matching.ts';
import { type PartnerCast } from '../support/partners.ts';
import { askLift } from './ask-lift.ts';
import { as, fixture, type Json, type MailStage, NOW, openMailStage, REPLY_KEY, SENT_MESSAGE_ID, withHeaders } from './stage.ts';

/** What answers a mail on a partner's own matters never comes before its client, whoever wrote it. */
let stage: MailStage;
let lift: PartnerCast;
let order: WorkOrder;
let assignment: Assignment;

beforeAll(async () => {
  stage = await openMailStage();
});
beforeEach(async () => {
  ({ lift, order, assignment } = await askLift(stage, { number: 'M-2026-00042', responsibleUserId: stage.cast.coordinator.user.id }));
  await stage.query('delete from digest_items');
});
afterEach(() => stage.query('truncate partnerships, work_orders, inbound_mails, mail_references, reply_addresses cascade'));
afterAll(() => stage?.close());

async function sent(inside: Inside, key = REPLY_KEY): Promise<void> {
  await systemEm(stage.orm, order.organisationId).transactional(async (em) => {
    const target = { organisationId: order.organisationId, workOrderId: order.id, assignmentId: assignment.id, partnershipId: lift.partnership.id, userId: person().id, inside, createdAt: NOW };
    em.create(ReplyAddress, { id: newId(), key, ...target });
    em.create(MailReference, { messageId: SENT_MESSAGE_ID, ...target });
  });
}

const PROVED = 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS';

function replyFrom(email: string, body: string, proof: 'pass' | 'fail' = 'pass'): Json {
  const json = fixture('gmail-accept', { From: email, FromName: 'Jemand', FromFull: { Email: email, Name: 'Jemand', MailboxHash: '' }, TextBody: body, HtmlBody: '', StrippedTextReply: body });
  const headers = proof === 'pass'
    ? { 'Received-SPF': `pass (allowed) envelope-from=${email}`, 'X-Spam-Tests': PROVED }
    : { 'Received-SPF': `fail (not allowed) envelope-from=${email}`, 'X-Spam-Tests': 'SPF_FAIL' };
  return withHeaders(json, { ...headers, 'Message-ID': `<${newId()}@sender.example>` });
}

const person = () => lift.own.coordinator.user;
const comments = () => stage.query<Record<string, unknown>>('select author_user_id, author_organisation_id, visibility, unverified_sender from comments where work_order_id = $1', [order.id]);
const inbound = async () => (await stage.query<Record<string, unknown>>('select status, reason, is_internal from inbound_mails'))[0];
/** What the client's office finds in its log and under *to review*. */
async function shownToClient(): Promise<number> {
  return as(stage.orm, stage.coordinator, async (em) => {
    const log = await findMails(em, stage.coordinator, { page: 1, perPage: 50, order: 'DESC', filter: { direction: 'in' }, now: NOW });
    const held = await findHeldMails(em, stage.coordinator, { page: 1, perPage: 50, sort: { by: 'receivedAt', order: 'DESC' } });
    return log.data.length + held.data.length;
  });
}
const clientsNews = () => stage.query(`select 1 from events where work_order_id = $1 and name in ('comment.added', 'attachment.added', 'observer.added', 'file_request.opened') and author_organisation_id is distinct from $2`, [order.id, lift.own.organisation.id]);

const INSIDE = { author_user_id: null, visibility: 'internal' };

test.each(['work', 'words'] as const)('a stranger\'s answer to a mail on a partner\'s own %s stands among the partner\'s internal messages, marked, and nowhere at the client', async (inside) => {
  await sent(inside);
  await stage.receive(replyFrom('jemand@anderswo.example', 'ANNEHMEN'));
  expect(await comments()).toEqual([{ ...INSIDE, author_organisation_id: lift.own.organisation.id, unverified_sender: 'jemand@anderswo.example' }]);
  expect(await inbound()).toMatchObject({ status: 'processed', is_internal: true });
  expect(await shownToClient()).toBe(0);
  expect(await clientsNews()).toEqual([]);
  expect((await stage.query<{ status: string; proposed_answer: unknown }>('select status, proposed_answer from assignments where id = $1', [assignment.id]))[0]).toEqual({ status: 'offered', proposed_answer: null });
});

test('forged, it is marked there, too, in nobody\'s name; a copy proposes nobody to the client', async () => {
  await sent('words');
  await stage.receive({ ...replyFrom(person().email, 'Rechnung steht noch aus', 'fail'), CcFull: [{ Email: 'dritte@anderswo.example', Name: 'Dritte', MailboxHash: '' }] });
  expect(await comments()).toMatchObject([{ ...INSIDE, unverified_sender: person().email }]);
  expect(await shownToClient()).toBe(0);
  expect(await stage.query('select 1 from observers where work_order_id = $1', [order.id])).toEqual([]);
});

test('whoever has left the partner is heard by the partner alone; where it sees the order no more, by nobody', async () => {
  await sent('work');
  await stage.query('update memberships set removed_at = now() where user_id = $1', [person().id]);
  await stage.receive(replyFrom(person().email, 'Schlüssel liegt noch bei mir'));
  expect(await comments()).toMatchObject([INSIDE]);
  await stage.query('delete from workspace_shares');
  await stage.receive(replyFrom(person().email, 'Noch etwas'));
  expect(await comments()).toHaveLength(1);
  expect(await stage.query(`select status, reason, is_internal from inbound_mails where status = 'rejected'`)).toEqual([{ status: 'rejected', reason: 'may_not_comment', is_internal: true }]);
  expect(await shownToClient()).toBe(0);
});

test('an absence note to it is none of the client\'s', async () => {
  await sent('words');
  await stage.receive(withHeaders(replyFrom(person().email, 'Ich bin im Urlaub'), { 'Auto-Submitted': 'auto-replied', Subject: 'Abwesenheit' }));
  expect(await inbound()).toMatchObject({ status: 'automatic', is_internal: true });
  expect(await shownToClient()).toBe(0);
});

test('the partner\'s own people speak to the client by answering what was given to them, and among themselves by answering what was said there', async () => {
  await sent('work');
  await stage.receive(replyFrom(person().email, 'Wir kommen um acht'));
  expect(await comments()).toMatchObject([{ author_user_id: person().id, visibility: 'shared' }]);
  expect(await inbound()).toMatchObject({ is_internal: false });
  await stage.query('truncate inbound_mails, comments, reply_addresses, mail_references cascade');
  await sent('words');
  await stage.receive(replyFrom(person().email, 'Zu teuer'));
  expect(await comments()).toMatchObject([{ author_user_id: person().id, visibility: 'internal' }]);
  expect(await shownToClient()).toBe(0);
});

test('a reply address remembers what its mail told: another one for a partner\'s own matters', async () => {
  const { organisationId } = order;
  const mail = { id: newId(), organisationId, partnershipId: lift.partnership.id };
  await systemEm(stage.orm, organisationId).transactional(async (em) => {
    expect(await Promise.all(['internal-assignment', 'nudge', 'assignment'].map((template) => insideOf(em, { ...mail, template })))).toEqual(['work', 'work', null]);
    expect(await insideOf(em, { ...mail, partnershipId: null, template: 'nudge' })).toBeNull();
    const of = { organisationId, workOrderId: order.id, assignmentId: assignment.id, partnershipId: lift.partnership.id, userId: person().id };
    const open = await replyKeyFor(em, of, NOW);
    await em.flush();
    const kept = await replyKeyFor(em, { ...of, inside: 'work' }, NOW);
    await em.flush();
    expect(kept).not.toBe(open);
    expect(await replyKeyFor(em, { ...of, inside: 'work' }, NOW)).toBe(kept);
    expect(await replyKeyFor(em, of, NOW)).toBe(open);
  });
});
