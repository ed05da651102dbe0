import { isHeld } from './answer-steps.ts';
import { countsAsDeliveredAt } from './deadline.ts';
import { parseStepKey, type AssignmentSnapshot, type PlannedStep, type StepDone } from './plan.ts';
import type { TimedStep } from './step-times.ts';

const NO_STEP = { key: null, number: null, ripeAt: null, reason: null } as const;

/** The lines of the process panel: what was done, what it waits for now, what comes next, and what is switched off. */
export function describePlan(
  snapshot: AssignmentSnapshot,
  steps: readonly TimedStep[],
  isEnded: boolean,
  now: Date,
): PlannedStep[] {
  const done = new Set(snapshot.stepsDone.map((one) => one.key));
  const open = steps.filter((step) => !done.has(step.key));
  const past = [...marks(snapshot, now), ...snapshot.stepsDone.flatMap(describeDone)].toSorted(byTime);
  const waits: PlannedStep[] = isEnded ? [] : [{ ...NO_STEP, action: 'waits', state: 'now', at: now }];
  const lines = open.map((step) => describeOpen(step, snapshot));
  const ahead = lines.filter((line) => line.state === 'next').toSorted(byTime);
  return [...past, ...waits, ...ahead, ...lines.filter((line) => line.state === 'off')];
}

function marks(snapshot: AssignmentSnapshot, now: Date): PlannedStep[] {
  const offered: PlannedStep = { ...NO_STEP, action: 'offered', state: 'done', at: snapshot.offeredAt };
  const deliveredAt = snapshot.bouncedAt ? null : countsAsDeliveredAt(snapshot);
  if (!deliveredAt || deliveredAt > now) return [offered];
  return [offered, { ...NO_STEP, action: 'delivered', state: 'done', at: deliveredAt }];
}

function describeDone(one: StepDone): PlannedStep[] {
  const found = parseStepKey(one.key);
  if (!found) return [];
  const { action, detail } = found;
  return [
    {
      action,
      key: one.key,
      number: (action === 'remind' || action === 'nudge') && detail ? Number(detail) : null,
      state: one.skip ? 'skipped' : 'done',
      at: one.at,
      ripeAt: null,
      reason: one.skip ?? null,
    },
  ];
}

/** A step that will only be skipped is shown as off; one that waits for a mail to arrive has no moment yet. */
function describeOpen(step: TimedStep, snapshot: AssignmentSnapshot): PlannedStep {
  const { action, key, number, ripeAt } = step;
  const reason = step.off ?? step.skipWhenRipe;
  const at = isHeld(step, snapshot) ? null : step.at;
  return { action, key, number, at, ripeAt, state: reason ? 'off' : 'next', reason };
}

/** Lines whose moment can't be known yet come last. */
function byTime(one: PlannedStep, other: PlannedStep): number {
  return (one.at?.getTime() ?? Infinity) - (other.at?.getTime() ?? Infinity) || 0;
}
