import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { User } from '#db/users/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { portalBuild } from '#tools/start/builds.ts';
import { anInvitation, mailsOf } from '../api/invitation-stage.ts';
import { anAskedFirm, type Asked } from '../api/public-stage.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { DESKTOP, openBrowser, openPage, picture } from '../support/browser.ts';
import { anAssignment, aSession, aToken, aUser, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aCast, type Cast, type Player } from '../support/cast.ts';
import { aHeldMail, mailFixture } from '../support/mail-in.ts';
import { aPartner, aShare, type PartnerCast } from '../support/partners.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const BUILD_MS = 300_000;

let api: TestApi;
let cast: Cast;
let asked: Asked;
let browser: Browser;
let mailId: string;
let partner: PartnerCast;
let lift: WorkOrder;

beforeAll(async () => {
  const folder = await portalBuild();
  if (!folder) throw new Error('there is no portal to look at');
  [api, browser] = await Promise.all([startApi({ env: { PORTAL_DIR: folder } }), openBrowser()]);
  cast = await aCast(api.orm, api.now());
  asked = await anAskedFirm(api, cast, { order: { dueOn: '2026-12-11', description: 'Die Decke im 3. OG ganz streichen.' } });
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  mailId = (await api.database.query<{ id: string }>('select id from outbound_mails limit 1'))[0]!.id;
  partner = await aPartner(api.orm, cast, api.now());
  await aShare(api.orm, partner, cast.workspace.id);
  lift = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { title: 'Aufzug bleibt stehen', status: 'assigned', dueOn: '2026-11-27' });
  await anAssignment(api.orm, cast.organisation.id, lift.id, { kind: 'partner', firmId: partner.partnership.firmId, partnershipId: partner.partnership.id, status: 'offered' });
}, BUILD_MS);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** Signed in as somebody; the portal asks only itself. */
async function enter(who: Pick<Player, 'cookie'>, options: BrowserContextOptions): Promise<Page> {
  const { page } = await openPage(browser, 'de-DE', { colorScheme: 'light', ...options, reducedMotion: 'reduce' });
  const [name = '', value = ''] = who.cookie.split('=');
  await page.context().addCookies([{ name, value, url: api.url }]);
  return page;
}

/** Opens a page of the account and waits until nothing on it is still being loaded. */
async function open(page: Page, path: string, account: string = cast.organisation.id): Promise<void> {
  await page.goto(`${api.url}/a/${account}${path}`);
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
    await page.getByRole('heading', { name: 'Nicht gefunden', level: 1 }).waitFor();
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

test.each([
  ['on the desk', DESKTOP],
  ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
] as const)('what partners and their clients see of each other is fit for everybody %s', async (where, options) => {
  const { partnership, own } = partner;
  const found: Record<string, string[]> = {};
  const look = async (page: Page, path: string, account: string): Promise<void> => {
    await open(page, path, account);
    await picture(page, `partner-${where}-${path.replace(/\W+/g, '-')}`);
    const faults = await audit(page);
    if (faults.length > 0) found[path] = faults;
  };
  const [client, office] = [await enter(cast.admin, options), await enter(own.admin, options)];
  for (const path of ['/partnerships', `/partnerships/${partnership.id}/show`]) await look(client, path, cast.organisation.id);
  for (const path of ['/', '/work-orders', `/work-orders/${lift.id}/show`, '/calendar', '/workspaces', `/workspaces/${cast.workspace.id}/show`, '/partnership']) await look(office, path, partnership.id);
  for (const path of ['/client-orders', '/client-orders/calendar', '/client-orders/inbox']) await look(office, path, own.organisation.id);
  expect(found).toEqual({});
  await Promise.all([client.context().close(), office.context().close()]);
}, BUILD_MS);

test("in a client's account there is what exists for a partner, and no other firm", async () => {
  const page = await enter(partner.own.coordinator, DESKTOP);
  await open(page, '/', partner.partnership.id);
  await page.getByText('Sie arbeiten im Account von Lindenhof Verwaltung, als Partner').waitFor();
  await page.locator('.menu .one-line', { hasText: 'Zusammenarbeit' }).waitFor();
  expect((await page.locator('.menu .one-line').allInnerTexts())).toEqual(['Übersicht', 'Aufträge', 'Kalender', 'Anlagen', 'Arbeitsbereiche', 'Zusammenarbeit']);
  // What waits for the partner comes first, and its number leads to just that list.
  await page.locator('.dashboard-main', { hasText: 'Neue Anfragen' }).getByRole('link', { name: /Aufzug bleibt stehen/ }).waitFor();
  await page.getByRole('link', { name: /1 unbeantwortet/ }).click();
  await page.getByRole('button', { name: 'Antwort offen', pressed: true }).waitFor();
  await page.locator('main .order-name .strong').first().waitFor();
  expect(await page.locator('main .order-name .strong').allInnerTexts()).toEqual(['Aufzug bleibt stehen']);
  await open(page, `/work-orders/${lift.id}/show`, partner.partnership.id);
  await page.getByRole('button', { name: 'Annehmen' }).waitFor();
  expect(await page.locator('body').innerText()).not.toContain(asked.order.title);
  for (const path of ['/firms', '/partnerships', '/users', '/settings/organisation', `/work-orders/${asked.order.id}/show`]) {
    await open(page, path, partner.partnership.id);
    await page.getByRole('heading', { name: 'Nicht gefunden', level: 1 }).waitFor();
    expect([path, await page.locator('main h1').allInnerTexts()]).toEqual([path, ['Nicht gefunden']]);
  }
  await page.context().close();
}, BUILD_MS);

test('a partner takes the list of all its clients with it as a file', async () => {
  const page = await enter(partner.own.coordinator, DESKTOP);
  await open(page, '/client-orders', partner.own.organisation.id);
  await page.getByRole('link', { name: /Aufzug bleibt stehen/ }).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Exportieren' }).click()]);
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(file.suggestedFilename()).toMatch(/^Alle Aufträge meiner Auftraggeber \d{4}-\d{2}-\d{2}\.csv$/);
  expect(lines.slice(1)).toEqual([expect.stringMatching(new RegExp(`^Lindenhof Verwaltung;${lift.number};.*;Aufzug bleibt stehen;`)), '']);
  await page.context().close();
}, BUILD_MS);

test('a workspace is unticked on its page, not while work runs there, and taken up again below the list', async () => {
  const place = await aWorkspace(api.orm, cast.organisation.id, { name: 'Kita Sonnenbogen' });
  await aShare(api.orm, partner, place.id);
  const page = await enter(partner.own.admin, DESKTOP);
  const untick = async (id: string): Promise<void> => {
    await open(page, `/workspaces/${id}/show`, partner.partnership.id);
    await page.getByRole('button', { name: 'Betreuen wir nicht …' }).click();
    await page.getByLabel(/^Warum nicht/).fill('kein Aufzug im Haus');
    await page.getByRole('button', { name: 'Abwählen', exact: true }).click();
  };
  await untick(cast.workspace.id);
  await page.getByRole('alert').getByText(lift.number).waitFor();
  await untick(place.id);
  const below = page.locator('.own-not-served');
  await below.getByText('„kein Aufzug im Haus“').waitFor();
  await below.getByRole('switch', { name: /Kita Sonnenbogen/ }).or(below.getByRole('checkbox', { name: /Kita Sonnenbogen/ })).click();
  await page.locator('.record-table').getByText('Kita Sonnenbogen').waitFor();
  await below.waitFor({ state: 'detached' });
  await page.context().close();
}, BUILD_MS);

test('another account in one tab leaves the other tab where it is, also after a reload', async () => {
  const staying = await enter(partner.own.admin, DESKTOP);
  await open(staying, '/work-orders', partner.partnership.id);
  const moving = await staying.context().newPage();
  await open(moving, '/', partner.partnership.id);
  await moving.getByRole('button', { name: /Account wechseln/ }).click();
  await moving.getByRole('link', { name: /Treppner Aufzüge/ }).click();
  await moving.waitForURL(new RegExp(`/a/${partner.own.organisation.id}`));
  const accounts = new Set<string>();
  staying.on('request', (request) => { const named = /\/accounts\/([^/?]+)/.exec(request.url())?.[1]; if (named) accounts.add(named); });
  await staying.reload();
  await staying.locator('main .order-name').first().waitFor();
  await staying.getByRole('link', { name: 'Anlagen' }).click();
  await staying.getByRole('heading', { name: 'Anlagen', level: 1 }).waitFor();
  expect([...accounts]).toEqual([partner.partnership.id]);
  await staying.context().close();
}, BUILD_MS);

describe('an invitation', () => {
  const asUser = async (user: User): Promise<Page> => enter({ cookie: await aSession(api.orm, user.id, api.now()) }, PHONE);

  test('stands on the first page of whoever works nowhere yet, and its link goes to their mailbox', async () => {
    const user = await aUser(api.orm);
    const { id } = await anInvitation(api, cast, { email: user.email });
    const page = await asUser(user);
    await page.goto(api.url);
    await page.getByRole('heading', { name: 'Noch kein Account', level: 1 }).waitFor();
    await page.getByText('Sie sind zur Zusammenarbeit mit Lindenhof Verwaltung eingeladen.').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Link per E-Mail senden' }).click();
    await page.getByText(`Der Link zur Einladung ist unterwegs an ${user.email}.`).waitFor();
    expect(await mailsOf(api, id)).toEqual([`partner-invitation first ${user.email}`, `partner-invitation new_link ${user.email}`]);
    await page.context().close();
  }, BUILD_MS);

  test('is gone on with once a new password is set that was asked for on its page', async () => {
    const user = await aUser(api.orm);
    const { id: partnershipId } = await anInvitation(api, cast, { email: user.email });
    const token = await aToken(api.orm, { purpose: 'reset_password', userId: user.id, organisationId: cast.organisation.id, partnershipId }, api.now());
    const { page } = await openPage(browser, 'de-DE', PHONE);
    await page.goto(`${api.url}/account/${token}`);
    await page.getByText('Danach geht es weiter mit der Einladung von Lindenhof Verwaltung.').waitFor();
    await page.getByLabel('Neues Passwort').fill('Sieben blaue Leitern im Hof');
    await page.getByLabel('Passwort wiederholen').fill('Sieben blaue Leitern im Hof');
    await page.getByRole('button', { name: 'Passwort setzen und anmelden' }).click();
    await page.waitForURL(/\/i\/[\w-]{43}\/annehmen$/);
    await page.getByRole('heading', { name: 'Für welche Firma nehmen Sie an?' }).waitFor();
    await page.context().close();
  }, BUILD_MS);

  test('is extended to a later day only: an earlier one is said to be too early and can not be sent', async () => {
    const { id } = await anInvitation(api, cast);
    const page = await enter(cast.admin, DESKTOP);
    await open(page, `/partnerships/${id}/show`);
    await page.getByRole('button', { name: 'Verlängern' }).click();
    const dialog = page.getByRole('dialog', { name: 'Einladung verlängern' });
    const [day, confirm] = [dialog.getByLabel('Gilt bis'), dialog.getByRole('button', { name: 'Verlängern' })];
    // The clock of the browser is not that of the API: the first day that may be chosen is the one after the present last.
    await day.fill('2026-12-25');
    await dialog.getByText('Bitte wählen Sie einen späteren Tag').waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await day.fill('2099-01-31');
    await dialog.getByText('Der Link in der E-Mail gilt bis zum Ende dieses Tages.').waitFor();
    await confirm.click();
    // Said once as a notice and once in the record, whichever comes first.
    await page.getByText('Einladung verlängert').first().waitFor();
    expect(await api.database.query('select valid_until from partnerships where id = $1', [id])).toEqual([{ valid_until: new Date('2099-01-31T22:59:00Z') }]);
    await page.context().close();
  }, BUILD_MS);
});
