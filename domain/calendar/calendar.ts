/** What a site's clock is made of. Dependency-free: portal and workflows may import it. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Open hours on one day, local time `HH:mm`; `to` may be `24:00`. */
export type HoursRange = { readonly from: string; readonly to: string };

/** Open hours per weekday, in ascending order; an empty list is a day off. */
export type BusinessHours = Readonly<Record<Weekday, readonly HoursRange[]>>;

export type SiteCalendar = {
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  readonly businessHours: BusinessHours;
  /** Country, state and region as date-holidays names them: `DE-BY`, `DE-BY-A`, `AT-9`, `CH-ZH`, `GB-ENG`; null knows no holidays. */
  readonly holidayRegion: string | null;
};

const MONDAY_TO_THURSDAY: readonly HoursRange[] = [{ from: '07:30', to: '16:30' }];

export const DEFAULT_BUSINESS_HOURS: BusinessHours = {
  mon: MONDAY_TO_THURSDAY,
  tue: MONDAY_TO_THURSDAY,
  wed: MONDAY_TO_THURSDAY,
  thu: MONDAY_TO_THURSDAY,
  fri: [{ from: '07:30', to: '13:00' }],
  sat: [],
  sun: [],
};

export type BusinessHoursProblem = {
  readonly code: 'time_invalid' | 'range_reversed' | 'ranges_overlap' | 'never_open';
  readonly weekday: Weekday | null;
};

/** Minutes since local midnight of `HH:mm`, or null when it is no time of day; `24:00` is 1440. */
export function minutesOfDay(time: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(time);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && minutes <= 24 * 60 ? minutes : null;
}

/** What a person must correct before these hours can be saved; empty when they are usable. */
export function checkBusinessHours(hours: BusinessHours): BusinessHoursProblem[] {
  if (WEEKDAYS.every((weekday) => hours[weekday].length === 0)) return [{ code: 'never_open', weekday: null }];
  return WEEKDAYS.flatMap((weekday) => checkDay(weekday, hours[weekday]));
}

function checkDay(weekday: Weekday, ranges: readonly HoursRange[]): BusinessHoursProblem[] {
  let closedSince = 0;
  for (const range of ranges) {
    const from = minutesOfDay(range.from);
    const to = minutesOfDay(range.to);
    if (from === null || to === null) return [{ code: 'time_invalid', weekday }];
    if (from >= to) return [{ code: 'range_reversed', weekday }];
    if (from < closedSince) return [{ code: 'ranges_overlap', weekday }];
    closedSince = to;
  }
  return [];
}
