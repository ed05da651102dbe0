import { describe, expect, test } from '@jest/globals';
import { answerBy } from '#domain/escalation/answer-by.ts';
import {
  answerStepOf, checkPolicy, DEFAULT_POLICY, handsOn, type EscalationPolicy, type EscalationStep,
} from '#domain/escalation/policy.ts';
import type { Priority } from '#domain/statuses.ts';
import { BAVARIA } from '../calendar/sites.ts';
import { at, clock, policyWith } from './silent-firm.ts';

function withSteps(priority: Priority, steps: EscalationStep[]): EscalationPolicy {
  return { ...DEFAULT_POLICY, perPriority: { ...DEFAULT_POLICY.perPriority, [priority]: steps } };
}

function days(amount: number, action: EscalationStep['action'], isEnabled = true): EscalationStep {
  return { after: { amount, unit: 'working_days' }, action, isEnabled };
}

function minutes(amount: number, action: EscalationStep['action'], isEnabled = true): EscalationStep {
  return { after: { amount, unit: 'minutes' }, action, isEnabled };
}

describe('the default policy is the one of the product', () => {
  test('it needs no correction', () => {
    expect(checkPolicy(DEFAULT_POLICY)).toEqual([]);
    expect(checkPolicy(policyWith('offer_next', 'withdraw'))).toEqual([]);
  });

  test('nothing is given on or withdrawn until somebody switches it on', () => {
    const ending = Object.values(DEFAULT_POLICY.perPriority).flat().filter((step) => ['offer_next', 'withdraw'].includes(step.action));
    expect(ending).toHaveLength(8);
    expect(ending.every((step) => !step.isEnabled)).toBe(true);
  });

  test('the last reminder may announce that the work goes elsewhere only where it will', () => {
    const asked = { priority: 'normal', isWarranty: false, nextFirmsLeft: 1 } as const;
    expect(handsOn(DEFAULT_POLICY, asked)).toBe(false);
    expect(handsOn(policyWith('offer_next'), asked)).toBe(true);
    expect(handsOn(policyWith('offer_next'), { ...asked, nextFirmsLeft: 0 })).toBe(false);
    expect(handsOn(policyWith('withdraw'), { ...asked, nextFirmsLeft: 0 })).toBe(true);
    expect(handsOn(policyWith('offer_next', 'withdraw'), { ...asked, isWarranty: true })).toBe(false);
  });
});

describe('answer by is the step that tells somebody', () => {
  test.each<[Priority, string, string]>([
    ['low', '2026-11-23 12:00', '2026-12-03 12:00'],
    ['normal', '2026-11-23 12:00', '2026-11-26 12:00'],
    ['normal', '2026-12-22 12:00', '2026-12-28 12:00'],
    ['high', '2026-11-23 12:00', '2026-11-24 11:00'],
    ['high', '2026-11-27 12:00', '2026-11-30 14:30'],
    ['urgent', '2026-11-29 03:00', '2026-11-29 03:30'],
  ])('%s, delivered %s', (priority, start, expected) => {
    expect(clock(answerBy(DEFAULT_POLICY, priority, at(start), BAVARIA))).toBe(expected);
  });

  test('one that would fall after closing stands at the next opening', () => {
    expect(clock(answerBy(DEFAULT_POLICY, 'normal', at('2026-11-24 15:00'), BAVARIA))).toBe('2026-11-30 07:30');
    expect(clock(answerBy(DEFAULT_POLICY, 'normal', at('2026-11-23 16:30'), BAVARIA))).toBe('2026-11-26 16:30');
  });

  test('in an emergency it is the administrators’ step', () => {
    expect(answerStepOf(DEFAULT_POLICY, 'urgent')?.action).toBe('tell_admins');
  });

  test('a policy that tells nobody still has a deadline', () => {
    const silent = withSteps('normal', [days(1, 'remind')]);
    expect(clock(answerBy(silent, 'normal', at('2026-11-23 12:00'), BAVARIA))).toBe('2026-11-26 12:00');
  });
});

describe('a policy is checked before it is saved', () => {
  test.each<[string, Priority, EscalationStep[], number | null]>([
    ['nobody_told', 'normal', [days(1, 'remind')], null],
    ['nobody_told', 'normal', [days(1, 'remind'), days(2, 'tell_responsible', false)], null],
    ['order', 'normal', [days(2, 'remind'), days(1, 'last_reminder'), days(3, 'tell_responsible')], 1],
    ['reminder_after_answer', 'normal', [days(1, 'remind'), days(3, 'tell_responsible'), days(4, 'last_reminder')], 2],
    ['reminder_after_last', 'normal', [days(1, 'last_reminder'), days(2, 'remind'), days(3, 'tell_responsible')], 1],
    ['hand_on_before_answer', 'normal', [days(1, 'remind'), days(2, 'offer_next'), days(3, 'tell_responsible')], 1],
    ['withdraw_before_offer', 'normal', [days(1, 'tell_responsible'), days(2, 'withdraw'), days(3, 'offer_next')], 2],
    ['duplicate_action', 'normal', [days(1, 'tell_responsible'), days(2, 'tell_responsible')], 1],
    ['amount_invalid', 'normal', [days(0, 'remind'), days(3, 'tell_responsible')], 0],
    ['amount_invalid', 'normal', [days(1.5, 'remind'), days(3, 'tell_responsible')], 0],
    ['amount_invalid', 'normal', [days(-1, 'tell_responsible')], 0],
    ['amount_invalid', 'normal', [days(Number.NaN, 'tell_responsible')], 0],
    ['amount_invalid', 'normal', [days(121, 'tell_responsible')], 0],
    ['urgent_needs_minutes', 'urgent', [days(1, 'tell_admins')], 0],
    ['minutes_only_for_urgent', 'high', [minutes(30, 'tell_responsible')], 0],
    ['too_many_steps', 'low', [...Array.from({ length: 12 }, () => days(1, 'remind')), days(2, 'tell_responsible')], 12],
  ])('%s (%s)', (code, priority, steps, index) => {
    expect(checkPolicy(withSteps(priority, steps))).toEqual([{ code, priority, index }]);
  });

  test('steps of different units are compared', () => {
    const mixed = withSteps('normal', [
      { after: { amount: 4, unit: 'business_hours' }, action: 'remind', isEnabled: true },
      days(1, 'last_reminder'),
      days(2, 'tell_responsible'),
    ]);
    expect(checkPolicy(mixed)).toEqual([]);
  });

  test.each(['24:00', '7:00', '25:00', ''])('%p is no time for reminders', (reminderTime) => {
    expect(checkPolicy({ ...DEFAULT_POLICY, reminderTime })).toEqual([{ code: 'reminder_time_invalid', priority: null, index: null }]);
  });
});
