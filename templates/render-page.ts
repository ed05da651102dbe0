import { languageOf, type Locale } from '#domain/statuses.ts';
import type { PageData, PageName } from './pages/data.ts';
import { compiledPage } from './pages/environment.ts';
import { tidy } from './tidy.ts';

/** The HTML of a public page; throws when a key of its data is missing. */
export function renderPage<Name extends PageName>(name: Name, locale: Locale, data: PageData[Name]): string {
  const clean = tidy(data) as PageData[Name];
  const otherLanguage = languageOf(locale) === 'de' ? 'en' : 'de';
  return compiledPage(name)(clean, { data: { locale, otherLanguage, timeZone: clean.timeZone, root: clean } });
}
