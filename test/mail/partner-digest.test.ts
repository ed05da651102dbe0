import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { loadCommentDigestMail } from '#activities/mails/comment-digest.ts';
import { orderContext, type MailContext } from '#activities/mails/context.ts';
import { loadDailyDigestMail } from '#activities/mails/daily-digest.ts';
import { answerAssignment } from '#db/assignments/answer.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { newId } from '#db/columns.ts';
import { addComment } from '#db/comments/commands.ts';
import { addObserver } from '#db/observers/commands.ts';
import { OutboundMail } from '#db/mails/entity.ts';
import { queueMail } from '#db/mails/queue.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { passOn } from '#db/partnerships/pass-on.ts';
import { User } from '#db/users/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { LinkActor } from '#domain/actors.ts';
import { partnerActor, type PartnerCast } from '../support/partners.ts';
import { askLift } from './ask-lift.ts';
import { as, type MailStage, NOW, openMailStage } from './stage.ts';

/** News that were noted for somebody of a partner are told only while the order is there for them. */
let stage: MailStage;
let lift: PartnerCast;
let order: WorkOrder;
let assignment: Assignment;

beforeAll(async () => {
  stage = await openMailStage();
});
beforeEach(async () => {
  ({ lift, order, assignment } = await askLift(stage, { title: 'Aufzug steht' }));
  const office = partnerActor(lift);
  await emFor(stage.orm, office).transactional((em) => answerAssignment(em, office, { assignmentId: assignment.id, step: 'accept' }, NOW));
  await give(lift.own.technician.user.id);
  await as(stage.orm, stage.coordinator, (em) => addComment(em, stage.coordinator, { workOrderId: order.id, visibility: 'shared', body: 'Morgen um acht' }, NOW));
});
afterAll(() => stage?.close());

async function give(memberUserId: string | null): Promise<void> {
  const office = partnerActor(lift);
  await emFor(stage.orm, office).transactional((em) => passOn(em, office, { assignmentId: assignment.id, memberUserId }, NOW));
}

type Digest = 'comment-digest' | 'daily-digest';

/** Whether the technician's mail would tell of it now, or why not. */
async function told(template: Digest): Promise<unknown> {
  const data = await news(template);
  return 'skip' in data ? data.skip : 'told';
}

async function news(template: Digest): Promise<object> {
  return newsFor(template, lift.own.technician.user, lift.partnership.id);
}

async function newsFor(template: Digest, user: User, partnershipId: string | null): Promise<object> {
  const organisationId = order.organisationId;
  return systemEm(stage.orm, organisationId).transactional(async (em) => {
    const organisation = await em.findOneOrFail(Organisation, { id: organisationId });
    const to = { email: user.email, name: user.name, userId: user.id, locale: user.locale };
    const mail = await queueMail(em, {
      template, organisationId, partnershipId, to, party: null, cause: 'digest', ...(template === 'comment-digest' ? { workOrder: order, assignmentId: assignment.id } : {}),
    }, NOW);
    await em.flush();
    const key = partnershipId ? `partner:${partnershipId}:${user.id}` : `user:${user.id}`;
    await em.execute('update digest_items set mail_id = ? where work_order_id = ? and recipient = ?', [mail?.id ?? newId(), order.id, key]);
    const row = await em.findOneOrFail(OutboundMail, { organisationId, id: mail?.id ?? newId() });
    const context: MailContext = { em, mail: row, settings: stage.deps.settings, now: NOW, organisation, threadSubject: null, tokens: [], links: new Map() };
    return template === 'daily-digest' ? loadDailyDigestMail(context) : loadCommentDigestMail(await orderContext(context, organisation, order.id));
  });
}

const GONE: readonly [string, () => Promise<unknown>][] = [
  ['the workspace is shared no more', () => stage.query('delete from workspace_shares where partnership_id = $1', [lift.partnership.id])],
  ['the work was given to somebody else', () => give(lift.own.admin.user.id)],
  ['the request was taken back', () => stage.query(`update assignments set status = 'cancelled' where id = $1`, [assignment.id])],
];

test('of an order that is there a technician is told, at once and daily', async () => {
  expect([await told('comment-digest'), await told('daily-digest')]).toEqual(['told', 'told']);
});

test.each(GONE)('where %s since, neither mail tells of it', async (_when, go) => {
  await go();
  expect([await told('comment-digest'), await told('daily-digest')]).toEqual(['recipient_left', 'nothing_to_tell']);
});

test('whoever watches by an address alone is an observer to a partner, never that address', async () => {
  const observer = await as(stage.orm, stage.coordinator, (em) => addObserver(em, stage.coordinator, { workOrderId: order.id, email: 'mieterin@haus.test', canComment: true }, NOW));
  const actor: LinkActor = { kind: 'link', organisationId: order.organisationId, workOrderId: order.id, linkId: newId(), assignmentId: null, observerId: observer.id, contactId: null, otherName: null };
  await emFor(stage.orm, actor).transactional((em) => addComment(em, actor, { workOrderId: order.id, visibility: 'shared', body: 'Wann kommt jemand?' }, NOW));
  const said = JSON.stringify(await news('comment-digest'));
  expect(said).toMatch(/"who":"Beobachter"[^}]*Wann kommt jemand/);
  expect(said).not.toContain('mieterin');
});

test('somebody of a partner that is kept informed from now on reads who wants it so', async () => {
  await stage.query('delete from digest_items');
  const { user } = lift.own.technician;
  await stage.query(`update memberships set role = 'coordinator' where user_id = $1`, [user.id]);
  await as(stage.orm, stage.coordinator, (em) => addObserver(em, stage.coordinator, { workOrderId: order.id, partnershipId: lift.partnership.id }, NOW));
  const said = JSON.stringify(await news('comment-digest'));
  expect(said).toMatch(new RegExp(`"who":"${stage.cast.coordinator.user.name}","what":"hält Sie ab jetzt über diesen Auftrag auf dem Laufenden"`));
});

test('the client reads that accepted work was given back, and why', async () => {
  const office = partnerActor(lift);
  await stage.query('update work_orders set responsible_user_id = $1 where id = $2', [stage.coordinator.userId, order.id]);
  await emFor(stage.orm, office).transactional((em) => answerAssignment(em, office, { assignmentId: assignment.id, step: 'decline', isGivenBack: true, reason: 'no_capacity', note: 'Wir haben keine Leute mehr.' }, NOW));
  const responsible = await systemEm(stage.orm, order.organisationId).transactional((em) => em.findOneOrFail(User, { id: stage.coordinator.userId }));
  expect(await newsFor('comment-digest', responsible, null)).toMatchObject({
    changes: expect.arrayContaining([expect.objectContaining({ what: 'Nach Zusage zurückgegeben (Keine Kapazität). Wieder offen', text: 'Wir haben keine Leute mehr.' })]),
  });
});
