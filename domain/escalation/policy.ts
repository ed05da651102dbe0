import { minutesOfDay } from '../calendar/calendar.ts';
import { PRIORITIES, type Priority } from '../statuses.ts';

/** Rules for a silent contractor. Dependency-free: portal and workflows import this file. */
export const POLICY_ACTIONS = ['remind', 'last_reminder', 'tell_responsible', 'tell_admins', 'offer_next', 'withdraw'] as const;
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

/** `minutes` run around the clock; hours and days count only while the site works. */
export const DURATION_UNITS = ['minutes', 'business_hours', 'working_days'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

export type StepDelay = { readonly amount: number; readonly unit: DurationUnit };

export type EscalationStep = {
  /** Time without an answer, counted from delivery. */
  readonly after: StepDelay;
  readonly action: PolicyAction;
  readonly isEnabled: boolean;
};

export type EscalationPolicy = {
  readonly perPriority: Readonly<Record<Priority, readonly EscalationStep[]>>;
  /** Local time `HH:mm` of reminders that are counted in working days. */
  readonly reminderTime: string;
  /** Whether promised and due dates are asked about. */
  readonly arePromisesFollowed: boolean;
};

/** Steps that mail the asked firm. */
export const REMINDER_ACTIONS: readonly string[] = ['remind', 'last_reminder'];
/** Steps that end the asking; never run on a warranty order. */
export const ENDING_ACTIONS: readonly string[] = ['offer_next', 'withdraw'];

function step(amount: number, unit: DurationUnit, action: PolicyAction, isEnabled = true): EscalationStep {
  return { after: { amount, unit }, action, isEnabled };
}

/** The organisation's rule until it sets its own: 1-product.md, section 4. */
export const DEFAULT_POLICY: EscalationPolicy = {
  reminderTime: '07:00',
  arePromisesFollowed: true,
  perPriority: {
    low: [
      step(3, 'working_days', 'remind'),
      step(6, 'working_days', 'last_reminder'),
      step(8, 'working_days', 'tell_responsible'),
      step(9, 'working_days', 'offer_next', false),
      step(10, 'working_days', 'withdraw', false),
    ],
    normal: [
      step(1, 'working_days', 'remind'),
      step(2, 'working_days', 'last_reminder'),
      step(3, 'working_days', 'tell_responsible'),
      step(4, 'working_days', 'offer_next', false),
      step(5, 'working_days', 'withdraw', false),
    ],
    high: [
      step(3, 'business_hours', 'remind'),
      step(6, 'business_hours', 'last_reminder'),
      step(8, 'business_hours', 'tell_responsible'),
      step(10, 'business_hours', 'offer_next', false),
      step(12, 'business_hours', 'withdraw', false),
    ],
    urgent: [
      step(0, 'minutes', 'tell_responsible'),
      step(15, 'minutes', 'remind'),
      step(30, 'minutes', 'tell_admins'),
      step(45, 'minutes', 'offer_next', false),
      step(60, 'minutes', 'withdraw', false),
    ],
  },
};

/** The step whose time is the *answer by* of the mails: tell the responsible, in an emergency the administrators. */
export function answerStepOf(policy: EscalationPolicy, priority: Priority): EscalationStep | null {
  const steps = policy.perPriority[priority].filter((one) => one.isEnabled);
  const wanted = priority === 'urgent' ? ['tell_admins', 'tell_responsible'] : ['tell_responsible', 'tell_admins'];
  for (const action of wanted) {
    const found = steps.find((one) => one.action === action);
    if (found) return found;
  }
  return null;
}

/** What decides whether an asking may end by itself. */
export type HandOnCase = { readonly priority: Priority; readonly isWarranty: boolean; readonly nextFirmsLeft: number };

/** Whether silence ends the asking, so that the last reminder may say that the work goes elsewhere. */
export function handsOn(policy: EscalationPolicy, asked: HandOnCase): boolean {
  const steps = policy.perPriority[asked.priority].filter((one) => one.isEnabled);
  const isGivenOn = asked.nextFirmsLeft > 0 && steps.some((one) => one.action === 'offer_next');
  return !asked.isWarranty && (isGivenOn || steps.some((one) => one.action === 'withdraw'));
}

export type PolicyProblemCode =
  | 'reminder_time_invalid'
  | 'amount_invalid'
  | 'too_many_steps'
  | 'duplicate_action'
  | 'minutes_only_for_urgent'
  | 'urgent_needs_minutes'
  | 'nobody_told'
  | 'order'
  | 'reminder_after_answer'
  | 'reminder_after_last'
  | 'hand_on_before_answer'
  | 'withdraw_before_offer';

export type PolicyProblem = {
  readonly code: PolicyProblemCode;
  readonly priority: Priority | null;
  /** Place in the list of steps of that priority. */
  readonly index: number | null;
};

const MOST_STEPS = 12;
const LONGEST: Record<DurationUnit, number> = { minutes: 7 * 24 * 60, business_hours: 400, working_days: 120 };
/** Only to compare steps of different units with each other. */
const ROUGH_MINUTES: Record<DurationUnit, number> = { minutes: 1, business_hours: 60, working_days: 8 * 60 };

/** Length of a delay for comparing, in rough minutes of work. */
export function roughLength(after: StepDelay): number {
  return after.amount * ROUGH_MINUTES[after.unit];
}

/** What a person must correct before this policy can be saved; empty when it is usable. */
export function checkPolicy(policy: EscalationPolicy): PolicyProblem[] {
  const minutes = minutesOfDay(policy.reminderTime);
  const general: PolicyProblem[] =
    minutes === null || minutes === 24 * 60 ? [{ code: 'reminder_time_invalid', priority: null, index: null }] : [];
  return [...general, ...PRIORITIES.flatMap((priority) => checkPriority(policy, priority))];
}

function checkPriority(policy: EscalationPolicy, priority: Priority): PolicyProblem[] {
  const steps = policy.perPriority[priority];
  const problems: PolicyProblem[] = [];
  if (steps.length > MOST_STEPS) problems.push({ code: 'too_many_steps', priority, index: MOST_STEPS });
  if (!answerStepOf(policy, priority)) problems.push({ code: 'nobody_told', priority, index: null });
  steps.forEach((one, index) => {
    const codes = [...checkAlone(one, priority), ...checkPlace(policy, priority, index)];
    problems.push(...codes.map((code) => ({ code, priority, index })));
  });
  return problems;
}

function checkAlone(one: EscalationStep, priority: Priority): PolicyProblemCode[] {
  const { amount, unit } = one.after;
  const codes: PolicyProblemCode[] = [];
  const isWhole = unit === 'business_hours' ? Number.isInteger(amount * 4) : Number.isInteger(amount);
  // Only people inside can be told at once: a reminder or a withdrawal in the moment of asking makes no sense.
  const isLongEnough = one.action.startsWith('tell_') ? amount >= 0 : amount > 0;
  if (!isWhole || !isLongEnough || amount > LONGEST[unit]) codes.push('amount_invalid');
  if (priority === 'urgent' && unit !== 'minutes') codes.push('urgent_needs_minutes');
  if (priority !== 'urgent' && unit === 'minutes') codes.push('minutes_only_for_urgent');
  return codes;
}

/** Disabled steps are not compared: they may wait anywhere until somebody switches them on. */
function checkPlace(policy: EscalationPolicy, priority: Priority, index: number): PolicyProblemCode[] {
  const steps = policy.perPriority[priority];
  const one = steps[index];
  if (!one) return [];
  const codes: PolicyProblemCode[] = [];
  const earlier = steps.slice(0, index);
  if (one.action !== 'remind' && earlier.some((other) => other.action === one.action)) codes.push('duplicate_action');
  if (!one.isEnabled) return codes;
  const running = earlier.filter((other) => other.isEnabled);
  const answer = answerStepOf(policy, priority);
  const isBeforeAnswer = answer !== null && steps.indexOf(answer) > index;
  if (running.some((other) => roughLength(other.after) > roughLength(one.after))) codes.push('order');
  if (REMINDER_ACTIONS.includes(one.action) && answer && !isBeforeAnswer) codes.push('reminder_after_answer');
  if (one.action === 'remind' && running.some((other) => other.action === 'last_reminder')) codes.push('reminder_after_last');
  if (ENDING_ACTIONS.includes(one.action) && isBeforeAnswer) codes.push('hand_on_before_answer');
  if (one.action === 'offer_next' && running.some((other) => other.action === 'withdraw')) codes.push('withdraw_before_offer');
  return codes;
}
