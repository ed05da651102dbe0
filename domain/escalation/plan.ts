import type { AssignmentKind, AssignmentStatus, Priority, WorkOrderStatus } from '../statuses.ts';
import { POLICY_ACTIONS } from './policy.ts';

/** What goes into and comes out of `nextStep`. Dependency-free: portal and workflows import this file. */

/** What a process may do by itself: the policy's steps, a reminder asked for by hand, and the dates after acceptance. */
export const STEP_ACTIONS = [...POLICY_ACTIONS, 'remind_now', 'promised_eve', 'promised_evening', 'due_passed', 'nudge'] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

/** Why a step is not done when its time comes, or will never come. */
export const SKIP_REASONS = [
  'collapsed',
  'overtaken',
  'reminded_by_hand',
  'no_time_left',
  'no_next_firm',
  'too_late',
  'no_site_contact',
  'on_hold',
  'asked_already',
  'switched_off',
  'warranty',
  'nobody_reached',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export const WAIT_CODES = [
  'sending',
  'delivery',
  'bounced',
  'answer',
  'person',
  'promised_date',
  'due_date',
  'done',
  'on_hold',
  'check',
  'paused',
  'nothing',
] as const;
export type WaitCode = (typeof WAIT_CODES)[number];

/**
 * What the process waits for, with the moments that its sentence needs: `sending` since offered; `delivery` since sent,
 * until it counts as delivered; `answer` and `person` (silent, and nothing more happens by itself) since delivered,
 * until answer by; `promised_date`, `due_date` until they end; `on_hold`, `paused` until, if known; `nothing`: ended.
 */
export type WaitsFor = {
  readonly code: WaitCode;
  readonly since: Date | null;
  readonly until: Date | null;
  /** `until` has passed. */
  readonly isLate: boolean;
};

export type TimeSpan = { readonly from: Date; readonly to: Date };

export type StepDone = { readonly key: string; readonly at: Date; readonly skip?: SkipReason | null | undefined };

/** All that `nextStep` needs to know of an assignment, as it is in the database now. */
export type AssignmentSnapshot = {
  readonly assignmentId: string;
  readonly kind: AssignmentKind;
  readonly status: AssignmentStatus;
  readonly needsAcceptance: boolean;
  readonly priority: Priority;
  readonly isWarranty: boolean;
  readonly orderStatus: WorkOrderStatus;
  /** Until when the order is on hold, if known. */
  readonly onHoldUntil: Date | null;
  readonly offeredAt: Date;
  readonly acceptedAt: Date | null;
  /** Of the assignment mail to the present contact; for those asked in the portal, all three are `offeredAt`. */
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  /** Set while the last attempt to reach the firm bounced; a mail to the next contact sets it back to null. */
  readonly bouncedAt: Date | null;
  /** What the mail said; null is the policy's date reckoned from `offeredAt`. */
  readonly statedAnswerBy: Date | null;
  /** The deadline set by hand; outages that ended before `answerByOverrideSetAt` do not move it. */
  readonly answerByOverride: Date | null;
  readonly answerByOverrideSetAt: Date | null;
  readonly stepsDone: readonly StepDone[];
  /** Of a partner: whether the work was given to one of its people. */
  readonly hasPerson?: boolean;
  readonly nextFirmsLeft: number;
  readonly hasSiteContact: boolean;
  readonly promisedFrom: Date | null;
  readonly promisedTo: Date | null;
  /** Local day at the site, `YYYY-MM-DD`. */
  readonly dueOn: string | null;
  readonly remindNowRequestedAt: Date | null;
  /** Outgoing mail is paused by an operator; once it is over, it counts as an outage. */
  readonly pause: { readonly since: Date; readonly until: Date | null } | null;
  /** From the last heartbeat of courier and worker to their return, and past pauses. */
  readonly outages: readonly TimeSpan[];
};

/** A step whose time has come: do it, or record under its key that it was skipped. */
export type DueStep = {
  readonly key: string;
  readonly action: StepAction;
  /** When it was to happen. */
  readonly at: Date;
  readonly skip: SkipReason | null;
};

/** A line of the process panel. `offered`, `delivered`, `waits` are marks, not steps. */
export type PlannedStep = {
  readonly action: StepAction | 'offered' | 'delivered' | 'waits';
  readonly key: string | null;
  /** First, second, … of the reminders. */
  readonly number: number | null;
  readonly state: 'done' | 'skipped' | 'now' | 'next' | 'off';
  /** When it was or will be done; null while that can't be known. */
  readonly at: Date | null;
  /** When its delay is over: before `at` where it waits for the morning. */
  readonly ripeAt: Date | null;
  readonly reason: SkipReason | null;
};

/** 0 nothing · 1 reminded · 2 reminded for the last time · 3 responsible told · 4 administrators told · 5 given on or withdrawn. */
export type EscalationLevel = 0 | 1 | 2 | 3 | 4 | 5;

export type Plan = {
  /** To be done now, in this order. */
  readonly due: readonly DueStep[];
  /** When to look again by itself, be it to record a skipped step; null: only a change in the database brings the next one. */
  readonly next: { readonly at: Date; readonly action: StepAction; readonly key: string } | null;
  readonly waitsFor: WaitsFor;
  /** The deadline in force; null when no answer is awaited. */
  readonly answerBy: Date | null;
  readonly planned: readonly PlannedStep[];
  readonly level: EscalationLevel;
  /** A person should look at it: not delivered, or silent past its deadline. */
  readonly needsAttention: boolean;
  /** The process has nothing left to wait for. */
  readonly isEnded: boolean;
};

/** What will happen next by itself, for words such as "if you do nothing": steps that will only be skipped left out. */
export function comesNext(plan: Plan, now: Date): PlannedStep | null {
  return plan.planned.find((step) => step.state === 'next' && step.at !== null && step.at > now) ?? null;
}

/** Key under which a step is done once: `assignment:<id>:reminder:2`, `assignment:<id>:promised_eve:2026-12-01`. */
export function stepKey(assignmentId: string, step: string, detail?: string | number): string {
  return ['assignment', assignmentId, step, ...(detail === undefined ? [] : [detail])].join(':');
}

/** Key of a reminder asked for by hand: each request is one. */
export function remindNowKey(assignmentId: string, requestedAt: Date): string {
  return stepKey(assignmentId, 'remind_now', requestedAt.toISOString());
}

/** The step and the detail of a key, or null when it is none of an assignment's. */
export function parseStepKey(key: string): { action: StepAction; detail: string | null } | null {
  const [kind, , step, ...rest] = key.split(':');
  const action = step === 'reminder' ? 'remind' : STEP_ACTIONS.find((one) => one === step);
  if (kind !== 'assignment' || !action) return null;
  return { action, detail: rest.length > 0 ? rest.join(':') : null };
}

/** Whether an assignment still binds somebody; when not, its process ends. */
export function isAssignmentOver(status: AssignmentStatus, orderStatus: WorkOrderStatus): boolean {
  return !['offered', 'accepted', 'done'].includes(status) || orderStatus === 'closed' || orderStatus === 'cancelled';
}
