import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answerAssignment } from '#db/assignments/answer.ts';
import { newId } from '#db/columns.ts';
import { EscalationPolicyRow } from '#db/organisations/entity.ts';
import { systemEm } from '#db/orm.ts';
import { DEFAULT_POLICY, type EscalationPolicy } from '#domain/escalation/policy.ts';
import { LOOK_AGAIN_SIGNAL } from '#domain/processes.ts';
import { aContact, aFirm } from '../support/builders.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { asCoordinator, askFirm, assignmentRow, endOf, openStage, reachesStep, type Stage } from './stage.ts';

const DAY_MS = 86_400_000;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await systemEm(stage.orm, stage.cast.organisation.id).transactional(async (em) => {
    em.create(EscalationPolicyRow, { id: newId(), organisationId: stage.cast.organisation.id, policy: HANDS_ON, updatedAt: new Date() });
  });
});
afterAll(() => stage?.close());

/** The default with the work handed on after silence. */
const HANDS_ON: EscalationPolicy = {
  ...DEFAULT_POLICY,
  perPriority: { ...DEFAULT_POLICY.perPriority, normal: DEFAULT_POLICY.perPriority.normal.map((step) => (step.action === 'offer_next' ? { ...step, isEnabled: true } : step)) },
};

/** Until the assignment's process has seen the delivery, so that its clock may run. */
async function ready(assignmentId: string): Promise<Date> {
  await reachesStep(stage, `assignment:${assignmentId}`, 'answer');
  return (await assignmentRow(stage, assignmentId))['delivered_at'] as Date;
}

async function nextDue(assignmentId: string): Promise<Date> {
  const [row] = await stage.query<{ next_due_at: Date }>('select next_due_at from processes where workflow_id = $1', [`assignment:${assignmentId}`]);
  if (!row?.next_due_at) throw new Error('nothing is due');
  return row.next_due_at;
}

test('after silence the work goes to the next firm, which is asked by mail, and the first is told', async () => {
  const organisationId = stage.cast.organisation.id;
  const second = await aFirm(stage.orm, organisationId, { company: 'Lack & Farbe KG' });
  const contact = await aContact(stage.orm, organisationId, second.id);
  const first = await askFirm(stage, { nextFirmIds: [second.id] });
  const at = await ready(first.assignment.id);
  await forwardTo(stage.temporal, `assignment:${first.assignment.id}`, new Date(at.getTime() + 12 * DAY_MS)).catch(() => undefined);
  const mail = await stage.mailbox.mailTo(contact.email);
  expect(mail.subject).toContain(first.order.number);
  const over = await stage.mailbox.mailTo(first.contact.email, { tag: 'withdrawal' });
  expect(over.text).not.toContain('Lack & Farbe');
  expect(await assignmentRow(stage, first.assignment.id)).toMatchObject({ status: 'expired', withdraw_reason: 'given_to_other' });
  expect(await endOf(stage, `assignment:${first.assignment.id}`)).toEqual({ status: 'expired' });
});

test('a firm that declines makes room for the next of the list at once', async () => {
  const organisationId = stage.cast.organisation.id;
  const second = await aFirm(stage.orm, organisationId, { company: 'Pinsel GmbH' });
  const contact = await aContact(stage.orm, organisationId, second.id);
  const first = await askFirm(stage, { nextFirmIds: [second.id] });
  await asCoordinator(stage, (em) => answerAssignment(em, stage.coordinator, { assignmentId: first.assignment.id, step: 'decline', contactId: first.contact.id }, new Date()));
  await stage.mailbox.mailTo(contact.email);
  expect(await stage.query('select count(*)::int as count from assignments where work_order_id = $1', [first.order.id])).toEqual([{ count: 2 }]);
});

test('while handing on is switched off, a refusal leaves the decision to a person', async () => {
  const organisationId = stage.cast.organisation.id;
  const keep = async (policy: EscalationPolicy) =>
    systemEm(stage.orm, organisationId).transactional((em) => em.nativeUpdate(EscalationPolicyRow, { organisationId }, { policy }));
  await keep(DEFAULT_POLICY);
  const second = await aFirm(stage.orm, organisationId);
  await aContact(stage.orm, organisationId, second.id);
  const first = await askFirm(stage, { nextFirmIds: [second.id] });
  await keep(HANDS_ON);
  await asCoordinator(stage, (em) => answerAssignment(em, stage.coordinator, { assignmentId: first.assignment.id, step: 'decline', contactId: first.contact.id }, new Date()));
  expect(await endOf(stage, `assignment:${first.assignment.id}`)).toEqual({ status: 'declined' });
  expect(await stage.query('select count(*)::int as count from assignments where work_order_id = $1', [first.order.id])).toEqual([{ count: 1 }]);
});

test('an answer in the last moment wins over the step that was due, whatever the process had planned', async () => {
  const second = await aFirm(stage.orm, stage.cast.organisation.id);
  await aContact(stage.orm, stage.cast.organisation.id, second.id);
  const { assignment, contact } = await askFirm(stage, { nextFirmIds: [second.id] });
  await ready(assignment.id);
  await stage.stopWorkers();
  await asCoordinator(stage, (em) => answerAssignment(em, stage.coordinator, { assignmentId: assignment.id, step: 'accept', contactId: contact.id }, new Date()));
  await stage.startWorkers();
  await reachesStep(stage, `assignment:${assignment.id}`, 'done');
  await forwardTo(stage.temporal, `assignment:${assignment.id}`, new Date(Date.now() + 12 * DAY_MS));
  expect(await assignmentRow(stage, assignment.id)).toMatchObject({ status: 'accepted' });
  expect(await stage.query('select 1 from assignment_steps where assignment_id = $1', [assignment.id])).toEqual([]);
});

test('doubled and reordered signals change nothing: one reminder per step', async () => {
  const { assignment, contact } = await askFirm(stage);
  await ready(assignment.id);
  const handle = stage.temporal.client.workflow.getHandle(`assignment:${assignment.id}`);
  await Promise.all(Array.from({ length: 20 }, (_, n) => handle.signal(LOOK_AGAIN_SIGNAL, { eventId: String(20 - n) })));
  await forwardTo(stage.temporal, `assignment:${assignment.id}`, new Date((await nextDue(assignment.id)).getTime() + 1000));
  await Promise.all(Array.from({ length: 20 }, () => handle.signal(LOOK_AGAIN_SIGNAL, { eventId: null })));
  await stage.mailbox.mailsTo(contact.email, 2);
  expect(await stage.query('select action, outcome from assignment_steps where assignment_id = $1', [assignment.id])).toEqual([{ action: 'remind', outcome: 'done' }]);
  expect(await stage.query(`select 1 from outbound_mails where assignment_id = $1 and template = 'reminder'`, [assignment.id])).toHaveLength(1);
});

test('an emergency tells the responsible at once', async () => {
  const { assignment, order } = await askFirm(stage, { order: { priority: 'urgent' } });
  const told = await stage.mailbox.mailTo(stage.cast.coordinator.user.email, { subject: order.number });
  expect(told.text).toContain('112');
  expect(await stage.query('select action from assignment_steps where assignment_id = $1', [assignment.id])).toEqual([{ action: 'tell_responsible' }]);
});
