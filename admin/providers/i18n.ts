import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';
import { swissify } from '#domain/format/swissify.ts';
import { languageOf, LOCALES, type Locale } from '#domain/statuses.ts';
import type { Messages } from '../messages/shape.ts';
import { speakLanguage } from './http.ts';

const LOCALE = 'gewerk.locale';
const NAMES: Record<Locale, string> = {
  'de-DE': 'Deutsch (Deutschland)',
  'de-AT': 'Deutsch (Österreich)',
  'de-CH': 'Deutsch (Schweiz)',
  'en-GB': 'English',
};
export const LOCALE_CHOICES = LOCALES.map((locale) => ({ id: locale, name: NAMES[locale] }));

/** The locale to start in: chosen before on this device, else the browser's, else German. */
export function firstLocale(): Locale {
  const stored = localStorage.getItem(LOCALE);
  if (isLocale(stored)) return stored;
  const wanted = navigator.languages.find((one) => /^(de|en)\b/i.test(one)) ?? 'de-DE';
  if (wanted.toLowerCase().startsWith('en')) return 'en-GB';
  return isLocale(wanted) ? wanted : 'de-DE';
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** Each language is a chunk of its own; Swiss spelling is made from the German. */
export async function loadMessages(locale: Locale): Promise<TranslationMessages> {
  localStorage.setItem(LOCALE, locale);
  document.documentElement.lang = locale;
  speakLanguage(locale);
  const messages: Messages = languageOf(locale) === 'en' ? (await import('../messages/en.ts')).en : (await import('../messages/de.ts')).de;
  return (locale === 'de-CH' ? inSwiss(messages) : messages) as unknown as TranslationMessages;
}

/** The messages of the first locale must be there before the first render. */
export async function createI18n(): Promise<I18nProvider> {
  const locale = firstLocale();
  const first = await loadMessages(locale);
  let isFirst = true;
  return polyglotI18nProvider(
    (wanted) => {
      if (!isFirst) return loadMessages(isLocale(wanted) ? wanted : 'de-DE');
      isFirst = false;
      return first;
    },
    locale,
    LOCALES.map((one) => ({ locale: one, name: NAMES[one] })),
    { allowMissing: false },
  );
}

function inSwiss<Value>(value: Value): Value {
  if (typeof value === 'string') return swissify(value) as Value;
  const entries = Object.entries(value as Record<string, unknown>).map(([key, inner]) => [key, inSwiss(inner)]);
  return Object.fromEntries(entries) as Value;
}
