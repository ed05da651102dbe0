import type { SiteCalendar } from '../calendar/calendar.ts';
import { isWorkingDay } from '../calendar/business-time.ts';
import { holidayOn } from '../calendar/holidays.ts';
import { addDays, localDate } from '../calendar/local-time.ts';
import type { Language, Priority } from '../statuses.ts';
import { answerBy } from './answer-by.ts';
import type { AssignmentSnapshot, PlannedStep, SkipReason, StepAction } from './plan.ts';
import type { EscalationPolicy } from './policy.ts';
import { rehearse } from './rehearsal.ts';

export type PreviewStep = {
  readonly kind: 'step';
  readonly action: StepAction | 'delivered';
  readonly number: number | null;
  readonly at: Date;
  /** When its delay is over, where that is before `at` ("over on Wed 12:00, mail on the next morning"). */
  readonly ripeAt: Date | null;
};

/** A day that did not count; `name` is the holiday's. */
export type PreviewDayOff = {
  readonly kind: 'day_off';
  /** Local day, `YYYY-MM-DD`. */
  readonly date: string;
  readonly reason: 'holiday' | 'weekend';
  readonly name: string | null;
};

export type PolicyPreview = {
  /** What the mail would state. */
  readonly answerBy: Date;
  /** Delivery, steps and days off, in the order in which they come. */
  readonly entries: readonly (PreviewStep | PreviewDayOff)[];
  /** Steps that do not happen, and why. */
  readonly off: readonly { readonly action: PlannedStep['action']; readonly reason: SkipReason | null }[];
  /** For how many days the request would be open, rounded. */
  readonly openDays: number;
};

export type PreviewOptions = {
  readonly isWarranty?: boolean;
  readonly nextFirmsLeft?: number;
  readonly statedAnswerBy?: Date | null;
  /** Of the names of holidays. */
  readonly language?: Language;
};

const DAY_MS = 86_400_000;

/** What a policy does with a firm that never answers a request delivered at `start`. */
export function previewPolicy(
  policy: EscalationPolicy,
  priority: Priority,
  start: Date,
  calendar: SiteCalendar,
  options: PreviewOptions = {},
): PolicyPreview {
  const snapshot = silentFirm(priority, start, options);
  const moments = [...rehearse(snapshot, policy, calendar, start)];
  const steps = moments.flatMap(({ at, plan }) => plan.due.filter((step) => !step.skip).map((step) => describe(step.key, at, plan.planned)));
  const delivered: PreviewStep = { kind: 'step', action: 'delivered', number: null, at: start, ripeAt: null };
  const last = steps.at(-1)?.at ?? start;
  const daysOff = priority === 'urgent' ? [] : daysOffBetween(start, last, calendar, options.language ?? 'de');
  const stated = options.statedAnswerBy ?? answerBy(policy, priority, start, calendar);
  return {
    answerBy: moments[0]?.plan.answerBy ?? stated,
    entries: inOrder([delivered, ...steps], daysOff, calendar),
    off: notDone(moments.flatMap(({ plan }) => plan.planned)),
    openDays: Math.round((last.getTime() - start.getTime()) / DAY_MS),
  };
}

function silentFirm(priority: Priority, start: Date, options: PreviewOptions): AssignmentSnapshot {
  return {
    assignmentId: 'preview',
    kind: 'email',
    status: 'offered',
    needsAcceptance: true,
    priority,
    isWarranty: options.isWarranty ?? false,
    orderStatus: 'assigned',
    onHoldUntil: null,
    offeredAt: start,
    acceptedAt: null,
    sentAt: start,
    deliveredAt: start,
    bouncedAt: null,
    statedAnswerBy: options.statedAnswerBy ?? null,
    answerByOverride: null,
    answerByOverrideSetAt: null,
    stepsDone: [],
    nextFirmsLeft: options.nextFirmsLeft ?? 1,
    hasSiteContact: true,
    promisedFrom: null,
    promisedTo: null,
    dueOn: null,
    remindNowRequestedAt: null,
    pause: null,
    outages: [],
  };
}

function describe(key: string, at: Date, planned: readonly PlannedStep[]): PreviewStep {
  const found = planned.find((one) => one.key === key);
  const action = found && found.action !== 'offered' && found.action !== 'waits' ? found.action : 'remind';
  const ripeAt = found?.ripeAt && found.ripeAt < at ? found.ripeAt : null;
  return { kind: 'step', action, number: found?.number ?? null, at, ripeAt };
}

/** The days between two moments, ends included, on which the site does not work. */
export function daysOffBetween(from: Date, to: Date, calendar: SiteCalendar, language: Language): PreviewDayOff[] {
  const last = localDate(to, calendar);
  const found: PreviewDayOff[] = [];
  for (let date = localDate(from, calendar); date <= last; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar)) continue;
    const holiday = holidayOn(date, calendar, language);
    const isHoliday = holiday !== null && holiday.closesAt === null;
    found.push({ kind: 'day_off', date, reason: isHoliday ? 'holiday' : 'weekend', name: isHoliday ? holiday.name : null });
  }
  return found;
}

function inOrder(steps: readonly PreviewStep[], daysOff: readonly PreviewDayOff[], calendar: SiteCalendar): (PreviewStep | PreviewDayOff)[] {
  const dayOf = (entry: PreviewStep | PreviewDayOff): string => (entry.kind === 'step' ? localDate(entry.at, calendar) : entry.date);
  return [...steps, ...daysOff].toSorted((one, other) => dayOf(one).localeCompare(dayOf(other)));
}

function notDone(planned: readonly PlannedStep[]): { action: PlannedStep['action']; reason: SkipReason | null }[] {
  const found = new Map<string, { action: PlannedStep['action']; reason: SkipReason | null }>();
  for (const one of planned) {
    if (one.key && (one.state === 'off' || one.state === 'skipped')) found.set(one.key, { action: one.action, reason: one.reason });
  }
  return [...found.values()];
}
