import { describe, expect, test } from '@jest/globals';
import { asVariables, DARK, LIGHT, type Tokens } from '../../admin/theme/tokens.ts';

/** Contrast of two colours after WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What is written on what. */
const TEXTS: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ['text', 'card'], ['text', 'page'], ['text', 'sunk'], ['text2', 'card'], ['text2', 'page'], ['text2', 'sunk'], ['text2', 'internalBg'], ['text2', 'ownBg'], ['hint', 'card'], ['hint', 'page'],
  ['accent', 'card'], ['accent', 'page'], ['onAccent', 'accent'], ['barText', 'bar'], ['barText', 'barSunk'], ['onAction', 'action'],
  ['waiting', 'waitingBg'], ['waiting', 'card'], ['accepted', 'acceptedBg'], ['progress', 'progressBg'], ['hold', 'holdBg'], ['done', 'doneBg'], ['done', 'ownBg'], ['closed', 'closedBg'],
  ['danger', 'dangerBg'], ['danger', 'card'], ['text', 'internalBg'], ['text', 'ownBg'], ['internalTagText', 'internalTag'], ['onSolidDanger', 'solidDanger'],
];

describe.each([['light', LIGHT], ['dark', DARK]] as const)('the %s theme', (_name, tokens: Tokens) => {
  test.each(TEXTS)('%s on %s can be read (4.5)', (text, ground) => {
    expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each([['hint', 'card'], ['accent', 'card'], ['waiting', 'card']] as const)('borders and icons in %s stand out on %s (3)', (line, ground) => {
    expect(contrast(tokens[line], tokens[ground])).toBeGreaterThanOrEqual(3);
  });
});

test('each token is a variable that style sheets can name', () => {
  expect(asVariables(LIGHT)).toMatchObject({ '--text-2': LIGHT.text2, '--waiting-bg': LIGHT.waitingBg, '--on-accent': LIGHT.onAccent });
});
