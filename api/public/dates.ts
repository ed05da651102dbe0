import { isWorkingDay } from '#domain/calendar/business-time.ts';
import { addDays, atLocalTime, localDate } from '#domain/calendar/local-time.ts';
import type { DateForm, FormFault } from '#templates/render.ts';
import type { PageContext } from './context.ts';

const DAYS_OFFERED = 4;

/** Date fields with what was entered; the next working days are offered, none chosen. */
export function dateFields({ form, view, now }: PageContext, faults: readonly FormFault[] = []): DateForm {
  const today = localDate(now, view.calendar);
  return {
    faults, days: nextWorkingDays(today, view), earliest: today,
    day: form.line('day') || null, otherDay: form.line('otherDay'), from: form.line('from'), to: form.line('to'),
  };
}

export type ReadDate =
  | { readonly window: { readonly promisedFrom: Date | null; readonly promisedUntil: Date | null }; readonly faults: readonly [] }
  | { readonly window: null; readonly faults: readonly FormFault[] };

/** The window that was entered, on the site's clock: a day alone is the whole day, `unknown` is none. */
export function readDate({ form, view, now }: PageContext): ReadDate {
  const refused = (field: string, word: FormFault['word']): ReadDate => ({ window: null, faults: [{ field, word }] });
  const chosen = form.line('day');
  if (chosen === 'unknown') return { window: { promisedFrom: null, promisedUntil: null }, faults: [] };
  const field = chosen === 'other' || (!chosen && form.line('otherDay')) ? 'otherDay' : 'day';
  const day = form.line(field);
  if (!isDay(day)) return refused(field, 'chooseDay');
  if (day < localDate(now, view.calendar)) return refused(field, 'dayInPast');
  const [from, to] = [timeOf(form.line('from')), timeOf(form.line('to'))];
  if (to && to <= (from ?? '00:00')) return refused('to', 'hoursWrong');
  const promisedFrom = atLocalTime(day, from ?? '00:00', view.calendar);
  if (!from && !to) return { window: { promisedFrom, promisedUntil: atLocalTime(addDays(day, 1), '00:00', view.calendar) }, faults: [] };
  return { window: { promisedFrom, promisedUntil: to ? atLocalTime(day, to, view.calendar) : null }, faults: [] };
}

/** `YYYY-MM-DD` of a day that exists, not further off than the calendar reckons with. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function timeOf(text: string): string | null {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : null;
}

function nextWorkingDays(today: string, { calendar }: PageContext['view']): string[] {
  const days: string[] = [];
  for (let ahead = 1; days.length < DAYS_OFFERED && ahead < 60; ahead += 1) {
    const day = addDays(today, ahead);
    if (isWorkingDay(day, calendar)) days.push(day);
  }
  return days;
}
