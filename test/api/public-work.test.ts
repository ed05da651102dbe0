import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { aPhoto } from '../support/files.ts';
import { anAskedFirm, send, sendFiles, show, type Asked } from './public-stage.ts';

let api: TestApi;
let cast: Cast;
beforeAll(async () => {
  api = await startApi({ env: { UPLOAD_LIMIT_MB: '1' } });
  cast = await aCast(api.orm, api.now());
});
// All come from one address here.
beforeEach(() => api.database.query('delete from rate_limits'));
afterAll(() => api.stop());

async function anAcceptedOrder(): Promise<Asked> {
  const asked = await anAskedFirm(api, cast);
  await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
  return asked;
}
const order = async (asked: Asked) =>
  (await api.database.query<{ status: string; waiting_reason: string | null; waiting_note: string | null; waiting_until: string | null }>('select status, waiting_reason, waiting_note, waiting_until::text from work_orders where id = $1', [asked.order.id]))[0]!;
const promised = async (asked: Asked) =>
  (await api.database.query<{ promised_from: Date | null; promised_until: Date | null }>('select promised_from, promised_until from assignments where id = $1', [asked.assignment.id]))[0]!;
const events = async (asked: Asked) =>
  api.database.query<{ name: string; door: string; actor_contact_id: string | null }>('select name, door, actor_contact_id from events where work_order_id = $1 order by id', [asked.order.id]);

describe('the date', () => {
  test('offers the next working days, none chosen', async () => {
    const asked = await anAcceptedOrder();
    const page = await show(api, `${asked.base}/termin`);
    const days = [...page.html.matchAll(/name="day" value="([^"]+)"/g)].map((match) => match[1]);
    expect(days).toEqual(['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', 'unknown', 'other']);
    expect(page.html).not.toMatch(/ checked/);
  });

  test('with hours: saved on the site’s clock, told, and for the calendar', async () => {
    const asked = await anAcceptedOrder();
    const sent = await send(api, `${asked.base}/termin`, { day: '2026-11-30', from: '08:00', to: '10:00', contactId: asked.mira.id });
    expect(sent.location).toBe(`${asked.base}?ok=date_saved`);
    expect(await promised(asked)).toEqual({ promised_from: new Date('2026-11-30T07:00:00Z'), promised_until: new Date('2026-11-30T09:00:00Z') });
    expect((await show(api, sent.location)).text).toContain('Termin gespeichert: Mo., 30.11.2026, 8–10 Uhr');
    const file = await show(api, `${asked.base}/kalender.ics`);
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.headers.get('content-disposition')).toContain(`${asked.order.number}.ics`);
    for (const line of ['BEGIN:VCALENDAR', 'DTSTART:20261130T070000Z', 'DTEND:20261130T090000Z', `SUMMARY:Auftrag ${asked.order.number}: Decke nach Wasserschaden`, `UID:assignment-${asked.assignment.id}@`]) {
      expect(file.html.replaceAll('\r\n\t', '')).toContain(line);
    }
    expect(file.html).not.toContain(asked.token);
  });

  test('a day alone is the whole day, in summer as in winter', async () => {
    const asked = await anAcceptedOrder();
    await send(api, `${asked.base}/termin`, { day: 'other', otherDay: '2027-06-01', contactId: 'other', otherName: 'Pia Neumann' });
    expect(await promised(asked)).toEqual({ promised_from: new Date('2027-05-31T22:00:00Z'), promised_until: new Date('2027-06-01T22:00:00Z') });
    expect((await show(api, asked.base)).text).toContain('Termin: Di., 01.06.2027');
    expect((await show(api, `${asked.base}/kalender.ics`)).html).toMatch(/DTSTART;VALUE=DATE:20270601\r\n.*DTEND;VALUE=DATE:20270602/s);
  });

  test('"don’t know yet" is an answer, and takes a date back', async () => {
    const asked = await anAcceptedOrder();
    await send(api, `${asked.base}/termin`, { day: '2026-11-30', contactId: asked.mira.id });
    const sent = await send(api, `${asked.base}/termin`, { day: 'unknown', contactId: asked.mira.id });
    expect(sent.location).toBe(`${asked.base}?ok=no_date`);
    expect(await promised(asked)).toEqual({ promised_from: null, promised_until: null });
    expect((await show(api, `${asked.base}/kalender.ics`)).status).toBe(404);
  });

  test.each([
    ['no day', {}, 'Bitte wählen Sie einen Tag.'],
    ['another day, but which', { day: 'other' }, 'Bitte wählen Sie einen Tag.'],
    ['a day that does not exist', { day: 'other', otherDay: '2026-02-30' }, 'Bitte wählen Sie einen Tag.'],
    ['a day in the past', { day: 'other', otherDay: '2026-11-24' }, 'Der Tag liegt in der Vergangenheit.'],
    ['an end before the beginning', { day: '2026-11-30', from: '10:00', to: '09:00' }, 'muss nach der ersten liegen'],
  ])('%s is told; nothing is saved and the rest stays', async (_name, fields, words) => {
    const asked = await anAcceptedOrder();
    const page = await send(api, `${asked.base}/termin`, { from: '08:00', contactId: asked.mira.id, ...fields });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Noch nicht gespeichert.');
    expect(page.text).toContain(words);
    expect(page.html).toMatch(/<option[^>]* selected>(08|10):00/);
    expect(await promised(asked)).toEqual({ promised_from: null, promised_until: null });
  });

  test('is not asked for before there is a yes', async () => {
    const asked = await anAskedFirm(api, cast);
    expect((await show(api, `${asked.base}/termin`)).location).toBe(asked.base);
    expect((await send(api, `${asked.base}/termin`, { day: '2026-11-30', contactId: asked.mira.id })).status).toBe(409);
  });

  test('work under contract needs no acceptance: the page asks for the date at once', async () => {
    const asked = await anAskedFirm(api, cast, { firm: { needsNoAcceptance: true } });
    const page = await show(api, asked.base);
    expect(page.html).toMatch(/<h1>Wann können Sie diesen Auftrag ausführen\?<\/h1>/);
    expect(page.html).toContain('<details open>');
    expect((await send(api, `${asked.base}/termin`, { day: '2026-11-30', contactId: asked.mira.id })).status).toBe(303);
  });
});

describe('steps of the work', () => {
  test('started by a named person, through the door "link"', async () => {
    const asked = await anAcceptedOrder();
    const sent = await send(api, `${asked.base}/beginn`, { contactId: asked.jost.id });
    expect(sent.location).toBe(`${asked.base}?ok=started`);
    expect(await order(asked)).toMatchObject({ status: 'in_progress' });
    expect((await events(asked)).at(-1)).toEqual({ name: 'work_order.started', door: 'link', actor_contact_id: asked.jost.id });
    expect((await show(api, sent.location)).text).toContain('Gespeichert: Arbeit begonnen.');
  });

  test('who starts is asked, so that a machine that posts the form changes nothing', async () => {
    const asked = await anAcceptedOrder();
    expect((await send(api, `${asked.base}/beginn`, {})).status).toBe(422);
    expect((await send(api, `${asked.base}/erledigt`, {})).status).toBe(422);
    expect(await order(asked)).toMatchObject({ status: 'accepted' });
  });

  test('on hold with a reason and a day; then it goes on', async () => {
    const asked = await anAcceptedOrder();
    const sent = await send(api, `${asked.base}/pause`, { reason: 'material', until: '2026-12-03', contactId: asked.mira.id });
    expect(sent.location).toBe(`${asked.base}?ok=held`);
    expect(await order(asked)).toEqual({ status: 'waiting', waiting_reason: 'material', waiting_note: null, waiting_until: '2026-12-03' });
    const page = await show(api, asked.base);
    expect(page.text).toContain('Wartet: Material fehlt bis Do., 03.12.2026');
    expect(page.text).toContain('Es geht weiter');
    expect(page.html).not.toContain(`${asked.base}/pause`);
    expect((await send(api, `${asked.base}/beginn`, { contactId: asked.mira.id })).location).toBe(`${asked.base}?ok=resumed`);
    expect(await order(asked)).toMatchObject({ status: 'in_progress', waiting_reason: null });
  });

  test('a reason of one’s own is kept, and said in the conversation', async () => {
    const asked = await anAcceptedOrder();
    await send(api, `${asked.base}/pause`, { reason: 'other', otherReason: 'Gerüst fehlt', contactId: asked.mira.id });
    expect(await order(asked)).toMatchObject({ waiting_reason: 'other', waiting_note: 'Gerüst fehlt' });
    expect((await show(api, `${asked.base}/nachrichten`)).text).toMatch(/Mira Sonnleit, .* Gerüst fehlt/);
  });

  test.each([
    ['no reason', {}, 'Bitte nennen Sie einen Grund.'],
    ['another reason without words', { reason: 'other' }, 'Bitte nennen Sie einen Grund.'],
    ['a day in the past', { reason: 'material', until: '2026-11-01' }, 'Der Tag liegt in der Vergangenheit.'],
  ])('%s does not put it on hold', async (_name, fields, words) => {
    const asked = await anAcceptedOrder();
    const page = await send(api, `${asked.base}/pause`, { contactId: asked.mira.id, ...fields });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining(words)]);
    expect(await order(asked)).toMatchObject({ status: 'accepted' });
  });

  test('pressed twice, each step is made once', async () => {
    const asked = await anAcceptedOrder();
    const twice = async (step: string, fields: Record<string, string>) => [await send(api, `${asked.base}/${step}`, fields), await send(api, `${asked.base}/${step}`, fields)].map((one) => one.location);
    const who = { contactId: asked.mira.id };
    expect(await twice('beginn', who)).toEqual([`${asked.base}?ok=started`, `${asked.base}?ok=started`]);
    expect(await twice('pause', { reason: 'approval', ...who })).toEqual([`${asked.base}?ok=held`, `${asked.base}?ok=held`]);
    expect(await twice('erledigt', who)).toEqual([`${asked.base}?ok=done`, `${asked.base}?ok=done`]);
    const names = (await events(asked)).map((one) => one.name);
    for (const name of ['work_order.started', 'work_order.held', 'work_order.completed']) expect(names.filter((one) => one === name)).toHaveLength(1);
  });

  test('a step out of turn is told, and changes nothing', async () => {
    const asked = await anAcceptedOrder();
    await send(api, `${asked.base}/erledigt`, { contactId: asked.mira.id });
    const page = await send(api, `${asked.base}/pause`, { reason: 'material', contactId: asked.mira.id });
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('Das hat nicht geklappt, es wurde nichts geändert.')]);
    expect(await order(asked)).toMatchObject({ status: 'done' });
  });

  test('no step is made by a firm that has not accepted, though another works on the order', async () => {
    const working = await anAcceptedOrder();
    const asked = await anAskedFirm(api, cast);
    await api.database.query('update assignments set work_order_id = $1 where id = $2', [working.order.id, asked.assignment.id]);
    await api.database.query('update access_links set work_order_id = $1 where assignment_id = $2', [working.order.id, asked.assignment.id]);
    expect((await send(api, `${asked.base}/beginn`, { contactId: asked.mira.id })).status).toBe(409);
    expect((await send(api, `${asked.base}/erledigt`, { contactId: asked.mira.id })).status).toBe(409);
    expect(await order(working)).toMatchObject({ status: 'accepted' });
  });

  test('after the promised time the page asks whether it is done', async () => {
    const asked = await anAcceptedOrder();
    await send(api, `${asked.base}/termin`, { day: '2026-11-25', from: '11:00', to: '12:00', contactId: asked.mira.id });
    expect((await show(api, asked.base)).text).not.toContain('Ist der Auftrag erledigt?');
    const before = api.now();
    api.setNow(new Date('2026-11-25T12:00:00Z'));
    expect((await show(api, asked.base)).text).toMatch(/Ist der Auftrag erledigt\? Erledigt Dauert länger Neuer Termin Nicht möglich/);
    api.setNow(before);
  });
});

describe('done', () => {
  test('with photos and a remark: one message, then done', async () => {
    const asked = await anAcceptedOrder();
    const sent = await sendFiles(api, `${asked.base}/erledigt`, [{ name: 'nachher.jpg', bytes: await aPhoto() }], { text: 'Zwei Anstriche', contactId: asked.mira.id, idempotencyKey: 'key-done-1' });
    expect(sent.location).toBe(`${asked.base}?ok=done`);
    expect(await order(asked)).toMatchObject({ status: 'done' });
    expect((await show(api, sent.location)).text).toContain('Danke. Lindenhof Verwaltung prüft und schließt den Auftrag ab.');
    const conversation = await show(api, `${asked.base}/nachrichten`);
    expect(conversation.text).toContain('Zwei Anstriche');
    expect(conversation.html).toMatch(/datei\/[0-9a-f-]{36}\/vorschau/);
  });

  test('a refused file is named on the page after it; the work is done and the rest is kept', async () => {
    const asked = await anAcceptedOrder();
    const sent = await sendFiles(api, `${asked.base}/erledigt`, [{ name: 'gut.txt', bytes: 'ok' }, { name: 'setup.exe', bytes: 'MZ' }], { contactId: asked.mira.id });
    const page = await show(api, sent.location);
    expect(page.text).toContain('gut.txt ist gespeichert.');
    expect(page.text).toContain('setup.exe wurde nicht gespeichert: Dateityp nicht erlaubt.');
    expect(await order(asked)).toMatchObject({ status: 'done' });
  });

  test('if nothing but refused files came, nothing is done and the remark field is still there', async () => {
    const asked = await anAcceptedOrder();
    const page = await sendFiles(api, `${asked.base}/erledigt`, [{ name: 'gross.bin', bytes: new Uint8Array(1024 * 1024 + 1) }], { contactId: asked.mira.id });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('gross.bin wurde nicht gespeichert: größer als 1 MB.')]);
    expect(await order(asked)).toMatchObject({ status: 'accepted' });
  });
});
