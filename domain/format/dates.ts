import { languageOf, type Locale } from '../statuses.ts';
import { dayName, monthName, shortMonthName } from './calendar-names.ts';

/** A moment, or a calendar day without a clock as `YYYY-MM-DD`. */
export type DayOrMoment = Date | string;

type LocalParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
};

const DAY_MS = 86_400_000;
const MOST_KEPT = 5000;
const clocks = new Map<string, Intl.DateTimeFormat>();
/** Offset from UTC of each zone and UTC day that has only one; asking Intl is too slow for a page of fifty messages. */
const offsets = new Map<string, number | null>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** Milliseconds by which the clocks there are ahead of UTC, to the minute. */
function askedOffset(moment: number, timeZone: string): number {
  const found = new Map(clockOf(timeZone).formatToParts(moment).map((part) => [part.type, Number(part.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => found.get(name) ?? 0;
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return there - Math.floor(moment / 60_000) * 60_000;
}

function offsetAt(moment: number, timeZone: string): number {
  const day = Math.floor(moment / DAY_MS);
  const key = `${day} ${timeZone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known ?? askedOffset(moment, timeZone);
  const first = askedOffset(day * DAY_MS, timeZone);
  const isOne = first === askedOffset((day + 1) * DAY_MS - 1, timeZone);
  if (offsets.size > MOST_KEPT) offsets.clear();
  offsets.set(key, isOne ? first : null);
  return isOne ? first : askedOffset(moment, timeZone);
}

function localParts(when: DayOrMoment, timeZone: string): LocalParts {
  if (typeof when === 'string') return dayParts(when);
  const there = new Date(when.getTime() + offsetAt(when.getTime(), timeZone));
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    weekday: there.getUTCDay(),
    hour: there.getUTCHours(),
    minute: there.getUTCMinutes(),
  };
}

function dayParts(day: string): LocalParts {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!match) throw new RangeError(`not a calendar day: ${day}`);
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return { year, month, day: date, weekday: weekdayOf(year, month, date), hour: 0, minute: 0 };
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

const two = (value: number): string => String(value).padStart(2, '0');
const isGerman = (locale: Locale): boolean => languageOf(locale) === 'de';

/** `Do., 26.11.2026` · `Thu 26 Nov 2026` */
export function formatDate(when: DayOrMoment, locale: Locale, timeZone: string): string {
  const { year, month, day, weekday } = localParts(when, timeZone);
  const name = dayName(weekday, locale);
  if (isGerman(locale)) return `${name}, ${two(day)}.${two(month)}.${year}`;
  return `${name} ${day} ${shortMonthName(month)} ${year}`;
}

/** `Do., 26.11.` · `Thu 26 Nov`, where the year is plain from the context. */
export function formatDay(when: DayOrMoment, locale: Locale, timeZone: string): string {
  const { month, day, weekday } = localParts(when, timeZone);
  const name = dayName(weekday, locale);
  return isGerman(locale) ? `${name}, ${two(day)}.${two(month)}.` : `${name} ${day} ${shortMonthName(month)}`;
}

/** `26. November 2026` (in Austria `26. Jänner 2026`) · `26 November 2026` */
export function formatLongDate(when: DayOrMoment, locale: Locale, timeZone: string): string {
  const { year, month, day } = localParts(when, timeZone);
  return `${day}${isGerman(locale) ? '.' : ''} ${monthName(month, locale)} ${year}`;
}

/** `12:00 Uhr` · `12:00` */
export function formatTime(when: Date, locale: Locale, timeZone: string): string {
  const { hour, minute } = localParts(when, timeZone);
  return `${two(hour)}:${two(minute)}${isGerman(locale) ? ' Uhr' : ''}`;
}

/** `Do., 26.11.2026, 12:00 Uhr` · `Thu 26 Nov 2026, 12:00` */
export function formatDateTime(when: Date, locale: Locale, timeZone: string): string {
  return `${formatDate(when, locale, timeZone)}, ${formatTime(when, locale, timeZone)}`;
}

/** `Do., 26.11., 12:00 Uhr` · `Thu 26 Nov, 12:00` */
export function formatDayTime(when: Date, locale: Locale, timeZone: string): string {
  return `${formatDay(when, locale, timeZone)}, ${formatTime(when, locale, timeZone)}`;
}

/** The calendar day of a moment there, as `YYYY-MM-DD`. */
export function localDay(when: Date, timeZone: string): string {
  const { year, month, day } = localParts(when, timeZone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The time of day of a moment there, as `HH:MM`. */
export function localTime(when: Date, timeZone: string): string {
  const { hour, minute } = localParts(when, timeZone);
  return `${two(hour)}:${two(minute)}`;
}
