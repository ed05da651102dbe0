import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { requestReminder } from '#db/assignments/steering.ts';
import { newId } from '#db/columns.ts';
import { carryOutOperatorsDecision, countHeldReminders, decideAllHeldReminders, decideHeldReminders } from '#db/mails/held-reminders.ts';
import { emFor, systemEm } from '#db/orm.ts';
import type { OperatorActor } from '#domain/actors.ts';
import { asCoordinator, askFirm, openStage, until, type Asked, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  await stage.query(`delete from outbound_mails where cause = 'test'`);
  await stage.query('update organisations set reminders_released_until = null');
  await stage.query('update installation set reminders_released_until = null, held_reminders_decision = null');
});
afterAll(() => stage?.close());

type Mail = { id: string; status: string; status_reason: string | null };
const reminderOf = async ({ assignment }: Asked): Promise<Mail | undefined> =>
  (await stage.query<Mail>(`select id, status, status_reason from outbound_mails where template = 'reminder' and assignment_id = $1`, [assignment.id]))[0];
const processOf = async ({ id }: Mail): Promise<{ step: string; ended: boolean } | undefined> =>
  (await stage.query<{ step: string; ended: boolean }>('select step, ended_at is not null as ended from processes where workflow_id = $1', [`mail:${id}`]))[0];

/** More reminders than any hour before has seen, and one more that is asked for. */
async function aHeldReminder(): Promise<{ asked: Asked; mail: Mail }> {
  const { id: organisationId } = stage.cast.organisation;
  await stage.query(
    `insert into outbound_mails (id, organisation_id, template, parameters, to_email, locale, cause, status, created_at, sending_since)
     select gen_random_uuid(), $1, 'reminder', '{}', 'x@firma.example', 'de-DE', 'test', 'sent', now(), now() - interval '1 minute' from generate_series(1, 30)`, [organisationId]);
  const asked = await askFirm(stage);
  await until('the request to arrive', async () => (await stage.query(`select 1 from assignments where id = $1 and delivered_at is not null`, [asked.assignment.id])).length > 0);
  await asCoordinator(stage, (em) => requestReminder(em, stage.coordinator, { assignmentId: asked.assignment.id }, new Date()));
  const mail = await until('the reminder to be held', async () => {
    const found = await reminderOf(asked);
    return found?.status_reason === 'flood' && (await processOf(found))?.step === 'held' && found;
  });
  return { asked, mail };
}

const held = () => systemEm(stage.orm, stage.cast.organisation.id).transactional((em) => countHeldReminders(em, stage.cast.organisation.id));

test('an unusual flood is held and asked about; who lets it go has it sent, and the next ones of the hour pass', async () => {
  const { asked } = await aHeldReminder();
  expect(await held()).toEqual({ count: 1, since: expect.any(Date) });
  expect(await stage.query(`select 1 from events where name = 'reminders.held'`)).toHaveLength(1);
  const request = await stage.mailbox.mailTo(asked.contact.email);
  expect(await asCoordinator(stage, (em) => decideHeldReminders(em, stage.coordinator, 'release', new Date()))).toBe(1);
  await stage.mailbox.mailTo(asked.contact.email, { since: request });
  expect(await held()).toMatchObject({ count: 0 });
  const next = await askFirm(stage);
  const first = await stage.mailbox.mailTo(next.contact.email);
  await asCoordinator(stage, (em) => requestReminder(em, stage.coordinator, { assignmentId: next.assignment.id }, new Date()));
  await stage.mailbox.mailTo(next.contact.email, { since: first });
});

test('who drops a flood has none of it sent, its processes end, and the log says why', async () => {
  const { mail } = await aHeldReminder();
  expect(await asCoordinator(stage, (em) => decideHeldReminders(em, stage.coordinator, 'drop', new Date()))).toBe(1);
  await until('its process to end', async () => (await processOf(mail))?.ended);
  expect(await stage.query('select status, status_reason from outbound_mails where id = $1', [mail.id])).toEqual([{ status: 'skipped', status_reason: 'dropped' }]);
  expect(await asCoordinator(stage, (em) => decideHeldReminders(em, stage.coordinator, 'drop', new Date()))).toBe(0);
  expect(await stage.query(`select data from events where name = 'reminders.decided' order by occurred_at desc limit 1`)).toEqual([{ data: { decision: 'drop', count: 1 } }]);
});

test('a technician decides nothing', async () => {
  const technician = { ...stage.coordinator, userId: stage.cast.technician.user.id, role: 'technician' } as const;
  await expect(asCoordinator(stage, (em) => decideHeldReminders(em, technician, 'release', new Date()))).rejects.toMatchObject({ code: 'forbidden' });
});

test('an operator decides for everybody: the worker carries it out once and forgets it', async () => {
  const { mail, asked } = await aHeldReminder();
  const operator: OperatorActor = { kind: 'operator', userId: newId() };
  const request = await stage.mailbox.mailTo(asked.contact.email);
  await emFor(stage.orm, operator).transactional((em) => decideAllHeldReminders(em, operator, 'release', new Date()));
  expect(await carryOutOperatorsDecision(stage.orm, new Date())).toBe(1);
  await stage.mailbox.mailTo(asked.contact.email, { since: request });
  expect(await carryOutOperatorsDecision(stage.orm, new Date())).toBe(0);
  expect(await stage.query('select held_reminders_decision as decision, held_reminders_decided_by_user_id as by from installation')).toEqual([{ decision: null, by: operator.userId }]);
  await until('its process to end', async () => (await processOf(mail))?.ended);
});
