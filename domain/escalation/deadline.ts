import type { SiteCalendar } from '../calendar/calendar.ts';
import { deadlineMoment } from '../calendar/business-time.ts';
import { answerBy, answerStepInForce } from './answer-by.ts';
import type { AssignmentSnapshot, TimeSpan } from './plan.ts';
import type { EscalationPolicy } from './policy.ts';

const HOUR_MS = 3_600_000;

/** From when, and until when, an answer is awaited. */
export type AnswerTime = {
  /** From when the firm's own steps are counted; null while nothing was sent to it. */
  readonly firmBase: Date | null;
  /** From when the deadline and the steps that tell people inside are counted. */
  readonly base: Date;
  /** The policy's deadline counted from `base`. */
  readonly reckoned: Date;
  /** The later of stated and reckoned, or the one set by hand, before outages. */
  readonly planned: Date;
  /** In force: `planned`, extended by outages. */
  readonly deadline: Date;
  /** The outages that extended it, merged and in order. */
  readonly outages: readonly TimeSpan[];
};

/** When a sent mail counts as delivered; an emergency does not wait the hour for proof. */
export function countsAsDeliveredAt(snapshot: AssignmentSnapshot): Date | null {
  if (snapshot.deliveredAt) return snapshot.deliveredAt;
  if (!snapshot.sentAt) return null;
  return snapshot.priority === 'urgent' ? snapshot.sentAt : new Date(snapshot.sentAt.getTime() + HOUR_MS);
}

/**
 * The answer time of an assignment. It runs from delivery; while nothing is delivered, people inside are told as if it
 * had been when it was offered. In an emergency they are always told by the time of offering.
 */
export function answerTimeOf(snapshot: AssignmentSnapshot, policy: EscalationPolicy, calendar: SiteCalendar): AnswerTime {
  const firmBase = countsAsDeliveredAt(snapshot);
  const base = snapshot.priority === 'urgent' ? snapshot.offeredAt : (firmBase ?? snapshot.offeredAt);
  const reckoned = answerBy(policy, snapshot.priority, base, calendar);
  const stated = snapshot.statedAnswerBy ?? answerBy(policy, snapshot.priority, snapshot.offeredAt, calendar);
  const planned = snapshot.answerByOverride ?? (stated > reckoned ? stated : reckoned);
  const runsFrom = snapshot.answerByOverride ? snapshot.answerByOverrideSetAt : base;
  const { deadline, outages } = extend(planned, runsFrom, outagesOf(snapshot));
  const isAroundTheClock = answerStepInForce(policy, snapshot.priority).after.unit === 'minutes';
  const inForce = outages.length > 0 && !isAroundTheClock ? deadlineMoment(deadline, calendar) : deadline;
  return { firmBase, base, reckoned, planned, deadline: inForce, outages };
}

/** Outages in order, none overlapping another; a pause of outgoing mail whose end is known is one. */
export function outagesOf(snapshot: AssignmentSnapshot): TimeSpan[] {
  const { pause } = snapshot;
  const all = pause?.until ? [...snapshot.outages, { from: pause.since, to: pause.until }] : [...snapshot.outages];
  const merged: TimeSpan[] = [];
  for (const span of all.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: last.to > span.to ? last.to : span.to };
    else if (span.from < span.to) merged.push(span);
  }
  return merged;
}

function extend(planned: Date, runsFrom: Date | null, spans: readonly TimeSpan[]): { deadline: Date; outages: TimeSpan[] } {
  let deadline = planned;
  const outages: TimeSpan[] = [];
  for (const span of runsFrom ? spans : []) {
    const from = runsFrom && runsFrom > span.from ? runsFrom : span.from;
    if (from >= span.to || from >= deadline) continue;
    deadline = new Date(deadline.getTime() + span.to.getTime() - from.getTime());
    outages.push({ from, to: span.to });
  }
  return { deadline, outages };
}
