import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mintLink } from '#db/assignments/links.ts';
import { addComment } from '#db/comments/commands.ts';
import { openFileRequest } from '#db/file-requests/commands.ts';
import type { FileRequest } from '#db/file-requests/entity.ts';
import { addObserver } from '#db/observers/commands.ts';
import type { Observer } from '#db/observers/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { anAskedFirm, memberOf, send, sendFiles, show, type Asked } from './public-stage.ts';

let api: TestApi;
let cast: Cast;
let asked: Asked;
beforeAll(async () => {
  api = await startApi({ env: { UPLOAD_LIMIT_MB: '3' } });
  cast = await aCast(api.orm, api.now());
  await api.database.query(`update workspaces set street = 'Ahornhof 7', city = 'Neuquell' where id = $1`, [cast.workspace.id]);
});
beforeEach(async () => {
  await api.database.query('delete from rate_limits');
  asked = await anAskedFirm(api, cast);
});
afterAll(() => api.stop());

async function anObserver(given: { canComment?: boolean; name?: string | null; isProposed?: boolean } = {}): Promise<{ observer: Observer; base: string }> {
  const actor = memberOf(cast);
  const observer = await emFor(api.orm, actor).transactional((em) =>
    addObserver(em, actor, { workOrderId: asked.order.id, email: 'mieterin@haus.test', name: 'Olga Brandt', ...given }, api.now()));
  const token = await systemEm(api.orm, cast.organisation.id).transactional(async (em) =>
    mintLink(em, { organisationId: cast.organisation.id, workOrderId: asked.order.id, purpose: 'observer', observerId: observer.id }, api.now()));
  return { observer, base: `/o/${token}` };
}
const row = async (observer: Observer) =>
  (await api.database.query<{ choice: string; left_at: Date | null }>('select choice, left_at from observers where id = $1', [observer.id]))[0]!;

describe('an observer', () => {
  test('follows how far it is, in both languages, and sees neither the firm nor how to get in', async () => {
    const { base } = await anObserver();
    await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    await send(api, `${asked.base}/termin`, { day: '2026-11-30', from: '08:00', to: '10:00', contactId: asked.mira.id });
    await send(api, `${asked.base}/nachrichten`, { text: 'Wir bringen eine Leiter mit.', contactId: asked.mira.id });
    const page = await show(api, base);
    expect(page.text).toMatch(/Angenommen Lindenhof .*Termin: Mo\., 30\.11\.2026, 8–10 Uhr.*Angefragt Mi\., 25\.11\., 10:00 Uhr Angenommen Mi\., 25\.11\., 10:00 Uhr In Arbeit Erledigt, zu prüfen Abgeschlossen/);
    expect(page.text).toMatch(/Auftragnehmer, Mi\., 25\.11\., 10:00 Uhr Wir bringen eine Leiter mit\./);
    expect((await show(api, `${base}?lang=en`)).text).toMatch(/Accepted .*Awaiting answer .*In progress .*Contractor, /);
    for (const word of ['Farbwerk', 'Mira', 'Sonnleit', 'Ivo Bronn', '39200', 'Schlüssel', 'Ahornhof', '@farbwerk']) expect(page.html).not.toContain(word);
  });

  test('never sees an internal comment or the address of anybody else', async () => {
    const { base } = await anObserver();
    const actor = memberOf(cast);
    await emFor(api.orm, actor).transactional((em) => addComment(em, actor, { workOrderId: asked.order.id, visibility: 'internal', body: 'Mieterin nervt' }, api.now()));
    await emFor(api.orm, actor).transactional((em) => addObserver(em, actor, { workOrderId: asked.order.id, email: 'anderer@haus.test' }, api.now()));
    const page = await show(api, base);
    expect(page.html).not.toMatch(/nervt|anderer@haus/);
  });

  test('comments where that is allowed, once', async () => {
    const { base, observer } = await anObserver();
    const fields = { text: 'Wann kommt jemand?', idempotencyKey: 'key-00000011', contactId: '', otherName: 'Olga Brandt' };
    await Promise.all([send(api, `${base}/nachrichten`, fields), send(api, `${base}/nachrichten`, fields)]);
    expect((await send(api, `${base}/nachrichten`, fields)).location).toBe(`${base}?ok=message_sent`);
    const comments = await api.database.query('select author_observer_id, body, door from comments where work_order_id = $1', [asked.order.id]);
    expect(comments).toEqual([{ author_observer_id: observer.id, body: 'Wann kommt jemand?', door: 'link' }]);
    expect((await show(api, base)).text).toMatch(/Olga Brandt, .* Wann kommt jemand\?/);
    expect((await show(api, `${asked.base}/nachrichten`)).text).toMatch(/Olga Brandt, .* Wann kommt jemand\?/);
  });

  test('known by an address alone, writes without a name: the address is no name for others', async () => {
    const { base } = await anObserver({ name: null });
    await send(api, `${base}/nachrichten`, { text: 'Wann kommt jemand?', idempotencyKey: 'key-00000012' });
    expect(await api.database.query('select author_name from comments where work_order_id = $1', [asked.order.id])).toEqual([{ author_name: null }]);
    expect((await show(api, `${asked.base}/nachrichten`)).html).not.toContain('mieterin@');
  });

  test('who may only read gets no form, and posting one changes nothing', async () => {
    const { base } = await anObserver({ canComment: false });
    expect((await show(api, base)).html).not.toContain('<textarea');
    await send(api, `${base}/nachrichten`, { text: 'Doch' });
    expect(await api.database.query('select 1 from comments where work_order_id = $1', [asked.order.id])).toEqual([]);
  });

  test('chooses how many mails; the same choice again is no news', async () => {
    const { base, observer } = await anObserver();
    const sent = await send(api, `${base}/mails`, { notify: 'daily' });
    const saved = await show(api, sent.location);
    expect(saved.text).toContain('Gespeichert.');
    expect(saved.html).toContain('value="daily" checked');
    expect(await row(observer)).toMatchObject({ choice: 'daily' });
    await send(api, `${base}/mails`, { notify: 'daily' });
    await send(api, `${base}/mails`, { notify: 'hourly' });
    expect(await api.database.query(`select 1 from events where subject_id = $1 and name = 'observer.changed'`, [observer.id])).toHaveLength(1);
  });

  test('leaves with one press, and opening the address does not do it', async () => {
    const { base, observer } = await anObserver();
    await show(api, `${base}/abmelden`);
    expect(await row(observer)).toMatchObject({ left_at: null });
    const sent = await send(api, `${base}/abmelden`);
    expect(sent.status).toBe(303);
    expect((await show(api, sent.location)).text).toContain('Sie bekommen keine E-Mails mehr zu diesem Auftrag.');
    expect((await row(observer)).left_at).not.toBeNull();
    expect((await send(api, `${base}/nachrichten`, { text: 'Noch da?' })).text).toContain('Sie bekommen keine E-Mails mehr');
  });

  test('who was only proposed sees nothing', async () => {
    const { base } = await anObserver({ isProposed: true });
    const page = await show(api, base);
    expect(page.status).toBe(410);
    expect(page.html).not.toContain('Decke nach');
  });
});

describe('files that were too large for mail', () => {
  async function aRequest(names: readonly string[] = ['Rundgang.mov']) {
    const actor = memberOf(cast);
    const comment = await emFor(api.orm, actor).transactional((em) => addComment(em, actor, { workOrderId: asked.order.id, visibility: 'shared', body: 'Anbei' }, api.now()));
    const system = { kind: 'system', organisationId: cast.organisation.id, process: 'inbound:test' } as const;
    return systemEm(api.orm, cast.organisation.id).transactional(async (em) => {
      const request = await openFileRequest(em, system, {
        organisationId: cast.organisation.id, workOrder: asked.order, commentId: comment.id, assignmentId: asked.assignment.id, observerId: null,
        contactId: asked.mira.id, toEmail: 'mira@farbwerk.test', files: names.map((name) => ({ name, size: 31_457_280 })),
      }, api.now());
      const target = { organisationId: cast.organisation.id, workOrderId: asked.order.id, purpose: 'file_request' as const, fileRequestId: request.id, expiresAt: request.validUntil };
      return { request, comment, base: `/f/${mintLink(em, target, api.now())}` };
    });
  }
  const status = async (request: FileRequest) => (await api.database.query<{ status: string }>('select status from file_requests where id = $1', [request.id]))[0]!.status;
  const files = () => api.database.query<{ name: string; comment_id: string | null }>('select name, comment_id from attachments where work_order_id = $1 order by created_at, id', [asked.order.id]);

  test('are named, and nothing else of the order is', async () => {
    const { base } = await aRequest();
    const page = await show(api, base);
    expect(page.text).toContain('Diese Dateien waren zu groß für eine E-Mail. Bitte laden Sie sie hier hoch: Rundgang.mov (30 MB)');
    expect((await show(api, `${base}?lang=en`)).text).toContain('These files were too large for an e-mail.');
    for (const word of ['Ivo Bronn', 'Decke nach', 'Ahornhof', 'Mira']) expect(page.html).not.toContain(word);
  });

  test('by a plain form: they land at their message, the request ends with the last', async () => {
    const { base, request, comment } = await aRequest(['a.txt', 'b.txt']);
    const first = await sendFiles(api, base, [{ name: 'a.txt', bytes: 'A' }]);
    expect(first.status).toBe(303);
    expect((await show(api, first.location)).text).toContain('Schon hochgeladen a.txt');
    expect(await status(request)).toBe('open');
    await sendFiles(api, base, [{ name: 'b.txt', bytes: 'B' }]);
    expect(await status(request)).toBe('fulfilled');
    expect(await files()).toEqual([{ name: 'a.txt', comment_id: comment.id }, { name: 'b.txt', comment_id: comment.id }]);
    expect((await show(api, base)).text).toContain('Danke, alle Dateien sind da.');
    expect((await sendFiles(api, base, [{ name: 'c.txt', bytes: 'C' }])).text).toContain('Danke, alle Dateien sind da.');
    expect(await files()).toHaveLength(2);
  });

  test('belong to the firm that was asked for them, in pieces and by a form', async () => {
    const { base, request } = await aRequest(['a.txt', 'b.txt']);
    await sendFiles(api, base, [{ name: 'a.txt', bytes: 'A' }]);
    const rows = () => api.database.query<{ name: string; assignment_id: string | null }>('select name, assignment_id from attachments where work_order_id = $1 order by created_at, id', [asked.order.id]);
    expect(await rows()).toEqual([{ name: 'a.txt', assignment_id: asked.assignment.id }]);
    const begun = await fetch(`${api.url}${base}/dateien/teile`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'b.txt', size: 1 }) });
    const { uploadId } = (await begun.json()) as { uploadId: string };
    await fetch(`${api.url}${base}/dateien/teile/${uploadId}?offset=0`, { method: 'PUT', body: 'B' });
    expect((await rows()).map((one) => one.assignment_id)).toEqual([asked.assignment.id, asked.assignment.id]);
    expect(await status(request)).toBe('fulfilled');
    const told = await api.database.query(`select 1 from digest_items d join events e on e.id = d.event_id where e.work_order_id = $1 and e.name = 'attachment.added' and d.recipient like 'assignment:%'`, [asked.order.id]);
    expect(told).toEqual([]);
  });

  test('the same form again is one file; a refused one is named', async () => {
    const { base, request } = await aRequest(['a.txt', 'b.exe']);
    const post = () => sendFiles(api, base, [{ name: 'a.txt', bytes: 'A' }, { name: 'b.exe', bytes: 'MZ' }]);
    const page = await post();
    expect(page.text).toContain('a.txt ist gespeichert.');
    expect(page.text).toContain('b.exe wurde nicht gespeichert: Dateityp nicht erlaubt.');
    await post();
    expect(await files()).toHaveLength(1);
    expect(await status(request)).toBe('open');
  });

  test('in pieces', async () => {
    const { base, request, comment } = await aRequest(['film.bin']);
    const begun = await fetch(`${api.url}${base}/dateien/teile`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'film.bin', size: 5 }) });
    const { uploadId } = (await begun.json()) as { uploadId: string };
    const done = await fetch(`${api.url}${base}/dateien/teile/${uploadId}?offset=0`, { method: 'PUT', body: 'ABCDE' });
    expect(await done.json()).toMatchObject({ received: 5, attachmentId: expect.any(String) });
    expect(await files()).toEqual([{ name: 'film.bin', comment_id: comment.id }]);
    expect(await status(request)).toBe('fulfilled');
    expect((await sendFiles(api, base, [], { attachmentIds: 'x' })).text).toContain('Danke, alle Dateien sind da.');
  });

  test('nothing chosen is told', async () => {
    const { base } = await aRequest();
    const page = await sendFiles(api, base, [{ name: '', bytes: '' }]);
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('Bitte wählen Sie eine Datei.')]);
  });

  test('an expired one leads to a new link of the order, to the known address', async () => {
    const { base } = await aRequest();
    const before = api.now();
    api.setNow(new Date(before.getTime() + 15 * 86_400_000));
    try {
      expect((await show(api, base)).text).toContain('Dieser Link ist abgelaufen.');
      expect((await send(api, `${base}/link-erneuern`)).text).toContain('Wenn der Auftrag noch offen ist');
      const [mail] = await api.database.query<{ to_email: string }>(`select to_email from outbound_mails where template = 'new-link' and work_order_id = $1`, [asked.order.id]);
      expect(mail).toEqual({ to_email: 'mira@farbwerk.test' });
    } finally {
      api.setNow(before);
    }
  });
});
