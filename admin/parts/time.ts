import { useEffect, useMemo, useState } from 'react';
import { formatFileSize, formatMoney, formatNumber, type Currency } from '#domain/format/amounts.ts';
import { formatDate, formatDateTime, type DayOrMoment } from '#domain/format/dates.ts';
import { formatWindow } from '#domain/format/windows.ts';
import { useZone } from '../layout/account-context.ts';
import { nearDay, nearEnd, nearMoment, nearWindow, shortSpan } from './near.ts';
import { useSpokenLocale } from './speech.ts';

export type Format = ReturnType<typeof useFormat>;

/** Dates, sizes and money in the user's locale and the organisation's time zone; takes the API's ISO strings. */
export function useFormat() {
  const locale = useSpokenLocale();
  const zone = useZone();
  const now = useNow();
  return useMemo(() => {
    const asDate = (iso: string): Date => new Date(iso);
    return {
      zone,
      now,
      near: (iso: string) => nearMoment(asDate(iso), now, locale, zone),
      nearEnd: (iso: string) => nearEnd(asDate(iso), now, locale, zone),
      nearWindow: (from: string, until: string | null) => nearWindow(asDate(from), until ? asDate(until) : null, now, locale, zone),
      nearDay: (day: DayOrMoment) => nearDay(day, now, locale, zone),
      date: (day: DayOrMoment) => formatDate(day, locale, zone),
      dateTime: (iso: string) => formatDateTime(asDate(iso), locale, zone),
      window: (from: string, until: string | null) => formatWindow(asDate(from), until ? asDate(until) : null, locale, zone),
      size: (bytes: number) => formatFileSize(bytes, locale),
      money: (cents: number, currency: string) => formatMoney(cents, currency as Currency, locale),
      number: (value: number, digits = 0) => formatNumber(value, locale, digits),
      span: (milliseconds: number) => shortSpan(milliseconds, locale),
    };
  }, [locale, zone, now]);
}

/** The present moment, renewed every half minute so that "seit 12 Min" stays true. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
