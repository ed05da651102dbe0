import { expect, test } from '@jest/globals';
import { MAIL_CAUSES, mailCauseOf } from '#domain/mail/mail-cause.ts';
import { stepKey } from '#domain/escalation/plan.ts';
import { whyWordsDe } from '#templates/pages/words/why-de.ts';
import { whyWordsEn } from '#templates/pages/words/why-en.ts';
import { renderPage } from '#templates/render.ts';
import { pages } from './page-data.ts';

const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\u00a0\u2060]/g, (sign) => (sign === '\u00a0' ? ' ' : '')).replace(/\s+/g, ' ');
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

test('both languages answer with the same sentences and the same facts', () => {
  expect(Object.keys(whyWordsEn)).toEqual(Object.keys(whyWordsDe));
  for (const key of Object.keys(whyWordsDe) as (keyof typeof whyWordsDe)[]) expect([key, placeholders(whyWordsEn[key])]).toEqual([key, placeholders(whyWordsDe[key])]);
});

test.each(MAIL_CAUSES)('%s has a sentence with the order in every locale', (cause) => {
  for (const locale of ['de-DE', 'de-CH', 'en-GB'] as const) {
    const text = plain(renderPage('why', locale, { ...pages.why, cause, after: null }));
    expect(text).toContain('M-2026-00042');
    expect(text).not.toMatch(/\{\{|undefined|null/);
  }
});

test('a reminder tells its number and the rule that it followed', () => {
  expect(plain(renderPage('why', 'de-DE', pages.why))).toContain('Erinnerung 1: Am Do., 26.11.2026, 07:00 Uhr fehlte noch Ihre Antwort zu M-2026-00042. Sie wurde nach der Regel dieses Auftrags gesendet: nach 1 Arbeitstag ohne Antwort.');
  expect(plain(renderPage('why', 'en-GB', { ...pages.why, after: { amount: 3, unit: 'business_hours' } }))).toContain('after 3 business hours without an answer.');
});

test('events and step keys lead to their cause; an unknown one to the order alone', () => {
  expect(mailCauseOf(stepKey('a1', 'reminder', 2))).toEqual({ cause: 'reminder', number: 2 });
  expect(mailCauseOf(stepKey('a1', 'due_passed', '2026-12-01'))).toEqual({ cause: 'due_date_passed', number: null });
  expect(mailCauseOf('refused.given_elsewhere')).toEqual({ cause: 'reply_refused', number: null });
  expect(mailCauseOf('something.new')).toEqual({ cause: 'order', number: null });
});
