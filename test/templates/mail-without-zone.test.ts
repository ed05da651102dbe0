import { expect, test } from '@jest/globals';
import { LOCALES } from '#domain/statuses.ts';
import { renderMail } from '#templates/render.ts';
import { mails } from './mail-data.ts';

test.each(LOCALES)('a mail to a login says how long its link works by no clock of any place (%s)', (locale) => {
  const inZone = (timeZone: string): string => renderMail('reset-password', locale, { ...mails['reset-password'], timeZone }).text;
  expect(inZone('Pacific/Auckland')).toBe(inZone('America/Los_Angeles'));
  expect(inZone('UTC')).toMatch(/\b2 (Stunden|hours)\b/);
});
