import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answerAssignment } from '#db/assignments/answer.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { asCoordinator, askFirm, assignmentRow, openStage, reachesStep, type Stage, until } from './stage.ts';

const DAY_MS = 86_400_000;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage?.close();
});

async function delivered(assignmentId: string): Promise<Date> {
  return until('delivery', async () => (await assignmentRow(stage, assignmentId))['delivered_at'] as Date | null);
}

test('a firm that is asked gets the mail, and its answer time runs from delivery', async () => {
  const { assignment, contact, order } = await askFirm(stage);
  const mail = await stage.mailbox.mailTo(contact.email);
  expect(mail.subject).toContain(order.number);
  await delivered(assignment.id);
  const process = await until('process row', async () => {
    const [row] = await stage.query<{ step: string; next_action: string }>(`select * from processes where workflow_id = $1 and step = 'answer'`, [`assignment:${assignment.id}`]);
    return row;
  });
  expect(process.next_action).toBe('remind');
});

test('a silent contractor is reminded once per step, then the responsible is told', async () => {
  const { assignment, contact } = await askFirm(stage);
  const at = await delivered(assignment.id);
  const workflowId = `assignment:${assignment.id}`;
  await reachesStep(stage, workflowId, 'answer');
  await forwardTo(stage.temporal, workflowId, new Date(at.getTime() + 12 * DAY_MS));
  const steps = await stage.query<{ action: string; outcome: string }>('select action, outcome from assignment_steps where assignment_id = $1 order by at', [assignment.id]);
  expect(steps).toEqual([
    { action: 'remind', outcome: 'done' },
    { action: 'last_reminder', outcome: 'done' },
    { action: 'tell_responsible', outcome: 'done' },
  ]);
  expect(await stage.mailbox.mailsTo(contact.email, 3)).toHaveLength(3);
  const told = await stage.mailbox.mailTo(stage.cast.coordinator.user.email, { subject: 'Keine Antwort' });
  expect(told.subject).toContain('Maler Kern GmbH');
});

test('an accepted order stops reminding', async () => {
  const { assignment, contact } = await askFirm(stage);
  const at = await delivered(assignment.id);
  await asCoordinator(stage, (em) => answerAssignment(em, stage.coordinator, { assignmentId: assignment.id, step: 'accept', contactId: contact.id }, new Date()));
  const workflowId = `assignment:${assignment.id}`;
  await reachesStep(stage, workflowId, 'done');
  await forwardTo(stage.temporal, workflowId, new Date(at.getTime() + 12 * DAY_MS));
  expect(await stage.query('select 1 from assignment_steps where assignment_id = $1', [assignment.id])).toEqual([]);
});
