import { domainOf } from './inbound-facts.ts';

const MONTHS: Record<string, number> = {
  jan: 1, jän: 1, januar: 1, jänner: 1, january: 1, feb: 2, februar: 2, feber: 2, february: 2, mär: 3, mrz: 3, märz: 3, mar: 3, march: 3, apr: 4, april: 4, mai: 5, may: 5, jun: 6, juni: 6, june: 6, jul: 7, juli: 7, july: 7, aug: 8, august: 8, sep: 9, sept: 9, september: 9, okt: 10, oct: 10, oktober: 10, october: 10, nov: 11, november: 11, dez: 12, dec: 12, dezember: 12, december: 12,
};
const WEEKDAY = String.raw`(?:(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,? ?)?(?:den |dem |the )?`;
const MONTH = Object.keys(MONTHS).toSorted((a, b) => b.length - a.length).join('|');
const DATE = String.raw`(?:(?<y1>\d{4})-(?<m1>\d{1,2})-(?<d1>\d{1,2})|(?<d2>\d{1,2})[./](?<m2>\d{1,2})[./]?(?<y2>\d{4}|\d{2})?(?!\d)|(?<d3>\d{1,2})(?:\.|st|nd|rd|th)? (?:of )?(?<m3>${MONTH})\b\.?,? ?(?<y3>\d{4})?|(?<m4>${MONTH})\.? (?<d4>\d{1,2})(?:st|nd|rd|th)?,? ?(?<y4>\d{4})?)`;
/** "until the 15th": that day is still away. */
const LAST_DAY = new RegExp(String.raw`(?:bis(?: einschlie(?:ß|ss)lich| inkl\.?| zum| einschl\.?)*|until|till|through|up to|to and including) ${WEEKDAY}${DATE}`, 'iu');
/** "back on the 16th": the day before is the last. */
const FIRST_DAY_BACK = new RegExp(String.raw`(?:wieder (?:ab|am|zur(?:ü|ue)ck am|erreichbar ab|da ab|im (?:b(?:ü|ue)ro|haus) (?:ab|am))|ab(?: dem)?|zur(?:ü|ue)ck (?:am|ab)|back (?:on|in the office on|at work on)|return(?:ing)?(?: to the office)? on|return) (?:dem )?${WEEKDAY}${DATE}`, 'iu');
const DEPUTY = /(?:vertret|dringend|eilig|wenden sie sich|meiner abwesenheit|kolleg|notf(?:a|ä)ll|urgent|contact|colleague|my absence|covering|instead)/iu;
const ADDRESS = /[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,190}\.[a-z]{2,24}/giu;

/** The last day away that an out-of-office note names, as YYYY-MM-DD, or null. A date without a year is the next one after receipt. */
export function awayUntil(text: string, receivedAt: Date): string | null {
  const note = text.slice(0, 4000).replace(/\s+/g, ' ');
  const last = dateOf(LAST_DAY.exec(note), receivedAt);
  if (last !== null) return isoDay(last);
  const back = dateOf(FIRST_DAY_BACK.exec(note), receivedAt);
  return back === null ? null : isoDay(back - 86_400_000);
}

/** The address that a note names for urgent things, or null. Never the absent person's own. */
export function deputyEmail(text: string, absent: string, ownDomain: string): string | null {
  const note = text.slice(0, 4000).replace(/\s+/g, ' ');
  const from = note.search(DEPUTY);
  if (from < 0) return null;
  for (const match of note.slice(from).matchAll(ADDRESS)) {
    const address = match[0].toLowerCase().replace(/[.-]+$/, '');
    if (address !== absent.toLowerCase() && domainOf(address) !== ownDomain.toLowerCase()) return address;
  }
  return null;
}

/** A person's name as their address spells it, `petra.lindner@…` → Petra Lindner; null where it names none. */
export function nameOfAddress(email: string): string | null {
  const parts = (email.split('@', 1)[0] ?? '').split(/[._-]+/);
  if (parts.length < 2 || parts.length > 4 || !parts.every((one) => /^\p{L}+$/u.test(one)) || !parts.some((one) => one.length > 2)) return null;
  return parts.map((one) => (one.length === 1 ? `${one.toUpperCase()}.` : one.charAt(0).toUpperCase() + one.slice(1))).join(' ');
}

function dateOf(match: RegExpExecArray | null, receivedAt: Date): number | null {
  if (match?.groups === undefined) return null;
  const { y1, m1, d1, d2, m2, y2, d3, m3, y3, m4, d4, y4 } = match.groups;
  const day = Number(d1 ?? d2 ?? d3 ?? d4);
  const name = (m3 ?? m4)?.toLowerCase();
  const month = name === undefined ? Number(m1 ?? m2) : MONTHS[name];
  if (month === undefined) return null;
  const written = y1 ?? y2 ?? y3 ?? y4;
  if (written !== undefined) return validDay(Number(written.length === 2 ? `20${written}` : written), month, day);
  const year = receivedAt.getUTCFullYear();
  const guess = validDay(year, month, day);
  const dayBefore = receivedAt.getTime() - 2 * 86_400_000;
  return guess !== null && guess < dayBefore ? validDay(year + 1, month, day) : guess;
}

function validDay(year: number, month: number, day: number): number | null {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : null;
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
