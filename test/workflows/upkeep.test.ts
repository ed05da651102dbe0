import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '#activities/create.ts';
import { addComment } from '#db/comments/commands.ts';
import { newId } from '#db/columns.ts';
import { fileKey } from '#db/files.ts';
import { InboundMail } from '#db/mails/entity.ts';
import { systemEm } from '#db/orm.ts';
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

test('a mail that nobody claimed for 90 days loses its words, not its trace', async () => {
  const { id: organisationId } = stage.cast.organisation;
  const id = newId();
  await stage.deps.files.put(`inbound/${id}.json`, '{}');
  await systemEm(stage.orm, organisationId).transactional(async (em) => {
    em.create(InboundMail, { id, organisationId, providerId: id, rawKey: `inbound/${id}.json`, size: 2, status: 'held', subject: 'Frage', receivedAt: new Date(Date.now() - 91 * DAY_MS) });
  });
  const { upkeep } = createActivities(stage.deps);
  expect(await new MockActivityEnvironment().run(upkeep, new Date().toISOString())).toMatchObject({ heldMails: 1 });
  expect(await stage.query('select status, reason, subject from inbound_mails where id = $1', [id])).toEqual([{ status: 'rejected', reason: 'too_old', subject: null }]);
  expect(await stage.deps.files.has(`inbound/${id}.json`)).toBe(false);
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
