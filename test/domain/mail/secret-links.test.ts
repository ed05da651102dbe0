import { expect, test } from '@jest/globals';
import { withoutSecretLinks } from '#domain/mail/secret-links.ts';

const TOKEN = 'XlyewwsxbHcrQM-jSUJjAJ9_S3gPGEqEi1sBUDOGBDZ';

test.each([
  [`Auftrag ansehen: https://gewerk.example/a/${TOKEN}`, 'Auftrag ansehen: https://gewerk.example/a/…'],
  [`> <https://gewerk.example/a/${TOKEN}/warum>`, '> <https://gewerk.example/a/…/warum>'],
  [`https://gewerk.example/o/${TOKEN} und https://gewerk.example/account/${TOKEN}`, 'https://gewerk.example/o/… und https://gewerk.example/account/…'],
  // Wrapped by a mail program: what is left of it opens nothing.
  [`https://gewerk.example/f/${TOKEN.slice(0, 25)}\n> ${TOKEN.slice(25)}`, `https://gewerk.example/f/…\n> ${TOKEN.slice(25)}`],
])('a quoted link loses its token: %s', (text, blanked) => {
  expect(withoutSecretLinks(text)).toBe(blanked);
});

test.each([
  'https://gewerk.example/a/01a2142e-dbe8-7695-9da0-cc23cf24e416/work-orders',
  'Siehe https://hersteller.example/a/anleitung.pdf',
  'Haus 3/a/b links',
])('anything else stays: %s', (text) => {
  expect(withoutSecretLinks(text)).toBe(text);
});
