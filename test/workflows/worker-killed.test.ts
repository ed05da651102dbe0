import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ActivityDeps } from '#activities/deps.ts';
import type { Letter, SendAnswer } from '#activities/postmark.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { askFirm, openStage, until, type Stage } from './stage.ts';

let stage: Stage;
/** What happens to the next mail after the provider has taken it. */
let afterTaken: ((answer: SendAnswer) => Promise<SendAnswer>) | null = null;

beforeAll(async () => {
  stage = await openStage({
    deps: (deps: ActivityDeps) => ({
      ...deps,
      postmark: {
        ...deps.postmark,
        send: async (letter: Letter) => {
          const answer = await deps.postmark.send(letter);
          const act = afterTaken;
          afterTaken = null;
          return act ? act(answer) : answer;
        },
      },
    }),
  });
});
afterAll(() => stage?.close());

test('a worker that dies after the provider took a mail leaves no second mail', async () => {
  await stage.mailbox.change({ isDeliveryAutomatic: false });
  afterTaken = async () => {
    throw new Error('the process died here');
  };
  const { assignment, contact } = await askFirm(stage);
  await stage.mailbox.mailTo(contact.email);
  const { id } = await until('the broken attempt', async () => (await stage.query<{ id: string }>(`select id from outbound_mails where assignment_id = $1 and status in ('sending', 'unclear', 'sent')`, [assignment.id]))[0]);
  await until('the second attempt sees it', async () => (await stage.query(`select 1 from outbound_mails where id = $1 and status in ('unclear', 'sent')`, [id])).length > 0);
  await forwardTo(stage.temporal, `mail:${id}`, new Date(Date.now() + 15_000)).catch(() => undefined);
  const mail = await until('settled', async () => (await stage.query<{ attempts: number }>(`select attempts from outbound_mails where id = $1 and status in ('sent', 'delivered')`, [id]))[0]);
  expect(mail.attempts).toBe(1);
  expect(await stage.mailbox.mailsNow(contact.email)).toHaveLength(1);
});

test('what was asked while no worker ran is done when one returns', async () => {
  await stage.stopWorkers();
  const { assignment, contact } = await askFirm(stage);
  expect(await stage.query('select 1 from outbox where workflow_id = $1', [`assignment:${assignment.id}`])).not.toEqual([]);
  await stage.startWorkers();
  await stage.mailbox.mailTo(contact.email);
  await until('an empty outbox', async () => (await stage.query('select 1 from outbox')).length === 0);
});
