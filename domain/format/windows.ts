import { languageOf, type Locale } from '../statuses.ts';
import { formatDate, localDay, localTime } from './dates.ts';

/**
 * A promised date with its time window: `Mo., 30.11.2026, 8–10 Uhr` · `Mon 30 Nov 2026, 08:00–10:00`.
 * A missing end gives `ab 8 Uhr`; a window over midnights (a whole day) gives the day alone.
 */
export function formatWindow(from: Date, to: Date | null, locale: Locale, timeZone: string): string {
  const day = formatDate(from, locale, timeZone);
  const start = localTime(from, timeZone);
  const end = to ? localTime(to, timeZone) : null;
  if (start === '00:00' && (end === null || end === '00:00' || end === '23:59')) return day;
  if (to && localDay(from, timeZone) !== localDay(to, timeZone)) {
    return `${day}, ${formatHours(start, null, locale)} – ${formatDate(to, locale, timeZone)}, ${untilHour(end ?? '', locale)}`;
  }
  return `${day}, ${formatHours(start, end, locale)}`;
}

/** A day and times as a form gives them (`YYYY-MM-DD`, `HH:MM`), said as `formatWindow` says it. */
export function formatDayWindow(day: string, from: string | null, to: string | null, locale: Locale): string {
  const date = formatDate(day, locale, 'UTC');
  if (!from && !to) return date;
  return `${date}, ${from ? formatHours(from, to, locale) : untilHour(to ?? '', locale)}`;
}

/** `8–10 Uhr`, `8:30–10:00 Uhr`, `ab 8 Uhr` · `08:00–10:00`, `from 08:00`; times as `HH:MM`. */
export function formatHours(from: string, to: string | null, locale: Locale): string {
  if (languageOf(locale) === 'en') return to ? `${from}–${to}` : `from ${from}`;
  const isFull = from.endsWith(':00') && (to === null || to.endsWith(':00'));
  const short = (time: string): string => (isFull ? String(Number(time.slice(0, 2))) : `${Number(time.slice(0, 2))}${time.slice(2)}`);
  return to ? `${short(from)}–${short(to)} Uhr` : `ab ${short(from)} Uhr`;
}

function untilHour(to: string, locale: Locale): string {
  if (languageOf(locale) === 'en') return `until ${to}`;
  return `bis ${to.endsWith(':00') ? Number(to.slice(0, 2)) : to} Uhr`;
}
