import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { appendPiece, startUpload, uploadProgress, type PieceDeps } from '#db/attachments/uploads.ts';
import { sha256Of } from '#db/files.ts';
import { emFor } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { LinkActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';

const MB = 1024 * 1024;
let api: TestApi;
let cast: Cast;
let order: WorkOrder;
let actor: LinkActor;
let deps: PieceDeps;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  actor = linkTo(order);
  deps = { files: api.deps.files, limitBytes: 5 * MB, transact: (work) => emFor(api.orm, actor).transactional(work) };
});
afterAll(() => api.stop());

function linkTo(one: WorkOrder): LinkActor {
  return { kind: 'link', organisationId: one.organisationId, workOrderId: one.id, linkId: one.id, assignmentId: null, observerId: null, contactId: null, otherName: 'Maler Huber' };
}

const start = (size: number, name = 'video.mp4') =>
  emFor(api.orm, actor).transactional((em) => startUpload(em, actor, { workOrderId: order.id, name, size, limitBytes: deps.limitBytes }, api.now()));
const send = (uploadId: string, offset: number, bytes: Uint8Array) => appendPiece(deps, actor, { uploadId, offset, bytes: Readable.from([bytes]) }, api.now());
const bytes = (length: number, seed = 1): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 31 + seed) % 251);

test('pieces become one file, byte for byte, and one attachment', async () => {
  const whole = bytes(2 * MB + 500);
  const { uploadId } = await start(whole.length);
  expect(await send(uploadId, 0, whole.subarray(0, MB))).toMatchObject({ received: MB, attachmentId: null });
  expect(await send(uploadId, MB, whole.subarray(MB, 2 * MB))).toMatchObject({ received: 2 * MB });
  const done = await send(uploadId, 2 * MB, whole.subarray(2 * MB));
  const [row] = await api.database.query<{ sha256: string; size: number; uploaded_by_name: string; door: string; visibility: string }>('select * from attachments where id = $1', [done.attachmentId]);
  expect(row).toMatchObject({ sha256: sha256Of(whole), size: whole.length, uploaded_by_name: 'Maler Huber', door: 'link', visibility: 'shared' });
  expect(await readdir(`${api.settings.FILES_DIR}/${order.organisationId}/parts`).catch(() => [])).not.toContain(uploadId);
});

test('a piece that comes twice, or leaves a gap, changes nothing: the answer says where to go on', async () => {
  const whole = bytes(MB + 10);
  const { uploadId } = await start(whole.length);
  await send(uploadId, 0, whole.subarray(0, MB));
  expect(await send(uploadId, 0, whole.subarray(0, MB))).toMatchObject({ received: MB });
  expect(await send(uploadId, MB + 5, whole.subarray(MB + 5))).toMatchObject({ received: MB, attachmentId: null });
  expect(await emFor(api.orm, actor).transactional((em) => uploadProgress(em, actor, { uploadId }, api.now()))).toMatchObject({ received: MB });
  const done = await send(uploadId, MB, whole.subarray(MB));
  expect(await send(uploadId, MB, whole.subarray(MB))).toEqual(done);
  expect(await api.database.query('select 1 from attachments where work_order_id = $1', [order.id])).toHaveLength(1);
});

test('the last piece sent twice at the same moment makes one attachment, and one object', async () => {
  const whole = bytes(1000);
  const { uploadId } = await start(whole.length, 'notiz.bin');
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(uploadId, 0, whole)));
  expect(new Set(answers.map((one) => one.attachmentId)).size).toBe(1);
  const rows = await api.database.query<{ file_key: string }>('select file_key from attachments where work_order_id = $1', [order.id]);
  expect(rows).toHaveLength(1);
  expect(await api.deps.files.has(rows[0]!.file_key)).toBe(true);
});

test('an upload is refused before the first byte: too large, empty, a program by name', async () => {
  await expect(start(5 * MB + 1)).rejects.toMatchObject({ code: 'file_too_large' });
  await expect(start(0)).rejects.toMatchObject({ code: 'file_empty' });
  await expect(start(10, 'setup.exe')).rejects.toMatchObject({ code: 'file_type_not_allowed' });
});

test('what turns out to be a program is refused at the end, and the upload is over', async () => {
  const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)]);
  const { uploadId } = await start(program.length, 'bild.jpg');
  await expect(send(uploadId, 0, program)).rejects.toMatchObject({ code: 'file_type_not_allowed' });
  await expect(send(uploadId, 0, program)).rejects.toMatchObject({ code: 'not_found' });
  expect(await api.database.query('select 1 from attachments where work_order_id = $1', [order.id])).toEqual([]);
});

test('a piece larger than what is still missing is refused', async () => {
  const { uploadId } = await start(100);
  await expect(send(uploadId, 0, bytes(101))).rejects.toMatchObject({ code: 'body_too_large' });
});

test('nobody goes on with the upload of another link, nor after a day', async () => {
  const { uploadId } = await start(100);
  const stranger = linkTo(await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id));
  const theirs = { ...deps, transact: <T>(work: Parameters<PieceDeps['transact']>[0]) => emFor(api.orm, stranger).transactional(work) as Promise<T> };
  await expect(appendPiece(theirs, stranger, { uploadId, offset: 0, bytes: Readable.from([bytes(100)]) }, api.now())).rejects.toMatchObject({ code: 'not_found' });
  // A link to give missing files has neither firm nor observer: only the request tells it from another one of the order.
  await expect(appendPiece({ ...deps, fileRequestId: order.id }, actor, { uploadId, offset: 0, bytes: Readable.from([bytes(100)]) }, api.now())).rejects.toMatchObject({ code: 'not_found' });
  await expect(emFor(api.orm, actor).transactional((em) => uploadProgress(em, actor, { uploadId, fileRequestId: order.id }, api.now()))).rejects.toMatchObject({ code: 'not_found' });
  await expect(appendPiece(deps, actor, { uploadId, offset: 0, bytes: Readable.from([bytes(100)]) }, new Date(api.now().getTime() + 25 * 3_600_000))).rejects.toMatchObject({ code: 'not_found' });
});
