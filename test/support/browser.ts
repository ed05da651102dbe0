import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { requireBrowser } from '#tools/start/browser.ts';

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
/** The narrowest phone that the public page is made for. */
export const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Longer than a page takes on a machine that does much else; who waits for something that never comes waits no shorter for it. */
const PATIENCE_MS = 90_000;

/** Opens the browser that this machine has; see `tools/start/browser.ts`. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await requireBrowser(), args: FLAGS, timeout: PATIENCE_MS });
}

/** A page of its own session, in a language; requests to any other host fail the test that made them. */
export async function openPage(browser: Browser, locale: string, options: BrowserContextOptions = DESKTOP): Promise<{ page: Page; outside: string[] }> {
  const context = await browser.newContext({ locale, timezoneId: 'Europe/Berlin', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(hostname)) outside.push(request.url());
  });
  return { page, outside };
}

/** Keeps a picture where SCREENSHOTS names a folder, for people to look at; tests never compare it. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
