import { describe, expect, test } from '@jest/globals';
import { comesNext, parseStepKey, stepKey } from '#domain/escalation/plan.ts';
import { toPlanMessage } from '#domain/escalation/plan-message.ts';
import type { Plan } from '#domain/escalation/plan.ts';
import { at, clock, planAt, policyWith } from './silent-firm.ts';

function lines(plan: Plan): string[] {
  return plan.planned.map((step) => [step.state, step.action, step.number, step.at && clock(step.at), step.reason].filter((part) => part !== null).join(' '));
}

const REMINDED = [{ key: 'assignment:a1:reminder:1', at: at('2026-11-25 07:00') }];

describe('the process panel tells past, now, next and off, in this order', () => {
  test('while a firm is silent', () => {
    expect(lines(planAt(at('2026-11-25 11:00'), { stepsDone: REMINDED }))).toEqual([
      'done offered 2026-11-23 12:00',
      'done delivered 2026-11-23 12:00',
      'done remind 1 2026-11-25 07:00',
      'now waits 2026-11-25 11:00',
      'next last_reminder 2026-11-26 07:00',
      'next tell_responsible 2026-11-26 12:00',
      'off offer_next 2026-11-27 12:00 switched_off',
      'off withdraw 2026-11-30 12:00 switched_off',
    ]);
  });

  test('a skipped step says why, and a bounced mail is not shown as delivered', () => {
    const stepsDone = [{ key: 'assignment:a1:reminder:1', at: at('2026-11-25 07:00'), skip: 'collapsed' as const }];
    const plan = planAt(at('2026-11-25 11:00'), { stepsDone, deliveredAt: null, bouncedAt: at('2026-11-23 12:01') });
    expect(lines(plan).slice(0, 3)).toEqual(['done offered 2026-11-23 12:00', 'skipped remind 1 2026-11-25 07:00 collapsed', 'now waits 2026-11-25 11:00']);
  });

  test('a reminder that has to wait for a mail to arrive has no moment yet', () => {
    const unsent = planAt(at('2026-11-23 12:00'), { sentAt: null, deliveredAt: null });
    expect(lines(unsent).slice(2, 5)).toEqual(['next tell_responsible 2026-11-26 12:00', 'next remind 1', 'next last_reminder']);
    const bounced = planAt(at('2026-11-23 12:05'), { deliveredAt: null, bouncedAt: at('2026-11-23 12:01') });
    expect(lines(bounced)).toContain('next remind 1');
  });

  test('a step that could not be done as things stand is off, and is not what comes next', () => {
    const noNext = planAt(at('2026-11-26 12:00'), { stepsDone: ['reminder:1', 'last_reminder', 'tell_responsible'].map((step) => ({ key: `assignment:a1:${step}`, at: at('2026-11-26 12:00') })) }, policyWith('offer_next'));
    expect(lines(noNext)).toContain('off offer_next 2026-11-27 12:00 no_next_firm');
    expect(noNext.next?.action).toBe('offer_next');
    expect(comesNext(noNext, at('2026-11-26 12:00'))).toBeNull();
    expect(comesNext(planAt(at('2026-11-23 12:00')), at('2026-11-23 12:00'))?.action).toBe('remind');
  });

  test('a step says when its delay is over where it waits for the morning', () => {
    const reminder = planAt(at('2026-11-23 12:00')).planned.find((step) => step.action === 'remind');
    expect(reminder).toMatchObject({ ripeAt: at('2026-11-24 12:00'), at: at('2026-11-25 07:00') });
  });

  test('when it is over, nothing is waited for and nothing comes', () => {
    const plan = planAt(at('2026-11-25 11:00'), { status: 'declined', stepsDone: REMINDED });
    expect(lines(plan)).toEqual(['done offered 2026-11-23 12:00', 'done delivered 2026-11-23 12:00', 'done remind 1 2026-11-25 07:00']);
  });

  test.each([
    [[], 0],
    [['reminder:1'], 1],
    [['reminder:1', 'last_reminder'], 2],
    [['last_reminder', 'tell_responsible'], 3],
    [['tell_responsible', 'tell_admins'], 4],
    [['tell_admins', 'offer_next'], 5],
  ])('after %j the level is %i', (done, level) => {
    const stepsDone = done.map((step) => ({ key: `assignment:a1:${step}`, at: at('2026-11-25 07:00') }));
    expect(planAt(at('2026-11-25 11:00'), { stepsDone }).level).toBe(level);
  });

  test('a skipped step raises no level', () => {
    const stepsDone = [{ key: 'assignment:a1:tell_admins', at: at('2026-11-25 07:00'), skip: 'overtaken' as const }];
    expect(planAt(at('2026-11-25 11:00'), { stepsDone }).level).toBe(0);
  });
});

describe('step keys are read as they are written', () => {
  test.each([
    [stepKey('a1', 'reminder', 2), { action: 'remind', detail: '2' }],
    [stepKey('a1', 'last_reminder'), { action: 'last_reminder', detail: null }],
    [stepKey('a1', 'promised_eve', '2026-12-01'), { action: 'promised_eve', detail: '2026-12-01' }],
    [stepKey('a1', 'remind_now', '2026-11-25T06:00:00.000Z'), { action: 'remind_now', detail: '2026-11-25T06:00:00.000Z' }],
    ['mail:a1:reminder:1', null],
    ['assignment:a1:dance', null],
  ])('%s', (key, expected) => {
    expect(parseStepKey(key)).toEqual(expected);
  });
});

describe('an operator reads the plan in words', () => {
  test('summary and details name moments and steps, and survive JSON', () => {
    const message = toPlanMessage(planAt(at('2026-11-25 11:00'), { stepsDone: REMINDED }));
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    expect(message.summary).toBe('waits for an answer until 2026-11-26 11:00 UTC; then 2026-11-26 06:00 UTC: last reminder');
    expect(message).toMatchObject({ nextAt: '2026-11-26T06:00:00.000Z', nextStep: 'last reminder', waitsFor: 'answer', level: 1 });
    expect(message.details.split('\n')).toContain('- 2026-11-25 06:00 UTC · done · remind 1');
    expect(message.details.split('\n')).toContain('- – · off · offer next (switched off)');
  });
});
