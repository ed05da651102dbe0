import { expect, test } from '@jest/globals';
import { renderMail } from '#templates/render.ts';
import { mails } from './mail-data.ts';

test.each([['de-DE', /an Emre Yildiz \(emre@treppner\.example\).* kam nicht an/], ['en-GB', /to Emre Yildiz \(emre@treppner\.example\).* did not arrive/]] as const)('whoever hands work out reads in %s which of their people a mail did not reach, with nothing of the work itself', (locale, words) => {
  const { text, html } = renderMail('internal-assignment', locale, { ...mails['internal-assignment'], isGiven: false, unreached: { name: 'Emre Yildiz', email: 'emre@treppner.example' } });
  expect(text.replaceAll(/\s+/g, ' ')).toMatch(words);
  for (const body of [text, html]) expect(body).not.toMatch(/Schlüssel beim Hausmeister|ERLEDIGT|nichts mehr tun|need not do/);
});
