import type { PlannedStep, SkipReason, StepAction, WaitCode } from '../escalation/plan.ts';
import type { DurationUnit, PolicyProblemCode } from '../escalation/policy.ts';

/** The words of the process panel and of the escalation policy, by the codes of `escalation/`. */
export type ProcessWords = {
  /** `{{until}}` is a moment in words. */
  readonly waiting: Readonly<Record<WaitCode, string>>;
  /** A line of the panel; `{{number}}` counts reminders. */
  readonly planned: Readonly<Record<PlannedStep['action'], string>>;
  readonly plannedState: Readonly<Record<PlannedStep['state'], string>>;
  /** After a date, as in "If you do nothing: Fri 27 Nov 2026, 07:30 …". */
  readonly comesThen: Readonly<Record<StepAction, string>>;
  readonly skipReason: Readonly<Record<SkipReason, string>>;
  readonly policyProblem: Readonly<Record<PolicyProblemCode, string>>;
  readonly durationUnit: Readonly<Record<DurationUnit, string>>;
};
