import { swissify } from '../format/swissify.ts';
import type { Locale } from '../statuses.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

export { fill, say, type SayData } from './say.ts';
export type { Words } from './words.ts';

const known = new Map<Locale, Words>();

/** The words of a locale; Swiss ones are made from the German. */
export function wordsOf(locale: Locale): Words {
  const found = known.get(locale);
  if (found) return found;
  const words = locale === 'en-GB' ? en : locale === 'de-CH' ? inSwiss(de) : de;
  known.set(locale, words);
  return words;
}

function inSwiss(words: Words): Words {
  const sections = Object.entries(words).map(([name, section]) => [name, inSwissSection(section)]);
  return Object.fromEntries(sections) as Words;
}

function inSwissSection(section: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(section).map(([key, text]) => [key, swissify(text)]));
}
