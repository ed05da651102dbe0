import type { HelperOptions } from 'handlebars';
import { formatFileSize, formatMoney } from '#domain/format/amounts.ts';
import { formatDate, formatDateTime, formatDay, formatDayTime, formatTime, type DayOrMoment } from '#domain/format/dates.ts';
import { formatWindow } from '#domain/format/windows.ts';
import type { Locale } from '#domain/statuses.ts';
import { fill, wordsOf, type SayData } from '#domain/words/index.ts';
import type { Words } from '#domain/words/words.ts';
import type { Money } from './mails/data.ts';

type Frame = { readonly locale: Locale; readonly timeZone: string };

function frame(options: HelperOptions): Frame {
  return options.data as Frame;
}

function dated(format: (when: Date, locale: Locale, timeZone: string) => string) {
  return (when: Date | null, options: HelperOptions): string =>
    when ? format(when, frame(options).locale, frame(options).timeZone) : '';
}

/** Helpers that write dates, sizes, money and words in the locale and time zone of the rendering. */
export const formatHelpers = {
  dateTime: dated(formatDateTime),
  dayTime: dated(formatDayTime),
  time: dated(formatTime),
  date: (when: DayOrMoment | null, options: HelperOptions): string =>
    when ? formatDate(when, frame(options).locale, frame(options).timeZone) : '',
  day: (when: DayOrMoment | null, options: HelperOptions): string =>
    when ? formatDay(when, frame(options).locale, frame(options).timeZone) : '',
  window: (from: Date | null, to: Date | null, options: HelperOptions): string =>
    from ? formatWindow(from, to, frame(options).locale, frame(options).timeZone) : '',
  money: (amount: Money | null, options: HelperOptions): string =>
    amount ? formatMoney(amount.cents, amount.currency, frame(options).locale) : '',
  size: (bytes: number, options: HelperOptions): string => formatFileSize(bytes, frame(options).locale),
  /** `{{word "priority" priority}}`, with placeholders: `{{word "workOrderStatus" status reason=waitingReason}}` */
  word: (section: keyof Words, key: string, options: HelperOptions): string => {
    const words: Readonly<Record<string, string>> = wordsOf(frame(options).locale)[section];
    return fill(words[key] ?? '', options.hash as SayData);
  },
  is: (one: unknown, other: unknown): boolean => one === other,
  any: (...values: unknown[]): boolean => values.slice(0, -1).some(Boolean),
};
