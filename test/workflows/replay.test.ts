import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { newId } from '#db/columns.ts';
import { wake } from '#db/events/wake.ts';
import { InboundMail } from '#db/mails/entity.ts';
import { systemEm } from '#db/orm.ts';
import { invitePartner } from '#db/partnerships/invite.ts';
import { answerAssignment } from '#db/assignments/answer.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import { withdrawAssignment } from '#db/assignments/steering.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { asCoordinator, askFirm, assignmentRow, endOf, openStage, reachesStep, type Stage, until } from './stage.ts';

const FOLDER = new URL('histories/', import.meta.url);
const DAY_MS = 86_400_000;
/** The most events that an assignment from request to done, with two reminders, may cost (3-goals.md). */
const MOST_EVENTS = 60;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.mailbox.change({ isDeliveryAutomatic: true }));
afterAll(() => stage?.close());

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

test.each(names)('%s replays: running processes survive a change of the workflows', async (name) => {
  const history = historyFromJSON(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
  await Worker.runReplayHistory({ workflowBundle: { codePath: process.env['WORKFLOW_BUNDLE'] ?? '' } }, history, name);
});

test('the workflow bundle stays below 2 MB', async () => {
  expect((await stat(process.env['WORKFLOW_BUNDLE'] ?? '')).size).toBeLessThan(2_000_000);
});

/** With KEEP_HISTORIES=1 the history is stored; ids in it are random, nothing in it is a person's. */
async function keep(workflowId: string, name: string): Promise<number> {
  const history = await stage.temporal.client.workflow.getHandle(workflowId).fetchHistory();
  // The machine's name has no business in the repository.
  const text = historyToJSON(history).replace(/"\d+@[^"]*"/g, '"worker"');
  expect(text).not.toMatch(/@[a-z-]+\.(?:test|example)|Kern|Reuter/);
  if (process.env['KEEP_HISTORIES']) writeFileSync(new URL(name, FOLDER), `${text}\n`);
  return realEvents(history.events ?? []);
}

type Event = { readonly eventType?: number | null | undefined };
const TYPES = proto.temporal.api.enums.v1.EventType;
/** What the skipping of time alone writes. */
const MARKS: readonly number[] = [TYPES.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED, TYPES.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED];
/** The parts of a workflow task. */
const TASK: readonly number[] = [
  TYPES.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, TYPES.EVENT_TYPE_WORKFLOW_TASK_STARTED, TYPES.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  TYPES.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT, TYPES.EVENT_TYPE_WORKFLOW_TASK_FAILED,
];
/** What a workflow task brings about; it stands right behind it. */
const EFFECTS: readonly number[] = [
  TYPES.EVENT_TYPE_MARKER_RECORDED, TYPES.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, TYPES.EVENT_TYPE_TIMER_STARTED, TYPES.EVENT_TYPE_TIMER_CANCELED,
  TYPES.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, TYPES.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, TYPES.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
];

/**
 * Without what the machine adds: marks of skipped time, and workflow tasks that bring nothing about. A slow worker asks for
 * another one of those every few seconds, a skip in mid-activity for one more.
 */
function realEvents(events: readonly Event[]): number {
  const is = (one: Event | undefined, among: readonly number[]): boolean => among.includes(one?.eventType ?? 0);
  const kept = events.filter((one) => !is(one, MARKS));
  const tasks = kept.filter((one) => is(one, TASK));
  const effective = kept.filter((one, at) => one.eventType === TYPES.EVENT_TYPE_WORKFLOW_TASK_COMPLETED && is(kept[at + 1], EFFECTS));
  return kept.length - tasks.length + effective.length * 3;
}

async function delivered(assignmentId: string): Promise<Date> {
  await reachesStep(stage, `assignment:${assignmentId}`, 'answer');
  return (await assignmentRow(stage, assignmentId))['delivered_at'] as Date;
}

test('an assignment from request to done with two reminders stays within 60 events', async () => {
  const { assignment, contact, order } = await askFirm(stage);
  const workflowId = `assignment:${assignment.id}`;
  const at = await delivered(assignment.id);
  const reminded = (count: number): Promise<unknown> => until(`${count} reminders`, async () => (await stage.query('select 1 from assignment_steps where assignment_id = $1', [assignment.id])).length >= count);
  let due = new Date(0);
  for (const count of [1, 2]) {
    // On a slow machine the clock arrives before the process has planned what comes next.
    due = await until(`step ${count} to be planned`, async () => (await stage.query<{ at: Date }>('select next_due_at as at from processes where workflow_id = $1 and next_due_at > $2', [workflowId, due]))[0]?.at);
    await forwardTo(stage.temporal, workflowId, new Date(due.getTime() + 1000));
    await reminded(count);
  }
  expect(at).toBeInstanceOf(Date);
  await asCoordinator(stage, (em) => answerAssignment(em, stage.coordinator, { assignmentId: assignment.id, step: 'accept', contactId: contact.id }, new Date()));
  await reachesStep(stage, workflowId, 'done');
  await asCoordinator(stage, (em) => stepWorkOrder(em, stage.coordinator, { workOrderId: order.id, step: 'complete' }, new Date()));
  await reachesStep(stage, workflowId, 'check');
  const untilDone = await keep(workflowId, 'assignment-reminded-accepted-done.json');
  await asCoordinator(stage, (em) => stepWorkOrder(em, stage.coordinator, { workOrderId: order.id, step: 'close' }, new Date()));
  expect(await endOf(stage, workflowId)).toEqual({ status: 'done' });
  await keep(workflowId, 'assignment-closed.json');
  const [mail] = await stage.query<{ id: string }>('select id from outbound_mails where assignment_id = $1 order by created_at limit 1', [assignment.id]);
  await keep(`mail:${mail!.id}`, 'mail-sent.json');
  expect(untilDone).toBeLessThanOrEqual(MOST_EVENTS);
});

test('a withdrawn assignment ends normally, and so does a mail that had to be asked about', async () => {
  await stage.mailbox.change({ isDeliveryAutomatic: false });
  await stage.mailbox.orderFault({ kind: 'cut_after_accept', to: 'abgerissen@firma.example' });
  const { assignment, contact } = await askFirm(stage, { contact: { email: 'abgerissen@firma.example' } });
  await stage.mailbox.mailTo(contact.email);
  const mail = await until('unclear', async () => (await stage.query<{ id: string }>(`select id from outbound_mails where assignment_id = $1 and status in ('unclear', 'sent')`, [assignment.id]))[0]);
  await forwardTo(stage.temporal, `mail:${mail.id}`, new Date(Date.now() + 12_000)).catch(() => undefined);
  await endOf(stage, `mail:${mail.id}`);
  await keep(`mail:${mail.id}`, 'mail-unclear-then-found.json');
  await stage.mailbox.change({ isDeliveryAutomatic: true });
  await asCoordinator(stage, (em) => withdrawAssignment(em, stage.coordinator, { assignmentId: assignment.id, reason: 'no_longer_needed' }, new Date()));
  expect(await endOf(stage, `assignment:${assignment.id}`)).toEqual({ status: 'withdrawn' });
  await keep(`assignment:${assignment.id}`, 'assignment-withdrawn.json');
});

test('an inbound mail, a digest and a file request leave short histories', async () => {
  const { contact, order } = await askFirm(stage);
  const mail = await stage.mailbox.mailTo(contact.email);
  const { id: organisationId } = stage.cast.organisation;
  const id = newId();
  const json = {
    MessageID: id, From: contact.email, FromFull: { Email: contact.email, Name: 'P. K.' }, ToFull: [], CcFull: [], Subject: `Re: ${mail.subject}`, TextBody: 'Film anbei', HtmlBody: '',
    OriginalRecipient: /<([^>]+)>/.exec(mail.replyTo ?? '')?.[1] ?? mail.replyTo, Headers: [{ Name: 'X-Spam-Tests', Value: 'DKIM_VALID_AU' }],
    Attachments: [{ Name: 'Film.mp4', Content: '', ContentType: 'video/mp4', ContentLength: 30_000_000, ContentID: '' }],
  };
  await stage.deps.files.put(`inbound/${id}.json`, JSON.stringify(json));
  await systemEm(stage.orm).transactional(async (em) => {
    em.create(InboundMail, { id, organisationId: null, providerId: id, rawKey: `inbound/${id}.json`, size: 2, receivedAt: new Date() });
    wake(em, { kind: 'inbound', ids: [id], organisationId: null }, new Date());
  });
  const inbound = await until('the inbound process', async () => (await stage.query('select 1 from processes where workflow_id = $1', [`inbound:${id}`])).length > 0 && `inbound:${id}`);
  expect(await endOf(stage, inbound)).toEqual({ status: 'processed' });
  await keep(inbound, 'inbound-processed.json');
  await stage.mailbox.mailTo(contact.email, { tag: 'file-too-large' });
  const [request] = await stage.query<{ id: string }>('select id from file_requests where organisation_id = $1', [organisationId]);
  await forwardTo(stage.temporal, `file-request:${request!.id}`, new Date(Date.now() + 15 * DAY_MS)).catch(() => undefined);
  await endOf(stage, `file-request:${request!.id}`);
  await keep(`file-request:${request!.id}`, 'file-request-ended.json');
  const digest = `digest:${order.id}:user:${stage.coordinator.userId}`;
  await until('the digest', async () => (await stage.query('select 1 from processes where workflow_id = $1', [digest])).length > 0);
  expect(await endOf(stage, digest)).toEqual({ status: 'told' });
  await keep(digest, 'digest-told.json');
});

test('an invitation that is reminded of and expires ends normally', async () => {
  const actor = { ...stage.coordinator, userId: stage.cast.admin.user.id, role: 'admin' as const };
  const input = { email: 'partner@firma.example', company: 'Aufzug Nord', workspaceIds: [] };
  const { id, validUntil } = await asCoordinator(stage, (em) => invitePartner(em, actor, input, new Date()));
  await reachesStep(stage, `invitation:${id}`, 'answer');
  await forwardTo(stage.temporal, `invitation:${id}`, new Date(validUntil.getTime() + DAY_MS)).catch(() => undefined);
  expect(await endOf(stage, `invitation:${id}`)).toEqual({ status: 'expired' });
  await keep(`invitation:${id}`, 'invitation-reminded-expired.json');
});

test('a silent assignment escalates up to its last step and then waits for a person', async () => {
  const { assignment } = await askFirm(stage);
  const at = await delivered(assignment.id);
  await forwardTo(stage.temporal, `assignment:${assignment.id}`, new Date(at.getTime() + 14 * DAY_MS));
  await until('a person', async () => (await stage.query(`select 1 from processes where workflow_id = $1 and step = 'person' and needs_attention`, [`assignment:${assignment.id}`])).length > 0);
  await keep(`assignment:${assignment.id}`, 'assignment-silent.json');
});
