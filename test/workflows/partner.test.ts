import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answerAssignment } from '#db/assignments/answer.ts';
import { assignWork } from '#db/assignments/assign.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { addComment } from '#db/comments/commands.ts';
import { emFor, type Em } from '#db/orm.ts';
import { passOn } from '#db/partnerships/pass-on.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { aWorkOrder } from '../support/builders.ts';
import { aPartner, aShare, partnerActor, type PartnerCast } from '../support/partners.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { asCoordinator, assignmentRow, openStage, reachesStep, type Stage, until } from './stage.ts';

const DAY_MS = 86_400_000;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

type Asked = { readonly lift: PartnerCast; readonly order: WorkOrder; readonly assignment: Assignment };

async function askPartner(given: Partial<WorkOrder> = {}): Promise<Asked> {
  const { orm, cast, coordinator } = stage;
  const lift = await aPartner(orm, cast, new Date());
  await aShare(orm, lift, cast.workspace.id);
  const order = await aWorkOrder(orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id, ...given });
  const assignment = await asCoordinator(stage, (em) => assignWork(em, coordinator, { workOrderId: order.id, firmId: lift.partnership.firmId }, new Date()));
  return { lift, order, assignment };
}

async function asPartner<T>({ lift }: Asked, work: (em: Em) => Promise<T>): Promise<T> {
  return emFor(stage.orm, partnerActor(lift)).transactional(work);
}

async function waitsFor(assignmentId: string, step: string): Promise<void> {
  await reachesStep(stage, `assignment:${assignmentId}`, step);
}

async function nextDue(assignmentId: string): Promise<Date> {
  const [row] = await stage.query<{ next_due_at: Date }>('select next_due_at from processes where workflow_id = $1', [`assignment:${assignmentId}`]);
  if (!row?.next_due_at) throw new Error('nothing is due');
  return row.next_due_at;
}

test('a silent partner is reminded in its people\'s mailboxes, then the responsible is told; every link leads into the portal', async () => {
  const asked = await askPartner();
  const { lift, assignment } = asked;
  await waitsFor(assignment.id, 'answer');
  const { coordinator, admin } = lift.own;
  const mail = await stage.mailbox.mailTo(coordinator.user.email);
  expect(mail.text).toContain(`http://gewerk.test/go/${lift.partnership.id}/work-orders/${asked.order.id}`);
  expect(mail.text).not.toMatch(/\/a\/|ohne Anmeldung/);
  const { delivered_at: at } = (await assignmentRow(stage, assignment.id)) as { delivered_at: Date };
  await forwardTo(stage.temporal, `assignment:${assignment.id}`, new Date(at.getTime() + 12 * DAY_MS));
  for (const one of [coordinator, admin]) await stage.mailbox.mailsTo(one.user.email, 3);
  const told = await stage.mailbox.mailTo(stage.cast.coordinator.user.email, { subject: asked.order.number });
  const steps = await stage.query<{ action: string }>(`select action from assignment_steps where assignment_id = $1 and outcome = 'done' order by at, action`, [assignment.id]);
  expect(steps.map((one) => one.action)).toEqual(['remind', 'last_reminder', 'tell_responsible']);
  expect(told.text).toContain('Treppner Aufzüge');
  expect(told.text).not.toContain(coordinator.user.email);
});

test('what a firm was asked by mail goes on in its portal once it is a partner: its people are reminded there', async () => {
  const asked = await askPartner();
  await waitsFor(asked.assignment.id, 'answer');
  // As the acceptance of an invitation leaves it: the contact of before stands beside the partnership.
  await stage.query(`with c as (insert into firm_contacts (id, organisation_id, firm_id, name, email, roles, position, created_at) values (gen_random_uuid(), $1, $2, 'Frau Alt', 'alt@treppner.test', '[]', 0, now()) returning id)
    update assignments set contact_id = c.id from c where assignments.id = $3`, [asked.order.organisationId, asked.lift.partnership.firmId, asked.assignment.id]);
  await forwardTo(stage.temporal, `assignment:${asked.assignment.id}`, new Date((await nextDue(asked.assignment.id)).getTime() + 1000));
  await stage.mailbox.mailTo(asked.lift.own.coordinator.user.email, { tag: 'reminder' });
});

test('accepted and given to nobody: the office is nudged; given to somebody, it no longer is', async () => {
  const asked = await askPartner({ dueOn: new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10) });
  const { lift, assignment } = asked;
  const actor = partnerActor(lift);
  await asPartner(asked, (em) => answerAssignment(em, actor, { assignmentId: assignment.id, step: 'accept' }, new Date()));
  await waitsFor(assignment.id, 'due_date');
  await forwardTo(stage.temporal, `assignment:${assignment.id}`, new Date((await nextDue(assignment.id)).getTime() + 1000));
  const nudge = await stage.mailbox.mailTo(lift.own.coordinator.user.email, { tag: 'nudge' });
  expect(nudge.text).toContain('noch niemand eingeteilt');
  await asPartner(asked, (em) => passOn(em, actor, { assignmentId: assignment.id, memberUserId: lift.own.technician.user.id }, new Date()));
  const given = await stage.mailbox.mailTo(lift.own.technician.user.email, { tag: 'internal-assignment' });
  expect(given.text).toContain('Jonas Reuter hat Ihnen den Auftrag');
  await until('the second nudge to go', async () => (await stage.query(`select 1 from processes where workflow_id = $1 and next_action = 'due_passed'`, [`assignment:${assignment.id}`])).length > 0);
  await forwardTo(stage.temporal, `assignment:${assignment.id}`, new Date((await nextDue(assignment.id)).getTime() + 1000));
  // Who does the work is asked whether it is done, nobody else.
  await stage.mailbox.mailTo(lift.own.technician.user.email, { tag: 'done-question' });
  const questions = await stage.query<{ to_email: string }>(`select to_email from outbound_mails where assignment_id = $1 and template in ('done-question', 'nudge')`, [assignment.id]);
  expect(questions.map((one) => one.to_email).toSorted()).toEqual([lift.own.coordinator.user.email, lift.own.technician.user.email].toSorted());
});

test('a mail that doesn\'t reach one of the partner goes to the next; with nobody left the client\'s responsible is told', async () => {
  const asked = await askPartner();
  const { lift, assignment } = asked;
  await waitsFor(assignment.id, 'answer');
  const bounced = async (email: string) => stage.mailbox.bounce(await stage.mailbox.mailTo(email));
  await bounced(lift.own.coordinator.user.email);
  await until('the first bounce', async () => (await stage.query(`select 1 from outbound_mails where assignment_id = $1 and status = 'bounced'`, [assignment.id])).length === 1);
  expect(await assignmentRow(stage, assignment.id)).toMatchObject({ bounced_at: null });
  await bounced(lift.own.admin.user.email);
  await until('nobody left', async () => (await assignmentRow(stage, assignment.id))['bounced_at'] !== null);
  const told = await stage.mailbox.mailTo(stage.cast.coordinator.user.email, { subject: asked.order.number });
  expect(told.text).toContain('Treppner Aufzüge');
});

test('news reach each side in its own words: inside stays inside, and the client reads the company\'s name', async () => {
  const asked = await askPartner();
  const { lift, assignment, order } = asked;
  const actor = partnerActor(lift, 'admin');
  await asPartner(asked, (em) => answerAssignment(em, actor, { assignmentId: assignment.id, step: 'accept' }, new Date()));
  await asPartner(asked, (em) => passOn(em, actor, { assignmentId: assignment.id, memberUserId: lift.own.technician.user.id }, new Date()));
  const say = async (visibility: 'shared' | 'internal', body: string) => asPartner(asked, (em) => addComment(em, actor, { workOrderId: order.id, visibility, body }, new Date()));
  await say('internal', 'Leiter mitnehmen');
  await say('shared', 'Wir kommen am Mittwoch');
  await asCoordinator(stage, (em) => addComment(em, stage.coordinator, { workOrderId: order.id, visibility: 'internal', body: 'Nicht zu teuer' }, new Date()));
  const theirs = await stage.mailbox.mailTo(lift.own.technician.user.email, { tag: 'comment-digest', text: 'Leiter mitnehmen' });
  expect(theirs.text).toContain('Katrin Vogt');
  const ours = await stage.mailbox.mailTo(stage.cast.coordinator.user.email, { subject: order.number, text: 'Wir kommen am Mittwoch' });
  expect(ours.text).toContain('Treppner Aufzüge:');
  const digests = await stage.query<{ to_email: string; text_body: string }>(`select to_email, text_body from outbound_mails where work_order_id = $1 and template = 'comment-digest'`, [order.id]);
  expect(digests.filter((one) => /Leiter mitnehmen/.test(one.text_body)).map((one) => one.to_email)).toEqual([lift.own.technician.user.email]);
  expect(digests.filter((one) => /Nicht zu teuer/.test(one.text_body) && one.to_email.includes(lift.own.technician.user.email))).toEqual([]);
  expect(digests.filter((one) => one.to_email === stage.cast.coordinator.user.email && /Katrin Vogt/.test(one.text_body))).toEqual([]);
});
