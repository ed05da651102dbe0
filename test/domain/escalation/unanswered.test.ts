import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import { ALWAYS_OPEN, BAVARIA, ENGLAND, VIENNA, ZURICH } from '../calendar/sites.ts';
import { at, clock, dueOf, planAt, plus, policyWith, silentFirm, story } from './silent-firm.ts';

describe('a silent contractor is reminded once per step, then the responsible is told', () => {
  test.each([
    ['normal, delivered Monday noon', '2026-11-23 12:00', 'normal', [
      ['2026-11-25 07:00', 'reminder:1'], ['2026-11-26 07:00', 'last_reminder'], ['2026-11-26 12:00', 'tell_responsible'],
    ]],
    ['normal, Christmas week in Bavaria', '2026-12-22 12:00', 'normal', [
      ['2026-12-24 07:00', 'reminder:1'], ['2026-12-28 07:00', 'last_reminder'], ['2026-12-28 12:00', 'tell_responsible'],
    ]],
    ['normal, Friday afternoon', '2026-11-27 15:00', 'normal', [
      ['2026-12-01 07:00', 'reminder:1'], ['2026-12-02 07:00', 'last_reminder'], ['2026-12-02 15:00', 'tell_responsible'],
    ]],
    ['normal, Sunday night', '2026-11-29 23:00', 'normal', [
      ['2026-12-01 07:00', 'reminder:1'], ['2026-12-02 07:00', 'last_reminder'], ['2026-12-03 07:30', 'tell_responsible'],
    ]],
    ['low', '2026-11-23 12:00', 'low', [
      ['2026-11-27 07:00', 'reminder:1'], ['2026-12-02 07:00', 'last_reminder'], ['2026-12-03 12:00', 'tell_responsible'],
    ]],
    ['high, on the site’s working time', '2026-11-23 08:00', 'high', [
      ['2026-11-23 11:00', 'reminder:1'], ['2026-11-23 14:00', 'last_reminder'], ['2026-11-23 16:00', 'tell_responsible'],
    ]],
    ['high, Friday noon', '2026-11-27 12:00', 'high', [
      ['2026-11-30 09:30', 'reminder:1'], ['2026-11-30 12:30', 'last_reminder'], ['2026-11-30 14:30', 'tell_responsible'],
    ]],
    ['urgent, Sunday at 03:00, around the clock', '2026-11-29 03:00', 'urgent', [
      ['2026-11-29 03:00', 'tell_responsible'], ['2026-11-29 03:15', 'reminder:1'], ['2026-11-29 03:30', 'tell_admins'],
    ]],
  ] as const)('%s', (_name, offered, priority, expected) => {
    expect(story(silentFirm({ offeredAt: at(offered), priority }))).toEqual(expected);
  });

  test.each([
    ['over the spring change', '2026-03-26 12:00', ['2026-03-30 07:00', '2026-03-31 07:00', '2026-03-31 12:00']],
    ['over the autumn change', '2026-10-22 12:00', ['2026-10-26 07:00', '2026-10-27 07:00', '2026-10-27 12:00']],
  ])('the clock on the wall rules %s', (_name, offered, expected) => {
    expect(story(silentFirm({ offeredAt: at(offered) })).map(([when]) => when)).toEqual(expected);
  });

  test('an emergency in the night of the change lasts half an hour as well', () => {
    const offeredAt = new Date('2026-10-25T00:50:00Z');
    const plan = nextStep(silentFirm({ offeredAt, priority: 'urgent' }), DEFAULT_POLICY, BAVARIA, offeredAt);
    expect(plan.answerBy).toEqual(new Date('2026-10-25T01:20:00Z'));
  });

  test.each([
    ['Vienna', VIENNA, '2026-10-23 12:00', '2026-10-29 12:00'],
    ['Zurich', ZURICH, '2026-07-30 12:00', '2026-08-04 12:00'],
    ['London', ENGLAND, '2026-08-28 12:00', '2026-09-03 12:00'],
  ])('holidays are those of the site: %s', (_name, calendar, offered, expected) => {
    const offeredAt = at(offered, calendar);
    expect(clock(nextStep(silentFirm({ offeredAt }), DEFAULT_POLICY, calendar, offeredAt).answerBy ?? new Date(0), calendar)).toBe(expected);
  });
});

describe('a step comes neither before nor after its time', () => {
  test.each([
    ['2026-11-25 07:00', [], 'reminder:1'],
    ['2026-11-26 07:00', ['reminder:1'], 'last_reminder'],
    ['2026-11-26 12:00', ['reminder:1', 'last_reminder'], 'tell_responsible'],
  ])('1 ms around %s', (when, done, expected) => {
    const stepsDone = done.map((step) => ({ key: `assignment:a1:${step}`, at: at('2026-11-25 07:00') }));
    const before = planAt(plus(at(when), -1), { stepsDone });
    expect(dueOf(before)).toEqual([]);
    expect(before.next?.at).toEqual(at(when));
    expect(dueOf(planAt(at(when), { stepsDone }))).toEqual([expected]);
    expect(dueOf(planAt(plus(at(when), 1), { stepsDone }))).toEqual([expected]);
  });

  test('a step that is done is never due again, however often the process looks', () => {
    const stepsDone = [{ key: 'assignment:a1:reminder:1', at: at('2026-11-25 07:00') }];
    expect(dueOf(planAt(at('2026-11-25 07:00'), { stepsDone }))).toEqual([]);
    expect(dueOf(planAt(at('2026-11-25 23:00'), { stepsDone }))).toEqual([]);
  });

  test('after the deadline no reminder goes out', () => {
    expect(dueOf(planAt(at('2026-11-26 12:00')))).toEqual(['reminder:1 overtaken', 'last_reminder overtaken', 'tell_responsible']);
  });

  test('when all is done a person has to decide, and nothing more happens by itself', () => {
    const stepsDone = ['reminder:1', 'last_reminder', 'tell_responsible'].map((step) => ({ key: `assignment:a1:${step}`, at: at('2026-11-26 12:00') }));
    const plan = planAt(at('2026-11-26 12:00'), { stepsDone });
    expect(plan).toMatchObject({ due: [], next: null, level: 3, needsAttention: true, isEnded: false });
    expect(plan.waitsFor).toMatchObject({ code: 'person', until: at('2026-11-26 12:00'), isLate: true });
  });
});

describe('giving on and withdrawing', () => {
  test('are off until switched on, and shown so', () => {
    const plan = planAt(at('2026-11-23 12:00'));
    const off = plan.planned.filter((step) => step.state === 'off').map((step) => [step.action, step.reason]);
    expect(off).toEqual([['offer_next', 'switched_off'], ['withdraw', 'switched_off']]);
  });

  test('the work goes to the next firm and the asking ends', () => {
    expect(story(silentFirm({ nextFirmsLeft: 1 }), policyWith('offer_next', 'withdraw'))).toEqual([
      ['2026-11-25 07:00', 'reminder:1'], ['2026-11-26 07:00', 'last_reminder'],
      ['2026-11-26 12:00', 'tell_responsible'], ['2026-11-27 12:00', 'offer_next'],
    ]);
  });

  test('with nobody left to ask the step is skipped with its reason', () => {
    const steps = story(silentFirm({ nextFirmsLeft: 0 }), policyWith('offer_next', 'withdraw'));
    expect(steps.slice(-2)).toEqual([['2026-11-27 12:00', 'offer_next no_next_firm'], ['2026-11-30 12:00', 'withdraw']]);
  });

  test('never run on a warranty order', () => {
    const snapshot = silentFirm({ isWarranty: true, nextFirmsLeft: 2 });
    expect(story(snapshot, policyWith('offer_next', 'withdraw')).map(([, step]) => step)).toEqual(['reminder:1', 'last_reminder', 'tell_responsible']);
    const reasons = planAt(snapshot.offeredAt, { isWarranty: true }, policyWith('offer_next', 'withdraw')).planned.map((step) => step.reason);
    expect(reasons.filter((reason) => reason === 'warranty')).toHaveLength(2);
  });

  test('end everything that is still open at once', () => {
    const plan = planAt(at('2026-12-01 09:00'), { nextFirmsLeft: 1 }, policyWith('offer_next', 'withdraw'));
    expect(dueOf(plan)).toEqual(['reminder:1 overtaken', 'last_reminder overtaken', 'tell_responsible', 'offer_next']);
  });
});

describe('an assignment that is over has no steps', () => {
  test.each(['declined', 'withdrawn', 'expired', 'superseded', 'cancelled'] as const)('%s', (status) => {
    const plan = planAt(at('2026-12-24 12:00'), { status, remindNowRequestedAt: at('2026-12-24 12:00') });
    expect(plan).toMatchObject({ due: [], next: null, isEnded: true, answerBy: null, needsAttention: false });
    expect(plan.waitsFor.code).toBe('nothing');
  });

  test.each(['closed', 'cancelled'] as const)('order %s', (orderStatus) => {
    expect(planAt(at('2026-12-24 12:00'), { orderStatus })).toMatchObject({ due: [], next: null, isEnded: true });
  });

  test('reported done it waits for the client’s check and may come back', () => {
    const plan = planAt(at('2026-12-24 12:00'), { status: 'done', orderStatus: 'done' });
    expect(plan).toMatchObject({ due: [], next: null, isEnded: false, waitsFor: { code: 'check' } });
  });
});

test('a site that never closes reckons like a clock', () => {
  const offeredAt = at('2026-12-24 20:00');
  const plan = nextStep(silentFirm({ offeredAt, priority: 'high' }), DEFAULT_POLICY, ALWAYS_OPEN, offeredAt);
  expect(plan.answerBy).toEqual(at('2026-12-25 04:00'));
});
