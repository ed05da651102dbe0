import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { openBrowser, openPage, PHONE, picture } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { assign, close, createTicket, demoLogin, expectSoon } from './client.ts';
import { addObserver, endPartnership, invitePartner, narrowShares, SHARED, write } from './client-of-partner.ts';
import { acceptOnThePhone, join, openOrderOfClient, takeOn } from './partner-side.ts';
import { PARTNER_STORIES, type PartnerStory, type Person, shownTo } from './partner-words.ts';
import { passLastDay } from './last-day.ts';
import { photo } from './photo.ts';
import { STORY_WORDS } from './story-words.ts';

const CLIENT = 'Quartier Ahornfeld GmbH';
const CLIENT_ADMIN = 'ruth.ahlmann@ahornfeld.example';

let installation: Installation;
let clientBrowser: Browser;
let partnerBrowser: Browser;
/** What no page may do: ask another host, or complain on its console. */
let faults: string[] = [];
/** What was taken back while a page showed it: that page asks once more, and the browser notes the answer. */
const takenBack = new Set<string>();

beforeAll(async () => {
  [installation, clientBrowser, partnerBrowser] = await Promise.all([startInstallation(), openBrowser(), openBrowser()]);
}, 420_000);

afterAll(async () => {
  await Promise.all([clientBrowser?.close(), partnerBrowser?.close()]);
  await installation?.stop();
}, 60_000);

describe.each(PARTNER_STORIES.map((story) => [story.language, story] as const))('the story of a partner (%s)', (_, story) => {
  test('a client invites a company, which works in its account until the collaboration ends', async () => {
    faults = [];
    const { portal, words } = shownTo(story);
    const { mailbox, result } = installation;
    const ticket = { ...STORY_WORDS[story.locale]!, title: story.title, firm: story.company };
    const client = await open(clientBrowser, story);
    await signInAs(client, story, demoLogin(result, CLIENT_ADMIN));

    const partnershipId = await invitePartner(client, story);
    const invitation = await mailbox.mailTo(story.admin.email, { tag: 'partner-invitation' });
    expect(invitation.subject).toMatch(story.invitationSubject);
    const phone = await open(partnerBrowser, story, PHONE);
    await acceptOnThePhone(phone, story, invitation.links.find((link) => /\/i\/[\w-]{43}$/.test(link)) ?? '', CLIENT);
    await phone.context().close();
    await expectSoon(client, portal.partners.status_accepted);
    const told = await mailbox.mailTo(CLIENT_ADMIN, { tag: 'invitation-answered', subject: new RegExp(story.company) });
    expect(told.text).toContain(story.admin.name);

    const office = await open(partnerBrowser, story);
    await signInAs(office, story, story.admin);
    const { lost, assets } = await seesAssets(office, partnershipId);
    expect(assets).toEqual(expect.arrayContaining([SHARED.keptAsset, SHARED.lostAsset]));
    await office.goto(`${result.portal}/a/${partnershipId}/assets/${lost}/show`);
    await office.getByRole('heading', { name: SHARED.lostAsset, level: 1 }).waitFor();
    takenBack.add(lost);
    await narrowShares(client, story);
    await office.getByRole('heading', { name: portal.state.gone_title, level: 1 }).waitFor();
    expect(await office.getByText(SHARED.lostAsset).count()).toBe(0);
    await picture(office, `partner-${story.language}-no-longer-shared`);
    const after = await seesAssets(office, partnershipId);
    expect(after.assets).toContain(SHARED.keptAsset);
    expect(after.assets).not.toContain(SHARED.lostAsset);
    expect((await office.request.get(`${result.api}/accounts/${partnershipId}/assets/${lost}`)).status()).toBe(404);
    const [coordinator, technician] = [await joins(office, story, story.coordinator, 'coordinator'), await joins(office, story, story.technician, 'technician')];

    await client.goto(`${result.portal}/go/${await ownAccount(client)}`);
    await createTicket(client, ticket, new RegExp(SHARED.chosen));
    await assign(client, ticket);
    await addObserver(client, story);
    await mailbox.mailTo(story.coordinator.email, { tag: 'assignment', subject: new RegExp(story.title) });

    await openOrderOfClient(coordinator, story, CLIENT);
    await takeOn(coordinator, story);
    await expectSoon(client, words.workOrderStatus.accepted);
    const follows = await mailbox.mailTo(story.observer, { tag: 'comment-digest', subject: new RegExp(story.title) });
    expect(follows.text).not.toContain(story.ownNumber);
    const given = await mailbox.mailTo(story.technician.email, { tag: 'internal-assignment', subject: new RegExp(story.title) });
    await write(coordinator, story, story.secret, true);
    await write(coordinator, story, story.answer);
    await expectSoon(client, story.answer);
    await client.reload();
    await expectSoon(client, story.answer);
    expect(await client.content()).not.toContain(story.secret);
    expect(await client.content()).not.toContain(story.ownNumber);

    await openOrderOfClient(technician, story, CLIENT);
    await technician.getByRole('button', { name: portal.action.more, exact: true }).first().click();
    await technician.getByRole('menuitem', { name: portal.step.start }).click();
    await expectSoon(client, words.workOrderStatus.in_progress);
    await technician.locator('.composer input[type=file][accept]').setInputFiles({ name: 'zylinder.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await technician.getByRole('button', { name: portal.composer.send, exact: true }).click();
    await client.getByText('zylinder.jpg').or(client.getByAltText('zylinder.jpg')).first().waitFor();
    await mailbox.reply(given, { text: story.doneWord });
    await expectSoon(client, words.workOrderStatus.done);
    await picture(client, `partner-${story.language}-done`);

    await coordinator.goto(`${result.portal}/go/${await ownAccount(coordinator)}`);
    await coordinator.getByRole('navigation', { name: portal.nav.main }).getByRole('link', { name: new RegExp(`^${portal.nav.client_orders}`) }).click();
    await coordinator.getByRole('heading', { name: portal.accounts.all_orders }).waitFor();
    for (const shown of [story.title, story.ownNumber, story.technician.name, CLIENT]) await expectSoon(coordinator, shown);
    await picture(coordinator, `partner-${story.language}-all-orders`);

    await close(client, ticket);
    await expectSoon(client, words.workOrderStatus.closed);
    await endPartnership(client, story, result, await ownAccount(client), partnershipId);
    await passLastDay(result.temporalAddress, partnershipId, await lastDayOf(client, partnershipId));
    await expectSoon(client, portal.partners.status_ended);
    await coordinator.goto(`${result.portal}/go/${partnershipId}`);
    await expectSoon(coordinator, portal.partner_band.ended.replace('%{client}', CLIENT));
    expect((await seesAssets(coordinator, partnershipId)).assets).toEqual([]);
    await openRecord(coordinator, story, partnershipId);
    expect(faults).toEqual([]);
    for (const page of [client, office, coordinator, technician]) await page.context().close();
  }, 420_000);
});

async function open(browser: Browser, story: PartnerStory, options?: BrowserContextOptions): Promise<Page> {
  const { page } = await openPage(browser, story.locale, options);
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error' && !isAnswered(message)) faults.push(`${page.url()}: ${message.text()} ${message.location().url}`); });
  page.on('request', (request) => { if (/^https?:/.test(request.url()) && !/^https?:\/\/(localhost|127\.0\.0\.1)[:/]/.test(request.url())) faults.push(`asks ${request.url()}`); });
  return page;
}

/** The browser itself notes what was answered with *not there*, where that is right. */
function isAnswered(message: ConsoleMessage): boolean {
  const { url } = message.location();
  return message.text().includes('404') && [...takenBack].some((id) => url.includes(id));
}

/** The portal speaks the language of the login, so the login takes on the story's. */
async function signInAs(page: Page, story: PartnerStory, who: Pick<Person, 'email' | 'password'>): Promise<void> {
  const { api, portal } = installation.result;
  const headers = { origin: portal };
  expect((await page.request.post(`${api}/session`, { headers, data: { email: who.email, password: who.password } })).ok()).toBe(true);
  expect((await page.request.patch(`${api}/me`, { headers, data: { locale: story.locale } })).ok()).toBe(true);
  await page.goto(portal);
  await page.getByRole('heading', { name: shownTo(story).portal.nav.dashboard, level: 1 }).waitFor();
}

async function ownAccount(page: Page): Promise<string> {
  const { own } = (await (await page.request.get(`${installation.result.api}/me/accounts`)).json()) as { own: { id: string }[] };
  return own[0]?.id ?? '';
}

async function lastDayOf(page: Page, partnershipId: string): Promise<string> {
  const answer = await page.request.get(`${installation.result.api}/accounts/${await ownAccount(page)}/partnerships/${partnershipId}`);
  return ((await answer.json()) as { endsOn: string }).endsOn;
}

/** The assets that the portal shows in the client's account; `lost` is the id of the one that the story takes away. */
async function seesAssets(page: Page, partnershipId: string): Promise<{ assets: string[]; lost: string }> {
  const answer = await page.request.get(`${installation.result.api}/accounts/${partnershipId}/assets?perPage=100`);
  const { data } = (await answer.json()) as { data: { id: string; name: string }[] };
  return { assets: data.map((one) => one.name), lost: data.find((one) => one.name === SHARED.lostAsset)?.id ?? '' };
}

async function joins(office: Page, story: PartnerStory, person: Person, role: 'coordinator' | 'technician'): Promise<Page> {
  const { api, portal } = installation.result;
  const invited = await office.request.post(`${api}/accounts/${await ownAccount(office)}/users`, { headers: { origin: portal }, data: { email: person.email, name: person.name, role, locale: story.locale } });
  expect(invited.ok()).toBe(true);
  const page = await open(partnerBrowser, story);
  await join(page, story, person, await installation.mailbox.mailTo(person.email));
  return page;
}

/** What is left is the record: the conversation can be read, and nothing can be written or done. */
async function openRecord(page: Page, story: PartnerStory, partnershipId: string): Promise<void> {
  const { api, portal: origin } = installation.result;
  const { portal } = shownTo(story);
  const { data } = (await (await page.request.get(`${api}/accounts/${partnershipId}/work-orders?q=${encodeURIComponent(story.title)}`)).json()) as { data: { id: string }[] };
  const id = data[0]?.id ?? '';
  await page.goto(`${origin}/go/${partnershipId}/work-orders/${id}`);
  await page.getByRole('heading', { name: story.title, level: 1 }).waitFor();
  await expectSoon(page, story.answer);
  expect(await page.getByRole('textbox', { name: portal.composer.label }).count()).toBe(0);
  const written = await page.request.post(`${api}/accounts/${partnershipId}/work-orders/${id}/comments`, { headers: { origin }, data: { visibility: 'shared', body: 'x' } });
  expect(written.status()).toBe(403);
  await picture(page, `partner-${story.language}-record`);
}
