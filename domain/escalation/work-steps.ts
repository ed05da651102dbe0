import type { SiteCalendar } from '../calendar/calendar.ts';
import { addWorkingDays, atLocalTime, deadlineMoment, localDate, workingTimeFrom } from '../calendar/business-time.ts';
import { addDays } from '../calendar/local-time.ts';
import type { PhaseSteps } from './answer-steps.ts';
import { outagesOf } from './deadline.ts';
import { stepKey, type AssignmentSnapshot, type DueStep, type SkipReason } from './plan.ts';
import type { EscalationPolicy } from './policy.ts';
import { missedIn, type TimedStep } from './step-times.ts';

/** Local time of the question on the evening of the promised date. */
const EVENING = '17:00';
/** Who accepts after the due date is asked about it only after so many working days. */
const GRACE_DAYS = 2;

type Work = { readonly snapshot: AssignmentSnapshot; readonly policy: EscalationPolicy; readonly calendar: SiteCalendar };

/** The steps after acceptance: the notice before the promised date, the question after it, and after the due date. */
export function workSteps(
  snapshot: AssignmentSnapshot,
  policy: EscalationPolicy,
  calendar: SiteCalendar,
  now: Date,
): PhaseSteps {
  const work = { snapshot, policy, calendar };
  const steps = [eve(work, now), evening(work), duePassed(work), ...nudges(work, now)].filter((step) => step !== null);
  const done = new Set(snapshot.stepsDone.map((one) => one.key));
  const due = steps
    .filter((step) => !step.off && !done.has(step.key) && step.at !== null && step.at <= now)
    .map((step): DueStep => ({ key: step.key, action: step.action, at: step.at ?? now, skip: step.skipWhenRipe }));
  return { steps, due };
}

/** First and last day of the promised time; own people have no promised date to be asked about. */
function promisedDays({ snapshot, calendar }: Work): { first: string; last: string } | null {
  const { promisedFrom, promisedTo } = snapshot;
  if (!promisedFrom || snapshot.kind === 'member') return null;
  const end = promisedTo && promisedTo > promisedFrom ? new Date(promisedTo.getTime() - 1) : promisedFrom;
  return { first: localDate(promisedFrom, calendar), last: localDate(end, calendar) };
}

/** The contact on site hears of it on the working day before, at the hour of reminders; at once if it was promised later. */
function eve(work: Work, now: Date): TimedStep | null {
  const { snapshot, policy, calendar } = work;
  const days = promisedDays(work);
  if (!days) return null;
  const midnight = atLocalTime(days.first, '00:00', calendar);
  const ripeAt = addWorkingDays(midnight, -1, calendar, policy.reminderTime);
  const at = afterOutage(ripeAt, work);
  const isTooLate = at >= midnight || now >= midnight;
  const off = !policy.arePromisesFollowed ? 'switched_off' : !snapshot.hasSiteContact ? 'no_site_contact' : isTooLate ? 'too_late' : null;
  const key = stepKey(snapshot.assignmentId, 'promised_eve', days.first);
  return { key, action: 'promised_eve', number: null, ripeAt, at, off, skipWhenRipe: holdSkip(snapshot) };
}

/**
 * On the evening of the promised date, or at its end if that is later; an evening's visit without an end is over with its day.
 * A promise of whole days names no end: its question goes out in the evening too, not at midnight.
 */
function evening(work: Work): TimedStep | null {
  const { snapshot, policy, calendar } = work;
  const days = promisedDays(work);
  if (!days) return null;
  const usual = atLocalTime(days.last, EVENING, calendar);
  const end = endOfVisit(work, days.last, usual);
  const ripeAt = end && end > usual ? end : usual;
  const off = policy.arePromisesFollowed ? null : 'switched_off';
  const key = stepKey(snapshot.assignmentId, 'promised_evening', days.last);
  return { key, action: 'promised_evening', number: null, ripeAt, at: afterOutage(ripeAt, work), off, skipWhenRipe: holdSkip(snapshot) };
}

/** When the firm is gone again, as far as the promise says. */
function endOfVisit({ snapshot: { promisedFrom, promisedTo }, calendar }: Work, lastDay: string, usual: Date): Date | null {
  if (!promisedFrom) return null;
  if (promisedTo) return isMidnight(promisedFrom, calendar) && isMidnight(promisedTo, calendar) ? null : promisedTo;
  return promisedFrom >= usual ? atLocalTime(addDays(lastDay, 1), '00:00', calendar) : null;
}

function isMidnight(moment: Date, calendar: SiteCalendar): boolean {
  return atLocalTime(localDate(moment, calendar), '00:00', calendar).getTime() === moment.getTime();
}

/** On the working day after the due date; a promised date on or after it is asked about instead. */
function duePassed(work: Work): TimedStep | null {
  const { snapshot, policy, calendar } = work;
  const { dueOn, acceptedAt, onHoldUntil } = snapshot;
  if (!dueOn) return null;
  let ripeAt = addWorkingDays(atLocalTime(dueOn, '00:00', calendar), 1, calendar, policy.reminderTime);
  if (acceptedAt && acceptedAt >= ripeAt) ripeAt = addWorkingDays(acceptedAt, GRACE_DAYS, calendar, policy.reminderTime);
  if (snapshot.orderStatus === 'waiting' && onHoldUntil && onHoldUntil > ripeAt) {
    ripeAt = workingTimeFrom(onHoldUntil, policy.reminderTime, calendar);
  }
  const days = promisedDays(work);
  const off = policy.arePromisesFollowed && days && days.last >= dueOn ? 'asked_already' : null;
  const key = stepKey(snapshot.assignmentId, 'due_passed', dueOn);
  return { key, action: 'due_passed', number: null, ripeAt, at: afterOutage(ripeAt, work), off, skipWhenRipe: null };
}

/**
 * A partner took work and gave it to nobody: its office is reminded after a working day, and once more on the working day
 * before the promised or due date. Whoever is given it ends both.
 */
function nudges(work: Work, now: Date): TimedStep[] {
  const { snapshot, policy, calendar } = work;
  const { acceptedAt, dueOn } = snapshot;
  if (snapshot.kind !== 'partner' || snapshot.hasPerson || !acceptedAt) return [];
  const nudge = (number: number, ripeAt: Date, off: SkipReason | null = null): TimedStep => {
    const key = stepKey(snapshot.assignmentId, 'nudge', number);
    return { key, action: 'nudge', number, ripeAt, at: afterOutage(ripeAt, work), off, skipWhenRipe: holdSkip(snapshot) };
  };
  const first = nudge(1, addWorkingDays(acceptedAt, 1, calendar, policy.reminderTime));
  const day = promisedDays(work)?.first ?? dueOn;
  if (!day) return [first];
  const eveOfWork = addWorkingDays(atLocalTime(day, '00:00', calendar), -1, calendar, policy.reminderTime);
  if (first.at && eveOfWork <= first.at) return [first, nudge(2, eveOfWork, 'too_late')];
  const second = nudge(2, eveOfWork);
  // Both missed: one mail says it.
  const isMissed = second.at !== null && second.at <= now;
  return [isMissed ? { ...first, skipWhenRipe: first.skipWhenRipe ?? 'collapsed' } : first, second];
}

/** While work is on hold, its promised date says nothing. */
function holdSkip(snapshot: AssignmentSnapshot): SkipReason | null {
  return snapshot.orderStatus === 'waiting' ? 'on_hold' : null;
}

function afterOutage(at: Date, { snapshot, calendar }: Work): Date {
  const missed = missedIn(at, outagesOf(snapshot));
  return missed ? deadlineMoment(missed.to, calendar) : at;
}
