import { DomainError } from './errors.ts';
import type { AssignmentStatus, Role, WorkOrderStatus } from './statuses.ts';

/** Who makes a step: a role of the client, the assignee (own person or contractor with an accepted assignment), or a process. */
export type Performer = Role | 'assignee' | 'process';

type StepRule = {
  readonly from: readonly WorkOrderStatus[];
  readonly to: WorkOrderStatus;
  readonly by: readonly Performer[];
  readonly needsReason?: true;
};

const OFFICE = ['admin', 'coordinator'] as const;

/**
 * The one table of status steps; API, public page, mail commands and portal all ask it.
 * Accepting, declining and withdrawing are steps of an assignment: the order follows by `statusAfterAssignments`.
 */
export const WORK_ORDER_STEPS = {
  start: { from: ['accepted'], to: 'in_progress', by: [...OFFICE, 'assignee'] },
  hold: { from: ['accepted', 'in_progress'], to: 'waiting', by: [...OFFICE, 'assignee'], needsReason: true },
  resume: { from: ['waiting'], to: 'in_progress', by: [...OFFICE, 'assignee'] },
  complete: { from: ['accepted', 'in_progress', 'waiting'], to: 'done', by: [...OFFICE, 'assignee'] },
  send_back: { from: ['done'], to: 'in_progress', by: OFFICE, needsReason: true },
  close: { from: ['done'], to: 'closed', by: OFFICE },
  cancel: {
    from: ['open', 'assigned', 'accepted', 'in_progress', 'waiting', 'done'],
    to: 'cancelled',
    by: OFFICE,
    needsReason: true,
  },
} as const satisfies Record<string, StepRule>;

export type WorkOrderStep = keyof typeof WORK_ORDER_STEPS;
export const WORK_ORDER_STEP_NAMES = Object.keys(WORK_ORDER_STEPS) as WorkOrderStep[];

/** The steps that these performers may make from a status, in the order of the table. */
export function allowedSteps(status: WorkOrderStatus, performers: readonly Performer[]): WorkOrderStep[] {
  return WORK_ORDER_STEP_NAMES.filter((step) => mayStep(step, status, performers));
}

/** The status after a step; throws `step_not_allowed` or `reason_required`. */
export function statusAfterStep(
  step: WorkOrderStep,
  status: WorkOrderStatus,
  performers: readonly Performer[],
  reason?: string | null,
): WorkOrderStatus {
  if (!mayStep(step, status, performers)) throw new DomainError('step_not_allowed', { step, status });
  const rule: StepRule = WORK_ORDER_STEPS[step];
  if (rule.needsReason && !reason?.trim()) throw new DomainError('reason_required', { step });
  return rule.to;
}

function mayStep(step: WorkOrderStep, status: WorkOrderStatus, performers: readonly Performer[]): boolean {
  const rule: StepRule = WORK_ORDER_STEPS[step];
  return rule.from.includes(status) && rule.by.some((performer) => performers.includes(performer));
}

type AssignmentRule = {
  readonly from: readonly AssignmentStatus[];
  readonly to: AssignmentStatus;
  readonly by: readonly Performer[];
};

/** Steps of one assignment. `assignee` accepts and declines; a coordinator may record that for them (phone, soft yes). */
export const ASSIGNMENT_STEPS = {
  accept: { from: ['offered'], to: 'accepted', by: [...OFFICE, 'assignee'] },
  decline: { from: ['offered', 'accepted'], to: 'declined', by: [...OFFICE, 'assignee'] },
  withdraw: { from: ['offered'], to: 'withdrawn', by: [...OFFICE, 'process'] },
  cancel: { from: ['accepted', 'done'], to: 'cancelled', by: OFFICE },
  expire: { from: ['offered'], to: 'expired', by: ['process'] },
  supersede: { from: ['offered'], to: 'superseded', by: ['process'] },
  undo_acceptance: { from: ['accepted'], to: 'offered', by: OFFICE },
  complete: { from: ['accepted'], to: 'done', by: [...OFFICE, 'assignee'] },
  send_back: { from: ['done'], to: 'accepted', by: OFFICE },
} as const satisfies Record<string, AssignmentRule>;

export type AssignmentStep = keyof typeof ASSIGNMENT_STEPS;
export const ASSIGNMENT_STEP_NAMES = Object.keys(ASSIGNMENT_STEPS) as AssignmentStep[];

/** The steps of an assignment that these performers may make from a status. */
export function allowedAssignmentSteps(status: AssignmentStatus, performers: readonly Performer[]): AssignmentStep[] {
  return ASSIGNMENT_STEP_NAMES.filter((step) => mayAssignmentStep(step, status, performers));
}

/** The assignment's status after a step; throws `step_not_allowed`. */
export function assignmentStatusAfter(
  step: AssignmentStep,
  status: AssignmentStatus,
  performers: readonly Performer[],
): AssignmentStatus {
  if (!mayAssignmentStep(step, status, performers)) throw new DomainError('step_not_allowed', { step, status });
  return ASSIGNMENT_STEPS[step].to;
}

function mayAssignmentStep(step: AssignmentStep, status: AssignmentStatus, performers: readonly Performer[]): boolean {
  const rule: AssignmentRule = ASSIGNMENT_STEPS[step];
  return rule.from.includes(status) && rule.by.some((performer) => performers.includes(performer));
}

const ASSIGNABLE: readonly WorkOrderStatus[] = ['open', 'assigned', 'accepted', 'in_progress', 'waiting'];

/** Whether somebody may be asked to do an order: its work is not over, and no firm is asked or at it already. */
export function isAssignable(status: WorkOrderStatus, assignments: readonly { readonly status: AssignmentStatus; readonly firmId?: string | null | undefined }[] = []): boolean {
  return ASSIGNABLE.includes(status) && !assignments.some((one) => one.firmId && (one.status === 'offered' || one.status === 'accepted'));
}

/**
 * The order's status that follows from all its assignments: accepted as soon as one is, done when all that were
 * accepted are done, open again when the last open one ended without work. Keeps what the work itself has reached.
 */
export function statusAfterAssignments(
  current: WorkOrderStatus,
  assignments: readonly AssignmentStatus[],
): WorkOrderStatus {
  if (current === 'closed' || current === 'cancelled') return current;
  const isWorking = assignments.includes('accepted');
  const isReported = assignments.includes('done');
  if (isWorking) return ['in_progress', 'waiting'].includes(current) ? current : current === 'done' ? 'in_progress' : 'accepted';
  if (isReported) return 'done';
  return assignments.includes('offered') ? 'assigned' : 'open';
}
