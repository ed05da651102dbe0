import { describe, expect, test } from '@jest/globals';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { AssignmentSnapshot } from '#domain/escalation/plan.ts';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { BAVARIA } from '../calendar/sites.ts';
import { acceptingFirm, at, dueOf, story } from './silent-firm.ts';

/** A partner that accepted on Tuesday, 24.11.2026, 09:00, and has given the work to nobody. */
function nudgesOf(changes: Partial<AssignmentSnapshot> = {}): string[][] {
  const snapshot = acceptingFirm({ kind: 'partner', hasPerson: false, ...changes });
  return story(snapshot, DEFAULT_POLICY, BAVARIA, at('2026-11-24 09:00')).filter(([, step]) => step.startsWith('nudge'));
}
const FRIDAY = { promisedFrom: at('2026-12-04 08:00'), promisedTo: at('2026-12-04 10:00') };

describe('a partner that names nobody for its work is nudged', () => {
  test('after one working day, and once more on the working day before the promised date', () => {
    expect(nudgesOf(FRIDAY)).toEqual([['2026-11-25 07:00', 'nudge:1'], ['2026-12-03 07:00', 'nudge:2']]);
  });

  test('before the due date, where none is promised', () => {
    expect(nudgesOf({ dueOn: '2026-11-30' })).toEqual([['2026-11-25 07:00', 'nudge:1'], ['2026-11-27 07:00', 'nudge:2']]);
  });

  test('once, where no date is known, and no second time where the date is too near', () => {
    expect(nudgesOf()).toEqual([['2026-11-25 07:00', 'nudge:1']]);
    expect(nudgesOf({ dueOn: '2026-11-25' })).toEqual([['2026-11-25 07:00', 'nudge:1']]);
  });

  test('no longer once a person is named', () => {
    expect(nudgesOf({ ...FRIDAY, hasPerson: true })).toEqual([]);
  });

  test('firms by mail and own people never are', () => {
    expect(nudgesOf({ ...FRIDAY, kind: 'email' })).toEqual([]);
    expect(nudgesOf({ ...FRIDAY, kind: 'member' })).toEqual([]);
  });

  test('missed both, one mail says it; on hold, none does', () => {
    const snapshot = acceptingFirm({ kind: 'partner', ...FRIDAY, hasSiteContact: false });
    const { due } = nextStep(snapshot, DEFAULT_POLICY, BAVARIA, at('2026-12-03 12:00'));
    expect(due.map((one) => [one.key, one.skip])).toEqual([['assignment:a1:nudge:1', 'collapsed'], ['assignment:a1:nudge:2', null]]);
    const held = nextStep({ ...snapshot, orderStatus: 'waiting' }, DEFAULT_POLICY, BAVARIA, at('2026-11-25 07:00'));
    expect(held.due.map((one) => one.skip)).toEqual(['on_hold']);
    expect(dueOf(held)).toEqual(expect.any(Array));
  });
});
