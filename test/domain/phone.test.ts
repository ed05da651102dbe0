import { expect, test } from '@jest/globals';
import { isPhoneNumber } from '#domain/phone.ts';

test.each(['0999 5550100', '+49 (0) 999 / 555-01', '(0999) 55 50 10', '0999.555.01', '+44 20 5550 0140', '0999 555–01', '112', '4711'])('%s can be called', (text) => {
  expect(isPhoneNumber(text)).toBe(true);
});

test.each(['', 'Handy', 'siehe Webseite', '12', '0999 5550100 (Büro)', 'jo@maler.example', '+', '-----', '0999+5550100', '0999 555<01'])('%p is no phone number', (text) => {
  expect(isPhoneNumber(text)).toBe(false);
});
