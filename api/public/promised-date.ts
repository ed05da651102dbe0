import { createEvent, type DateArray } from 'ics';
import { setPromisedDate } from '#db/assignments/promise.ts';
import { DomainError } from '#domain/errors.ts';
import { addDays, localDate, siteTime } from '#domain/calendar/local-time.ts';
import { siteAddress } from '#db/mails/data/words.ts';
import { say } from '#domain/words/index.ts';
import { pageWordsOf } from '#templates/pages/words/words.ts';
import type { FormFault } from '#templates/render.ts';
import { goTo, page, type PageAnswer, type PageContext } from './context.ts';
import { dateFields, readDate } from './dates.ts';
import { openAssignment, orderPage } from './order-page.ts';
import { standing } from './notices.ts';
import { readWho, speaking, whoFields } from './who.ts';
import { workFacts } from './work-facts.ts';

/** `GET /a/:token/termin`. */
export async function datePage(context: PageContext): Promise<PageAnswer> {
  if (standing(context.view)) return orderPage(context);
  return mayPromise(context) ? show(context, []) : goTo(context, '');
}

/** `POST /a/:token/termin`: a day with or without hours, or "don't know yet". */
export async function saveDate(context: PageContext): Promise<PageAnswer> {
  const { em, view, actor, now } = context;
  if (standing(view) || !view.assignment) return orderPage(context);
  if (!mayPromise(context)) throw new DomainError('step_not_allowed', { step: 'promise', status: view.assignment.status });
  const { window, faults } = readDate(context);
  const { speaker, faults: whoFaults } = readWho(context);
  if (!window || !speaker) return show(context, [...faults, ...whoFaults]);
  await setPromisedDate(em, speaking(actor, speaker), { assignmentId: view.assignment.id, ...window }, now);
  return goTo(context, '', { ok: window.promisedFrom ? 'date_saved' : 'no_date' });
}

/** `GET /a/:token/kalender.ics`: the promised time for a calendar; without the secret link, for calendars are shared. */
export function calendarFile(context: PageContext): PageAnswer {
  const { view, locale, now, deps } = context;
  const { order, assignment, organisation, workspace } = view;
  const from = openAssignment(context)?.promisedFrom;
  if (!assignment || !from) throw new DomainError('not_found');
  const { error, value } = createEvent({
    ...times(context, from, assignment.promisedUntil ?? null),
    uid: `assignment-${assignment.id}@${deps.settings.INBOUND_DOMAIN}`,
    productId: 'gewerk', method: 'PUBLISH', status: 'CONFIRMED', busyStatus: 'BUSY',
    sequence: Math.floor(now.getTime() / 1000) % 2_000_000_000,
    title: `${say(pageWordsOf(locale), 'orderNumber', { orderNumber: order.number })}: ${order.title}`,
    location: [siteAddress(workspace) ?? workspace.shortName, order.locationText].filter(Boolean).join(', '),
    description: [organisation.name, organisation.phone].filter(Boolean).join(', '),
  });
  if (error || !value) throw error ?? new Error('No calendar file');
  return { file: { name: `${order.number}.ics`, contentType: 'text/calendar; charset=utf-8', content: value } };
}

/** A whole day is a day of the calendar; without an end it lasts an hour. */
function times({ view }: PageContext, from: Date, until: Date | null): { start: DateArray; end: DateArray; startInputType?: 'utc'; endInputType?: 'utc' } {
  const start = siteTime(from, view.calendar);
  const isWholeDay = start.hour === 0 && start.minute === 0 && (until === null || siteTime(until, view.calendar).hour === 0);
  if (isWholeDay) {
    const day = localDate(from, view.calendar);
    return { start: dayArray(day), end: dayArray(addDays(day, 1)) };
  }
  const end = until ?? new Date(from.getTime() + 3_600_000);
  return { start: minuteArray(from), end: minuteArray(end), startInputType: 'utc', endInputType: 'utc' };
}

function dayArray(day: string): DateArray {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
}

function minuteArray(at: Date): DateArray {
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()];
}

function mayPromise(context: PageContext): boolean {
  return openAssignment(context)?.status === 'accepted' && context.view.order.status !== 'done';
}

async function show(context: PageContext, faults: readonly FormFault[]): Promise<PageAnswer> {
  const data = { ...context.base, work: await workFacts(context), dateForm: dateFields(context, faults), who: whoFields(context, 'writer') };
  return page('date', data, faults.length > 0 ? 422 : 200);
}
