import { formatDate, formatDay, localDay, localTime, type DayOrMoment } from '#domain/format/dates.ts';
import { languageOf, type Locale } from '#domain/statuses.ts';

const WORDS = {
  de: { '-1': 'gestern', '0': 'heute', '1': 'morgen' },
  en: { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' },
} as const;

/** `heute, 12:00`, `morgen, 08:30`, `Mo., 23.11., 12:00`; of another year with the year. Times in `timeZone`. */
export function nearMoment(moment: Date, now: Date, locale: Locale, timeZone: string): string {
  return `${nearDay(moment, now, locale, timeZone)}, ${localTime(moment, timeZone)}`;
}

/** The end of something: midnight is the end of the day before, said without a clock. */
export function nearEnd(moment: Date, now: Date, locale: Locale, timeZone: string): string {
  if (localTime(moment, timeZone) !== '00:00') return nearMoment(moment, now, locale, timeZone);
  return nearDay(new Date(moment.getTime() - 1), now, locale, timeZone);
}

/** A promised window, short: `morgen, 08:00–12:00`, `Mo., 30.11., 08:00`; a whole day without a clock. */
export function nearWindow(from: Date, until: Date | null, now: Date, locale: Locale, timeZone: string): string {
  const [start, end] = [localTime(from, timeZone), until ? localTime(until, timeZone) : null];
  if (start === '00:00' && (end === null || end === '23:59' || end === '00:00')) return nearDay(from, now, locale, timeZone);
  return `${nearMoment(from, now, locale, timeZone)}${end && end !== start ? `–${end}` : ''}`;
}

/** `heute`, `morgen`, `Mo., 23.11.`; of another year `Mo., 04.01.2027`. */
export function nearDay(when: DayOrMoment, now: Date, locale: Locale, timeZone: string): string {
  const day = typeof when === 'string' ? when.slice(0, 10) : localDay(when, timeZone);
  const today = localDay(now, timeZone);
  const word = WORDS[languageOf(locale)][String(daysBetween(today, day)) as '0'];
  if (word) return word;
  return day.slice(0, 4) === today.slice(0, 4) ? formatDay(day, locale, timeZone) : formatDate(day, locale, timeZone);
}

/** Whole calendar days from one `YYYY-MM-DD` to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The Sunday of a day's week, as `YYYY-MM-DD`. */
export function endOfWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((7 - date.getUTCDay()) % 7));
  return date.toISOString().slice(0, 10);
}

const UNITS = { de: ['T', 'Std', 'Min'], en: ['d', 'h', 'min'] } as const;

/** A span by its two largest units, short: `1 T 22 Std`, `12 Min`; less than a minute counts as one. */
export function shortSpan(milliseconds: number, locale: Locale): string {
  const minutes = Math.max(1, Math.round(Math.abs(milliseconds) / 60_000));
  const amounts = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const units = UNITS[languageOf(locale)];
  const first = amounts.findIndex((amount) => amount > 0);
  return amounts.map((amount, at) => (amount > 0 && at >= first && at < first + 2 ? `${amount} ${units[at]}` : '')).filter(Boolean).join(' ');
}

/** How pressing a date is: late once it has passed, soon within the next day. */
export function pressure(moment: Date, now: Date): 'late' | 'soon' | 'later' {
  const left = moment.getTime() - now.getTime();
  if (left < 0) return 'late';
  return left <= 24 * 3_600_000 ? 'soon' : 'later';
}

/** The value of a `datetime-local` field (`YYYY-MM-DDTHH:MM`) for a moment, in the given zone. */
export function asLocalInput(moment: Date, timeZone: string): string {
  return `${localDay(moment, timeZone)}T${localTime(moment, timeZone)}`;
}

/**
 * The moment that a `datetime-local` value means in a zone; null for an incomplete value.
 * A time that a clock change skips means the same wall clock an hour later.
 */
export function fromLocalInput(value: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return null;
  const asUtc = Date.parse(`${value.slice(0, 16)}:00Z`);
  let moment = new Date(asUtc);
  // Twice: the offset found first may be that of the other side of a clock change.
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${asLocalInput(moment, timeZone)}:00Z`);
    moment = new Date(moment.getTime() + asUtc - shown);
  }
  return moment;
}
