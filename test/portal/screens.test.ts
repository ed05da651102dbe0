import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { portalBuild } from '#tools/start/builds.ts';
import { anAskedFirm, type Asked } from '../api/public-stage.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { DESKTOP, openBrowser, openPage, picture } from '../support/browser.ts';
import { aCast, type Cast, type Player } from '../support/cast.ts';
import { aHeldMail, mailFixture } from '../support/mail-in.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const BUILD_MS = 300_000;

let api: TestApi;
let cast: Cast;
let asked: Asked;
let browser: Browser;
let mailId: string;

beforeAll(async () => {
  const folder = await portalBuild();
  if (!folder) throw new Error('there is no portal to look at');
  [api, browser] = await Promise.all([startApi({ env: { PORTAL_DIR: folder } }), openBrowser()]);
  cast = await aCast(api.orm, api.now());
  asked = await anAskedFirm(api, cast, { order: { dueOn: '2026-12-11', description: 'Die Decke im 3. OG ganz streichen.' } });
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  mailId = (await api.database.query<{ id: string }>('select id from outbound_mails limit 1'))[0]!.id;
}, BUILD_MS);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** Signed in as somebody; the portal asks only itself. */
async function enter(who: Player, options: BrowserContextOptions): Promise<Page> {
  const { page } = await openPage(browser, 'de-DE', { colorScheme: 'light', ...options, reducedMotion: 'reduce' });
  const [name = '', value = ''] = who.cookie.split('=');
  await page.context().addCookies([{ name, value, url: api.url }]);
  return page;
}

/** Opens a page of the account and waits until nothing on it is still being loaded. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${api.url}/a/${cast.organisation.id}${path}`);
  await page.locator('main h1').first().waitFor();
  const loading = page.locator('main [role=status][aria-label="Wird geladen"]');
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' });
}

/** What axe finds, and whether anything sticks out at the side. */
async function audit(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
  });
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return [...found, ...(wide === 0 ? [] : [`${String(wide)} px too wide`])];
}

// Each in a page of its own: colours that change under an open page are half old, half new for a moment.
test.each([
  ['in the dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['on a phone', PHONE],
  ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
] as const)('the main screens are fit for everybody %s', async (where, options) => {
  const page = await enter(cast.admin, options);
  const found: Record<string, string[]> = {};
  for (const path of ['/', '/work-orders', `/work-orders/${asked.order.id}/show`, '/to-review', '/mails', '/settings/escalation']) {
    await open(page, path);
    await picture(page, `portal-${where}-${path.replace(/\W+/g, '-')}`);
    const faults = await audit(page);
    if (faults.length > 0) found[path] = faults;
  }
  expect(found).toEqual({});
  await page.context().close();
}, BUILD_MS);

test('a technician finds no page of the office, but learns why a mail came to them', async () => {
  const page = await enter(cast.technician, DESKTOP);
  for (const path of ['/firms', '/to-review', '/mails', '/settings/escalation']) {
    await open(page, path);
    expect(await page.locator('main h1').allInnerTexts()).toEqual(['Nicht gefunden']);
  }
  await api.database.query('update outbound_mails set to_user_id = $1 where id = $2', [cast.technician.user.id, mailId]);
  await open(page, `/mails/${mailId}/show`);
  expect(await page.locator('main').innerText()).toContain(asked.order.number);
  expect(await audit(page)).toEqual([]);
  await page.context().close();
}, BUILD_MS);

test('settings are text to a coordinator, and say who may change them', async () => {
  const page = await enter(cast.coordinator, DESKTOP);
  for (const section of ['organisation', 'hours', 'escalation', 'sender']) {
    await open(page, `/settings/${section}`);
    await page.getByText('Ändern darf das nur die Administration: Katrin Vogt.').waitFor();
    expect([section, await page.locator('.settings-main :is(input, textarea, [role=combobox], [role=switch])').count()]).toEqual([section, 0]);
  }
  await page.context().close();
}, BUILD_MS);
