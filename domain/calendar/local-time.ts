import { DateTime, IANAZone } from 'luxon';
import { DomainError } from '../errors.ts';
import { WEEKDAYS, type Weekday } from './calendar.ts';

/** Calendar days have no zone: they are reckoned as days of UTC, which all have 24 hours. */
const DAY_MS = 86_400_000;

/** Anything that knows its time zone. */
export type Zoned = { readonly timeZone: string };

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** A moment on the site's clock; throws `invalid_input` for an unknown time zone. */
export function siteTime(at: Date, calendar: Zoned): DateTime {
  const local = DateTime.fromJSDate(at, { zone: calendar.timeZone });
  if (!local.isValid) throw new DomainError('invalid_input', { field: 'timeZone', value: calendar.timeZone });
  return local;
}

/** The site's calendar day of a moment, `YYYY-MM-DD`. */
export function localDate(at: Date, calendar: Zoned): string {
  return siteTime(at, calendar).toFormat('yyyy-MM-dd');
}

/**
 * The moment at which the site's clock shows `time` (`HH:mm`, up to `24:00`) on a day (`YYYY-MM-DD`).
 * A time that the spring change leaves out is the same distance after midnight, an hour later on the clock;
 * one that the autumn change repeats is the first of both.
 */
export function atLocalTime(date: string, time: string, calendar: Zoned): Date {
  const local = DateTime.fromISO(`${date}T${time}`, { zone: calendar.timeZone });
  if (!local.isValid) throw new DomainError('invalid_input', { field: 'localTime', value: `${date} ${time} ${calendar.timeZone}` });
  return local.toJSDate();
}

/** The calendar day `days` after another (before it, if negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The weekday of a calendar day. */
export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(Date.parse(date)).getUTCDay() + 6) % 7] ?? 'mon';
}
