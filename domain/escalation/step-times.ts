import type { SiteCalendar } from '../calendar/calendar.ts';
import { deadlineMoment, workingTimeBefore, workingTimeFrom } from '../calendar/business-time.ts';
import { addDelay, answerStepInForce } from './answer-by.ts';
import type { AnswerTime } from './deadline.ts';
import { stepKey, type AssignmentSnapshot, type SkipReason, type StepAction, type TimeSpan } from './plan.ts';
import { ENDING_ACTIONS, REMINDER_ACTIONS, roughLength, type EscalationPolicy, type EscalationStep } from './policy.ts';

/** A step with the moment at which it is to happen. */
export type TimedStep = {
  readonly key: string;
  readonly action: StepAction;
  readonly number: number | null;
  /** When its delay is over. */
  readonly ripeAt: Date | null;
  /** When it happens; null while that can't be known. */
  readonly at: Date | null;
  /** Why it will not happen, known beforehand. */
  readonly off: SkipReason | null;
  /** Why it will only be recorded as skipped when its time comes, as things stand. */
  readonly skipWhenRipe: SkipReason | null;
};

/** Everything that fixes the times of one assignment's steps. */
export type TimeFrame = {
  readonly snapshot: AssignmentSnapshot;
  readonly policy: EscalationPolicy;
  readonly calendar: SiteCalendar;
  readonly time: AnswerTime;
};

/** The policy's steps for an unanswered assignment, in the policy's order. */
export function timePolicySteps(frame: TimeFrame): TimedStep[] {
  let reminders = 0;
  return frame.policy.perPriority[frame.snapshot.priority].map((step) => {
    const number = step.action === 'remind' ? (reminders += 1) : null;
    return timeStep(step, number, frame);
  });
}

function timeStep(step: EscalationStep, number: number | null, frame: TimeFrame): TimedStep {
  const { action } = step;
  const key = number === null ? stepKey(frame.snapshot.assignmentId, action) : stepKey(frame.snapshot.assignmentId, 'reminder', number);
  const ripeAt = ripeOf(step, frame);
  const at = ripeAt && settle(ripeAt, step, frame);
  const skipWhenRipe = action === 'offer_next' && frame.snapshot.nextFirmsLeft === 0 ? 'no_next_firm' : null;
  return { key, action, number, ripeAt, at, off: offReason(step, at, frame), skipWhenRipe };
}

function offReason(step: EscalationStep, at: Date | null, frame: TimeFrame): SkipReason | null {
  if (!step.isEnabled) return 'switched_off';
  if (ENDING_ACTIONS.includes(step.action) && frame.snapshot.isWarranty) return 'warranty';
  const { firmBase, deadline } = frame.time;
  const isReminder = REMINDER_ACTIONS.includes(step.action);
  if (isReminder && at && firmBase && (at <= firmBase || at >= deadline)) return 'no_time_left';
  return null;
}

/** When a step's delay is over: counted from delivery or, where the deadline was moved, keeping its distance to it. */
function ripeOf(step: EscalationStep, frame: TimeFrame): Date | null {
  const { time, calendar } = frame;
  if (isAnswerStep(step, frame)) return time.deadline;
  const base = REMINDER_ACTIONS.includes(step.action) ? time.firmBase : time.base;
  if (!base) return null;
  const counted = addDelay(base, step.after, calendar);
  const isMoved = time.planned.getTime() !== time.reckoned.getTime();
  const planned = isMoved ? keepDistance(step, counted, time.planned, frame) : counted;
  const firstOutage = time.outages[0];
  const usual = settleUsual(planned, step, frame);
  if (!firstOutage || usual <= firstOutage.from || missedIn(usual, time.outages)) return planned;
  return keepDistance(step, planned, time.deadline, frame);
}

/** In an emergency the steps before the deadline are never put off. */
function keepDistance(step: EscalationStep, counted: Date, deadline: Date, frame: TimeFrame): Date {
  const answer = answerStepInForce(frame.policy, frame.snapshot.priority).after;
  if (step.after.unit === 'minutes' && roughLength(step.after) < roughLength(answer)) return counted;
  if (step.after.unit !== answer.unit) return new Date(deadline.getTime() + counted.getTime() - frame.time.reckoned.getTime());
  return addDelay(deadline, { amount: step.after.amount - answer.amount, unit: answer.unit }, frame.calendar);
}

function isAnswerStep(step: EscalationStep, frame: TimeFrame): boolean {
  const answer = answerStepInForce(frame.policy, frame.snapshot.priority);
  return step.action === answer.action;
}

function settle(ripeAt: Date, step: EscalationStep, frame: TimeFrame): Date {
  if (isAnswerStep(step, frame)) return ripeAt;
  const usual = settleUsual(ripeAt, step, frame);
  const missed = missedIn(usual, frame.time.outages);
  if (!missed) return usual;
  return step.after.unit === 'minutes' ? missed.to : deadlineMoment(missed.to, frame.calendar);
}

/** Reminders counted in days wait for the morning, but never past the deadline; all else stands in open hours. */
function settleUsual(ripeAt: Date, step: EscalationStep, frame: TimeFrame): Date {
  const { policy, calendar, time } = frame;
  if (step.after.unit === 'minutes') return ripeAt;
  if (step.after.unit === 'business_hours' || !REMINDER_ACTIONS.includes(step.action)) return deadlineMoment(ripeAt, calendar);
  const morning = workingTimeFrom(ripeAt, policy.reminderTime, calendar);
  return morning < time.deadline ? morning : workingTimeBefore(time.deadline, policy.reminderTime, calendar);
}

/** The outage in which a moment fell; what was to happen at its very end was missed as well. */
export function missedIn(at: Date, outages: readonly TimeSpan[]): TimeSpan | null {
  return outages.find((outage) => outage.from <= at && at <= outage.to) ?? null;
}
