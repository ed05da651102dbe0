import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { MAIL_NAMES } from '#domain/words/mail-names.ts';
import { requireBrowser } from '#tools/start/browser.ts';
import { pages, states } from './page-data.ts';
import { startPageServer, type PageServer } from './page-server.ts';

const PHONE = { width: 360, height: 740 };
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser: Browser;
let server: PageServer;
let context: BrowserContext | undefined;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await requireBrowser(), headless: true, args: FLAGS, timeout: 90_000 });
});
afterAll(async () => browser.close());
beforeEach(async () => {
  server = await startPageServer();
});
afterEach(async () => {
  await context?.close();
  context = undefined;
  await server.close();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  await context?.close();
  context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  await page.goto(`${server.url}${path}`);
  return page;
}

type Violation = { id: string; nodes: { html: string }[] };
/** What axe finds in light and dark: id of the rule and the elements. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const run = async (rules: string[] | null): Promise<string[]> => {
    const found = await page.evaluate(async (only) => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
      return (await axe.run(only ? { runOnly: only } : {})).violations;
    }, rules);
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
  };
  const light = await run(null);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...light, ...(await run(['color-contrast']))];
}
const width = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
const focused = (page: Page, what: string): Promise<unknown> => page.evaluate(`document.activeElement?.${what}`);

describe('audited on a phone', () => {
  let audited: Page;
  beforeAll(async () => {
    const shared = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', bypassCSP: true });
    shared.setDefaultTimeout(90_000);
    audited = await shared.newPage();
  });
  afterAll(async () => audited.context().close());

  async function audit(path: string): Promise<string[]> {
    await audited.emulateMedia({ colorScheme: 'light' });
    await audited.goto(`${server.url}${path}`);
    expect(await width(audited)).toBeLessThanOrEqual(PHONE.width);
    return findings(audited);
  }

  it.each([...Object.keys(pages), ...Object.keys(states)])('page %s: axe finds nothing in light and dark, nothing is wider than a small phone', async (name) => {
    expect(await audit(`/${name}`)).toEqual([]);
  });

  it.each(MAIL_NAMES)('mail %s: axe finds nothing in light and dark, nothing is wider than a small phone', async (name) => {
    // A mail without the order's title has no heading: its news is its first sentence.
    expect((await audit(`/mail/${name}`)).filter((one) => !one.startsWith('page-has-heading-one'))).toEqual([]);
  });
});

describe('a page without script', () => {
  const options = { javaScriptEnabled: false };

  it('accepts in two presses: a name, and the button', async () => {
    const page = await open('/accept', options);
    await page.getByLabel('Mira Sonnleit').check();
    await page.getByRole('button', { name: 'Auftrag annehmen' }).click();
    await page.waitForURL('**/message-sent');
    expect(server.posted).toEqual([expect.objectContaining({ body: expect.stringContaining('contactId=c1') })]);
    expect(server.posted[0]?.path).toMatch(/\/annehmen$/);
  });

  it('opens the field for another person only when it is chosen', async () => {
    const page = await open('/accept', options);
    await expect(page.getByLabel('Vor- und Nachname').isVisible()).resolves.toBe(false);
    await page.getByLabel('Andere Person:').check();
    await expect(page.getByLabel('Vor- und Nachname').isVisible()).resolves.toBe(true);
  });

  it('sends files with the message', async () => {
    const page = await open('/conversation', options);
    await page.getByLabel('Datei auswählen').setInputFiles({ name: 'decke.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('abcdefgh') });
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.waitForURL('**/message-sent');
    expect(server.posted[0]?.body).toContain('filename="decke.jpg"');
    expect(server.posted[0]?.body).toContain('Zweiter Anstrich ist drauf');
  });
});

describe('text of twice the size', () => {
  it('keeps its width, and the answers move from the edge to the end of the page', async () => {
    const page = await open('/order', { viewport: { width: 325, height: 740 }, bypassCSP: true });
    await page.addStyleTag({ content: 'html{font-size:200%}' });
    expect(await width(page)).toBeLessThanOrEqual(325);
    const isLow = await open('/order', { viewport: { width: 640, height: 360 } });
    expect(await isLow.evaluate('getComputedStyle(document.querySelector(".bar")).position')).toBe('static');
  });
});

describe('the keyboard', () => {
  it('reaches the answer by the skip link, then content, answers and footer', async () => {
    const page = await open('/order');
    await page.keyboard.press('Tab');
    expect(await focused(page, 'textContent')).toBe('Zur Antwort');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/order#*');
    await page.keyboard.press('Tab');
    expect(await focused(page, 'textContent')).toBe('Auftrag annehmen');
  });

  it('stands on the summary of what is missing', async () => {
    const page = await open('/accept-fault');
    expect(await focused(page, "getAttribute('role')")).toBe('alert');
  });
});

describe('uploads', () => {
  const file = (name: string, size = 10) => ({ name, mimeType: 'image/jpeg', buffer: Buffer.alloc(size, 1) });

  it('go up at once in pieces, survive a break, and join the message', async () => {
    const page = await open('/conversation');
    server.loses = Infinity;
    await page.getByLabel('Foto aufnehmen').setInputFiles(file('decke.jpg'));
    await page.getByText('Verbindung unterbrochen, wir versuchen es weiter. Bitte lassen Sie die Seite offen.').first().waitFor();
    server.loses = 0;
    await page.getByText('decke.jpg: 100 %').first().waitFor();
    expect(server.received.get('decke.jpg')).toBe(10);
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('Gesendet.', { exact: true }).waitFor();
    expect(server.posted).toHaveLength(1);
    expect(server.posted[0]?.body).toMatch(/name="attachmentIds"\s+id-decke\.jpg/);
    expect(server.posted[0]?.body).not.toContain('filename=');
  });

  it('are refused by name: too large before sending, wrong type after', async () => {
    const page = await open('/conversation');
    await page.evaluate('document.forms[0].dataset.limit = 5');
    await page.getByLabel('Datei auswählen').setInputFiles([file('gross.jpg', 6), { name: 'x.exe', mimeType: '', buffer: Buffer.from('MZ') }, { name: 'leer.txt', mimeType: '', buffer: Buffer.alloc(0) }]);
    await page.getByText('gross.jpg wurde nicht gespeichert: größer als 250 MB.').first().waitFor();
    await page.getByText('x.exe wurde nicht gespeichert: Dateityp nicht erlaubt.').first().waitFor();
    await page.getByText('leer.txt wurde nicht gespeichert: Die Datei ist leer.').first().waitFor();
    expect([...server.received.keys()]).toEqual([]);
  });

  it('hold a message back until they are there, but never a report of done', async () => {
    const page = await open('/done');
    server.loses = Infinity;
    await page.getByLabel('Foto aufnehmen').setInputFiles(file('fertig.jpg'));
    await page.getByRole('button', { name: 'Erledigt melden' }).click();
    await page.getByText('Bitte warten Sie, bis die Dateien hochgeladen sind, und drücken Sie dann noch einmal.').first().waitFor();
    server.loses = 0;
    await page.getByText('fertig.jpg: 100 %').first().waitFor();
    expect(server.posted).toEqual([]);
    await page.getByRole('button', { name: 'Erledigt melden' }).click();
    await page.waitForURL('**/message-sent');
    expect(server.posted[0]?.body).toContain('id-fertig.jpg');
  });
});

describe('a message without a connection', () => {
  it('waits, says so, and is sent once when the connection is back', async () => {
    const page = await open('/observer');
    await page.getByLabel('Nachricht an Wohnpark Erlenquell').fill('Bin gleich da');
    await context?.setOffline(true);
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('noch nicht gesendet').waitFor();
    expect(server.posted).toEqual([]);
    await context?.setOffline(false);
    await page.getByText('noch nicht gesendet').waitFor({ state: 'detached' });
    expect(server.posted).toHaveLength(1);
    expect(server.posted[0]?.body).toContain('Bin+gleich+da');
    expect(server.posted[0]?.body).toContain('idempotencyKey=k1');
  });

  it('keeps a draft until it is sent', async () => {
    const page = await open('/observer');
    await page.getByLabel('Nachricht an Wohnpark Erlenquell').fill('Angefangen');
    await page.reload();
    expect(await page.getByLabel('Nachricht an Wohnpark Erlenquell').inputValue()).toBe('Angefangen');
  });
});

describe('on paper', () => {
  it('one A4 page, without buttons, with phone and address', async () => {
    const page = await open('/order');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Auftrag annehmen').isVisible()).toBe(false);
    const pdf = (await page.pdf({ format: 'A4', margin: { top: '1cm', bottom: '1cm', left: '1cm', right: '1cm' } })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
});
