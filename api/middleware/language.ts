import type { Locale } from '#domain/statuses.ts';

const BY_TAG: Readonly<Record<string, Locale>> = { 'de-at': 'de-AT', 'de-ch': 'de-CH', de: 'de-DE', en: 'en-GB' };

/** The locale that an Accept-Language header asks for first among ours; German where it asks for none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const asked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().toLowerCase().split(';q=');
      return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter((one) => one.quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { tag } of asked) {
    const found = BY_TAG[tag] ?? BY_TAG[tag.split('-')[0] ?? ''];
    if (found) return found;
  }
  return 'de-DE';
}
