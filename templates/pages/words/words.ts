import type { Locale } from '#domain/statuses.ts';
import { swissify } from '#domain/format/swissify.ts';
import { pageWordsDe } from './de.ts';
import { pageWordsEn } from './en.ts';

export type PageWordKey = keyof typeof pageWordsDe;
export type PageWords = Readonly<Record<PageWordKey, string>>;

const swiss = Object.fromEntries(Object.entries(pageWordsDe).map(([key, text]) => [key, swissify(text)])) as PageWords;

/** The words of the public pages in a locale; what mails and portal say too is in `#domain/words`. */
export function pageWordsOf(locale: Locale): PageWords {
  if (locale === 'en-GB') return pageWordsEn;
  return locale === 'de-CH' ? swiss : pageWordsDe;
}
