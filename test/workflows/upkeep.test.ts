import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '#activities/create.ts';
import { addComment } from '#db/comments/commands.ts';
import { newId } from '#db/columns.ts';
import { fileKey } from '#db/files.ts';
import { InboundMail } from '#db/mails/entity.ts';
import { systemEm } from '#db/orm.ts';
import { aMembership, aUser } from '../support/builders.ts';
import { asCoordinator, askFirm, openStage, type Stage } from './stage.ts';

const DAY_MS = 86_400_000;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ isRunning: false });
});
afterAll(() => stage?.close());

test('files without a row go after a day, files with one stay', async () => {
  const { id: organisationId } = stage.cast.organisation;
  const key = fileKey(organisationId, 'files', newId());
  await stage.deps.files.put(key, 'lost');
  const { upkeep } = createActivities(stage.deps);
  const run = (at: Date): Promise<unknown> => new MockActivityEnvironment().run(upkeep, at.toISOString());
  expect(await run(new Date())).toMatchObject({ files: 0 });
  expect(await run(new Date(Date.now() + 2 * DAY_MS))).toMatchObject({ files: 1 });
  expect(await stage.deps.files.has(key)).toBe(false);
});

type Kept = { status: string; reason: string | null; subject: string | null };
const mailRow = async (id: string): Promise<Kept | undefined> => (await stage.query<Kept>('select status, reason, subject from inbound_mails where id = $1', [id]))[0];
const runUpkeep = async (at = new Date()): Promise<Record<string, number>> => (await new MockActivityEnvironment().run(createActivities(stage.deps).upkeep, at.toISOString())) as Record<string, number>;

/** A mail that came in some days ago, with its original. */
async function aMailIn(days: number, given: Partial<InboundMail> = {}): Promise<string> {
  const id = newId();
  const organisationId = given.organisationId === undefined ? stage.cast.organisation.id : given.organisationId;
  await stage.deps.files.put(`inbound/${id}.json`, '{}');
  await systemEm(stage.orm, organisationId).transactional(async (em) => {
    em.create(InboundMail, { id, organisationId, providerId: id, rawKey: `inbound/${id}.json`, size: 2, status: 'held', subject: 'Frage', receivedAt: new Date(Date.now() - days * DAY_MS), ...given });
  });
  return id;
}
const hasOriginal = (id: string): Promise<boolean> => stage.deps.files.has(`inbound/${id}.json`);

test('a mail that belongs to no order loses its words after 90 days, not its trace; younger ones and those of orders keep them', async () => {
  const { order } = await askFirm(stage);
  const old = await aMailIn(91);
  const answered = await aMailIn(91, { status: 'answered' });
  const kept = [await aMailIn(89), await aMailIn(91, { status: 'processed', workOrderId: order.id })];
  expect(await runUpkeep()).toMatchObject({ oldMails: 2 });
  expect(await mailRow(old)).toEqual({ status: 'rejected', reason: 'too_old', subject: null });
  expect(await mailRow(answered)).toEqual({ status: 'answered', reason: 'too_old', subject: null });
  for (const id of [old, answered]) expect(await hasOriginal(id)).toBe(false);
  for (const id of kept) expect([(await mailRow(id))?.subject, await hasOriginal(id)]).toEqual(['Frage', true]);
  expect(await runUpkeep()).toMatchObject({ oldMails: 0, recoveredMails: 0 });
});

test('a body that nobody can read is kept for 14 days for who looks for the fault', async () => {
  const unreadable = { organisationId: null, status: 'rejected', reason: 'no_json' } as const;
  const [young, old] = [await aMailIn(13, unreadable), await aMailIn(15, unreadable)];
  await runUpkeep();
  expect([await hasOriginal(young), await hasOriginal(old)]).toEqual([true, false]);
});

test('an original whose row was never written is taken in after a day, so that its mail is not lost', async () => {
  const [lost, again, broken] = [newId(), newId(), newId()];
  const known = await aMailIn(2);
  await stage.deps.files.put(`inbound/${lost}.json`, JSON.stringify({ MessageID: `provider-${lost}` }));
  await stage.deps.files.put(`inbound/${again}.json`, JSON.stringify({ MessageID: known }));
  await stage.deps.files.put(`inbound/${broken}.json`, '{"MessageID":');
  expect(await runUpkeep()).toMatchObject({ recoveredMails: 0 });
  expect(await runUpkeep(new Date(Date.now() + 25 * 3_600_000))).toMatchObject({ recoveredMails: 2 });
  expect(await mailRow(lost)).toMatchObject({ status: 'stored' });
  expect(await stage.query('select 1 from outbox where workflow_id = $1', [`inbound:${lost}`])).toHaveLength(1);
  expect(await mailRow(broken)).toMatchObject({ status: 'rejected', reason: 'no_json' });
  expect([await mailRow(again), await hasOriginal(again), await hasOriginal(known)]).toEqual([undefined, false, true]);
});

test('who wants news once a day gets one mail at seven, over all orders', async () => {
  const { cast, coordinator } = stage;
  await stage.query(`update memberships set notify_choice = 'daily' where user_id = $1`, [cast.coordinator.user.id]);
  const admin = { ...coordinator, userId: cast.admin.user.id, role: 'admin' } as const;
  const orders = [(await askFirm(stage)).order, (await askFirm(stage)).order];
  for (const order of orders) {
    await asCoordinator(stage, (em) => addComment(em, admin, { workOrderId: order.id, visibility: 'internal', body: `Bitte kümmern: ${order.number}.` }, new Date()));
  }
  const { queueDailyDigests, sendMail } = createActivities(stage.deps);
  const run = (at: string): Promise<unknown> => new MockActivityEnvironment().run(queueDailyDigests, at);
  expect(await run('2026-11-26T05:00:00Z')).toEqual({ organisations: 0, mails: 0 });
  expect(await run('2026-11-26T06:00:00Z')).toEqual({ organisations: 1, mails: 1 });
  expect(await run('2026-11-26T06:00:00Z')).toEqual({ organisations: 1, mails: 0 });
  const [row] = await stage.query<{ id: string }>(`select id from outbound_mails where template = 'daily-digest'`);
  await new MockActivityEnvironment().run(sendMail, { ids: [row!.id], organisationId: cast.organisation.id, workOrderNumber: null }, new Date().toISOString());
  const mail = await stage.mailbox.mailTo(cast.coordinator.user.email, { tag: 'daily-digest' });
  for (const order of orders) expect(mail.text).toContain(`Bitte kümmern: ${order.number}.`);
});

test('whom a note of absence named is forgotten when nobody waits for an answer any more', async () => {
  const [open, over] = [await askFirm(stage), await askFirm(stage)];
  for (const { order, assignment, contact } of [open, over]) {
    await stage.query(
      `insert into deputy_proposals (id, organisation_id, work_order_id, assignment_id, absent_contact_id, email, name, created_at)
       values (gen_random_uuid(), $1, $2, $3, $4, 'petra.lindner@firma.example', 'Petra Lindner', now())`, [stage.cast.organisation.id, order.id, assignment.id, contact.id]);
  }
  await stage.query(`update assignments set status = 'accepted' where id = $1`, [over.assignment.id]);
  expect(await runUpkeep()).toMatchObject({ deputies: 1 });
  const named = async ({ assignment }: typeof open) => (await stage.query<{ name: string | null }>('select name from deputy_proposals where assignment_id = $1', [assignment.id]))[0]?.name;
  expect([await named(open), await named(over)]).toEqual(['Petra Lindner', null]);
});

test('news for who has left are forgotten, nobody is written to, and those of others stay', async () => {
  const { cast, coordinator } = stage;
  const admin = { ...coordinator, userId: cast.admin.user.id, role: 'admin' } as const;
  const { order } = await askFirm(stage);
  await asCoordinator(stage, (em) => addComment(em, admin, { workOrderId: order.id, visibility: 'shared', body: 'Bitte kümmern.' }, new Date()));
  const untold = async (): Promise<string[]> => (await stage.query<{ kind: string }>(`select split_part(recipient, ':', 1) as kind from digest_items where work_order_id = $1 and mail_id is null order by 1`, [order.id])).map((one) => one.kind);
  expect(await untold()).toEqual(['assignment', 'user']);
  await stage.query('update memberships set removed_at = now() where user_id = $1', [cast.coordinator.user.id]);
  expect(await new MockActivityEnvironment().run(createActivities(stage.deps).queueDailyDigests, '2026-11-27T06:00:00Z')).toEqual({ organisations: 1, mails: 0 });
  expect(await runUpkeep()).toMatchObject({ untold: 1 });
  expect(await untold()).toEqual(['assignment']);
  await stage.query('update memberships set removed_at = null where user_id = $1', [cast.coordinator.user.id]);
});

test('more readers than fit into one page all get their news of the day', async () => {
  const { cast, coordinator, orm } = stage;
  const { order } = await askFirm(stage);
  const readers = await Promise.all(Array.from({ length: 60 }, async () => {
    const user = await aUser(orm);
    await aMembership(orm, cast.organisation.id, user.id, 'coordinator', { notifyChoice: 'daily' });
    return user.id;
  }));
  await stage.query(
    `insert into digest_items (id, organisation_id, work_order_id, recipient, event_id, created_at)
     select gen_random_uuid(), $1, $2, 'user:' || id, (select id from events where work_order_id = $2 limit 1), now() from unnest($3::uuid[]) as id`,
    [coordinator.organisationId, order.id, readers]);
  expect(await new MockActivityEnvironment().run(createActivities(stage.deps).queueDailyDigests, '2026-11-28T06:00:00Z')).toEqual({ organisations: 1, mails: 60 });
  expect(await stage.query(`select 1 from outbound_mails where template = 'daily-digest' and to_user_id = any($1::uuid[])`, [readers])).toHaveLength(60);
});
