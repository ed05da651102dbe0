import { describe, expect, it } from '@jest/globals';
import { formatDuration, formatFileSize, formatMoney, formatNumber } from '#domain/format/amounts.ts';
import { formatDate, formatDateTime, formatDay, formatLongDate, formatTime, localDay, localTime } from '#domain/format/dates.ts';
import { holdNumbers, holdTogether } from '#domain/format/no-break.ts';
import { swissify } from '#domain/format/swissify.ts';
import { formatDayWindow, formatWindow } from '#domain/format/windows.ts';

const berlin = 'Europe/Berlin';
const noon = new Date('2026-11-26T11:00:00Z');

describe('dates are written as people write them', () => {
  it.each([
    ['de-DE', 'Do., 26.11.2026, 12:00 Uhr'],
    ['de-AT', 'Do., 26.11.2026, 12:00 Uhr'],
    ['de-CH', 'Do., 26.11.2026, 12:00 Uhr'],
    ['en-GB', 'Thu 26 Nov 2026, 12:00'],
  ] as const)('in %s as %s', (locale, written) => {
    expect(formatDateTime(noon, locale, berlin)).toBe(written);
  });

  it('use the time zone of the site, over midnight and over the change of clocks', () => {
    expect(formatDateTime(new Date('2026-12-31T23:30:00Z'), 'de-DE', berlin)).toBe('Fr., 01.01.2027, 00:30 Uhr');
    expect(formatDateTime(new Date('2026-12-31T23:30:00Z'), 'en-GB', 'Europe/London')).toBe('Thu 31 Dec 2026, 23:30');
    expect(formatTime(new Date('2026-03-29T00:59:00Z'), 'de-DE', berlin)).toBe('01:59 Uhr');
    expect(formatTime(new Date('2026-03-29T01:00:00Z'), 'de-DE', berlin)).toBe('03:00 Uhr');
  });

  it('agree with the clock of the system on every half hour of a year, in zones with all kinds of changes', () => {
    for (const timeZone of [berlin, 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns']) {
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', year: 'numeric' });
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 1_800_000) {
        const moment = new Date(at);
        const [day, month, year, time] = clock.format(moment).split(/[/,] ?/);
        if (`${localDay(moment, timeZone)} ${localTime(moment, timeZone)}` !== `${year}-${month}-${day} ${time}`) {
          throw new Error(`${timeZone} ${moment.toISOString()}`);
        }
      }
    }
  });

  it('take a calendar day as it is, in every time zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', berlin]) {
      expect(formatDate('2026-12-11', 'de-DE', zone)).toBe('Fr., 11.12.2026');
    }
    expect(formatDay('2026-12-11', 'en-GB', berlin)).toBe('Fri 11 Dec');
    expect(() => formatDate('tomorrow', 'de-DE', berlin)).toThrow(RangeError);
  });

  it('name the first month Jänner in Austria', () => {
    expect(formatLongDate('2027-01-07', 'de-AT', berlin)).toBe('7. Jänner 2027');
    expect(formatLongDate('2027-01-07', 'de-DE', berlin)).toBe('7. Januar 2027');
    expect(formatLongDate('2027-01-07', 'en-GB', berlin)).toBe('7 January 2027');
  });

  it('give day and time back for the fields of a form', () => {
    expect(localDay(new Date('2026-12-31T23:30:00Z'), berlin)).toBe('2027-01-01');
    expect(localTime(new Date('2026-12-31T23:30:00Z'), berlin)).toBe('00:30');
  });
});

describe('a time window', () => {
  const from = new Date('2026-11-30T07:00:00Z');
  it.each([
    ['de-DE', '2026-11-30T09:00:00Z', 'Mo., 30.11.2026, 8–10 Uhr'],
    ['de-DE', '2026-11-30T09:30:00Z', 'Mo., 30.11.2026, 8:00–10:30 Uhr'],
    ['de-DE', null, 'Mo., 30.11.2026, ab 8 Uhr'],
    ['en-GB', '2026-11-30T09:00:00Z', 'Mon 30 Nov 2026, 08:00–10:00'],
    ['en-GB', null, 'Mon 30 Nov 2026, from 08:00'],
    ['de-DE', '2026-12-01T15:00:00Z', 'Mo., 30.11.2026, ab 8 Uhr – Di., 01.12.2026, bis 16 Uhr'],
  ] as const)('in %s until %s is %s', (locale, to, written) => {
    expect(formatWindow(from, to ? new Date(to) : null, locale, berlin)).toBe(written);
  });

  it('over the whole day is the day', () => {
    expect(formatWindow(new Date('2026-11-29T23:00:00Z'), new Date('2026-11-30T22:59:00Z'), 'de-DE', berlin)).toBe('Mo., 30.11.2026');
  });

  it('from a form reads the same', () => {
    expect(formatDayWindow('2026-11-30', '08:00', '10:00', 'de-DE')).toBe('Mo., 30.11.2026, 8–10 Uhr');
    expect(formatDayWindow('2026-11-30', null, null, 'de-DE')).toBe('Mo., 30.11.2026');
    expect(formatDayWindow('2026-11-30', null, '10:00', 'de-DE')).toBe('Mo., 30.11.2026, bis 10 Uhr');
    expect(formatDayWindow('2026-11-30', null, '10:00', 'en-GB')).toBe('Mon 30 Nov 2026, until 10:00');
  });
});

describe('amounts', () => {
  it('are money in the currency of the order and the manner of the reader', () => {
    expect(formatMoney(90_000, 'EUR', 'de-DE')).toBe('900,00 €');
    expect(formatMoney(90_000, 'EUR', 'de-AT')).toBe('€ 900,00');
    expect(formatMoney(123_456, 'CHF', 'de-CH')).toMatch(/^CHF 1['’]234\.56$/);
    expect(formatMoney(90_000, 'EUR', 'en-GB')).toBe('€900.00');
    expect(formatMoney(90_000, 'GBP', 'en-GB')).toBe('£900.00');
  });

  it('are file sizes in the unit of the limits', () => {
    expect(formatFileSize(245_760, 'de-DE')).toBe('240 KB');
    expect(formatFileSize(1_258_291, 'de-DE')).toBe('1,2 MB');
    expect(formatFileSize(20 * 1024 * 1024, 'de-DE')).toBe('20 MB');
    expect(formatFileSize(250 * 1024 * 1024, 'en-GB')).toBe('250 MB');
    expect(formatFileSize(12, 'en-GB')).toBe('12 Bytes');
    expect(formatNumber(10_000, 'de-DE')).toBe('10.000');
  });

  it('are spans of time by their two largest units', () => {
    expect(formatDuration(2 * 86_400_000 + 3 * 3_600_000 + 5 * 60_000, 'de-DE')).toBe('2 Tage 3 Stunden');
    expect(formatDuration(3_600_000, 'en-GB')).toBe('1 hour');
    expect(formatDuration(10, 'de-DE')).toBe('1 Minute');
  });
});

describe('spelling and lines', () => {
  it('Swiss texts have no ß and ask for an Offerte', () => {
    expect(swissify('Freundliche Grüße')).toBe('Freundliche Grüsse');
    expect(swissify('wir bitten um ein Angebot für folgende Arbeit')).toBe('wir bitten um eine Offerte für folgende Arbeit');
    expect(swissify('Angebot senden')).toBe('Offerte senden');
  });

  it('house numbers, floors, units and phone numbers are not torn apart', () => {
    expect(holdNumbers('Ahornhof 7, 99990 Neuquell')).toBe('Ahornhof\u00a07, 99990\u00a0Neuquell');
    expect(holdNumbers('Treppenhaus 3. OG')).toBe('Treppenhaus 3.\u00a0OG');
    expect(holdNumbers('Leiter bis 4 m im Keller')).toBe('Leiter bis 4\u00a0m im Keller');
    expect(holdTogether('0171 39200 12')).toBe('0171\u00a039200\u00a012');
  });
});
