import { describe, expect, test } from '@jest/globals';
import {
  addBusinessHours, addWorkingDays, atLocalTime, businessHoursBetween, deadlineMoment, isHoliday, isWorkingDay, localDate,
  nextBusinessMoment, workingTimeBefore, workingTimeFrom,
} from '#domain/calendar/business-time.ts';
import { checkBusinessHours, DEFAULT_BUSINESS_HOURS, minutesOfDay, type SiteCalendar } from '#domain/calendar/calendar.ts';
import { holidayOn, holidayRegionsFrom, holidayRegionsOf, isHolidayRegion } from '#domain/calendar/holidays.ts';
import { isTimeZone, weekdayOf } from '#domain/calendar/local-time.ts';
import { ALWAYS_OPEN, BAVARIA, ENGLAND, VIENNA, ZURICH } from './sites.ts';

/** A moment by the site's own clock. */
function at(local: string, calendar: SiteCalendar = BAVARIA): Date {
  const [date = '', time = '00:00'] = local.split(' ');
  return atLocalTime(date, time, calendar);
}

function plus(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}

describe('a time of day is the site’s own', () => {
  test.each([
    ['Europe/Berlin in winter', BAVARIA, '2026-01-15 07:30', '2026-01-15T06:30:00.000Z'],
    ['Europe/Berlin in summer', BAVARIA, '2026-07-15 07:30', '2026-07-15T05:30:00.000Z'],
    ['Europe/London in summer', ENGLAND, '2026-07-15 07:30', '2026-07-15T06:30:00.000Z'],
    ['Europe/Zurich on the day of the spring change', ZURICH, '2026-03-29 07:30', '2026-03-29T05:30:00.000Z'],
    ['Europe/Vienna on the day of the autumn change', VIENNA, '2026-10-25 07:30', '2026-10-25T06:30:00.000Z'],
    ['a time that the spring change leaves out', BAVARIA, '2026-03-29 02:30', '2026-03-29T01:30:00.000Z'],
    ['the end of a day', BAVARIA, '2026-10-25 24:00', '2026-10-25T23:00:00.000Z'],
  ])('%s', (_name, calendar, local, utc) => {
    expect(at(local, calendar).toISOString()).toBe(utc);
  });

  test('a moment belongs to the day that the site’s calendar shows', () => {
    expect(localDate(new Date('2026-12-31T23:00:00Z'), BAVARIA)).toBe('2027-01-01');
    expect(localDate(new Date('2026-12-31T22:59:59.999Z'), BAVARIA)).toBe('2026-12-31');
    expect(localDate(new Date('2026-12-31T23:00:00Z'), ENGLAND)).toBe('2026-12-31');
  });

  test('an unknown time zone is refused, not guessed', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Gotham')).toBe(false);
    expect(() => localDate(new Date(0), { timeZone: 'Europe/Gotham' })).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  test('weekdays are named by their calendar day', () => {
    expect(['2026-11-23', '2026-11-29'].map(weekdayOf)).toEqual(['mon', 'sun']);
  });
});

describe('holidays are those of the region', () => {
  test.each([
    ['Epiphany is off in Bavaria', '2026-01-06', BAVARIA, true],
    ['Epiphany is a working day in Zurich', '2026-01-06', ZURICH, false],
    ['Austria’s national day', '2026-10-26', VIENNA, true],
    ['the same day in Bavaria', '2026-10-26', BAVARIA, false],
    ['the English August bank holiday', '2026-08-31', ENGLAND, true],
    ['Boxing Day on a Saturday is made up for on Monday', '2026-12-28', ENGLAND, true],
    ['an observance is a working day', '2026-02-16', BAVARIA, false],
    ['a half day is a working day', '2026-12-24', BAVARIA, false],
  ])('%s', (_name, date, calendar, isOff) => {
    expect(isHoliday(date, calendar)).toBe(isOff);
  });

  test('Christmas Eve and New Year’s Eve close at 14:00 in Germany and Austria, not in Switzerland and England', () => {
    const closings = [BAVARIA, VIENNA, ZURICH, ENGLAND].map((calendar) => holidayOn('2026-12-24', calendar)?.closesAt ?? null);
    expect(closings).toEqual(['14:00', '14:00', null, null]);
    expect(holidayOn('2026-12-31', BAVARIA)).toEqual({ name: 'Silvester', closesAt: '14:00' });
  });

  test('they are named in the reader’s language', () => {
    expect(holidayOn('2026-12-25', BAVARIA, 'de')?.name).toBe('1. Weihnachtstag');
    expect(holidayOn('2026-12-25', BAVARIA, 'en')?.name).toBe('Christmas Day');
  });

  test('a city’s own holiday needs its region', () => {
    expect(isHoliday('2026-08-08', BAVARIA)).toBe(false);
    expect(isHoliday('2026-08-08', { ...BAVARIA, holidayRegion: 'DE-BY-A' })).toBe(true);
  });

  test('a region must exist', () => {
    const known = ['DE', 'DE-BY', 'DE-BY-A', 'AT-9', 'CH-ZH', 'GB-ENG', 'XX', 'DE-ZZ', 'DE-BY-ZZ', ''].filter(isHolidayRegion);
    expect(known).toEqual(['DE', 'DE-BY', 'DE-BY-A', 'AT-9', 'CH-ZH', 'GB-ENG']);
  });

  test('the regions of a country can be chosen by name', () => {
    expect(holidayRegionsOf('DE', 'de')).toContainEqual({ code: 'DE-BY', name: 'Bayern' });
    expect(holidayRegionsOf('DE', 'de')).toHaveLength(17);
    expect(holidayRegionsOf('XX', 'de')).toEqual([]);
  });

  test('a site abroad is chosen by name too, after the regions at home', () => {
    const codes = holidayRegionsFrom('AT', 'de').map((one) => one.code);
    expect(codes[0]).toBe('AT');
    expect(codes.indexOf('AT-9')).toBeLessThan(codes.indexOf('DE'));
    expect(codes).toEqual(expect.arrayContaining(['DE-BY', 'CH-ZH', 'GB-ENG']));
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('without a region no day is a holiday', () => {
    expect(isHoliday('2026-12-25', { ...BAVARIA, holidayRegion: null })).toBe(false);
  });
});

describe('business hours pass only while the site is open', () => {
  test.each([
    ['within a day', '2026-11-23 08:00', 3, '2026-11-23 11:00'],
    ['a day used up to its last minute ends at closing', '2026-11-23 08:30', 8, '2026-11-23 16:30'],
    ['a minute more is the next morning', '2026-11-23 08:31', 8, '2026-11-24 07:31'],
    ['Friday afternoon flows into Monday', '2026-11-27 12:00', 3, '2026-11-30 09:30'],
    ['after closing it starts with the next opening', '2026-11-27 17:00', 3, '2026-11-30 10:30'],
    ['a night is no time', '2026-11-24 03:00', 1, '2026-11-24 08:30'],
    ['Christmas week: the half day, two holidays and a Sunday', '2026-12-24 13:00', 3, '2026-12-28 09:30'],
    ['New Year: half day, holiday, weekend', '2026-12-31 12:00', 4, '2027-01-04 09:30'],
    ['half hours count', '2026-11-23 08:00', 0.5, '2026-11-23 08:30'],
    ['none at all is the next opening', '2026-11-28 12:00', 0, '2026-11-30 07:30'],
    ['backwards within a day', '2026-11-23 11:00', -3, '2026-11-23 08:00'],
    ['backwards over a weekend', '2026-11-30 09:30', -3, '2026-11-27 12:00'],
    ['backwards a whole day ends at opening', '2026-11-23 16:30', -9, '2026-11-23 07:30'],
    ['backwards from a night', '2026-11-24 03:00', -1, '2026-11-23 15:30'],
  ])('%s', (_name, start, hours, end) => {
    expect(addBusinessHours(at(start), hours, BAVARIA)).toEqual(at(end));
  });

  test('1 ms before closing leaves 1 ms for the day', () => {
    const start = plus(at('2026-11-23 16:30'), -1);
    expect(addBusinessHours(start, 1, BAVARIA)).toEqual(plus(at('2026-11-24 08:30'), -1));
    expect(addBusinessHours(plus(start, 1), 1, BAVARIA)).toEqual(at('2026-11-24 08:30'));
  });

  test('the night of the change has an hour less or more', () => {
    expect(addBusinessHours(at('2026-03-29 00:00', ALWAYS_OPEN), 6, ALWAYS_OPEN)).toEqual(at('2026-03-29 07:00', ALWAYS_OPEN));
    expect(addBusinessHours(at('2026-10-25 00:00', ALWAYS_OPEN), 6, ALWAYS_OPEN)).toEqual(at('2026-10-25 05:00', ALWAYS_OPEN));
    expect(businessHoursBetween(at('2026-03-29 00:00', ALWAYS_OPEN), at('2026-03-30 00:00', ALWAYS_OPEN), ALWAYS_OPEN)).toBe(23);
    expect(businessHoursBetween(at('2026-10-25 00:00', ALWAYS_OPEN), at('2026-10-26 00:00', ALWAYS_OPEN), ALWAYS_OPEN)).toBe(25);
  });

  test('hours between two moments are those that adding them takes', () => {
    const start = at('2026-12-23 15:45');
    for (const hours of [0.25, 1, 5, 8.5, 20, 61]) {
      expect(businessHoursBetween(start, addBusinessHours(start, hours, BAVARIA), BAVARIA)).toBeCloseTo(hours, 9);
      expect(businessHoursBetween(addBusinessHours(start, -hours, BAVARIA), start, BAVARIA)).toBeCloseTo(hours, 9);
    }
    expect(businessHoursBetween(at('2026-11-23 10:00'), at('2026-11-23 09:00'), BAVARIA)).toBe(-1);
  });

  test('a lunch break is no time', () => {
    const hours = { ...DEFAULT_BUSINESS_HOURS, mon: [{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }] };
    expect(addBusinessHours(at('2026-11-23 11:00'), 2, { ...BAVARIA, businessHours: hours })).toEqual(at('2026-11-23 14:00'));
  });
});

describe('open and closed meet at the minute', () => {
  test.each([
    ['1 ms before opening', plus(at('2026-11-23 07:30'), -1), at('2026-11-23 07:30')],
    ['at opening', at('2026-11-23 07:30'), at('2026-11-23 07:30')],
    ['1 ms before closing', plus(at('2026-11-23 16:30'), -1), plus(at('2026-11-23 16:30'), -1)],
    ['at closing', at('2026-11-23 16:30'), at('2026-11-24 07:30')],
    ['Friday at closing', at('2026-11-27 13:00'), at('2026-11-30 07:30')],
    ['Christmas Eve 1 ms before 14:00', plus(at('2026-12-24 14:00'), -1), plus(at('2026-12-24 14:00'), -1)],
    ['Christmas Eve at 14:00', at('2026-12-24 14:00'), at('2026-12-28 07:30')],
  ])('%s', (_name, moment, expected) => {
    expect(nextBusinessMoment(moment, BAVARIA)).toEqual(expected);
  });

  test('a deadline may stand on the closing time, not after it', () => {
    expect(deadlineMoment(at('2026-11-23 16:30'), BAVARIA)).toEqual(at('2026-11-23 16:30'));
    expect(deadlineMoment(plus(at('2026-11-23 16:30'), 1), BAVARIA)).toEqual(at('2026-11-24 07:30'));
  });

  test('a calendar without any open hour works by the default hours instead of never', () => {
    const closed = { ...BAVARIA, businessHours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } };
    expect(nextBusinessMoment(at('2026-11-28 12:00'), closed)).toEqual(at('2026-11-30 07:30'));
  });
});

describe('working days are counted from the day after', () => {
  test.each([
    ['the same time on the next day', '2026-11-23 12:00', 1, '2026-11-24 12:00'],
    ['over a weekend', '2026-11-27 12:00', 1, '2026-11-30 12:00'],
    ['from a Saturday Monday is the first', '2026-11-28 10:00', 1, '2026-11-30 10:00'],
    ['Christmas in Bavaria: the half day counts, holidays do not', '2026-12-22 12:00', 3, '2026-12-28 12:00'],
    ['New Year and Epiphany in Bavaria', '2026-12-30 09:00', 4, '2027-01-07 09:00'],
    ['over the spring change the clock time stays', '2026-03-27 12:00', 1, '2026-03-30 12:00'],
    ['over the autumn change the clock time stays', '2026-10-23 12:00', 1, '2026-10-26 12:00'],
    ['none at all stays', '2026-11-23 12:00', 0, '2026-11-23 12:00'],
    ['none at all on a Sunday is Monday', '2026-11-29 12:00', 0, '2026-11-30 12:00'],
    ['backwards', '2026-11-30 12:00', -1, '2026-11-27 12:00'],
    ['backwards from a Sunday', '2026-11-29 12:00', -1, '2026-11-27 12:00'],
  ])('%s', (_name, start, days, end) => {
    expect(addWorkingDays(at(start), days, BAVARIA)).toEqual(at(end));
  });

  test('at a given time of day', () => {
    expect(addWorkingDays(at('2026-11-27 12:00'), 1, BAVARIA, '07:00')).toEqual(at('2026-11-30 07:00'));
  });

  test('the same day may be off in one country and not in the other', () => {
    expect(addWorkingDays(at('2026-10-23 12:00', VIENNA), 1, VIENNA)).toEqual(at('2026-10-27 12:00', VIENNA));
    expect(addWorkingDays(at('2026-08-28 12:00', ENGLAND), 1, ENGLAND)).toEqual(at('2026-09-01 12:00', ENGLAND));
    expect(isWorkingDay('2026-05-01', ZURICH)).toBe(false);
  });

  test('a morning is the first of a working day at or after a moment, 1 ms around it', () => {
    const morning = at('2026-11-24 07:00');
    expect(workingTimeFrom(plus(morning, -1), '07:00', BAVARIA)).toEqual(morning);
    expect(workingTimeFrom(morning, '07:00', BAVARIA)).toEqual(morning);
    expect(workingTimeFrom(plus(morning, 1), '07:00', BAVARIA)).toEqual(at('2026-11-25 07:00'));
    expect(workingTimeFrom(at('2026-11-27 08:00'), '07:00', BAVARIA)).toEqual(at('2026-11-30 07:00'));
    expect(workingTimeFrom(at('2026-11-28 08:00'), '07:00', BAVARIA)).toEqual(at('2026-11-30 07:00'));
    expect(workingTimeBefore(morning, '07:00', BAVARIA)).toEqual(at('2026-11-23 07:00'));
    expect(workingTimeBefore(plus(morning, 1), '07:00', BAVARIA)).toEqual(morning);
    expect(workingTimeBefore(at('2026-11-29 12:00'), '07:00', BAVARIA)).toEqual(at('2026-11-27 07:00'));
  });
});

describe('hours are checked before they are saved', () => {
  test('the default is usable', () => {
    expect(checkBusinessHours(DEFAULT_BUSINESS_HOURS)).toEqual([]);
  });

  test.each([
    ['time_invalid', [{ from: '7:30', to: '12:00' }]],
    ['time_invalid', [{ from: '07:30', to: '24:01' }]],
    ['range_reversed', [{ from: '12:00', to: '12:00' }]],
    ['ranges_overlap', [{ from: '08:00', to: '12:00' }, { from: '11:59', to: '13:00' }]],
  ])('%s', (code, ranges) => {
    expect(checkBusinessHours({ ...DEFAULT_BUSINESS_HOURS, wed: ranges })).toEqual([{ code, weekday: 'wed' }]);
  });

  test('somebody must be there some time', () => {
    const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    expect(checkBusinessHours(never)).toEqual([{ code: 'never_open', weekday: null }]);
  });

  test('a time of day is read strictly', () => {
    expect(['00:00', '07:30', '24:00', '23:60', '24:01', '7:30', ''].map(minutesOfDay)).toEqual([0, 450, 1440, null, null, null, null]);
  });
});
