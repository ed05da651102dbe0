import { localDay, localTime } from '#domain/format/dates.ts';
import type { ClientOrder } from '../providers/partner-types.ts';

export type Span = 'month' | 'week';
/** An order on a day: because it is due, or because we said that we come. */
export type CalendarEntry = { readonly order: ClientOrder; readonly what: 'due' | 'promised'; readonly day: string; readonly time: string | null };

/** Days as `YYYY-MM-DD`; reckoned in UTC, where no day is longer than another. */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The weeks that are shown, Monday first: one, or all that touch the month. */
export function weeksOf(day: string, span: Span): string[][] {
  const first = mondayOf(span === 'week' ? day : `${day.slice(0, 7)}-01`);
  const weeks: string[][] = [];
  for (let start = first; span === 'week' ? weeks.length === 0 : start.slice(0, 7) <= day.slice(0, 7); start = addDays(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(start, at)));
  }
  return weeks;
}

/** The same place in the next or an earlier month or week; a month is entered on its first day. */
export function moved(day: string, span: Span, by: 1 | -1): string {
  if (span === 'week') return addDays(day, 7 * by);
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, 10);
}

/** What stands on each day: promised visits by their time, then what is due. */
export function entriesByDay(orders: readonly ClientOrder[], zone: string): ReadonlyMap<string, readonly CalendarEntry[]> {
  const all = orders.flatMap((order): CalendarEntry[] => {
    const promised = order.promisedFrom && order.assignmentStatus === 'accepted' ? new Date(order.promisedFrom) : null;
    const time = promised ? localTime(promised, zone) : null;
    return [
      ...(promised ? [{ order, what: 'promised' as const, day: localDay(promised, zone), time: time === '00:00' ? null : time }] : []),
      ...(order.dueOn ? [{ order, what: 'due' as const, day: order.dueOn, time: null }] : []),
    ];
  });
  const byDay = new Map<string, CalendarEntry[]>();
  for (const entry of all) byDay.set(entry.day, [...(byDay.get(entry.day) ?? []), entry]);
  for (const entries of byDay.values()) entries.sort((one, other) => rank(one).localeCompare(rank(other)));
  return byDay;
}

function rank({ what, time, order }: CalendarEntry): string {
  return `${what === 'promised' ? `0${time ?? ''}` : '1'} ${order.title}`;
}
