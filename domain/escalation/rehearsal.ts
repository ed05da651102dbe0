import type { SiteCalendar } from '../calendar/calendar.ts';
import { nextStep } from './next-step.ts';
import type { AssignmentSnapshot, Plan } from './plan.ts';
import { ENDING_ACTIONS, type EscalationPolicy } from './policy.ts';

/** One look of the process at its clock. */
export type RehearsedMoment = { readonly at: Date; readonly plan: Plan; readonly snapshot: AssignmentSnapshot };

const MOST_MOMENTS = 100;

/**
 * The process run over a simulated clock, as if nobody answered: each moment at which it would look again, until nothing
 * is left to do or `until` is reached. Writes nothing; who renders the mails reads `plan.due`.
 */
export function* rehearse(
  start: AssignmentSnapshot,
  policy: EscalationPolicy,
  calendar: SiteCalendar,
  from: Date,
  until?: Date,
): Generator<RehearsedMoment, void, undefined> {
  let snapshot = start;
  let at = from;
  for (let moments = 0; moments < MOST_MOMENTS && (!until || at <= until); moments += 1) {
    const plan = nextStep(snapshot, policy, calendar, at);
    yield { at, plan, snapshot };
    if (plan.due.length > 0) snapshot = withDone(snapshot, plan, at);
    else if (plan.next) at = plan.next.at;
    else return;
  }
}

/** The snapshot after its due steps are done: in memory what the activity does in the database. */
export function withDone(snapshot: AssignmentSnapshot, plan: Plan, at: Date): AssignmentSnapshot {
  const done = plan.due.map((step) => ({ key: step.key, at, skip: step.skip }));
  const ending = plan.due.find((step) => ENDING_ACTIONS.includes(step.action) && !step.skip);
  return {
    ...snapshot,
    stepsDone: [...snapshot.stepsDone, ...done],
    status: ending ? 'expired' : snapshot.status,
    nextFirmsLeft: ending?.action === 'offer_next' ? snapshot.nextFirmsLeft - 1 : snapshot.nextFirmsLeft,
  };
}
