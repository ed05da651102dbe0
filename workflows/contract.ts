import type { SkipReason, StepAction } from '#domain/escalation/plan.ts';
import type { PlanMessage } from '#domain/escalation/plan-message.ts';

/** What a process is started with: ids and a number, never a person's data. */
export type ProcessInput = {
  /** The ids of its workflow id: of the assignment, the mail, the order and its recipient … */
  readonly ids: readonly string[];
  /** null while a mail belongs to nobody. */
  readonly organisationId: string | null;
  readonly workOrderNumber: string | null;
};

/** Where a process stands after a look at the database; moments as ISO text. */
export type Position = {
  readonly isEnded: boolean;
  /** Code of what it waits for, or of how it ended: the search attribute ProcessStatus. */
  readonly status: string;
  /** When to look again by itself; null: only a change in the database brings the next step. */
  readonly nextAt: string | null;
  /** What the timer is for, in English. */
  readonly nextStep: string | null;
  readonly level: number;
  readonly needsAttention: boolean;
  /** For operators, in English: one line, and a longer text in Markdown. */
  readonly summary: string;
  readonly details: string;
};

export type DueStepMessage = {
  readonly key: string;
  readonly action: StepAction;
  readonly at: string;
  readonly skip: SkipReason | null;
};

/** Position of an assignment, with the steps whose time has come. */
export type AssignmentPosition = Position & { readonly due: PlanMessage['due'] };

/** How a process ended; every business ending is a normal one. */
export type Ending = { readonly status: string };
