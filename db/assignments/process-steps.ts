import type { SystemActor } from '#domain/actors.ts';
import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { type DueStep, type SkipReason, type StepAction, stepKey } from '#domain/escalation/plan.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { queueMail } from '../mails/queue.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { followAssignments } from '../work-orders/follow.ts';
import { endAssignment } from './ending.ts';
import { type Assignment, AssignmentStepRow } from './entity.ts';
import { lockAssignment } from './load.ts';
import { mailContractor, mailResponsible } from './mails.ts';
import { loadSituation, type SituationOfAssignment } from './snapshot.ts';
import { offerTo } from './steering.ts';

/** `applied` now; `superseded`: done before or no longer due; `gone`: the assignment is not there. */
export type StepOutcome = 'applied' | 'superseded' | 'gone';

/**
 * Takes one step that time has made due, once: its key is unique per organisation. Enters by the order's lock, so an
 * answer that came first wins.
 */
export async function takeProcessStep(em: Em, actor: SystemActor, assignmentId: string, step: DueStep, now: Date): Promise<StepOutcome> {
  const found = await lockAssignment(em, actor, assignmentId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found') return null;
    throw error;
  });
  if (!found) return 'gone';
  const { order, assignment } = found;
  const done = await em.findOne(AssignmentStepRow, { organisationId: order.organisationId, key: step.key });
  if (done || !isStillDue(step.action, assignment, order)) return 'superseded';
  const row = keepStep(em, order, assignment, step, now);
  const skip = step.skip ?? (await ACTIONS[step.action](em, actor, order, assignment, step, now));
  if (skip) await noteSkip(em, actor, { order, assignment, step, row, skip }, now);
  return 'applied';
}

type Skipped = { readonly order: WorkOrder; readonly assignment: Assignment; readonly step: DueStep; readonly row: AssignmentStepRow | null; readonly skip: SkipReason };

async function noteSkip(em: Em, actor: SystemActor, { order, assignment, step, row, skip }: Skipped, now: Date): Promise<void> {
  if (row) Object.assign(row, { outcome: 'skipped', skipReason: skip });
  await note(em, actor, order, assignment, 'assignment.step_skipped', { ...step, skip }, now);
}

function keepStep(em: Em, order: WorkOrder, assignment: Assignment, step: DueStep, now: Date): AssignmentStepRow {
  return em.create(AssignmentStepRow, {
    id: newId(), organisationId: order.organisationId, workOrderId: order.id, assignmentId: assignment.id,
    key: step.key, action: step.action, outcome: 'done', skipReason: null, at: now,
  });
}

/** Takes the step; returns why it could not be taken after all. */
type Take = (em: Em, actor: SystemActor, order: WorkOrder, assignment: Assignment, step: DueStep, now: Date) => Promise<SkipReason | undefined>;

type Letter = { readonly template: 'reminder' | 'last-reminder' | 'done-question' | 'nudge'; readonly name: 'assignment.reminded' | 'assignment.nudged'; readonly onceKey?: string };

const write = (letter: Letter): Take => async (em, actor, order, assignment, step, now) => writeLetter(em, actor, { order, assignment, step, letter }, now);

/** Writes to whoever is asked or at work; where nobody is left there to read it, whoever answers for the order is told at once. */
async function writeLetter(
  em: Em, actor: SystemActor, { order, assignment, step, letter }: { order: WorkOrder; assignment: Assignment; step: DueStep; letter: Letter }, now: Date,
): Promise<SkipReason | undefined> {
  const { template, name, onceKey = step.key } = letter;
  const readers = await mailContractor(em, order, assignment, { template, cause: step.key, onceKey }, now);
  if (readers === 0 && assignment.kind !== 'member') {
    const parameters = { cause: 'nobody_reached', to: 'responsible' };
    await mailResponsible(em, order, assignment, { template: 'escalation', cause: step.key, onceKey, parameters }, now);
    return 'nobody_reached';
  }
  await note(em, actor, order, assignment, name, step, now);
  return undefined;
}

const tell = (to: 'responsible' | 'admins'): Take => async (em, actor, order, assignment, step, now) => {
  await mailResponsible(em, order, assignment, { template: 'escalation', cause: step.key, onceKey: step.key, parameters: { cause: 'no_answer', to } }, now, to);
  await note(em, actor, order, assignment, 'assignment.escalated', step, now);
  return undefined;
};

const offerNext: Take = async (em, actor, order, assignment, step, now) => {
  await endAssignment(em, actor, { order, assignment, step: 'expire', withdrawReason: 'given_to_other' }, now);
  await note(em, actor, order, assignment, 'assignment.escalated', step, now);
  await followAssignments(em, actor, order, now);
  await offerToFirstWilling(em, actor, order, assignment, now);
  return undefined;
};

const withdraw: Take = async (em, actor, order, assignment, step, now) => {
  await endAssignment(em, actor, { order, assignment, step: 'expire', withdrawReason: 'no_answer' }, now);
  await note(em, actor, order, assignment, 'assignment.escalated', step, now);
  await followAssignments(em, actor, order, now);
  return undefined;
};

/**
 * Asks a partner at once to name somebody, since whoever had the work has left; the process asks no second time for the
 * same. The caller holds the order's lock.
 */
export async function nudgeAfterLeaving(em: Em, actor: SystemActor, order: WorkOrder, assignment: Assignment, now: Date): Promise<void> {
  if (!isStillDue('nudge', assignment, order)) return;
  const step: DueStep = { key: stepKey(assignment.id, 'nudge', 1), action: 'nudge', at: now, skip: null };
  const done = await em.findOne(AssignmentStepRow, { organisationId: order.organisationId, key: step.key });
  const row = done ? null : keepStep(em, order, assignment, step, now);
  const letter: Letter = { template: 'nudge', name: 'assignment.nudged', onceKey: `${step.key}:left:${now.getTime()}` };
  const skip = await writeLetter(em, actor, { order, assignment, step, letter }, now);
  if (skip) await noteSkip(em, actor, { order, assignment, step, row, skip }, now);
}

const tellOnSite: Take = async (em, actor, order, assignment, step, now) => {
  if (!order.onSiteEmail) return undefined;
  const organisation = await loadOrganisation(em, order.organisationId);
  await queueMail(em, {
    template: 'on-site-notice', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
    to: { email: order.onSiteEmail, name: order.onSiteName ?? null, locale: organisation.locale }, party: null, cause: step.key, onceKey: step.key,
  }, now);
  await note(em, actor, order, assignment, 'assignment.reminded', step, now);
  return undefined;
};

const ACTIONS = {
  remind: write({ template: 'reminder', name: 'assignment.reminded' }),
  remind_now: write({ template: 'reminder', name: 'assignment.reminded' }),
  last_reminder: write({ template: 'last-reminder', name: 'assignment.reminded' }),
  tell_responsible: tell('responsible'),
  tell_admins: tell('admins'),
  offer_next: offerNext,
  withdraw,
  promised_eve: tellOnSite,
  promised_evening: write({ template: 'done-question', name: 'assignment.reminded' }),
  due_passed: write({ template: 'done-question', name: 'assignment.reminded' }),
  nudge: write({ template: 'nudge', name: 'assignment.nudged' }),
} as const satisfies Record<StepAction, Take>;

/** Key of the one step that follows a refusal. */
export function afterDeclineKey(assignmentId: string): string {
  return stepKey(assignmentId, 'offer_next', 'after_decline');
}

/** Whether a refusal hands the work on by itself: as silence does, where the policy says so, never under warranty, once. */
export function isHandedOnAfterDecline({ snapshot, policy }: SituationOfAssignment): boolean {
  const { assignmentId, status, orderStatus, nextFirmsLeft, isWarranty, priority } = snapshot;
  if (status !== 'declined' || orderStatus !== 'open' || nextFirmsLeft === 0 || isWarranty) return false;
  const isSwitchedOn = policy.perPriority[priority].some((one) => one.action === 'offer_next' && one.isEnabled);
  return isSwitchedOn && !snapshot.stepsDone.some((one) => one.key === afterDeclineKey(assignmentId));
}

/** Asks the next firm of the list after a refusal. Returns the new assignment's id, or null where a person decides. */
export async function offerNextAfterDecline(em: Em, actor: SystemActor, assignmentId: string, now: Date): Promise<string | null> {
  const { order, assignment } = await lockAssignment(em, actor, assignmentId);
  const situation = await loadSituation(em, assignmentId);
  if (!situation || !isHandedOnAfterDecline(situation)) return null;
  const key = afterDeclineKey(assignmentId);
  em.create(AssignmentStepRow, {
    id: newId(), organisationId: order.organisationId, workOrderId: order.id, assignmentId, key, action: 'offer_next', outcome: 'done', at: now,
  });
  const nextId = await offerToFirstWilling(em, actor, order, assignment, now);
  await note(em, actor, order, assignment, nextId ? 'assignment.escalated' : 'assignment.step_skipped', { key, action: 'offer_next', at: now, skip: nextId ? null : 'no_next_firm' }, now);
  return nextId;
}

/** Why a firm of the list can't be asked. */
const UNWILLING: readonly ErrorCode[] = ['firm_blocked', 'not_found', 'contact_undeliverable', 'workspace_not_shared'];

/** Asks the first firm of the list that can be asked; one that is blocked, archived, unreachable or not shared with is passed over. */
async function offerToFirstWilling(em: Em, actor: SystemActor, order: WorkOrder, previous: Assignment, now: Date): Promise<string | null> {
  let from = previous;
  for (const firmId of previous.nextFirmIds) {
    try {
      return (await offerTo(em, actor, order, { ...from } as Assignment, firmId, now)).id;
    } catch (error) {
      if (!(error instanceof DomainError) || !UNWILLING.includes(error.code)) throw error;
      from = { ...from, nextFirmIds: from.nextFirmIds.filter((id) => id !== firmId) } as Assignment;
    }
  }
  return null;
}

/** Steps after acceptance. */
const ABOUT_WORK: readonly StepAction[] = ['promised_eve', 'promised_evening', 'due_passed', 'nudge'];

function isStillDue(action: StepAction, assignment: Assignment, order: WorkOrder): boolean {
  if (order.status === 'closed' || order.status === 'cancelled') return false;
  const isAboutWork = ABOUT_WORK.includes(action);
  return assignment.status === (isAboutWork ? 'accepted' : 'offered');
}

async function note(
  em: Em, actor: SystemActor, order: WorkOrder, assignment: Assignment,
  name: 'assignment.reminded' | 'assignment.nudged' | 'assignment.escalated' | 'assignment.step_skipped', step: DueStep, now: Date,
): Promise<void> {
  await recordEvent(em, actor, {
    name, organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { action: step.action, key: step.key, firmId: assignment.firmId ?? null, ...(step.skip ? { skip: step.skip } : {}) },
  }, now);
}
