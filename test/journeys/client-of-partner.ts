import type { Page } from 'playwright-core';
import { picture } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { expectSoon } from './client.ts';
import { type PartnerStory, shownTo } from './partner-words.ts';

/** Workspaces and assets of the demo's client that the story shares. */
export const SHARED = { all: 'Kita Sonnenbogen', chosen: 'Gewerbehof Süd', keptAsset: 'Rauchabzug Halle 2', lostAsset: 'Rolltor Halle 1' } as const;

/** Menu *Partner*, +: a company that is not in the directory, with two workspaces. Leaves the page of the partner open; answers with its id. */
export async function invitePartner(page: Page, story: PartnerStory): Promise<string> {
  const { portal } = shownTo(story);
  await page.getByRole('navigation', { name: portal.nav.main }).getByRole('link', { name: portal.nav.partners }).click();
  await page.getByRole('button', { name: portal.partners.invite }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: portal.partners.firm }).fill(story.company);
  await dialog.getByText(portal.partners.firm_new).waitFor();
  await dialog.getByLabel(portal.partners.email).fill(story.admin.email);
  await dialog.getByLabel(portal.partners.name).fill(story.admin.name);
  await dialog.getByRole('combobox', { name: portal.firms.language }).click();
  await page.getByRole('option', { name: story.languageName }).first().click();
  for (const workspace of [SHARED.all, SHARED.chosen]) await dialog.getByRole('checkbox', { name: new RegExp(workspace) }).check();
  await dialog.getByLabel(portal.partners.message).fill(story.message);
  await picture(page, `partner-${story.language}-invite`);
  await dialog.getByRole('button', { name: portal.partners.invite_send }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { name: story.company, level: 1 }).waitFor();
  await expectSoon(page, portal.partners.status_invited);
  return /partnerships\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
}

/** Of one workspace only one asset stays shared. */
export async function narrowShares(page: Page, story: PartnerStory): Promise<void> {
  const { portal } = shownTo(story);
  await page.getByRole('tab', { name: portal.partners.tab_shares }).click();
  await page.getByRole('button', { name: portal.partners.unfold.replace('%{name}', SHARED.chosen) }).click();
  await page.getByRole('radio', { name: portal.partners.scope_chosen }).check();
  await page.getByRole('treeitem', { name: new RegExp(SHARED.keptAsset) }).click();
  await page.getByRole('button', { name: portal.partners.shares_save }).click();
  await expectSoon(page, portal.partners.shares_saved);
  await picture(page, `partner-${story.language}-shares`);
}

/** Somebody from outside is to be kept informed of the order that is open. */
export async function addObserver(page: Page, story: PartnerStory): Promise<void> {
  const { portal } = shownTo(story);
  await page.getByRole('button', { name: portal.observers.add }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(portal.observers.email).fill(story.observer);
  await dialog.getByRole('button', { name: portal.action.add, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expectSoon(page, story.observer);
}

/** Writes into the conversation of the order that is open: to all, or to one's own organisation. */
export async function write(page: Page, story: PartnerStory, body: string, isInternal = false): Promise<void> {
  const { portal } = shownTo(story);
  if (isInternal) await page.getByRole('button', { name: portal.composer.internal, exact: true }).click();
  const field = page.getByRole('textbox', { name: portal.composer.label });
  await field.fill(body);
  await page.getByRole('button', { name: portal.composer.send, exact: true }).click();
  await until('the message to be sent', async () => (await field.inputValue()) === '');
  await expectSoon(page, body);
  if (isInternal) await page.getByRole('button', { name: portal.composer.shared, exact: true }).click();
}

/** Today is the last day; nothing runs any more. */
export async function endPartnership(page: Page, story: PartnerStory, start: { portal: string }, clientId: string, partnershipId: string): Promise<void> {
  const { portal } = shownTo(story);
  await page.goto(`${start.portal}/go/${clientId}/partnerships/${partnershipId}`);
  await page.getByRole('button', { name: portal.partners.end }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(portal.partners.end_no_orders).waitFor();
  await dialog.getByLabel(new RegExp(portal.step.reason)).fill(story.reason);
  await picture(page, `partner-${story.language}-end`);
  await dialog.getByRole('button', { name: portal.partners.end_confirm }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: portal.partners.keep }).waitFor();
}
