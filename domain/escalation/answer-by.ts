import type { SiteCalendar } from '../calendar/calendar.ts';
import { addBusinessHours, addWorkingDays, deadlineMoment } from '../calendar/business-time.ts';
import type { Priority } from '../statuses.ts';
import { answerStepOf, DEFAULT_POLICY, type EscalationPolicy, type EscalationStep, type StepDelay } from './policy.ts';

const MINUTE_MS = 60_000;

/** The moment at which a delay counted from `start` is over; a negative amount counts back. */
export function addDelay(start: Date, after: StepDelay, calendar: SiteCalendar): Date {
  if (after.unit === 'minutes') return new Date(start.getTime() + after.amount * MINUTE_MS);
  if (after.unit === 'business_hours') return addBusinessHours(start, after.amount, calendar);
  return addWorkingDays(start, after.amount, calendar);
}

/** The step that the deadline hangs on; a policy that tells nobody uses the default's. */
export function answerStepInForce(policy: EscalationPolicy, priority: Priority): EscalationStep {
  const found = answerStepOf(policy, priority) ?? answerStepOf(DEFAULT_POLICY, priority);
  return found ?? { after: { amount: 3, unit: 'working_days' }, action: 'tell_responsible', isEnabled: true };
}

/**
 * The *answer by* of a request that reaches the firm at `start`: what the mail states.
 * One that would fall outside open hours stands at the next opening, so that somebody is there to act on it; an
 * emergency runs around the clock.
 */
export function answerBy(policy: EscalationPolicy, priority: Priority, start: Date, calendar: SiteCalendar): Date {
  const { after } = answerStepInForce(policy, priority);
  const ripe = addDelay(start, after, calendar);
  return after.unit === 'working_days' ? deadlineMoment(ripe, calendar) : ripe;
}
