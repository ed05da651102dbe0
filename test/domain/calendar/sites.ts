import { DEFAULT_BUSINESS_HOURS, type BusinessHours, type SiteCalendar } from '#domain/calendar/calendar.ts';

function site(timeZone: string, holidayRegion: string): SiteCalendar {
  return { timeZone, holidayRegion, businessHours: DEFAULT_BUSINESS_HOURS };
}

export const BAVARIA = site('Europe/Berlin', 'DE-BY');
export const SAXONY = site('Europe/Berlin', 'DE-SN');
export const VIENNA = site('Europe/Vienna', 'AT-9');
export const ZURICH = site('Europe/Zurich', 'CH-ZH');
export const ENGLAND = site('Europe/London', 'GB-ENG');

const ALWAYS = [{ from: '00:00', to: '24:00' }];
const AROUND_THE_CLOCK: BusinessHours = {
  mon: ALWAYS, tue: ALWAYS, wed: ALWAYS, thu: ALWAYS, fri: ALWAYS, sat: ALWAYS, sun: ALWAYS,
};

/** A site that never closes and knows no holidays: business time is elapsed time. */
export const ALWAYS_OPEN: SiteCalendar = { timeZone: 'Europe/Berlin', holidayRegion: null, businessHours: AROUND_THE_CLOCK };
