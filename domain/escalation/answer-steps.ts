import type { SiteCalendar } from '../calendar/calendar.ts';
import { answerTimeOf, type AnswerTime } from './deadline.ts';
import { parseStepKey, remindNowKey, type AssignmentSnapshot, type DueStep, type SkipReason } from './plan.ts';
import { ENDING_ACTIONS, REMINDER_ACTIONS, type EscalationPolicy } from './policy.ts';
import { timePolicySteps, type TimedStep } from './step-times.ts';

/** After a reminder by hand, an ordinary one would be a double for so long. */
const QUIET_AFTER_HAND_MS = 3 * 3_600_000;

/** Steps of a phase: all of them with their times, and those to be done now. */
export type PhaseSteps = { readonly steps: readonly TimedStep[]; readonly due: readonly DueStep[] };

/** The steps of an assignment that nobody has answered yet. */
export function answerSteps(
  snapshot: AssignmentSnapshot,
  policy: EscalationPolicy,
  calendar: SiteCalendar,
  now: Date,
): PhaseSteps & { time: AnswerTime } {
  const time = answerTimeOf(snapshot, policy, calendar);
  const done = new Set(snapshot.stepsDone.map((one) => one.key));
  const steps = [...remindNow(snapshot), ...timePolicySteps({ snapshot, policy, calendar, time })];
  const ripe = steps.filter((step) => !step.off && !done.has(step.key) && step.at !== null && step.at <= now);
  return { steps, due: decide(ripe, snapshot, time, now), time };
}

function remindNow(snapshot: AssignmentSnapshot): TimedStep[] {
  const at = snapshot.remindNowRequestedAt;
  if (!at) return [];
  return [{ key: remindNowKey(snapshot.assignmentId, at), action: 'remind_now', number: null, ripeAt: at, at, off: null, skipWhenRipe: null }];
}

function isReminder(step: TimedStep): boolean {
  return step.action === 'remind_now' || REMINDER_ACTIONS.includes(step.action);
}

/** Ripe steps with their fate: at most one reminder goes out, and nothing follows a step that ends the asking. */
function decide(ripe: readonly TimedStep[], snapshot: AssignmentSnapshot, time: AnswerTime, now: Date): DueStep[] {
  const endings = ripe.filter((step) => ENDING_ACTIONS.includes(step.action));
  const ending = endings.find((step) => !step.skipWhenRipe);
  const lacking = endings.filter((step) => step.skipWhenRipe);
  return [
    ...decideReminders(ripe.filter(isReminder), snapshot, { isOver: ending !== undefined, isLate: now >= time.deadline, now }),
    ...ripe.filter((step) => step.action === 'tell_responsible' || step.action === 'tell_admins').map((step) => due(step, null)),
    ...lacking.map((step) => due(step, step.skipWhenRipe)),
    ...(ending ? [due(ending, null)] : []),
  ];
}

type Situation = { readonly isOver: boolean; readonly isLate: boolean; readonly now: Date };

function decideReminders(ripe: readonly TimedStep[], snapshot: AssignmentSnapshot, situation: Situation): DueStep[] {
  const fates = ripe
    .map((step) => ({ step, skip: reminderSkip(step, snapshot, situation) }))
    .filter(({ step, skip }) => skip !== null || step.action === 'remind_now' || isReachable(snapshot));
  const strongest = fates.findLast((one) => !one.skip)?.step;
  return fates.map(({ step, skip }) => due(step, skip ?? (step === strongest ? null : 'collapsed')));
}

/** A reminder that says "answer by" a moment that has passed helps nobody; one asked for by hand always goes. */
function reminderSkip(step: TimedStep, snapshot: AssignmentSnapshot, situation: Situation): SkipReason | null {
  if (situation.isOver) return 'overtaken';
  if (step.action === 'remind_now') return null;
  if (situation.isLate) return 'overtaken';
  return step.action === 'remind' && wasRemindedByHand(snapshot, situation.now) ? 'reminded_by_hand' : null;
}

function wasRemindedByHand(snapshot: AssignmentSnapshot, now: Date): boolean {
  if (snapshot.priority === 'urgent') return false;
  return snapshot.stepsDone.some(
    (one) =>
      !one.skip && parseStepKey(one.key)?.action === 'remind_now' && now.getTime() - one.at.getTime() < QUIET_AFTER_HAND_MS,
  );
}

/** Whether a mail to the firm's contact can arrive as far as we know; else the next contact or a person comes first. */
function isReachable(snapshot: AssignmentSnapshot): boolean {
  return snapshot.sentAt !== null && snapshot.bouncedAt === null;
}

/** Whether a step can't be done until a mail to the firm arrives. */
export function isHeld(step: TimedStep, snapshot: AssignmentSnapshot): boolean {
  return REMINDER_ACTIONS.includes(step.action) && !isReachable(snapshot);
}

function due(step: TimedStep, skip: SkipReason | null): DueStep {
  return { key: step.key, action: step.action, at: step.at ?? step.ripeAt ?? new Date(0), skip };
}
