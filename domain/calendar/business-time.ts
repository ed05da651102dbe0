import { DEFAULT_BUSINESS_HOURS, WEEKDAYS, type HoursRange, type SiteCalendar } from './calendar.ts';
import { holidayOn } from './holidays.ts';
import { addDays, atLocalTime, localDate, siteTime, weekdayOf } from './local-time.ts';

export { isHoliday } from './holidays.ts';
export { atLocalTime, localDate } from './local-time.ts';
export type { SiteCalendar } from './calendar.ts';

const HOUR_MS = 3_600_000;
/** No calendar is closed for longer: without any open hour the default hours hold. */
const FARTHEST_DAYS = 400;

type OpenRange = { readonly from: number; readonly to: number };

/** Reckoned days of a calendar; finding out the offset of a time zone is the dear part. */
const reckoned = new WeakMap<SiteCalendar, Map<string, readonly OpenRange[]>>();

/** Open ranges of a day in milliseconds since 1970: a day of the autumn change is an hour longer if it is open all night. */
function openRanges(date: string, calendar: SiteCalendar): readonly OpenRange[] {
  const days = reckoned.get(calendar) ?? new Map<string, readonly OpenRange[]>();
  reckoned.set(calendar, days);
  const known = days.get(date);
  if (known) return known;
  const ranges = openHours(date, calendar).map((range) => ({
    from: atLocalTime(date, range.from, calendar).getTime(),
    to: atLocalTime(date, range.to, calendar).getTime(),
  }));
  days.set(date, ranges);
  return ranges;
}

/** Open hours of a day by the site's clock, cut off where a half holiday begins. */
function openHours(date: string, calendar: SiteCalendar): HoursRange[] {
  const isNeverOpen = WEEKDAYS.every((weekday) => calendar.businessHours[weekday].length === 0);
  const hours = isNeverOpen ? DEFAULT_BUSINESS_HOURS : calendar.businessHours;
  const ranges = hours[weekdayOf(date)];
  const holiday = ranges.length > 0 ? holidayOn(date, calendar) : null;
  if (!holiday) return [...ranges];
  const closing = holiday.closesAt ?? '00:00';
  return ranges.filter((range) => range.from < closing).map((range) => ({ from: range.from, to: range.to < closing ? range.to : closing }));
}

/** Whether the site works on a day at all; a half day is a working day. */
export function isWorkingDay(date: string, calendar: SiteCalendar): boolean {
  return openHours(date, calendar).length > 0;
}

/** The moment itself while the site is open, else the next opening; the moment of closing is closed. */
export function nextBusinessMoment(at: Date, calendar: SiteCalendar): Date {
  const today = localDate(at, calendar);
  for (let days = 0; days <= FARTHEST_DAYS; days += 1) {
    const range = openRanges(addDays(today, days), calendar).find((one) => one.to > at.getTime());
    if (range) return new Date(Math.max(at.getTime(), range.from));
  }
  return at;
}

/** The moment itself while the site is open or just closing, else the next opening: where a deadline may stand. */
export function deadlineMoment(at: Date, calendar: SiteCalendar): Date {
  const isClosing = openRanges(localDate(at, calendar), calendar).some((range) => range.to === at.getTime());
  return isClosing ? at : nextBusinessMoment(at, calendar);
}

/**
 * The moment at which so many open hours have passed (negative: lie ahead of `start`). A day that is used up to its
 * last minute ends at its closing time; no hours at all is the next business moment.
 */
export function addBusinessHours(start: Date, hours: number, calendar: SiteCalendar): Date {
  if (hours === 0) return nextBusinessMoment(start, calendar);
  const direction = hours > 0 ? 1 : -1;
  let left = Math.round(Math.abs(hours) * HOUR_MS);
  for (let date = localDate(start, calendar), days = 0; ; date = addDays(date, direction), days += 1) {
    const ranges = openRanges(date, calendar).map((range) => clip(range, start.getTime(), direction));
    for (const range of direction > 0 ? ranges : ranges.toReversed()) {
      const length = Math.max(0, range.to - range.from);
      if (length > 0 && left <= length) return new Date(direction > 0 ? range.from + left : range.to - left);
      left -= length;
    }
    if (days > FARTHEST_DAYS) return new Date(start.getTime() + direction * left);
  }
}

function clip(range: OpenRange, start: number, direction: number): OpenRange {
  return direction > 0
    ? { from: Math.max(range.from, start), to: range.to }
    : { from: range.from, to: Math.min(range.to, start) };
}

/**
 * The same time of day (or `atTime`, `HH:mm`) on the n-th working day after the site's day of `start` (before it, if
 * negative). The day of `start` does not count; none at all is that day itself or, if it is off, the next working day.
 */
export function addWorkingDays(start: Date, days: number, calendar: SiteCalendar, atTime?: string): Date {
  const date = workingDayFrom(localDate(start, calendar), days, calendar);
  if (atTime !== undefined) return atLocalTime(date, atTime, calendar);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return siteTime(start, calendar).set({ year, month, day }).toJSDate();
}

function workingDayFrom(start: string, days: number, calendar: SiteCalendar): string {
  const direction = days < 0 ? -1 : 1;
  let date = start;
  for (let left = Math.abs(days), steps = 0; steps < FARTHEST_DAYS * (Math.abs(days) + 1); steps += 1) {
    if (left === 0 && isWorkingDay(date, calendar)) return date;
    date = addDays(date, direction);
    if (left > 0 && isWorkingDay(date, calendar)) left -= 1;
  }
  return date;
}

/** Open hours between two moments; negative if `to` is before `from`. */
export function businessHoursBetween(from: Date, to: Date, calendar: SiteCalendar): number {
  if (to < from) return -businessHoursBetween(to, from, calendar);
  const last = localDate(to, calendar);
  let sum = 0;
  for (let date = localDate(from, calendar); date <= last; date = addDays(date, 1)) {
    for (const range of openRanges(date, calendar)) {
      sum += Math.max(0, Math.min(range.to, to.getTime()) - Math.max(range.from, from.getTime()));
    }
  }
  return sum / HOUR_MS;
}

/** The first `time` (`HH:mm`) of a working day at or after a moment. */
export function workingTimeFrom(at: Date, time: string, calendar: SiteCalendar): Date {
  const today = addWorkingDays(at, 0, calendar, time);
  return today >= at ? today : addWorkingDays(at, 1, calendar, time);
}

/** The last `time` (`HH:mm`) of a working day before a moment. */
export function workingTimeBefore(at: Date, time: string, calendar: SiteCalendar): Date {
  const today = localDate(at, calendar);
  const sameDay = atLocalTime(today, time, calendar);
  return sameDay < at && isWorkingDay(today, calendar) ? sameDay : addWorkingDays(at, -1, calendar, time);
}
