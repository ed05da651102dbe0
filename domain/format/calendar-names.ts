import { languageOf, type Locale } from '../statuses.ts';

const GERMAN_MONTHS = [
  'Januar', 'Februar', 'März', 'April', 'Mai', 'Juni',
  'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember',
] as const;
const AUSTRIAN_MONTHS = ['Jänner', ...GERMAN_MONTHS.slice(1)];
const ENGLISH_MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] as const;
const GERMAN_DAYS = ['So.', 'Mo.', 'Di.', 'Mi.', 'Do.', 'Fr.', 'Sa.'] as const;
const ENGLISH_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Name of a month (1 to 12) as people write it there; our own table, so that it never changes with a Node version. */
export function monthName(month: number, locale: Locale): string {
  const names = locale === 'de-AT' ? AUSTRIAN_MONTHS : languageOf(locale) === 'de' ? GERMAN_MONTHS : ENGLISH_MONTHS;
  return names[month - 1] ?? '';
}

/** English months as they stand in dates: Jan, Feb, Sep. */
export function shortMonthName(month: number): string {
  return (ENGLISH_MONTHS[month - 1] ?? '').slice(0, 3);
}

/** Short name of a weekday (0 = Sunday), in German with its full stop. */
export function dayName(weekday: number, locale: Locale): string {
  return (languageOf(locale) === 'de' ? GERMAN_DAYS : ENGLISH_DAYS)[weekday] ?? '';
}
