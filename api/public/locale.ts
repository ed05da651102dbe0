import type { Request } from 'express';
import { languageOf, type Language, type Locale } from '#domain/statuses.ts';
import { localeOf } from '../middleware/language.ts';

/** The language that the address asks for. */
export function askedLanguage(req: Request): Language | null {
  const { lang } = req.query;
  return lang === 'de' || lang === 'en' ? lang : null;
}

/** The language asked for, else the reader's as the client knows it, else the browser's, else the client's. */
export function pageLocale(req: Request, known: { readonly reader: Locale | null; readonly client: Locale | null }): Locale {
  const asked = askedLanguage(req);
  const header = req.headers['accept-language'];
  const locale = known.reader ?? (header || !known.client ? localeOf(header) : known.client);
  if (!asked || languageOf(locale) === asked) return locale;
  if (asked === 'en') return 'en-GB';
  return [known.client, known.reader].find((one) => one && languageOf(one) === 'de') ?? 'de-DE';
}
