import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addDays, localDate } from '#domain/calendar/local-time.ts';
import { picture } from '../support/browser.ts';
import { expectNoOverflow, expectSoon } from './client.ts';
import { SHARED } from './client-of-partner.ts';
import type { MailboxMail } from '../support/mailbox.ts';
import { type Person, type PartnerStory, shownTo } from './partner-words.ts';

const BERLIN = { timeZone: 'Europe/Berlin' };

/** Opens the invitation on a phone, founds the company's account and lands in that of the client. */
export async function acceptOnThePhone(page: Page, story: PartnerStory, link: string, client: string): Promise<void> {
  const { page: words, portal } = shownTo(story);
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: new RegExp(client) }).waitFor();
  await page.getByText(story.message).waitFor();
  for (const workspace of [SHARED.all, SHARED.chosen]) expect(await page.getByText(workspace).count()).toBe(1);
  await expectNoOverflow(page, 360);
  await picture(page, `partner-${story.language}-phone-invitation`);
  await page.getByRole('link', { name: words.acceptInvitation }).click();
  await page.locator('input[name=name]').fill(story.admin.name);
  await page.locator('input[name=company]').fill(story.company);
  await page.locator('input[name=password]').fill(story.admin.password);
  await expectNoOverflow(page, 360);
  await picture(page, `partner-${story.language}-phone-account`);
  await page.getByRole('button', { name: words.createAndAccept }).click();
  await page.getByText(portal.partner_band.working.replace('%{client}', client)).waitFor();
  await expectNoOverflow(page, 360);
  await picture(page, `partner-${story.language}-phone-client`);
}

/** Somebody whom the company's administrator has invited sets a password and is in. */
export async function join(page: Page, story: PartnerStory, person: Person, invited: MailboxMail): Promise<void> {
  const { portal } = shownTo(story);
  await page.goto(invited.links.find((link) => link.includes('/account/')) ?? '');
  await page.getByLabel(portal.token.new_password).fill(person.password);
  await page.getByLabel(portal.token.repeat).fill(person.password);
  await page.getByRole('button', { name: portal.token.join_submit }).click();
  await page.getByRole('heading', { name: portal.nav.dashboard, level: 1 }).waitFor();
}

/** By the switcher into the account of the client, and there to the order. */
export async function openOrderOfClient(page: Page, story: PartnerStory, client: string): Promise<void> {
  const { portal } = shownTo(story);
  await page.getByRole('button', { name: new RegExp(portal.bar.accounts) }).click();
  await picture(page, `partner-${story.language}-switcher`);
  await page.getByRole('dialog').getByRole('link', { name: new RegExp(client) }).click();
  await page.getByText(portal.partner_band.working.replace('%{client}', client)).waitFor();
  await page.getByRole('link', { name: new RegExp(`^${portal.nav.orders}`) }).first().click();
  await page.getByRole('link', { name: new RegExp(story.title) }).first().click();
  await page.getByRole('heading', { name: story.title, level: 1 }).waitFor();
}

/** Takes the work on for tomorrow, keeps it under an own number and gives it to an own person. */
export async function takeOn(page: Page, story: PartnerStory): Promise<void> {
  const { portal, words } = shownTo(story);
  await page.getByRole('button', { name: portal.client.accept, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(portal.steer.day).fill(addDays(localDate(new Date(), BERLIN), 1));
  await dialog.getByLabel(portal.steer.phone_from).fill('09:00');
  await dialog.getByLabel(portal.steer.phone_until).fill('11:00');
  await dialog.getByRole('button', { name: portal.client.accept, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expectSoon(page, words.assignmentStatus.accepted);
  const number = page.getByLabel(portal.client.own_number);
  await number.fill(story.ownNumber);
  await number.press('Enter');
  await expectSoon(page, portal.state.saved);
  await page.getByRole('combobox', { name: portal.client.own_person }).click();
  await page.getByRole('option', { name: story.technician.name }).click();
  await page.getByRole('combobox', { name: portal.client.own_person }).getByText(story.technician.name).waitFor();
  await picture(page, `partner-${story.language}-taken-on`);
}
