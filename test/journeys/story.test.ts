import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openBrowser, openPage, PHONE, picture } from '../support/browser.ts';
import { STORY_WORDS, type StoryWords } from './story-words.ts';
import { assign, close, createTicket, demoLogin, expectNoOverflow, expectSoon, signIn } from './client.ts';
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
    await signIn(page, installation.result, demoLogin(installation.result, words.coordinator), words);
    await createTicket(page, words, /Ahornfeld 3/);
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
  await expectNoOverflow(page, 360);
  await picture(page, `story-${locale}-phone-message`);
  expect(outside).toEqual([]);
  await page.context().close();
}

function pdf(): Buffer {
  return Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
}
