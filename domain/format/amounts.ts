import { languageOf, type Locale } from '../statuses.ts';

export const CURRENCIES = ['EUR', 'CHF', 'GBP'] as const;
export type Currency = (typeof CURRENCIES)[number];

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs more than using it. */
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${options.currency ?? options.maximumFractionDigits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** Money from its smallest unit (cents, Rappen, pence): `900,00 €`, `CHF 900.00`, `€900.00`, with plain spaces. */
export function formatMoney(cents: number, currency: Currency, locale: Locale): string {
  const format = numberFormat(locale, { style: 'currency', currency });
  return plainSpaces(format.format(cents / 100));
}

/** A number as people write it there: `1.240` · `1,240`. */
export function formatNumber(value: number, locale: Locale, digits = 0): string {
  const format = numberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: digits });
  return plainSpaces(format.format(value));
}

const SIZE_UNITS = ['Bytes', 'KB', 'MB', 'GB'] as const;

/** A file size in the units that file limits are stated in (1 MB = 1024 KB): `240 KB`, `1,2 MB`, `250 MB`. */
export function formatFileSize(bytes: number, locale: Locale): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < SIZE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${formatNumber(value, locale, value < 10 && unit > 1 ? 1 : 0)} ${SIZE_UNITS[unit]}`;
}

const SPANS = {
  de: { day: ['Tag', 'Tage'], hour: ['Stunde', 'Stunden'], minute: ['Minute', 'Minuten'] },
  en: { day: ['day', 'days'], hour: ['hour', 'hours'], minute: ['minute', 'minutes'] },
} as const;

/** A span of time by its two largest units: `2 Tage 3 Stunden`, `45 Minuten`; less than a minute counts as one. */
export function formatDuration(milliseconds: number, locale: Locale): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  const words = SPANS[languageOf(locale)];
  const amounts = [
    ['day', Math.floor(minutes / 1440)],
    ['hour', Math.floor((minutes % 1440) / 60)],
    ['minute', minutes % 60],
  ] as const;
  const shown = amounts.filter(([, amount]) => amount > 0).slice(0, 2);
  return shown.map(([unit, amount]) => `${amount} ${words[unit][amount === 1 ? 0 : 1]}`).join(' ');
}

function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
