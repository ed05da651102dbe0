import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { addComment } from '#db/comments/commands.ts';
import { emFor } from '#db/orm.ts';
import { sha256Of } from '#db/files.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aPhoto, uploadTo } from '../support/files.ts';
import { aLink, anAskedFirm, memberOf, send, sendFiles, show, type Asked } from './public-stage.ts';

const MB = 1024 * 1024;
let api: TestApi;
let cast: Cast;
let asked: Asked;
beforeAll(async () => {
  api = await startApi({ env: { UPLOAD_LIMIT_MB: '3' } });
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  await api.database.query('delete from rate_limits');
  asked = await anAskedFirm(api, cast);
});
afterAll(() => api.stop());

const comments = () =>
  api.database.query<{ id: string; body: string; door: string; visibility: string; author_contact_id: string | null; author_name: string | null; assignment_id: string | null; missing_files: unknown }>('select * from comments where work_order_id = $1 order by created_at, id', [asked.order.id]);
const attachments = () =>
  api.database.query<{ id: string; name: string; comment_id: string | null; visibility: string; sha256: string }>('select * from attachments where work_order_id = $1 order by created_at, id', [asked.order.id]);
async function storedObjects(): Promise<string[]> {
  const all = await readdir(join(api.settings.FILES_DIR, cast.organisation.id), { recursive: true, withFileTypes: true }).catch(() => []);
  return all.filter((one) => one.isFile()).map((one) => one.name);
}
const office = (body: string, visibility: 'shared' | 'internal' = 'shared') => {
  const actor = memberOf(cast);
  return emFor(api.orm, actor).transactional((em) => addComment(em, actor, { workOrderId: asked.order.id, visibility, body }, api.now()));
};
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 31) % 251);

test('of a long conversation the page shows the newest fifty, and leads to the older ones and back', async () => {
  await api.database.query(
    `insert into comments (id, organisation_id, author_organisation_id, work_order_id, visibility, door, body, author_user_id, is_restored, created_at)
     select gen_random_uuid(), $1, $1, $2, case when n = 30 then 'internal' else 'shared' end, 'portal', 'Satz-' || n || '.', $3, false, timestamptz '2026-11-24' + n * interval '1 minute' from generate_series(1, 61) n`,
    [cast.organisation.id, asked.order.id, cast.coordinator.user.id]);
  const newest = await show(api, `${asked.base}/nachrichten`);
  expect([newest.text.includes('Satz-61.'), newest.text.includes('Satz-11.'), newest.text.includes('Satz-30.')]).toEqual([true, true, false]);
  expect([newest.text.includes('Satz-10.'), newest.text.includes('Ältere Nachrichten (10)'), newest.text.includes('Neuere Nachrichten')]).toEqual([false, true, false]);
  const older = await show(api, `${asked.base}/nachrichten?seite=2`);
  expect([older.text.includes('Satz-10.'), older.text.includes('Satz-1.'), older.text.includes('Satz-11.')]).toEqual([true, true, false]);
  expect([older.text.includes('Ältere Nachrichten'), older.text.includes('Neuere Nachrichten')]).toEqual([false, true]);
  expect((await show(api, `${asked.base}/nachrichten?seite=-1`)).text).toContain('Satz-61.');
});

describe('a message', () => {
  test('may be sent before there is an answer, by whom the link was mailed to; the client reads it with its door', async () => {
    const page = await show(api, `${asked.base}/nachrichten`);
    expect(page.text).toContain('Sie schreiben als Mira Sonnleit.');
    const sent = await send(api, `${asked.base}/nachrichten`, { text: 'Reicht Weiß matt?\r\nOder ein Farbton?', contactId: asked.mira.id, idempotencyKey: 'key-00000001' });
    expect(sent.status).toBe(303);
    expect(await comments()).toEqual([expect.objectContaining({ body: 'Reicht Weiß matt?\nOder ein Farbton?', door: 'link', visibility: 'shared', author_contact_id: asked.mira.id, assignment_id: asked.assignment.id })]);
    const after = await show(api, sent.location);
    expect(after.text).toContain('Gesendet.');
    expect(after.text).toMatch(/Mira Sonnleit, Mi\., 25\.11\., 10:00 Uhr Reicht Weiß matt\?/);
    expect((await show(api, asked.base)).text).toContain('Nachrichten: 1');
  });

  test('sent twice with the same key, or ten times at once, is said once', async () => {
    const fields = { text: 'Einmal', contactId: asked.mira.id, idempotencyKey: 'key-00000002' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(api, `${asked.base}/nachrichten`, fields)));
    answers.push(await send(api, `${asked.base}/nachrichten`, fields));
    expect(await comments()).toHaveLength(1);
    expect(new Set(answers.map((one) => one.location)).size).toBe(1);
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 303));
  });

  test('the same key of another firm is another message', async () => {
    const other = await anAskedFirm(api, cast, { of: asked.order, firm: { company: 'Zweite' } }).catch(() => null);
    expect(other).toBeNull();
    const elsewhere = await anAskedFirm(api, cast);
    const fields = { text: 'Hallo', idempotencyKey: 'key-00000003' };
    await send(api, `${asked.base}/nachrichten`, { ...fields, contactId: asked.mira.id });
    await send(api, `${elsewhere.base}/nachrichten`, { ...fields, contactId: elsewhere.mira.id });
    expect(await comments()).toHaveLength(1);
    expect((await api.database.query('select 1 from comments where work_order_id = $1', [elsewhere.order.id]))).toHaveLength(1);
  });

  test('with nothing in it is told so; the page stays', async () => {
    const page = await send(api, `${asked.base}/nachrichten`, { text: '  \n ', contactId: asked.mira.id });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('Bitte schreiben Sie etwas oder wählen Sie eine Datei.')]);
    expect(await comments()).toEqual([]);
  });

  test('without a name keeps what was typed', async () => {
    const page = await send(api, `${asked.base}/nachrichten`, { text: 'Nicht <verloren>', contactId: 'other' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('Nicht &lt;verloren&gt;</textarea>');
    expect(await comments()).toEqual([]);
  });

  test('control characters and line ends of a form are put in order', async () => {
    await send(api, `${asked.base}/nachrichten`, { text: 'a\u0000b\u0007\tc\r\nd', contactId: 'other', otherName: 'Pia\r\nBcc: x@y.test' });
    expect(await comments()).toEqual([expect.objectContaining({ body: 'ab\tc\nd', author_name: 'Pia Bcc: x@y.test' })]);
  });

  test('from the client is shown with name and organisation, an internal one never', async () => {
    await office('Sockel bleibt.');
    await office('Der Preis ist zu hoch.', 'internal');
    const page = await show(api, `${asked.base}/nachrichten`);
    expect(page.text).toMatch(/Jonas Reuter, Lindenhof Verwaltung, .* Sockel bleibt\./);
    expect(page.html).not.toContain('Preis ist zu hoch');
  });

  test('of a firm that had the work before is not shown to the next, and its files neither', async () => {
    await sendFiles(api, `${asked.base}/nachrichten`, [{ name: 'angebot-alt.pdf', bytes: '%PDF-1.7' }], { text: 'Wir von Farbwerk verlangen 900', contactId: asked.mira.id });
    const [file] = await attachments();
    await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id });
    const next = await anAskedFirm(api, cast, { of: asked.order, firm: { company: 'Malerei Nord' } });
    for (const step of ['', '/nachrichten']) {
      const page = await show(api, `${next.base}${step}`);
      expect(page.status).toBe(200);
      expect(page.html).not.toMatch(/Farbwerk|verlangen 900|angebot-alt/);
    }
    expect((await show(api, `${next.base}/datei/${file!.id}`)).status).toBe(404);
  });
});

describe('files by a plain form', () => {
  test('several at once: each is told as saved or refused by name, and a reload tells the same', async () => {
    const sent = await sendFiles(api, `${asked.base}/dateien`, [
      { name: 'IMG_1.jpg', bytes: await aPhoto() }, { name: 'plan.pdf', bytes: '%PDF-1.7' }, { name: 'virus.exe', bytes: 'MZ' }, { name: 'leer.txt', bytes: '' }, { name: 'film.mov', bytes: new Uint8Array(3 * MB + 1) },
    ], { text: 'Bilder', contactId: asked.mira.id, idempotencyKey: 'key-00000004' });
    expect(sent.status).toBe(303);
    for (let round = 0; round < 2; round += 1) {
      const page = await show(api, sent.location);
      for (const words of ['IMG_1.jpg ist gespeichert.', 'plan.pdf ist gespeichert.', 'virus.exe wurde nicht gespeichert: Dateityp nicht erlaubt.', 'leer.txt wurde nicht gespeichert: Die Datei ist leer.', 'film.mov wurde nicht gespeichert: größer als 3 MB.']) expect(page.text).toContain(words);
    }
    const [comment] = await comments();
    expect((await attachments()).map((one) => [one.name, one.comment_id, one.visibility])).toEqual(expect.arrayContaining([['IMG_1.jpg', comment!.id, 'shared'], ['plan.pdf', comment!.id, 'shared']]));
    expect(await attachments()).toHaveLength(2);
  });

  test('the same form again keeps no second copy, in rows or in the store', async () => {
    const post = () => sendFiles(api, `${asked.base}/dateien`, [{ name: 'a.txt', bytes: 'einmal' }], { contactId: asked.mira.id, idempotencyKey: 'key-00000005' });
    await post();
    const before = await storedObjects();
    const again = await post();
    expect(again.status).toBe(303);
    expect(await attachments()).toHaveLength(1);
    expect(await storedObjects()).toEqual(before);
  });

  test('without a name nothing is kept', async () => {
    const before = await storedObjects();
    const page = await sendFiles(api, `${asked.base}/dateien`, [{ name: 'a.txt', bytes: 'x' }], { contactId: 'other' });
    expect(page.status).toBe(422);
    expect(await attachments()).toEqual([]);
    expect(await storedObjects()).toEqual(before);
  });

  test('a link that ended takes none, before the first byte is read', async () => {
    await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id });
    const before = await storedObjects();
    expect((await sendFiles(api, `${asked.base}/dateien`, [{ name: 'a.txt', bytes: 'x' }], { contactId: asked.mira.id })).text).toContain('Danke für Ihre Antwort.');
    expect(await storedObjects()).toEqual(before);
  });

  test('photos lose their place', async () => {
    await sendFiles(api, `${asked.base}/dateien`, [{ name: 'foto.jpg', bytes: await aPhoto() }], { contactId: asked.mira.id });
    const [file] = await attachments();
    const answer = await fetch(`${api.url}${asked.base}/datei/${file!.id}`);
    expect((await sharp(new Uint8Array(await answer.arrayBuffer())).metadata()).exif).toBeUndefined();
  });
});

describe('files in pieces', () => {
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const begin = async (name: string, size: number, base = asked.base) => {
    const answer = await fetch(`${api.url}${base}/dateien/teile`, { method: 'POST', headers: json, body: JSON.stringify({ name, size }) });
    return { status: answer.status, body: (await answer.json()) as { uploadId: string; chunkSize: number; code?: string } };
  };
  const put = async (uploadId: string, offset: number, body: Uint8Array, base = asked.base) => {
    const answer = await fetch(`${api.url}${base}/dateien/teile/${uploadId}?offset=${offset}`, { method: 'PUT', body: body as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/octet-stream' } });
    return { status: answer.status, body: (await answer.json()) as { received: number; attachmentId: string | null } };
  };

  test('come together, belong to the message that follows, and are told of once', async () => {
    const whole = bytes(MB + 500);
    const { status, body } = await begin('film.bin', whole.length);
    expect([status, body.chunkSize]).toEqual([201, MB]);
    expect((await put(body.uploadId, 0, whole.subarray(0, MB))).body).toMatchObject({ received: MB, attachmentId: null });
    const asking = await fetch(`${api.url}${asked.base}/dateien/teile/${body.uploadId}`);
    expect(await asking.json()).toMatchObject({ received: MB });
    const { attachmentId } = (await put(body.uploadId, MB, whole.subarray(MB))).body;
    await sendFiles(api, `${asked.base}/nachrichten`, [], [['text', 'Film'], ['contactId', asked.mira.id], ['attachmentIds', attachmentId ?? ''], ['idempotencyKey', 'key-00000006']]);
    const [comment] = await comments();
    expect(await attachments()).toEqual([expect.objectContaining({ id: attachmentId, comment_id: comment!.id, sha256: sha256Of(whole) })]);
    const told = await api.database.query<{ name: string }>(`select name from events where work_order_id = $1 and name in ('comment.added', 'attachment.added')`, [asked.order.id]);
    expect(told.map((one) => one.name)).toEqual(['comment.added']);
  });

  test('twenty photos go in one message', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      const { body } = await begin(`bild-${i}.txt`, 10);
      ids.push((await put(body.uploadId, 0, bytes(10))).body.attachmentId ?? '');
    }
    const sent = await sendFiles(api, `${asked.base}/nachrichten`, [], [['contactId', asked.mira.id], ...ids.map((id) => ['attachmentIds', id] as const)]);
    expect(sent.status).toBe(303);
    expect((await attachments()).filter((one) => one.comment_id !== null)).toHaveLength(20);
  });

  test('are refused by size before, by type before or after', async () => {
    expect((await begin('gross.bin', 3 * MB + 1)).status).toBe(413);
    expect((await begin('setup.exe', 10)).status).toBe(415);
    expect((await begin('leer.txt', 0)).status).toBe(422);
    const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]);
    const { body } = await begin('bild.jpg', program.length);
    expect((await put(body.uploadId, 0, program)).status).toBe(415);
    expect((await put(body.uploadId, 0, program)).status).toBe(404);
  });

  test('of another link, or the client’s own files, can’t be taken into a message', async () => {
    const other = await anAskedFirm(api, cast);
    const { body } = await begin('fremd.txt', 10, other.base);
    expect((await put(body.uploadId, 0, bytes(10))).status).toBe(404);
    const foreign = (await put(body.uploadId, 0, bytes(10), other.base)).body.attachmentId ?? '';
    const uploaded = await uploadTo(api, account(cast, `/work-orders/${asked.order.id}/attachments`), { cookie: cast.coordinator.cookie, files: [{ name: 'unser.txt', bytes: 'x' }] });
    const ours = (uploaded.body as { saved: { id: string }[] }).saved[0]!.id;
    for (const id of [foreign, ours]) {
      const page = await send(api, `${asked.base}/nachrichten`, { text: 'meins', contactId: asked.mira.id, attachmentIds: id });
      expect([page.status, page.text]).toEqual([422, expect.stringContaining('es wurde nichts geändert')]);
    }
    expect(await comments()).toEqual([]);
  });

  test('are not begun by a link that ended', async () => {
    await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id });
    expect((await begin('a.txt', 10)).status).toBe(403);
  });

  test('are limited in number, told with 429 and when to come back', async () => {
    let status = 0;
    for (let i = 0; i < 61 && status !== 429; i += 1) ({ status } = await begin(`bild-${i}.txt`, 10));
    expect(status).toBe(429);
    expect((await show(api, asked.base)).status).toBe(200);
  });
});

describe('files of the client', () => {
  async function upload(name: string, content: Uint8Array | string, visibility: 'shared' | 'internal'): Promise<string> {
    const { body } = await uploadTo(api, account(cast, `/work-orders/${asked.order.id}/attachments`), { cookie: cast.coordinator.cookie, files: [{ name, bytes: content }], fields: { visibility } });
    return (body as { saved: { id: string }[] }).saved[0]!.id;
  }

  test('shared ones are listed, shown small and saved; internal ones do not exist', async () => {
    const photo = await upload('Fleck.jpg', await aPhoto(), 'shared');
    const secret = await upload('Vertrag.pdf', '%PDF-1.7', 'internal');
    const page = await show(api, asked.base);
    expect(page.html).toContain(`src="${asked.base}/datei/${photo}/vorschau"`);
    expect(page.html).not.toContain(secret);
    const preview = await fetch(`${api.url}${asked.base}/datei/${photo}/vorschau`);
    expect([preview.status, preview.headers.get('content-type'), preview.headers.get('content-security-policy')]).toEqual([200, 'image/jpeg', "sandbox; default-src 'none'"]);
    const content = await fetch(`${api.url}${asked.base}/datei/${photo}`);
    expect(content.headers.get('content-disposition')).toMatch(/^attachment/);
    for (const path of [`datei/${secret}`, `datei/${secret}/vorschau`, 'datei/nichts', `datei/${asked.order.id}`, `datei/${'-'.repeat(36)}`, `datei/${'a'.repeat(36)}/vorschau`]) expect((await show(api, `${asked.base}/${path}`)).status).toBe(404);
  });

  test('a file that runs in a browser is only ever saved', async () => {
    const page = await upload('seite.html', '<html><script>alert(1)</script></html>', 'shared');
    const answer = await fetch(`${api.url}${asked.base}/datei/${page}`);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(answer.headers.get('content-type')).not.toMatch(/html/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('no longer open with a link that ended, nor with one of another order', async () => {
    const file = await upload('plan.txt', 'Plan', 'shared');
    const other = await anAskedFirm(api, cast);
    expect((await show(api, `${other.base}/datei/${file}`)).status).toBe(404);
    expect((await show(api, `${asked.base}/datei/${file}`)).status).toBe(200);
    await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id });
    expect((await show(api, `${asked.base}/datei/${file}`)).status).toBe(404);
    expect((await show(api, `/a/${await aLink(api, asked.assignment, { expiresAt: new Date(0) })}/datei/${file}`)).status).toBe(404);
  });
});
