import { atLocalTime } from '#domain/calendar/business-time.ts';
import type { SiteCalendar } from '#domain/calendar/calendar.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { AssignmentSnapshot, Plan } from '#domain/escalation/plan.ts';
import { DEFAULT_POLICY, type EscalationPolicy, type PolicyAction } from '#domain/escalation/policy.ts';
import { rehearse } from '#domain/escalation/rehearsal.ts';
import { PRIORITIES, type Priority } from '#domain/statuses.ts';
import { BAVARIA } from '../calendar/sites.ts';

/** A moment by the clock of the site (Bavaria unless said): `2026-11-23 12:00`. */
export function at(local: string, calendar: SiteCalendar = BAVARIA): Date {
  const [date = '', time = '00:00'] = local.split(' ');
  return atLocalTime(date, time, calendar);
}

export function plus(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}

/** A firm that was mailed on Monday, 23.11.2026, 12:00, got the mail at once, and has said nothing. */
export function silentFirm(changes: Partial<AssignmentSnapshot> = {}): AssignmentSnapshot {
  const offeredAt = changes.offeredAt ?? at('2026-11-23 12:00');
  return {
    assignmentId: 'a1',
    kind: 'email',
    status: 'offered',
    needsAcceptance: true,
    priority: 'normal',
    isWarranty: false,
    orderStatus: 'assigned',
    onHoldUntil: null,
    offeredAt,
    acceptedAt: null,
    sentAt: offeredAt,
    deliveredAt: offeredAt,
    bouncedAt: null,
    statedAnswerBy: null,
    answerByOverride: null,
    answerByOverrideSetAt: null,
    stepsDone: [],
    nextFirmsLeft: 0,
    hasSiteContact: true,
    promisedFrom: null,
    promisedTo: null,
    dueOn: null,
    remindNowRequestedAt: null,
    pause: null,
    outages: [],
    ...changes,
  };
}

/** The same firm after it accepted on Tuesday, 24.11.2026, 09:00. */
export function acceptingFirm(changes: Partial<AssignmentSnapshot> = {}): AssignmentSnapshot {
  return silentFirm({ status: 'accepted', orderStatus: 'accepted', acceptedAt: at('2026-11-24 09:00'), ...changes });
}

/** The default policy with these steps switched on for every priority. */
export function policyWith(...actions: PolicyAction[]): EscalationPolicy {
  const on = (priority: Priority) =>
    DEFAULT_POLICY.perPriority[priority].map((step) => (actions.includes(step.action) ? { ...step, isEnabled: true } : step));
  return { ...DEFAULT_POLICY, perPriority: { low: on('low'), normal: on('normal'), high: on('high'), urgent: on('urgent') } };
}

export function planAt(now: Date, changes: Partial<AssignmentSnapshot> = {}, policy = DEFAULT_POLICY): Plan {
  return nextStep(silentFirm(changes), policy, BAVARIA, now);
}

/** `reminder:1`, `last_reminder collapsed`: the due steps of a plan without the assignment's id. */
export function dueOf(plan: Plan): string[] {
  return plan.due.map((step) => short(step.key) + (step.skip ? ` ${step.skip}` : ''));
}

export function short(key: string): string {
  return key.replace(/^assignment:[^:]+:/, '');
}

/** What happens by itself if nobody ever answers: `['2026-11-25 07:00', 'reminder:1']` by the site's clock. */
export function story(snapshot: AssignmentSnapshot, policy = DEFAULT_POLICY, calendar = BAVARIA, from = snapshot.offeredAt): [string, string][] {
  return [...rehearse(snapshot, policy, calendar, from)].flatMap((moment) =>
    dueOf(moment.plan).map((step): [string, string] => [clock(moment.at, calendar), step]),
  );
}

/** `2026-11-25 07:00` by the site's clock. */
export function clock(moment: Date, calendar: SiteCalendar = BAVARIA): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: calendar.timeZone, dateStyle: 'short', timeStyle: 'short' }).format(moment);
}

export const ALL_PRIORITIES = PRIORITIES;
