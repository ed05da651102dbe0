import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { StartResult } from '#tools/start/result.ts';
import { picture } from '../support/browser.ts';
import { until } from '../support/until.ts';
import type { StoryWords } from './story-words.ts';

/** Signs in on the page that the portal shows to strangers, and waits for the overview. */
export async function signIn(page: Page, start: StartResult, who: { readonly email: string; readonly password: string }, words: Pick<StoryWords, 'email' | 'signIn' | 'dashboard'>): Promise<void> {
  await page.goto(start.portal);
  await page.getByLabel(words.email).fill(who.email);
  await page.locator('input[type=password]').fill(who.password);
  await page.getByRole('button', { name: words.signIn }).click();
  await page.getByRole('heading', { name: words.dashboard, level: 1 }).waitFor();
}

/** The login of somebody of the demo. */
export function demoLogin(start: StartResult, email: string): { readonly email: string; readonly password: string } {
  const login = start.logins.find((one) => one.email === email);
  if (!login) throw new Error(`The demo has no ${email}`);
  return login;
}

type TicketWords = Pick<StoryWords, 'newTicket' | 'title' | 'titleLabel' | 'workspaceLabel' | 'create'>;

export async function createTicket(page: Page, words: TicketWords, workspace: RegExp): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name: words.newTicket }).or(page.getByRole('button', { name: words.newTicket })).first().click();
  await page.getByLabel(words.titleLabel).first().fill(words.title);
  await page.getByLabel(words.workspaceLabel).first().click();
  await page.getByRole('option', { name: workspace }).click();
  await page.getByRole('button', { name: words.create }).click();
  await page.getByRole('heading', { name: words.title }).waitFor();
}

/** Hands the order that is open to a firm, whether it works by mail or as a partner. */
export async function assign(page: Page, words: Pick<StoryWords, 'assign' | 'assignSend' | 'firm' | 'statusAssigned' | 'language'>): Promise<void> {
  await page.getByRole('button', { name: words.assign }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().fill(words.firm.slice(0, 8));
  await page.getByRole('option', { name: new RegExp(words.firm) }).first().click();
  await until('the firm to be chosen', async () => (await dialog.getByRole('combobox').first().inputValue()) === words.firm);
  await picture(page, `story-${words.language}-assign`);
  await dialog.getByRole('button', { name: words.assignSend }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expectSoon(page, words.statusAssigned);
}

export async function close(page: Page, words: Pick<StoryWords, 'close'>): Promise<void> {
  await page.getByRole('button', { name: words.close, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words.close }).click();
}

/** Waits for words to show up by themselves: nobody reloads the page. */
export async function expectSoon(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Whatever a page is wide, nothing of it is cut off at the side. */
export async function expectNoOverflow(page: Page, width: number): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}
