import { describe, expect, test } from '@jest/globals';
import { asLocalInput, daysBetween, endOfWeek, fromLocalInput, nearDay, nearEnd, nearMoment, nearWindow, pressure, shortSpan } from '../../admin/parts/near.ts';

const BERLIN = 'Europe/Berlin';
const NOW = new Date('2026-11-25T09:52:00Z');

describe('near dates are said in words', () => {
  test.each([
    ['2026-11-25T11:00:00Z', 'heute, 12:00', 'today, 12:00'],
    ['2026-11-26T07:30:00Z', 'morgen, 08:30', 'tomorrow, 08:30'],
    ['2026-11-24T22:59:00Z', 'gestern, 23:59', 'yesterday, 23:59'],
    ['2026-11-24T23:00:00Z', 'heute, 00:00', 'today, 00:00'],
    ['2026-11-23T11:00:00Z', 'Mo., 23.11., 12:00', 'Mon 23 Nov, 12:00'],
    ['2027-01-04T11:00:00Z', 'Mo., 04.01.2027, 12:00', 'Mon 4 Jan 2027, 12:00'],
  ])('%s', (iso, german, english) => {
    expect(nearMoment(new Date(iso), NOW, 'de-DE', BERLIN)).toBe(german);
    expect(nearMoment(new Date(iso), NOW, 'en-GB', BERLIN)).toBe(english);
  });

  test.each([
    ['2026-11-26T07:00:00Z', '2026-11-26T11:00:00Z', 'morgen, 08:00–12:00'],
    ['2026-11-26T07:00:00Z', null, 'morgen, 08:00'],
    ['2026-11-25T23:00:00Z', '2026-11-26T22:59:00Z', 'morgen'],
  ])('a promised window from %s until %s', (from, until, said) => {
    expect(nearWindow(new Date(from), until ? new Date(until) : null, NOW, 'de-DE', BERLIN)).toBe(said);
  });

  test('the day is that of the site, not of the browser', () => {
    expect(nearDay(new Date('2026-11-25T23:30:00Z'), NOW, 'de-DE', BERLIN)).toBe('morgen');
    expect(nearDay(new Date('2026-11-25T23:30:00Z'), NOW, 'de-DE', 'Europe/London')).toBe('heute');
  });

  test('a calendar day without a clock is that day everywhere', () => {
    expect(nearDay('2026-11-25', NOW, 'de-DE', BERLIN)).toBe('heute');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });
});

describe('a deadline presses', () => {
  test.each([
    [-1, 'late'],
    [0, 'soon'],
    [24 * 3_600_000, 'soon'],
    [24 * 3_600_000 + 1, 'later'],
  ] as const)('%d ms from now it is %s', (milliseconds, expected) => {
    expect(pressure(new Date(NOW.getTime() + milliseconds), NOW)).toBe(expected);
  });
});

describe('a local time typed into a field is a moment in the site’s zone', () => {
  test.each([
    ['2026-11-30T10:55', BERLIN, '2026-11-30T09:55:00.000Z'],
    ['2026-07-01T10:55', BERLIN, '2026-07-01T08:55:00.000Z'],
    ['2026-07-01T10:55', 'Europe/London', '2026-07-01T09:55:00.000Z'],
    // The night in which the clock goes back: both 02:30 exist, one of them is meant.
    ['2026-10-25T03:30', BERLIN, '2026-10-25T02:30:00.000Z'],
    ['2026-03-29T03:00', BERLIN, '2026-03-29T01:00:00.000Z'],
  ])('%s in %s', (typed, zone, iso) => {
    const moment = fromLocalInput(typed, zone);
    expect(moment?.toISOString()).toBe(iso);
    expect(asLocalInput(moment ?? new Date(0), zone)).toBe(typed);
  });

  test('what is not complete is no moment', () => {
    expect(fromLocalInput('', BERLIN)).toBeNull();
    expect(fromLocalInput('2026-11-30', BERLIN)).toBeNull();
  });
});

test.each([['2026-11-23', '2026-11-29'], ['2026-11-29', '2026-11-29'], ['2026-12-31', '2027-01-03']])('the week of %s ends on Sunday, %s', (day, sunday) => {
  expect(endOfWeek(day)).toBe(sunday);
});

test.each([[(46 * 60 + 4) * 60_000, '1 T 22 Std', '1 d 22 h'], [12 * 60_000, '12 Min', '12 min'], [1, '1 Min', '1 min'], [24 * 3_600_000 + 5 * 60_000, '1 T', '1 d']])('a span of %d ms is short', (milliseconds, german, english) => {
  expect(shortSpan(milliseconds, 'de-DE')).toBe(german);
  expect(shortSpan(-milliseconds, 'en-GB')).toBe(english);
});

test('midnight is the end of the day before', () => {
  expect(nearEnd(new Date('2026-12-04T23:00:00Z'), NOW, 'de-DE', BERLIN)).toBe('Fr., 04.12.');
  expect(nearEnd(new Date('2026-12-04T22:59:00Z'), NOW, 'de-DE', BERLIN)).toBe('Fr., 04.12., 23:59');
});
