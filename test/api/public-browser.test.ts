import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startApi, type TestApi } from '../support/api.ts';
import { openBrowser, openPage, PHONE, picture } from '../support/browser.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aPhoto, uploadTo } from '../support/files.ts';
import { anAskedFirm, type Asked } from './public-stage.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WORDS = {
  'de-DE': {
    question: 'Können Sie diesen Auftrag übernehmen?', accept: 'Auftrag annehmen', chooseWho: 'Bitte wählen Sie, wer antwortet.', accepted: 'Danke, der Auftrag ist angenommen.',
    setDate: 'Termin nennen', day: /Mo\.,\s30\.11\./, from: 'zwischen', to: 'und', saved: 'Termin gespeichert', start: 'Arbeit begonnen', started: 'Gespeichert: Arbeit begonnen.', hold: 'Es geht nicht weiter',
    material: 'Material fehlt', save: 'Speichern', waiting: 'Wartet: Material fehlt', resume: 'Es geht weiter', message: 'Nachricht an Lindenhof Verwaltung', send: 'Senden', sent: 'Gesendet.', done: 'Erledigt melden',
    thanks: 'prüft und schließt den Auftrag ab', back: 'Zurück zum Auftrag', saved100: '100 %', unsent: 'noch nicht gesendet', lost: 'Verbindung unterbrochen', decline: 'Ablehnen', declined: 'Danke für Ihre Antwort.',
  },
  'en-GB': {
    question: 'Can you take on this work?', accept: 'Accept', chooseWho: 'Please choose who is answering.', accepted: 'Thank you, the work order is accepted.',
    setDate: 'Set a date', day: /Mon\s30\sNov/, from: 'between', to: 'and', saved: 'Date saved', start: 'Work started', started: 'Saved: work started.', hold: 'Work is on hold',
    material: 'Waiting for material', save: 'Save', waiting: 'On hold: Waiting for material', resume: 'Work goes on', message: 'Message to Lindenhof Verwaltung', send: 'Send', sent: 'Sent.', done: 'Report as done',
    thanks: 'will check and close the work order', back: 'Back to the work order', saved100: '100%', unsent: 'not sent yet', lost: 'Connection lost', decline: 'Decline', declined: 'Thank you for your answer.',
  },
} as const;
type Locale = keyof typeof WORDS;

let api: TestApi;
let cast: Cast;
let browser: Browser;
let open: Page[] = [];
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ env: { UPLOAD_LIMIT_MB: '4' } }), openBrowser()]);
  cast = await aCast(api.orm, api.now());
  await api.database.query(`update organisations set phone = '069 90009-120', legal_url = 'https://verwaltung.example/impressum' where id = $1`, [cast.organisation.id]);
  await api.database.query(`update workspaces set street = 'Ahornhof 7', postal_code = '99990', city = 'Neuquell' where id = $1`, [cast.workspace.id]);
});
beforeEach(() => api.database.query('delete from rate_limits'));
afterEach(async () => {
  for (const page of open) await page.context().close();
  open = [];
});
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** A phone that has opened a link; whatever the browser complains of, and any request to elsewhere, is kept. */
async function phone(asked: Asked, locale: Locale, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const { page, outside } = await openPage(browser, locale, { ...PHONE, reducedMotion: 'reduce', ...options });
  open.push(page);
  const complaints = outside;
  page.on('console', (message) => { if (message.type() === 'error' && !/status of (4|5)\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${api.url}${asked.base}`);
  return { page, complaints };
}

async function anOrder(locale: Locale): Promise<Asked> {
  const asked = await anAskedFirm(api, cast, { firm: { locale }, order: { dueOn: '2026-12-11', costLimitCents: 90_000, description: 'Im Treppenhaus hat ein Rohrbruch einen Fleck von etwa 2 m² hinterlassen. Bitte die Decke im 3. OG ganz streichen.' } });
  await uploadTo(api, account(cast, `/work-orders/${asked.order.id}/attachments`), { cookie: cast.coordinator.cookie, files: [{ name: 'Fleck.jpg', bytes: await aPhoto() }, { name: 'Messung.pdf', bytes: '%PDF-1.7' }] });
  return asked;
}

/** What axe finds, in light and in dark, and whether anything sticks out at the side. */
async function audit(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const run = async (): Promise<string[]> => page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
  });
  const light = await run();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await run();
  await page.emulateMedia({ colorScheme: 'light' });
  const width = await page.evaluate('document.documentElement.scrollWidth');
  return [...light, ...dark, ...(width === 360 ? [] : [`width ${String(width)}`])];
}
const status = async (asked: Asked): Promise<string> => (await api.database.query<{ status: string }>('select status from work_orders where id = $1', [asked.order.id]))[0]!.status;
const bodies = async (asked: Asked): Promise<string[]> =>
  (await api.database.query<{ body: string }>('select body from comments where work_order_id = $1 order by created_at, id', [asked.order.id])).map((one) => one.body);
const files = async (asked: Asked): Promise<{ name: string; isSaid: boolean }[]> =>
  api.database.query('select name, comment_id is not null as "isSaid" from attachments where work_order_id = $1 and uploaded_by_user_id is null order by name', [asked.order.id]);

describe.each(Object.keys(WORDS) as Locale[])('the whole story on a phone, %s', (locale) => {
  test.each([['with', true], ['without', false]] as const)('%s JavaScript', async (name, javaScriptEnabled) => {
    const words = WORDS[locale];
    const asked = await anOrder(locale);
    const { page, complaints } = await phone(asked, locale, { javaScriptEnabled, bypassCSP: false });
    let shot = 0;
    const look = async (what: string): Promise<void> => {
      await picture(page, `public-${locale}-${name}-${String((shot += 1)).padStart(2, '0')}-${what}`);
      if (javaScriptEnabled) expect([what, await audit(page)]).toEqual([what, []]);
    };
    const press = (button: string): Promise<void> => page.getByRole('button', { name: button }).click();

    await page.getByRole('heading', { level: 1, name: words.question }).waitFor();
    await look('asked');
    await page.getByRole('link', { name: words.accept }).click();
    await look('who');
    await press(words.accept);
    await page.getByRole('link', { name: words.chooseWho }).waitFor();
    await look('who-fault');
    expect(await status(asked)).toBe('assigned');
    await page.getByLabel('Mira Sonnleit').check();
    await press(words.accept);
    await page.getByRole('heading', { name: words.accepted }).waitFor();
    await look('accepted');

    await page.getByLabel(words.day).check();
    await page.getByLabel(words.from, { exact: true }).selectOption('08:00');
    await page.getByLabel(words.to, { exact: true }).selectOption('10:00');
    await press(words.setDate);
    await page.getByText(words.saved).waitFor();
    await look('date');

    await page.getByRole('link', { name: words.message }).click();
    await page.getByLabel(words.message).fill('Erster Anstrich ist drauf.');
    const photo = Buffer.from(await aPhoto());
    const picker = page.locator('input[type=file][multiple]');
    await picker.setInputFiles([{ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo }, { name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: photo }]);
    if (javaScriptEnabled) await page.locator('.uploads').getByText(words.saved100).nth(1).waitFor();
    await look('message');
    await press(words.send);
    await page.getByText(words.sent, { exact: true }).first().waitFor();
    await page.getByText('Erster Anstrich ist drauf.').waitFor();
    await look('sent');
    expect(await files(asked)).toEqual([{ name: 'IMG_1.jpg', isSaid: true }, { name: 'IMG_2.jpg', isSaid: true }]);

    await page.getByRole('link', { name: words.back }).click();
    await page.getByRole('link', { name: words.start }).click();
    await page.getByLabel('Jost Sonnleit').check();
    await press(words.start);
    await page.getByText(words.started).waitFor();
    await page.getByRole('link', { name: words.hold }).click();
    await look('hold');
    await page.getByLabel(words.material).check();
    await press(words.save);
    await page.getByRole('heading', { name: words.waiting }).waitFor();
    await look('waiting');
    await page.getByRole('link', { name: words.resume }).click();
    await page.getByLabel('Mira Sonnleit').check();
    await press(words.resume);

    await page.getByRole('link', { name: words.done }).click();
    await picker.setInputFiles([{ name: 'Nachher.jpg', mimeType: 'image/jpeg', buffer: photo }]);
    if (javaScriptEnabled) await page.locator('.uploads').getByText(words.saved100).waitFor();
    await page.getByLabel('Mira Sonnleit').check();
    await look('done-form');
    await press(words.done);
    await page.getByText(words.thanks).waitFor();
    await look('done');
    expect(await status(asked)).toBe('done');
    expect((await files(asked)).map((one) => one.name)).toEqual(['IMG_1.jpg', 'IMG_2.jpg', 'Nachher.jpg']);
    expect(complaints).toEqual([]);
  }, 300_000);
});

describe('with a poor connection', () => {
  test('a photo goes on where it broke off, and the message follows it', async () => {
    const asked = await anOrder('de-DE');
    const { page } = await phone(asked, 'de-DE');
    await page.goto(`${api.url}${asked.base}/nachrichten`);
    let pieces = 0;
    let isBroken = true;
    await page.route('**/dateien/teile/**', async (route) => {
      if (route.request().method() === 'PUT' && (pieces += 1) >= 2 && isBroken) return route.abort('connectionreset');
      return route.continue();
    });
    await page.locator('input[type=file][multiple]').setInputFiles([{ name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(3 * 1024 * 1024, 7) }]);
    await page.getByText(WORDS['de-DE'].lost).first().waitFor();
    isBroken = false;
    await page.getByText('film.bin: 100 %').first().waitFor();
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('Gesendet.', { exact: true }).first().waitFor();
    expect(await files(asked)).toEqual([{ name: 'film.bin', isSaid: true }]);
  });

  test('a message typed offline waits, says so, and is sent once', async () => {
    const asked = await anOrder('de-DE');
    const { page } = await phone(asked, 'de-DE');
    await page.goto(`${api.url}${asked.base}/nachrichten`);
    await page.getByLabel('Nachricht an Lindenhof Verwaltung').fill('Aus dem Keller');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('noch nicht gesendet').waitFor();
    expect(await bodies(asked)).toEqual([]);
    await page.context().setOffline(false);
    await page.locator('.thread').getByText('Aus dem Keller').waitFor();
    expect(await bodies(asked)).toEqual(['Aus dem Keller']);
  });

  test('too large and of a wrong kind is told at the file, the others go', async () => {
    const asked = await anOrder('de-DE');
    const { page } = await phone(asked, 'de-DE');
    await page.goto(`${api.url}${asked.base}/dateien`);
    await page.locator('input[type=file][multiple]').setInputFiles([
      { name: 'gross.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4 * 1024 * 1024 + 1) },
      { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
      { name: 'gut.txt', mimeType: 'text/plain', buffer: Buffer.from('gut') },
    ]);
    await page.getByText('gut.txt: 100 %').first().waitFor();
    await page.locator('.uploads').getByText('gross.bin wurde nicht gespeichert: größer als 4 MB.').waitFor();
    await page.locator('.uploads').getByText('setup.exe wurde nicht gespeichert: Dateityp nicht erlaubt.').waitFor();
    await picture(page, 'public-de-DE-upload-refused');
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('Gesendet.', { exact: true }).first().waitFor();
    expect(await files(asked)).toEqual([{ name: 'gut.txt', isSaid: true }]);
  });
});

test('declining ends on a page that thanks, and stays so', async () => {
  const asked = await anOrder('de-DE');
  const { page, complaints } = await phone(asked, 'de-DE');
  await page.getByRole('link', { name: 'Ablehnen' }).click();
  await page.getByLabel('Keine Kapazität').check();
  await page.getByLabel('Mira Sonnleit').check();
  await picture(page, 'public-de-DE-decline');
  expect(await audit(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ablehnen' }).click();
  await page.getByRole('heading', { name: 'Danke für Ihre Antwort.' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Danke für Ihre Antwort.' }).waitFor();
  await picture(page, 'public-de-DE-declined');
  expect(await audit(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
