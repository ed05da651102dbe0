import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, TEST_ORIGIN, type TestApi } from '../support/api.ts';
import { aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aPhoto, uploadTo, type UploadedFile } from '../support/files.ts';
import { speakOut } from './http-by-hand.ts';

type Saved = { id: string; name: string; contentType: string; size: number; url: string; previewUrl: string | null; visibility: string; width: number | null; takenAt: string | null };
type Uploaded = { saved: Saved[]; refused: { name: string; code: string; limit: number | null; detail: string }[] };

let api: TestApi;
let cast: Cast;
let order: WorkOrder;

beforeAll(async () => {
  api = await startApi({ env: { UPLOAD_LIMIT_MB: '1' } });
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
});
afterAll(() => api.stop());

const path = (rest = ''): string => account(cast, `/work-orders/${order.id}${rest}`);
const asCoordinator = (files: Parameters<typeof uploadTo>[2]['files'], fields = {}) =>
  uploadTo(api, path('/attachments'), { cookie: cast.coordinator.cookie, files, fields }) as Promise<{ status: number; body: Uploaded }>;

async function fetchFile(url: string, cookie: string): Promise<Response> {
  return fetch(`${api.url}${url}`, { headers: { cookie } });
}

/** Objects in the store, whatever rows say. */
async function storedObjects(): Promise<string[]> {
  const all = await readdir(api.settings.FILES_DIR, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

type EventLine = { name: string; data: Record<string, unknown> };
const eventsOf = () => api.database.query<EventLine>('select name, data from events where work_order_id = $1 order by id', [order.id]);

test('a photo loses its place before anybody can read it, keeps the time it was taken, and gets a preview', async () => {
  const { status, body } = await asCoordinator([{ name: 'IMG 0815.jpg', bytes: await aPhoto() }]);
  expect(status).toBe(201);
  expect(body.saved[0]).toMatchObject({ name: 'IMG 0815.jpg', contentType: 'image/jpeg', width: 1600, height: 1200, takenAt: '2026-11-20T08:15:00', visibility: 'shared' });
  const answer = await fetchFile(body.saved[0]!.url, cast.coordinator.cookie);
  const kept = new Uint8Array(await answer.arrayBuffer());
  expect(kept.length).toBe(body.saved[0]!.size);
  expect((await sharp(kept).metadata()).exif).toBeUndefined();
  const preview = await fetchFile(body.saved[0]!.previewUrl!, cast.coordinator.cookie);
  expect(preview.headers.get('content-type')).toBe('image/jpeg');
  expect((await sharp(new Uint8Array(await preview.arrayBuffer())).metadata()).width).toBe(960);
});

test('the row says what lies in the store, and the event tells who should know', async () => {
  const { body } = await asCoordinator([{ name: 'Angebot.pdf', bytes: '%PDF-1.7 Angebot' }]);
  const [row] = await api.database.query<{ sha256: string; file_key: string; uploaded_by_user_id: string; door: string }>('select * from attachments where id = $1', [body.saved[0]!.id]);
  expect(row).toMatchObject({ uploaded_by_user_id: cast.coordinator.user.id, door: 'portal', content_type: 'application/pdf' });
  expect(row!.sha256).toBe((await import('#db/files.ts')).sha256Of(await api.deps.files.getBytes(row!.file_key)));
  expect(await eventsOf()).toEqual([{ name: 'attachment.added', data: { attachmentId: body.saved[0]!.id, visibility: 'shared' } }]);
  const shown = await call(api, 'GET', path(), { cookie: cast.coordinator.cookie });
  expect((shown.body as { attachments: Saved[] }).attachments.map((one) => one.name)).toEqual(['Angebot.pdf']);
});

test('each file is refused by name, without losing the others', async () => {
  const { status, body } = await asCoordinator([
    { name: 'Protokoll.txt', bytes: 'Heizung geprüft' },
    { name: 'Setup.exe', bytes: 'MZ' },
    { name: 'leer.txt', bytes: '' },
    { name: 'gross.bin', bytes: new Uint8Array(1024 * 1024 + 1) },
    { name: 'genau.bin', bytes: new Uint8Array(1024 * 1024) },
  ]);
  expect(status).toBe(201);
  expect(body.saved.map((one) => one.name).toSorted()).toEqual(['Protokoll.txt', 'genau.bin']);
  expect(body.refused).toEqual(expect.arrayContaining([
    expect.objectContaining({ name: 'Setup.exe', code: 'file_type_not_allowed' }),
    expect.objectContaining({ name: 'leer.txt', code: 'file_empty' }),
    expect.objectContaining({ name: 'gross.bin', code: 'file_too_large', limit: 1024 * 1024, detail: 'gross.bin wurde nicht gespeichert: größer als 1 MB.' }),
  ]));
  expect(body.refused).toHaveLength(3);
});

test('the content decides the type, not the name: a program called .jpg is refused, a drawing called .png is never shown', async () => {
  const windowsProgram = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(58), Buffer.from([0x80, 0, 0, 0]), Buffer.alloc(64), Buffer.from('PE\0\0')]);
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const { body } = await asCoordinator([{ name: 'foto.jpg', bytes: windowsProgram }, { name: 'bild.png', bytes: drawing, type: 'image/svg+xml' }, { name: 'seite.html', bytes: '<html><script>alert(1)</script>', type: 'text/html' }]);
  expect(body.refused.map((one) => one.name)).toEqual(['foto.jpg']);
  for (const file of body.saved) {
    expect(file.previewUrl).toBeNull();
    const answer = await fetchFile(file.url, cast.coordinator.cookie);
    expect(answer.headers.get('content-type')).not.toMatch(/svg|html/);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    await answer.arrayBuffer();
  }
});

test('a file is offered for saving under its own name, and nothing in it runs', async () => {
  const { body } = await asCoordinator([{ name: '../../Prüf|bericht\u202Efdp.exe.pdf', bytes: '%PDF-1.7' }]);
  expect(body.saved[0]!.name).toBe('Prüf_berichtfdp.exe.pdf');
  const answer = await fetchFile(body.saved[0]!.url, cast.coordinator.cookie);
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="Pr?f_berichtfdp.exe.pdf"; filename*=UTF-8''Pr%C3%BCf_berichtfdp.exe.pdf`);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  await answer.arrayBuffer();
});

test('who no longer sees the order no longer gets its files by their old address', async () => {
  await api.database.query('update work_orders set reporter_user_id = $1 where id = $2', [cast.technician.user.id, order.id]);
  const { body } = await asCoordinator([{ name: 'a.txt', bytes: 'a' }]);
  expect((await fetchFile(body.saved[0]!.url, cast.technician.cookie)).status).toBe(200);
  await api.database.query('update work_orders set reporter_user_id = null where id = $1', [order.id]);
  const after = await fetchFile(body.saved[0]!.url, cast.technician.cookie);
  expect([after.status, ((await after.json()) as { code: string }).code]).toEqual([404, 'not_found']);
});

test('a file that a message takes along stays inside until the message is sent, and is told of once', async () => {
  const { body } = await asCoordinator([{ name: 'plan.txt', bytes: 'Plan' }], { isForMessage: 'true' });
  expect(body.saved[0]!.visibility).toBe('internal');
  expect(await eventsOf()).toEqual([]);
  const sent = await call(api, 'POST', path('/comments'), {
    cookie: cast.coordinator.cookie, body: { visibility: 'shared', body: 'Siehe Plan', attachmentIds: [body.saved[0]!.id] },
  });
  expect(sent.status).toBe(201);
  const [shown] = (sent.body as { comments: { attachments: Saved[] }[] }).comments;
  expect(shown!.attachments).toEqual([expect.objectContaining({ name: 'plan.txt', visibility: 'shared' })]);
  expect((await eventsOf()).map((one) => one.name)).toEqual(['comment.added']);
});

test('a file of another message, of another order, or taken away can be taken along by none', async () => {
  const { body } = await asCoordinator([{ name: 'a.txt', bytes: 'a' }, { name: 'b.txt', bytes: 'b' }], { isForMessage: 'true' });
  const [first, second] = body.saved.map((one) => one.id);
  const say = (ids: (string | undefined)[], on = order.id) =>
    call(api, 'POST', account(cast, `/work-orders/${on}/comments`), { cookie: cast.coordinator.cookie, body: { visibility: 'shared', body: 'x', attachmentIds: ids } });
  expect((await say([first])).status).toBe(201);
  expect(await say([first])).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  const other = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  expect(await say([second], other.id)).toMatchObject({ status: 422 });
  expect((await call(api, 'DELETE', account(cast, `/attachments/${second}`), { cookie: cast.coordinator.cookie })).status).toBe(204);
  expect(await say([second])).toMatchObject({ status: 422 });
});

test('taking a file away hides it at once, leaves a trace, and is not found a second time', async () => {
  const { body } = await asCoordinator([{ name: 'falsch.txt', bytes: 'x' }]);
  const gone = () => call(api, 'DELETE', account(cast, `/attachments/${body.saved[0]!.id}`), { cookie: cast.coordinator.cookie });
  expect((await gone()).status).toBe(204);
  expect(await gone()).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await fetchFile(body.saved[0]!.url, cast.coordinator.cookie)).status).toBe(404);
  expect((await eventsOf()).map((one) => one.name)).toEqual(['attachment.added', 'attachment.removed']);
});

test('a technician takes away their own files only', async () => {
  await api.database.query('update work_orders set reporter_user_id = $1 where id = $2', [cast.technician.user.id, order.id]);
  const theirs = (await asCoordinator([{ name: 'a.txt', bytes: 'a' }])).body.saved[0]!;
  const own = ((await uploadTo(api, path('/attachments'), { cookie: cast.technician.cookie, files: [{ name: 'b.txt', bytes: 'b' }] })).body as Uploaded).saved[0]!;
  const remove = (id: string) => call(api, 'DELETE', account(cast, `/attachments/${id}`), { cookie: cast.technician.cookie });
  expect(await remove(theirs.id)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect((await remove(own.id)).status).toBe(204);
});

test('nothing is read from somebody who does not see the order, and nothing stays in the store', async () => {
  const before = await storedObjects();
  const refused = await uploadTo(api, path('/attachments'), { cookie: cast.technician.cookie, files: [{ name: 'a.txt', bytes: 'a' }] });
  expect(refused).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(await storedObjects()).toEqual(before);
});

test('a form that is none, has no files, or an unknown field is refused whole, and leaves nothing in the store', async () => {
  const before = await storedObjects();
  expect(await call(api, 'POST', path('/attachments'), { cookie: cast.coordinator.cookie, body: { files: [] } })).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  expect(await asCoordinator([])).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await asCoordinator([{ name: 'a.txt', bytes: 'a' }], { visibility: 'public' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await asCoordinator([{ name: 'a.txt', bytes: 'a' }], { organisationId: 'x' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  const many = Array.from({ length: 51 }, (_, at) => ({ name: `${at}.txt`, bytes: 'x' }));
  expect(await asCoordinator(many)).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  expect(await storedObjects()).toEqual(before);
  expect(await api.database.query('select 1 from attachments where work_order_id = $1', [order.id])).toEqual([]);
});

test('whoever says all of a refused upload first gets to read why', async () => {
  const field = `--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n${'x'.repeat(70_000)}\r\n`;
  const file = '--x\r\nContent-Disposition: form-data; name="files"; filename="film.mp4"\r\n\r\n';
  const parts = [Buffer.from(field + file), ...Array.from({ length: 20 }, () => Buffer.alloc(1024 * 1024)), Buffer.from('\r\n--x--\r\n')];
  const headers = [
    `POST /api/v1${path('/attachments')} HTTP/1.1`, 'Host: x', 'Connection: close', `Origin: ${TEST_ORIGIN}`, `Cookie: ${cast.coordinator.cookie}`,
    'Content-Type: multipart/form-data; boundary=x', `Content-Length: ${parts.reduce((sum, part) => sum + part.length, 0)}`, '\r\n',
  ];
  const answer = await speakOut(Number(new URL(api.url).port), headers.join('\r\n'), parts);
  expect(answer).toMatch(/^HTTP\/1\.1 413 .*body_too_large/s);
});

test('an upload that breaks off leaves nothing behind', async () => {
  const before = await storedObjects();
  const head = '--x\r\nContent-Disposition: form-data; name="files"; filename="halb.txt"\r\n\r\nHalber Te';
  const controller = new AbortController();
  const body = new ReadableStream({
    async start(stream) {
      stream.enqueue(new TextEncoder().encode(head + 'x'.repeat(10_000)));
      setTimeout(() => controller.abort(), 200);
    },
  });
  await expect(fetch(`${api.url}/api/v1${path('/attachments')}`, {
    method: 'POST', body, duplex: 'half', signal: controller.signal,
    headers: { origin: TEST_ORIGIN, cookie: cast.coordinator.cookie, 'content-type': 'multipart/form-data; boundary=x' },
  } as RequestInit)).rejects.toThrow();
  for (let tries = 0; tries < 1_500 && (await storedObjects()).length > before.length; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await storedObjects()).toEqual(before);
});

describe('an upload with an Idempotency-Key', () => {
  const withKey = (key: string, files: UploadedFile[], fields: Record<string, string> = {}) => uploadTo(api, path('/attachments'), { cookie: cast.coordinator.cookie, files, fields, headers: { 'idempotency-key': key } });
  const rows = () => api.database.query<{ name: string }>('select name from attachments where work_order_id = $1', [order.id]);

  test('that is sent again is one file, and has the same answer', async () => {
    const files = [{ name: 'Plan.pdf', bytes: '%PDF-1.7 Plan' }, { name: 'leer.txt', bytes: '' }];
    const first = await withKey('upload-0001', files);
    const before = await storedObjects();
    const again = await withKey('upload-0001', files);
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await rows()).toEqual([{ name: 'Plan.pdf' }]);
    expect(await storedObjects()).toEqual(before);
    expect((await eventsOf()).map((one) => one.name)).toEqual(['attachment.added']);
  });

  test('that is sent twice at once is one file', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => withKey('upload-0002', [{ name: 'foto.txt', bytes: 'Bild' }])));
    for (const one of answers) expect([one.status, one.body]).toEqual([201, answers[0]!.body]);
    expect(await rows()).toHaveLength(1);
  });

  test('is not taken for another file, another name, or another field under the same key', async () => {
    await withKey('upload-0003', [{ name: 'a.txt', bytes: 'eins' }]);
    const before = await storedObjects();
    for (const [files, fields] of [[[{ name: 'a.txt', bytes: 'zwei' }], {}], [[{ name: 'b.txt', bytes: 'eins' }], {}], [[{ name: 'a.txt', bytes: 'eins' }], { visibility: 'internal' }]] as const) {
      expect(await withKey('upload-0003', [...files], fields)).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
    }
    expect(await rows()).toHaveLength(1);
    expect(await storedObjects()).toEqual(before);
  });

  test('that was refused or cut off is taken when it comes again', async () => {
    expect((await withKey('upload-0004', [], {})).status).toBe(422);
    expect((await withKey('upload-0004', [{ name: 'a.txt', bytes: 'a' }])).status).toBe(201);
    expect((await withKey('x'.repeat(201), [{ name: 'a.txt', bytes: 'a' }])).status).toBe(400);
  });
});
