import { describe, expect, test } from '@jest/globals';
import { assertGoodPassword, commonPasswords, isCommon } from '#domain/passwords.ts';

describe('common passwords', () => {
  const list = [...commonPasswords()];

  test('the rule stands for more than 3,000 different ones', () => {
    expect(new Set(list).size).toBeGreaterThan(3000);
  });

  test('every one of them is refused, also doubled to reach the length', () => {
    const let_through = list.filter((one) => !isCommon(one) || !isCommon(one + one));
    expect(let_through).toEqual([]);
  });

  test.each([
    'Passwort2026Passwort', 'P4ssw0rt!P4ssw0rt!', 'qwertzuiopasdfgh', 'asdfghjklasdfghjkl', '123456789012345678', 'abcdefghijklmnopq',
    'aaaaaaaaaaaaaaaaaaaa', 'Sommer2026!Winter2026!', 'xyxyxyxyxyxyxyxy', 'HausmeisterHausmeister1', '1q2w3e4r5t6z7u8i9o', '................'])(
    '%s is common',
    (password) => expect(isCommon(password)).toBe(true),
  );

  test.each([
    'Kieselweg Nebel 4711 Birke', 'correct horse battery staple', 'drei Zwiebeln im Regal', 'Fj29-kLq0-Zz81-pWm4', 'ein Elefant trinkt Tinte', 'Mondkalb Ruderboot Zimt'])(
    '%s is let through',
    (password) => expect(() => assertGoodPassword(password)).not.toThrow(),
  );

  test('names that anybody can look up do not count', () => {
    expect(isCommon('FriedlindeBaumgart1974', ['Friedlinde Baumgart', 'f.baumgart@example.test'])).toBe(true);
    expect(isCommon('FriedlindeBaumgart1974')).toBe(false);
  });
});

test.each([
  [14, 'password_too_short'],
  [15, null],
])('a password of %i characters', (length, code) => {
  const password = 'Zwiebel Regal Tinte'.slice(0, length);
  if (code) expect(() => assertGoodPassword(password)).toThrow(code);
  else expect(() => assertGoodPassword(password)).not.toThrow();
});
