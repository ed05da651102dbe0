import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openBrowser, openPage, PHONE, picture } from '../support/browser.ts';
import { STORY_WORDS, type StoryWords } from './story-words.ts';
import { photo } from './photo.ts';

let installation: Installation;
let browser: Browser;

beforeAll(async () => {
  [installation, browser] = await Promise.all([startInstallation(), openBrowser()]);
}, 420_000);

afterAll(async () => {
  await browser?.close();
  await installation?.stop();
}, 60_000);

describe.each(Object.entries(STORY_WORDS))('the main story in %s', (locale, words) => {
  test('a coordinator hands a ticket out by mail, the contractor answers by link and by reply, the work is closed', async () => {
    const { page, outside } = await openPage(browser, locale);
    await signIn(page, words);
    await createTicket(page, words);
    await assign(page, words);

    const { mailbox } = installation;
    const asked = await mailbox.mailTo(words.contactEmail, { subject: new RegExp(words.title) });
    expect(asked.text).toContain(words.mailFirstSentence);
    expect(asked.text).not.toContain('&amp;');

    await answerOnThePhone(asked.links.find((link) => /\/a\/[\w-]{43}$/.test(link)) ?? '', words, locale);

    await expectSoon(page, words.statusAccepted);
    await expectSoon(page, words.linkMessage);
    await picture(page, `story-${locale}-accepted`);

    await mailbox.reply(asked, { text: words.replyText, attachments: [{ name: 'bericht.pdf', content: pdf().toString('base64'), contentType: 'application/pdf' }] });
    await expectSoon(page, words.replyText);
    await expectSoon(page, 'bericht.pdf');
    expect(await page.getByText(words.mailFirstSentence).count()).toBe(0);

    await mailbox.reply(asked, { text: words.doneWord });
    await expectSoon(page, words.statusDone);
    await picture(page, `story-${locale}-done`);

    await close(page, words);
    await expectSoon(page, words.statusClosed);
    const closed = await mailbox.mailTo(words.contactEmail, { since: asked, subject: new RegExp(`^Re: .*${words.title}`) });
    expect(closed.headers.find((header) => header.Name === 'References')?.Value).toContain(asked.messageId);
    expect(outside).toEqual([]);
    await page.context().close();
  }, 240_000);
});

async function signIn(page: Page, words: StoryWords): Promise<void> {
  const login = installation.result.logins.find((one) => one.email === words.coordinator);
  if (!login) throw new Error('The demo has no such coordinator');
  await page.goto(installation.result.portal);
  await page.getByLabel(words.email).fill(login.email);
  await page.locator('input[type=password]').fill(login.password);
  await page.getByRole('button', { name: words.signIn }).click();
  await page.getByRole('heading', { name: words.dashboard, level: 1 }).waitFor();
}

async function createTicket(page: Page, words: StoryWords): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name: words.newTicket }).or(page.getByRole('button', { name: words.newTicket })).first().click();
  await page.getByLabel(words.titleLabel).first().fill(words.title);
  await page.getByLabel(words.workspaceLabel).first().click();
  await page.getByRole('option', { name: /Ahornfeld 3/ }).click();
  await page.getByRole('button', { name: words.create }).click();
  await page.getByRole('heading', { name: words.title }).waitFor();
}

async function assign(page: Page, words: StoryWords): Promise<void> {
  await page.getByRole('button', { name: words.assign }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().fill(words.firm.slice(0, 8));
  await page.getByRole('option', { name: new RegExp(words.firm) }).first().click();
  await picture(page, `story-${words.language}-assign`);
  await dialog.getByRole('button', { name: words.assignSend }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expectSoon(page, words.statusAssigned);
}

/** The contractor on a phone 360 px wide: three taps to accept, then a photo and a message. */
async function answerOnThePhone(link: string, words: StoryWords, locale: string): Promise<void> {
  const { page, outside } = await openPage(browser, locale, PHONE);
  await page.goto(link);
  await picture(page, `story-${locale}-phone-order`);
  await page.getByRole('link', { name: words.accept }).click();
  await page.getByRole('radio', { name: new RegExp(words.contactName) }).check();
  await page.getByRole('button', { name: words.accept }).click();
  await page.getByText(words.acceptedSentence).first().waitFor();
  await picture(page, `story-${locale}-phone-accepted`);
  await page.goto(`${link}/nachrichten`);
  const who = page.getByRole('radio', { name: new RegExp(words.contactName) });
  if (await who.count()) await who.first().check();
  await page.getByRole('textbox').first().fill(words.linkMessage);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: await photo() });
  await page.getByRole('button', { name: words.send, exact: true }).click();
  await page.getByText(words.linkMessage).first().waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await picture(page, `story-${locale}-phone-message`);
  expect(outside).toEqual([]);
  await page.context().close();
}

async function close(page: Page, words: StoryWords): Promise<void> {
  await page.getByRole('button', { name: words.close, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words.close }).click();
}

/** Waits for words to show up by themselves: nobody reloads the page. */
async function expectSoon(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: 45_000 });
}

function pdf(): Buffer {
  return Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
}
