import { describe, expect, test } from '@jest/globals';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { AssignmentSnapshot } from '#domain/escalation/plan.ts';
import { rehearse, withDone } from '#domain/escalation/rehearsal.ts';
import { ASSIGNMENT_STATUSES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { ALWAYS_OPEN, BAVARIA, ENGLAND, VIENNA, ZURICH } from '../calendar/sites.ts';
import { ALL_PRIORITIES, plus, policyWith, silentFirm } from './silent-firm.ts';

const HOUR = 3_600_000;
const CASES = 250;
const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');
const CALENDARS = [BAVARIA, VIENNA, ZURICH, ENGLAND, ALWAYS_OPEN];
const POLICIES = [policyWith(), policyWith('offer_next'), policyWith('withdraw'), policyWith('offer_next', 'withdraw')];

/** Numbers between 0 and 1 that are the same in every run (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function anyCase(seed: number) {
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
  const maybe = (chance: number, hours: number): Date | null => (roll() < chance ? plus(offeredAt, roll() * hours * HOUR) : null);
  const offeredAt = new Date(FIRST_DAY + Math.floor(roll() * 730 * 24 * HOUR));
  const sentAt = maybe(0.9, 2);
  const outageFrom = plus(offeredAt, roll() * 200 * HOUR);
  const promisedFrom = maybe(0.5, 400);
  const snapshot: Partial<AssignmentSnapshot> = {
    offeredAt,
    sentAt,
    deliveredAt: sentAt && roll() < 0.7 ? plus(sentAt, roll() * 5 * HOUR) : null,
    bouncedAt: sentAt && roll() < 0.1 ? plus(sentAt, HOUR) : null,
    priority: pick(ALL_PRIORITIES),
    status: roll() < 0.6 ? 'offered' : pick(ASSIGNMENT_STATUSES),
    orderStatus: roll() < 0.6 ? 'assigned' : pick(WORK_ORDER_STATUSES),
    kind: pick(['email', 'partner', 'member'] as const),
    needsAcceptance: roll() < 0.9,
    isWarranty: roll() < 0.2,
    nextFirmsLeft: Math.floor(roll() * 3),
    answerByOverride: maybe(0.2, 500),
    answerByOverrideSetAt: maybe(0.5, 100),
    statedAnswerBy: maybe(0.2, 300),
    remindNowRequestedAt: maybe(0.3, 200),
    acceptedAt: maybe(0.5, 100),
    promisedFrom,
    promisedTo: promisedFrom && roll() < 0.5 ? plus(promisedFrom, 2 * HOUR) : null,
    dueOn: roll() < 0.5 ? plus(offeredAt, roll() * 600 * HOUR).toISOString().slice(0, 10) : null,
    hasSiteContact: roll() < 0.7,
    outages: roll() < 0.4 ? [{ from: outageFrom, to: plus(outageFrom, roll() * 100 * HOUR) }] : [],
  };
  return { snapshot: silentFirm(snapshot), policy: pick(POLICIES), calendar: pick(CALENDARS), roll };
}

const SEEDS = Array.from({ length: CASES }, (_, seed) => seed);

describe('whatever the situation', () => {
  test('the process ends or rests after a bounded number of steps, each done once, time never going back', () => {
    for (const seed of SEEDS) {
      const { snapshot, policy, calendar } = anyCase(seed);
      const moments = [...rehearse(snapshot, policy, calendar, snapshot.offeredAt)];
      const isStuck = moments.some(({ plan, at }) => plan.next !== null && plan.next.at <= at);
      expect({ seed, isStuck }).toEqual({ seed, isStuck: false });
      const keys = moments.flatMap(({ plan }) => plan.due.map((step) => step.key));
      expect({ seed, doubled: keys.length - new Set(keys).size }).toEqual({ seed, doubled: 0 });
      expect({ seed, steps: keys.length, isBounded: keys.length <= 10 && moments.length <= 25 }).toMatchObject({ seed, isBounded: true });
      const times = moments.map((moment) => moment.at.getTime());
      expect({ seed, times }).toEqual({ seed, times: times.toSorted((a, b) => a - b) });
    }
  });

  test('it does something now, looks again later, or rests until something changes', () => {
    for (const seed of SEEDS) {
      const { snapshot, policy, calendar, roll } = anyCase(seed);
      const now = plus(snapshot.offeredAt, roll() * 500 * HOUR);
      const plan = nextStep(snapshot, policy, calendar, now);
      if (plan.next) expect({ seed, isAhead: plan.next.at > now }).toEqual({ seed, isAhead: true });
      for (const step of plan.due) expect({ seed, isRipe: step.at <= now }).toEqual({ seed, isRipe: true });
      const after = nextStep(withDone(snapshot, plan, now), policy, calendar, now);
      expect({ seed, due: after.due }).toEqual({ seed, due: [] });
    }
  });

  test('taking the due steps one by one comes to the same as taking them together', () => {
    for (const seed of SEEDS) {
      const { snapshot, policy, calendar, roll } = anyCase(seed);
      const now = plus(snapshot.offeredAt, roll() * 500 * HOUR);
      const together = nextStep(snapshot, policy, calendar, now).due.map((step) => [step.key, step.skip]);
      const taken: [string, string | null][] = [];
      let current = snapshot;
      for (let plan = nextStep(current, policy, calendar, now); plan.due[0]; plan = nextStep(current, policy, calendar, now)) {
        taken.push([plan.due[0].key, plan.due[0].skip]);
        current = withDone(current, { ...plan, due: plan.due.slice(0, 1) }, now);
      }
      expect({ seed, taken }).toEqual({ seed, taken: together });
    }
  });

  test('waking too early or too often changes nothing: the same steps come at the same times', () => {
    for (const seed of SEEDS) {
      const { snapshot, policy, calendar, roll } = anyCase(seed);
      const plan = nextStep(snapshot, policy, calendar, snapshot.offeredAt);
      if (plan.due.length > 0 || !plan.next) continue;
      const between = plus(snapshot.offeredAt, roll() * (plan.next.at.getTime() - snapshot.offeredAt.getTime() - 1));
      const again = nextStep(snapshot, policy, calendar, between);
      expect({ seed, due: again.due, next: again.next }).toEqual({ seed, due: [], next: plan.next });
      const justBefore = nextStep(snapshot, policy, calendar, plus(plan.next.at, -1));
      expect({ seed, due: justBefore.due }).toEqual({ seed, due: [] });
      const then = nextStep(snapshot, policy, calendar, plan.next.at);
      expect({ seed, keys: then.due.map((step) => step.key) }).toMatchObject({ seed, keys: expect.arrayContaining([plan.next.key]) });
    }
  });

  test('the firm gets at most one reminder at a time, and none after the deadline in force', () => {
    for (const seed of SEEDS) {
      const { snapshot, policy, calendar } = anyCase(seed);
      for (const { plan, at } of rehearse(snapshot, policy, calendar, snapshot.offeredAt)) {
        const reminders = plan.due.filter((step) => !step.skip && ['remind', 'last_reminder', 'remind_now'].includes(step.action));
        expect({ seed, count: reminders.length <= 1 }).toEqual({ seed, count: true });
        const isLate = reminders.some((step) => step.action !== 'remind_now' && plan.answerBy !== null && at >= plan.answerBy);
        expect({ seed, isLate }).toEqual({ seed, isLate: false });
      }
    }
  });

  test('no warranty order is given on or withdrawn', () => {
    for (const seed of SEEDS) {
      const { snapshot, policy, calendar } = anyCase(seed);
      const warranty = { ...snapshot, isWarranty: true };
      const actions = [...rehearse(warranty, policy, calendar, snapshot.offeredAt)].flatMap(({ plan }) => plan.due.map((step) => step.action));
      expect(actions.filter((action) => action === 'offer_next' || action === 'withdraw')).toEqual([]);
    }
  });
});
