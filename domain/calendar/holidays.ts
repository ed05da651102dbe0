import Holidays from 'date-holidays';
import { LOCALES, type Language } from '../statuses.ts';
import type { SiteCalendar } from './calendar.ts';
import { addDays, localDate } from './local-time.ts';

/** `closesAt` is null for a whole day off; `14:00` for a half day such as Christmas Eve in Germany and Austria. */
export type SiteHoliday = { readonly name: string; readonly closesAt: string | null };

type YearOfHolidays = ReadonlyMap<string, SiteHoliday>;

const MOST_YEARS_KEPT = 300;
const years = new Map<string, YearOfHolidays>();

/**
 * The public or bank holiday of a site on a day (`YYYY-MM-DD`), if any.
 * Only types `public` and `bank` count: observances, school and optional days are ordinary working days. Where a day
 * off holds in some municipalities of a state only, the region names them (`DE-BY-A`).
 */
export function holidayOn(date: string, calendar: SiteCalendar, language: Language = 'de'): SiteHoliday | null {
  if (!calendar.holidayRegion) return null;
  return holidaysOfYear(Number(date.slice(0, 4)), calendar.holidayRegion, calendar.timeZone, language).get(date) ?? null;
}

/** Whether the whole day is off; a half day is not. */
export function isHoliday(date: string, calendar: SiteCalendar): boolean {
  return holidayOn(date, calendar)?.closesAt === null;
}

/** Whether holidays are known for a region such as `DE-BY`; country, state and region must each exist. */
export function isHolidayRegion(region: string): boolean {
  const [country = '', state, part] = region.split('-');
  const known = new Holidays();
  if (!(country in known.getCountries())) return false;
  if (state && !(state in (known.getStates(country) ?? {}))) return false;
  return !part || part in (known.getRegions(country, state ?? '') ?? {});
}

/** The regions of a country to choose from, the whole country first: `[{code: 'DE', name: 'Deutschland'}, {code: 'DE-BB', …}]`. */
export function holidayRegionsOf(country: string, language: Language): { code: string; name: string }[] {
  const known = new Holidays();
  const whole = known.getCountries(language)[country];
  if (!whole) return [];
  const states = Object.entries(known.getStates(country, language) ?? {});
  return [{ code: country, name: whole }, ...states.map(([state, name]) => ({ code: `${country}-${state}`, name }))];
}

/** The regions of all countries that locales are for, those of the home country first. */
export function holidayRegionsFrom(home: string, language: Language): { code: string; name: string }[] {
  const countries = new Set([home, ...LOCALES.map((locale) => locale.slice(-2))]);
  return [...countries].flatMap((country) => holidayRegionsOf(country, language));
}

function holidaysOfYear(year: number, region: string, timeZone: string, language: Language): YearOfHolidays {
  const key = `${region}|${timeZone}|${language}|${year}`;
  const kept = years.get(key);
  if (kept) return kept;
  if (years.size >= MOST_YEARS_KEPT) years.clear();
  const found = readYear(year, region, timeZone, language);
  years.set(key, found);
  return found;
}

function readYear(year: number, region: string, timeZone: string, language: Language): YearOfHolidays {
  const [country = '', state = '', part = ''] = region.split('-');
  const source = new Holidays(country, state, part, { timezone: timeZone, languages: [language, 'en'], types: ['public', 'bank'] });
  const days = new Map<string, SiteHoliday>();
  for (const holiday of source.getHolidays(year)) {
    const first = holiday.date.slice(0, 10);
    const starts = holiday.date.slice(11, 16);
    const last = localDate(new Date(holiday.end.getTime() - 1), { timeZone });
    for (let date = first; date <= last; date = addDays(date, 1)) {
      const closesAt = date === first && starts !== '00:00' ? starts : null;
      days.set(date, longerOff(days.get(date), { name: holiday.name, closesAt }));
    }
  }
  return days;
}

/** Of two holidays on one day, the one that closes earlier. */
function longerOff(known: SiteHoliday | undefined, other: SiteHoliday): SiteHoliday {
  if (!known) return other;
  return (other.closesAt ?? '') < (known.closesAt ?? '') ? other : known;
}
