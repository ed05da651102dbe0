import { describe, expect, test } from '@jest/globals';
import { nextStep } from '#domain/escalation/next-step.ts';
import type { AssignmentSnapshot } from '#domain/escalation/plan.ts';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { BAVARIA } from '../calendar/sites.ts';
import { acceptingFirm, at, dueOf, plus, story } from './silent-firm.ts';

function storyOf(changes: Partial<AssignmentSnapshot>, from = at('2026-11-24 09:00')): [string, string][] {
  return story(acceptingFirm(changes), DEFAULT_POLICY, BAVARIA, from);
}

function planOf(now: Date, changes: Partial<AssignmentSnapshot>) {
  return nextStep(acceptingFirm(changes), DEFAULT_POLICY, BAVARIA, now);
}

const WEDNESDAY = { promisedFrom: at('2026-12-02 08:00'), promisedTo: at('2026-12-02 10:00') };

describe('promises are timers', () => {
  test('notice on site the day before, the question in the evening', () => {
    expect(storyOf(WEDNESDAY)).toEqual([
      ['2026-12-01 07:00', 'promised_eve:2026-12-02'],
      ['2026-12-02 17:00', 'promised_evening:2026-12-02'],
    ]);
  });

  test('1 ms around each of them', () => {
    expect(dueOf(planOf(plus(at('2026-12-01 07:00'), -1), WEDNESDAY))).toEqual([]);
    expect(dueOf(planOf(at('2026-12-01 07:00'), WEDNESDAY))).toEqual(['promised_eve:2026-12-02']);
    expect(dueOf(planOf(plus(at('2026-12-02 00:00'), -1), WEDNESDAY))).toEqual(['promised_eve:2026-12-02']);
    expect(dueOf(planOf(at('2026-12-02 00:00'), WEDNESDAY))).toEqual([]);
    expect(dueOf(planOf(plus(at('2026-12-02 17:00'), -1), WEDNESDAY))).toEqual([]);
    expect(dueOf(planOf(at('2026-12-02 17:00'), WEDNESDAY))).toEqual(['promised_evening:2026-12-02']);
  });

  test('for a Monday the notice comes on Friday', () => {
    const monday = { promisedFrom: at('2026-11-30 08:00'), promisedTo: at('2026-11-30 10:00') };
    expect(storyOf(monday)[0]).toEqual(['2026-11-27 07:00', 'promised_eve:2026-11-30']);
  });

  test('promised for tomorrow after the hour of reminders: the notice goes at once', () => {
    const tomorrow = { promisedFrom: at('2026-11-25 08:00'), promisedTo: at('2026-11-25 10:00') };
    expect(storyOf(tomorrow)[0]).toEqual(['2026-11-24 09:00', 'promised_eve:2026-11-25']);
  });

  test('promised for today there is no notice any more', () => {
    const today = { promisedFrom: at('2026-11-24 14:00'), promisedTo: at('2026-11-24 16:00') };
    expect(storyOf(today)).toEqual([['2026-11-24 17:00', 'promised_evening:2026-11-24']]);
    const eve = planOf(at('2026-11-24 09:00'), today).planned.find((step) => step.action === 'promised_eve');
    expect(eve).toMatchObject({ state: 'off', reason: 'too_late' });
  });

  test('a window that ends late is asked about at its end, also at midnight', () => {
    expect(storyOf({ promisedFrom: at('2026-12-02 17:00'), promisedTo: at('2026-12-02 19:00') })[1]?.[0]).toBe('2026-12-02 19:00');
    expect(storyOf({ promisedFrom: at('2026-12-02 20:00'), promisedTo: at('2026-12-03 00:00') })[1]).toEqual(['2026-12-03 00:00', 'promised_evening:2026-12-02']);
  });

  test('a promise of whole days is asked about in the evening of the last one, also where the clock changes', () => {
    expect(storyOf({ promisedFrom: at('2026-12-02 00:00'), promisedTo: at('2026-12-03 00:00') })[1]).toEqual(['2026-12-02 17:00', 'promised_evening:2026-12-02']);
    expect(storyOf({ promisedFrom: at('2026-12-02 00:00'), promisedTo: at('2026-12-05 00:00') })[1]).toEqual(['2026-12-04 17:00', 'promised_evening:2026-12-04']);
    expect(storyOf({ promisedFrom: at('2027-03-28 00:00'), promisedTo: at('2027-03-29 00:00') })[1]).toEqual(['2027-03-28 17:00', 'promised_evening:2027-03-28']);
  });

  test('who comes in the evening with an open end is not asked before they came', () => {
    expect(storyOf({ promisedFrom: at('2026-12-02 20:30'), promisedTo: null })[1]).toEqual(['2026-12-03 00:00', 'promised_evening:2026-12-02']);
  });

  test('a new date brings new steps, the old ones stay done', () => {
    const stepsDone = ['promised_eve:2026-12-02', 'promised_evening:2026-12-02'].map((step) => ({ key: `assignment:a1:${step}`, at: at('2026-12-02 17:00') }));
    const moved = { promisedFrom: at('2026-12-08 08:00'), promisedTo: null, stepsDone };
    expect(storyOf(moved, at('2026-12-02 18:00'))).toEqual([['2026-12-07 07:00', 'promised_eve:2026-12-08'], ['2026-12-08 17:00', 'promised_evening:2026-12-08']]);
  });

  test('without a contact on site there is nobody to tell', () => {
    expect(storyOf({ ...WEDNESDAY, hasSiteContact: false }).map(([, step]) => step)).toEqual(['promised_evening:2026-12-02']);
  });

  test('they can be switched off; the due date is asked about all the same', () => {
    const policy = { ...DEFAULT_POLICY, arePromisesFollowed: false };
    const snapshot = acceptingFirm({ ...WEDNESDAY, dueOn: '2026-12-01' });
    expect(story(snapshot, policy, BAVARIA, at('2026-11-24 09:00'))).toEqual([['2026-12-02 07:00', 'due_passed:2026-12-01']]);
  });

  test('while the work is on hold its promised date says nothing', () => {
    expect(storyOf({ ...WEDNESDAY, orderStatus: 'waiting' })).toEqual([
      ['2026-12-01 07:00', 'promised_eve:2026-12-02 on_hold'],
      ['2026-12-02 17:00', 'promised_evening:2026-12-02 on_hold'],
    ]);
  });

  test('a notice missed in an outage is not sent on the day itself', () => {
    const outages = [{ from: at('2026-11-26 12:00'), to: at('2026-11-27 20:00') }];
    const plan = planOf(at('2026-11-28 12:00'), { promisedFrom: at('2026-11-30 08:00'), outages });
    expect(plan.planned.find((step) => step.action === 'promised_eve')).toMatchObject({ state: 'off', reason: 'too_late' });
    expect(plan.next?.action).toBe('promised_evening');
  });

  test('a question missed in an outage is asked when people work again', () => {
    const outages = [{ from: at('2026-12-02 16:00'), to: at('2026-12-03 02:00') }];
    expect(storyOf({ ...WEDNESDAY, outages }, at('2026-12-03 02:00'))).toEqual([['2026-12-03 07:30', 'promised_evening:2026-12-02']]);
  });
});

describe('a due date that passes is asked about once', () => {
  test.each([
    ['on the next working day', '2026-12-01', '2026-12-02 07:00'],
    ['after a weekend', '2026-11-27', '2026-11-30 07:00'],
    ['after Christmas', '2026-12-24', '2026-12-28 07:00'],
  ])('%s', (_name, dueOn, expected) => {
    expect(storyOf({ dueOn })).toEqual([[expected, `due_passed:${dueOn}`]]);
  });

  test('a promised date on or after it is asked about instead', () => {
    expect(storyOf({ ...WEDNESDAY, dueOn: '2026-12-02' }).map(([, step]) => step)).not.toContain('due_passed:2026-12-02');
    expect(storyOf({ ...WEDNESDAY, dueOn: '2026-12-03' }).map(([, step]) => step)).toContain('due_passed:2026-12-03');
  });

  test('accepted after the due date, the firm has two working days before it is asked', () => {
    expect(storyOf({ dueOn: '2026-11-20' })).toEqual([['2026-11-26 07:00', 'due_passed:2026-11-20']]);
  });

  test('on hold until a day, it is asked after that day begins', () => {
    const onHold = { dueOn: '2026-11-25', orderStatus: 'waiting', onHoldUntil: at('2026-12-07 00:00') } as const;
    expect(storyOf(onHold)).toEqual([['2026-12-07 07:00', 'due_passed:2026-11-25']]);
  });

  test('own people are only asked about the due date', () => {
    expect(storyOf({ ...WEDNESDAY, kind: 'member', dueOn: '2026-12-01' })).toEqual([['2026-12-02 07:00', 'due_passed:2026-12-01']]);
  });

  test('with no date at all nothing happens by itself', () => {
    expect(planOf(at('2026-11-24 09:00'), {})).toMatchObject({ due: [], next: null, isEnded: false, waitsFor: { code: 'done' } });
  });
});

describe('what accepted work waits for', () => {
  test.each([
    ['the promised date', { ...WEDNESDAY, dueOn: '2026-12-04' }, '2026-12-01 12:00', { code: 'promised_date', until: at('2026-12-02 10:00'), isLate: false }],
    ['the due date once the promise has passed', { ...WEDNESDAY, dueOn: '2026-12-04' }, '2026-12-02 10:00', { code: 'due_date', until: at('2026-12-05 00:00'), isLate: false }],
    ['the missed promise where there is no due date', WEDNESDAY, '2026-12-02 10:00', { code: 'promised_date', isLate: true }],
    ['the missed due date', { dueOn: '2026-12-04' }, '2026-12-05 00:00', { code: 'due_date', isLate: true }],
    ['the last moment of the due date', { dueOn: '2026-12-04' }, '2026-12-04 23:59', { code: 'due_date', isLate: false }],
    ['the end of the hold', { orderStatus: 'waiting', onHoldUntil: at('2026-12-07 00:00') } as const, '2026-12-01 12:00', { code: 'on_hold', until: at('2026-12-07 00:00') }],
  ])('%s', (_name, changes, now, expected) => {
    expect(planOf(at(now), changes).waitsFor).toMatchObject(expected);
  });

  test('work under contract needs no acceptance and is never reminded of one', () => {
    const plan = planOf(at('2026-12-24 12:00'), { status: 'offered', needsAcceptance: false });
    expect(plan).toMatchObject({ due: [], answerBy: null, waitsFor: { code: 'done' } });
  });

  test('acceptance ends the reminders, and undoing it brings back those that are left', () => {
    const stepsDone = [{ key: 'assignment:a1:reminder:1', at: at('2026-11-25 07:00') }];
    expect(dueOf(planOf(at('2026-11-26 07:00'), { stepsDone }))).toEqual([]);
    expect(dueOf(planOf(at('2026-11-26 07:00'), { stepsDone, status: 'offered', orderStatus: 'assigned' }))).toEqual(['last_reminder']);
  });
});
