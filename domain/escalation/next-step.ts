import type { SiteCalendar } from '../calendar/calendar.ts';
import { addDays, atLocalTime } from '../calendar/local-time.ts';
import { answerSteps, isHeld, type PhaseSteps } from './answer-steps.ts';
import { countsAsDeliveredAt, type AnswerTime } from './deadline.ts';
import { describePlan } from './panel.ts';
import {
  isAssignmentOver, parseStepKey,
  type AssignmentSnapshot, type EscalationLevel, type Plan, type StepAction, type WaitCode, type WaitsFor,
} from './plan.ts';
import type { EscalationPolicy } from './policy.ts';
import type { TimedStep } from './step-times.ts';
import { workSteps } from './work-steps.ts';

/**
 * What the process of an assignment does now, when it looks again, and what it waits for.
 * The one place where this is decided: the workflow loops around it, the panel shows it, preview and rehearsal iterate it.
 * Every due step leaves the list once its key is among `stepsDone`; after each call either something is due, or `next`
 * lies ahead, or only a change in the database brings the next step.
 */
export function nextStep(snapshot: AssignmentSnapshot, policy: EscalationPolicy, calendar: SiteCalendar, now: Date): Plan {
  const level = levelOf(snapshot);
  if (isAssignmentOver(snapshot.status, snapshot.orderStatus)) {
    return finish({ snapshot, phase: NOTHING, waitsFor: wait('nothing', null, null, now), answerBy: null, level, now });
  }
  if (snapshot.status === 'done') {
    return finish({ snapshot, phase: NOTHING, waitsFor: wait('check', null, null, now), answerBy: null, level, now });
  }
  if (snapshot.status === 'accepted' || !snapshot.needsAcceptance) {
    const phase = workSteps(snapshot, policy, calendar, now);
    return finish({ snapshot, phase, waitsFor: waitsForWork(snapshot, calendar, now), answerBy: null, level, now });
  }
  const phase = answerSteps(snapshot, policy, calendar, now);
  const waitsFor = waitsForAnswer(snapshot, phase, now);
  return finish({ snapshot, phase, waitsFor, answerBy: phase.time.deadline, level, now });
}

const NOTHING: PhaseSteps = { steps: [], due: [] };

type Found = {
  readonly snapshot: AssignmentSnapshot;
  readonly phase: PhaseSteps;
  readonly waitsFor: WaitsFor;
  readonly answerBy: Date | null;
  readonly level: EscalationLevel;
  readonly now: Date;
};

function finish(found: Found): Plan {
  const { snapshot, phase, now, level, answerBy } = found;
  const isEnded = found.waitsFor.code === 'nothing';
  const pause = isEnded ? null : pauseAt(snapshot, now);
  const waitsFor = pause ? wait('paused', pause.since, pause.until, now) : found.waitsFor;
  const ahead = stepsAhead(snapshot, phase.steps, now);
  return {
    due: pause ? [] : phase.due,
    next: pause ? afterPause(pause.until, phase.steps, snapshot) : (ahead[0] ?? null),
    waitsFor,
    answerBy,
    planned: describePlan(snapshot, phase.steps, isEnded, now),
    level,
    needsAttention: found.waitsFor.code === 'bounced' || found.waitsFor.isLate,
    isEnded,
  };
}

/** Steps that time alone will bring, soonest first. */
function stepsAhead(snapshot: AssignmentSnapshot, steps: readonly TimedStep[], now: Date): NonNullable<Plan['next']>[] {
  return openSteps(snapshot, steps)
    .flatMap((step) => (step.at && step.at > now ? [{ at: step.at, action: step.action, key: step.key }] : []))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function openSteps(snapshot: AssignmentSnapshot, steps: readonly TimedStep[]): TimedStep[] {
  const done = new Set(snapshot.stepsDone.map((one) => one.key));
  return steps.filter((step) => !step.off && !done.has(step.key) && !isHeld(step, snapshot));
}

function pauseAt(snapshot: AssignmentSnapshot, now: Date): AssignmentSnapshot['pause'] {
  const { pause } = snapshot;
  return pause && (pause.until === null || pause.until > now) ? pause : null;
}

function afterPause(until: Date | null, steps: readonly TimedStep[], snapshot: AssignmentSnapshot): Plan['next'] {
  const first = openSteps(snapshot, steps)[0];
  return until && first ? { at: until, action: first.action, key: first.key } : null;
}

function wait(code: WaitCode, since: Date | null, until: Date | null, now: Date): WaitsFor {
  return { code, since, until, isLate: until !== null && code !== 'paused' && code !== 'delivery' && now >= until };
}

function waitsForAnswer(snapshot: AssignmentSnapshot, phase: PhaseSteps & { time: AnswerTime }, now: Date): WaitsFor {
  const { sentAt, bouncedAt, deliveredAt } = snapshot;
  const { deadline } = phase.time;
  const since = countsAsDeliveredAt(snapshot);
  if (bouncedAt) return wait('bounced', bouncedAt, deadline, now);
  if (!sentAt) return wait('sending', snapshot.offeredAt, deadline, now);
  if (!deliveredAt && since && since > now) return wait('delivery', sentAt, since, now);
  const isSilent = now >= deadline && phase.due.length === 0 && stepsAhead(snapshot, phase.steps, now).length === 0;
  return wait(isSilent ? 'person' : 'answer', since, deadline, now);
}

function waitsForWork(snapshot: AssignmentSnapshot, calendar: SiteCalendar, now: Date): WaitsFor {
  const { promisedFrom, promisedTo, dueOn, acceptedAt } = snapshot;
  if (snapshot.orderStatus === 'waiting') return wait('on_hold', null, snapshot.onHoldUntil, now);
  const promised = promisedTo ?? promisedFrom;
  if (promised && (promised > now || !dueOn)) return wait('promised_date', acceptedAt, promised, now);
  if (dueOn) return wait('due_date', acceptedAt, atLocalTime(addDays(dueOn, 1), '00:00', calendar), now);
  return wait('done', acceptedAt, null, now);
}

const LEVELS: Partial<Record<StepAction, EscalationLevel>> = {
  remind: 1,
  last_reminder: 2,
  tell_responsible: 3,
  tell_admins: 4,
  offer_next: 5,
  withdraw: 5,
};

function levelOf(snapshot: AssignmentSnapshot): EscalationLevel {
  const levels = snapshot.stepsDone.filter((one) => !one.skip).map((one) => LEVELS[parseStepKey(one.key)?.action ?? 'remind_now'] ?? 0);
  return levels.reduce<EscalationLevel>((highest, one) => (one > highest ? one : highest), 0);
}
