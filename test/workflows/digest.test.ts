import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answerAssignment } from '#db/assignments/answer.ts';
import { addComment } from '#db/comments/commands.ts';
import { addObserver } from '#db/observers/commands.ts';
import { openFileRequest, fulfilFileRequest } from '#db/file-requests/commands.ts';
import { storeAttachment } from '#db/attachments/commands.ts';
import { bytesOf, storeFile } from '#db/attachments/store-file.ts';
import { systemEm } from '#db/orm.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { asCoordinator, askFirm, endOf, openStage, type Stage, until } from './stage.ts';

const DAY_MS = 86_400_000;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('several messages within a while are one mail per recipient, and nobody gets their own', async () => {
  const { order, contact, assignment } = await askFirm(stage);
  await asCoordinator(stage, (em) => answerAssignment(em, stage.coordinator, { assignmentId: assignment.id, step: 'accept', contactId: contact.id }, new Date()));
  await asCoordinator(stage, (em) => addObserver(em, stage.coordinator, { workOrderId: order.id, email: 'mieterin@haus.example', name: 'Ida Berg' }, new Date()));
  await stage.mailbox.mailTo(contact.email, { tag: 'acceptance-confirmed' });
  // However long this takes here, nobody sends before the last is written.
  await stage.stopWorkers();
  for (const body of ['Schlüssel liegt bereit.', 'Bitte hinten parken.', 'intern']) {
    await asCoordinator(stage, (em) => addComment(em, stage.coordinator, { workOrderId: order.id, visibility: body === 'intern' ? 'internal' : 'shared', body }, new Date()));
  }
  await stage.startWorkers();
  const digest = await stage.mailbox.mailTo(contact.email, { tag: 'comment-digest' });
  expect(digest.text).toContain('Schlüssel liegt bereit.');
  expect(digest.text).toContain('Bitte hinten parken.');
  expect(digest.text).not.toContain('intern');
  const observers = await stage.mailbox.mailTo('mieterin@haus.example', { tag: 'comment-digest' });
  expect(observers.text).toContain('/o/');
  expect(observers.text).not.toContain(contact.email);
  expect(await stage.query(`select 1 from digest_items where recipient = $1`, [`user:${stage.coordinator.userId}`])).toEqual([]);
  expect(await stage.mailbox.mailsNow(contact.email, { tag: 'comment-digest' })).toHaveLength(1);
});

test('a file request reminds once and ends after 14 days', async () => {
  const request = await ask();
  await forwardTo(stage.temporal, `file-request:${request.id}`, new Date(Date.now() + 4 * DAY_MS));
  await forwardTo(stage.temporal, `file-request:${request.id}`, new Date(Date.now() + 15 * DAY_MS)).catch(() => undefined);
  const mails = await stage.mailbox.mailsTo(request.toEmail, 2, { tag: 'file-too-large' });
  expect(mails).toHaveLength(2);
  expect(await endOf(stage, `file-request:${request.id}`)).toEqual({ status: 'ended' });
  expect(await stage.query('select status from file_requests where id = $1', [request.id])).toEqual([{ status: 'ended' }]);
});

test('a file request ends with its upload', async () => {
  const request = await ask();
  const system = { kind: 'system', organisationId: stage.cast.organisation.id, process: 'test' } as const;
  const file = await storeFile(stage.deps.files, system.organisationId, { name: 'Video.mp4', bytes: bytesOf(Buffer.from('film')), limitBytes: 1000 });
  await systemEm(stage.orm, system.organisationId).transactional(async (em) => {
    const { id } = await storeAttachment(em, system, { workOrderId: request.workOrderId, file, visibility: 'shared', commentId: request.commentId }, new Date());
    await em.flush();
    await fulfilFileRequest(em, system, { fileRequestId: request.id, attachmentId: id, name: 'Video.mp4' }, new Date());
  });
  expect(await endOf(stage, `file-request:${request.id}`)).toEqual({ status: 'fulfilled' });
});

async function ask() {
  const { order, contact, assignment } = await askFirm(stage);
  await stage.mailbox.mailTo(contact.email);
  const system = { kind: 'system', organisationId: stage.cast.organisation.id, process: 'test' } as const;
  const request = await systemEm(stage.orm, system.organisationId).transactional(async (em) => {
    const comment = await addComment(em, system, { workOrderId: order.id, visibility: 'shared', body: 'Film anbei' }, new Date());
    await em.flush();
    return openFileRequest(em, system, {
      organisationId: system.organisationId, workOrder: order, commentId: comment.id, assignmentId: assignment.id, observerId: null, contactId: contact.id,
      toEmail: contact.email, files: [{ name: 'Video.mp4', size: 30_000_000 }],
    }, new Date());
  });
  await until('its process', async () => (await stage.query(`select 1 from processes where workflow_id = $1`, [`file-request:${request.id}`])).length > 0);
  return request;
}
