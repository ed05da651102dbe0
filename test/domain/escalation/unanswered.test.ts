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

describe('the answer time runs from delivery', () => {
  const offeredAt = at('2026-11-23 12:00');

  test('while nothing was sent nobody is reminded, but people inside are told', () => {
    const plan = planAt(offeredAt, { offeredAt, sentAt: null, deliveredAt: null });
    expect(plan.waitsFor).toMatchObject({ code: 'sending', since: offeredAt });
    expect(plan.next).toMatchObject({ action: 'tell_responsible', at: at('2026-11-26 12:00') });
    expect(dueOf(planAt(at('2026-11-26 11:59'), { offeredAt, sentAt: null, deliveredAt: null }))).toEqual([]);
    expect(dueOf(planAt(at('2026-11-26 12:00'), { offeredAt, sentAt: null, deliveredAt: null }))).toEqual(['tell_responsible']);
  });

  test('no delivery event within an hour counts as delivered, 1 ms around it', () => {
    const changes = { offeredAt, sentAt: offeredAt, deliveredAt: null };
    expect(planAt(plus(at('2026-11-23 13:00'), -1), changes).waitsFor).toMatchObject({ code: 'delivery', until: at('2026-11-23 13:00') });
    expect(planAt(at('2026-11-23 13:00'), changes).waitsFor).toMatchObject({ code: 'answer', since: at('2026-11-23 13:00') });
    expect(planAt(at('2026-11-23 13:00'), changes).answerBy).toEqual(at('2026-11-26 13:00'));
  });

  test('the later of the stated date and the one reckoned from delivery is in force', () => {
    const late = planAt(offeredAt, { offeredAt, deliveredAt: at('2026-11-24 10:00') });
    expect(late.answerBy).toEqual(at('2026-11-27 10:00'));
    const stated = planAt(offeredAt, { offeredAt, statedAnswerBy: at('2026-12-01 10:00') });
    expect(stated.answerBy).toEqual(at('2026-12-01 10:00'));
    const quick = planAt(offeredAt, { offeredAt, statedAnswerBy: at('2026-11-24 10:00') });
    expect(quick.answerBy).toEqual(at('2026-11-26 12:00'));
  });

  test('reminders keep their distance to a later stated date', () => {
    expect(story(silentFirm({ offeredAt, statedAnswerBy: at('2026-12-04 10:00') }))).toEqual([
      ['2026-12-03 07:00', 'reminder:1'], ['2026-12-04 07:00', 'last_reminder'], ['2026-12-04 10:00', 'tell_responsible'],
    ]);
  });

  test('a firm that a mail never reached is not reminded; people inside are told in time', () => {
    const changes = { offeredAt, deliveredAt: null, bouncedAt: at('2026-11-23 12:05') };
    const plan = planAt(at('2026-11-25 13:00'), changes);
    expect(plan.waitsFor.code).toBe('bounced');
    expect(plan).toMatchObject({ due: [], needsAttention: true });
    expect(plan.next?.action).toBe('tell_responsible');
    expect(dueOf(planAt(at('2026-11-26 13:00'), changes))).toEqual(['reminder:1 overtaken', 'last_reminder overtaken', 'tell_responsible']);
  });

  test('an emergency waits for no proof of delivery', () => {
    const changes = { offeredAt, priority: 'urgent', sentAt: null, deliveredAt: null } as const;
    expect(dueOf(planAt(offeredAt, changes))).toEqual(['tell_responsible']);
    expect(dueOf(planAt(at('2026-11-23 12:30'), changes))).toContain('tell_admins');
    const sent = { ...changes, sentAt: offeredAt, stepsDone: [{ key: 'assignment:a1:tell_responsible', at: offeredAt }] };
    expect(dueOf(planAt(at('2026-11-23 12:15'), sent))).toEqual(['reminder:1']);
  });

  test('in an emergency late delivery puts off the reminder to the firm, not the call to people inside', () => {
    const told = [{ key: 'assignment:a1:tell_responsible', at: offeredAt }];
    const snapshot = silentFirm({ offeredAt, priority: 'urgent', deliveredAt: at('2026-11-23 12:10'), stepsDone: told });
    expect(story(snapshot)).toEqual([['2026-11-23 12:25', 'reminder:1'], ['2026-11-23 12:30', 'tell_admins']]);
  });

  test('in an emergency a later stated date puts off nothing before it', () => {
    const snapshot = silentFirm({ offeredAt, priority: 'urgent', statedAnswerBy: at('2026-11-23 14:00') });
    expect(story(snapshot)).toEqual([
      ['2026-11-23 12:00', 'tell_responsible'], ['2026-11-23 12:15', 'reminder:1'], ['2026-11-23 14:00', 'tell_admins'],
    ]);
  });

  test('a reminder whose morning would come after the deadline goes on the morning before it', () => {
    const policy = { ...DEFAULT_POLICY, reminderTime: '10:00' };
    expect(story(silentFirm({ offeredAt: at('2026-11-23 09:59') }), policy)).toEqual([
      ['2026-11-24 10:00', 'reminder:1'], ['2026-11-25 10:00', 'last_reminder'], ['2026-11-26 09:59', 'tell_responsible'],
    ]);
    const ripeOnTheLastDay = { ...policy, perPriority: { ...policy.perPriority, normal: policy.perPriority.normal.map((step) => (step.action === 'last_reminder' ? { ...step, after: { amount: 3, unit: 'working_days' as const } } : step)) } };
    expect(story(silentFirm({ offeredAt: at('2026-11-23 09:00') }), ripeOnTheLastDay)).toContainEqual(['2026-11-25 10:00', 'last_reminder']);
  });
});

describe('a deadline moved by hand moves what hangs on it', () => {
  const setAt = at('2026-11-25 08:00');
  const reminded = [{ key: 'assignment:a1:reminder:1', at: at('2026-11-25 07:00') }];

  test('later: the last reminder comes before the new date, the first is not repeated', () => {
    const snapshot = silentFirm({ answerByOverride: at('2026-12-02 15:00'), answerByOverrideSetAt: setAt, stepsDone: reminded });
    expect(story(snapshot, DEFAULT_POLICY, BAVARIA, setAt)).toEqual([['2026-12-02 07:00', 'last_reminder'], ['2026-12-02 15:00', 'tell_responsible']]);
  });

  test('earlier: what has no time left is left out', () => {
    const snapshot = silentFirm({ answerByOverride: at('2026-11-24 09:00'), answerByOverrideSetAt: at('2026-11-23 12:30') });
    expect(story(snapshot)).toEqual([['2026-11-24 07:00', 'last_reminder'], ['2026-11-24 09:00', 'tell_responsible']]);
    const plan = nextStep(snapshot, DEFAULT_POLICY, BAVARIA, at('2026-11-23 13:00'));
    expect(plan.planned.find((step) => step.action === 'remind')).toMatchObject({ state: 'off', reason: 'no_time_left' });
  });

  test('into the past: the responsible is told at once, and no reminder asks for an answer by then', () => {
    const plan = planAt(setAt, { answerByOverride: at('2026-11-25 07:59'), answerByOverrideSetAt: setAt, stepsDone: reminded });
    expect(dueOf(plan)).toEqual(['last_reminder overtaken', 'tell_responsible']);
    expect(plan.waitsFor.isLate).toBe(true);
  });

  test('at night it holds as the person set it', () => {
    const plan = planAt(setAt, { answerByOverride: at('2026-11-28 22:00'), answerByOverrideSetAt: setAt });
    expect(plan.answerBy).toEqual(at('2026-11-28 22:00'));
  });

  test('hours keep their distance in hours', () => {
    const snapshot = silentFirm({ priority: 'high', answerByOverride: at('2026-11-24 12:00'), answerByOverrideSetAt: at('2026-11-23 12:30') });
    expect(story(snapshot)).toEqual([
      ['2026-11-23 16:00', 'reminder:1'], ['2026-11-24 10:00', 'last_reminder'], ['2026-11-24 12:00', 'tell_responsible'],
    ]);
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

describe('remind now', () => {
  test('goes out at any hour and counts once', () => {
    const requestedAt = at('2026-11-24 22:15');
    const plan = planAt(requestedAt, { remindNowRequestedAt: requestedAt });
    expect(dueOf(plan)).toEqual([`remind_now:${requestedAt.toISOString()}`]);
    const stepsDone = plan.due.map((step) => ({ key: step.key, at: requestedAt }));
    expect(dueOf(planAt(requestedAt, { remindNowRequestedAt: requestedAt, stepsDone }))).toEqual([]);
  });

  test('takes the place of an ordinary reminder within three hours', () => {
    const requestedAt = at('2026-11-25 06:00');
    const stepsDone = [{ key: `assignment:a1:remind_now:${requestedAt.toISOString()}`, at: requestedAt }];
    expect(dueOf(planAt(at('2026-11-25 07:00'), { remindNowRequestedAt: requestedAt, stepsDone }))).toEqual(['reminder:1 reminded_by_hand']);
  });

  test('and an automatic one at the same moment are one mail', () => {
    const requestedAt = at('2026-11-25 07:00');
    expect(dueOf(planAt(requestedAt, { remindNowRequestedAt: requestedAt }))).toEqual([`remind_now:${requestedAt.toISOString()} collapsed`, 'reminder:1']);
  });

  test('is not sent to a firm whose request ends in the same moment', () => {
    const requestedAt = at('2026-12-01 09:00');
    const plan = planAt(requestedAt, { remindNowRequestedAt: requestedAt, nextFirmsLeft: 1 }, policyWith('offer_next'));
    expect(dueOf(plan)).toContain(`remind_now:${requestedAt.toISOString()} overtaken`);
  });

  test('in an emergency the ordinary one goes out all the same', () => {
    const requestedAt = at('2026-11-23 12:05');
    const stepsDone = ['tell_responsible', `remind_now:${requestedAt.toISOString()}`].map((step) => ({ key: `assignment:a1:${step}`, at: requestedAt }));
    expect(dueOf(planAt(at('2026-11-23 12:15'), { priority: 'urgent', remindNowRequestedAt: requestedAt, stepsDone }))).toEqual(['reminder:1']);
  });

  test('goes out although the deadline has passed or a mail bounced', () => {
    const requestedAt = at('2026-11-30 09:00');
    const changes = { remindNowRequestedAt: requestedAt, bouncedAt: at('2026-11-23 12:05'), deliveredAt: null };
    expect(dueOf(planAt(requestedAt, changes))).toContain(`remind_now:${requestedAt.toISOString()}`);
  });
});

describe('after an outage', () => {
  const outage = { from: at('2026-11-24 12:00'), to: at('2026-11-27 12:00') };

  test('of three days: one mail for what was missed, and the answer time is longer by it', () => {
    const snapshot = silentFirm({ outages: [outage] });
    expect(story(snapshot, DEFAULT_POLICY, BAVARIA, outage.to)).toEqual([
      ['2026-11-27 12:00', 'reminder:1 collapsed'],
      ['2026-11-27 12:00', 'last_reminder'],
      ['2026-11-30 07:30', 'tell_responsible'],
    ]);
    expect(nextStep(snapshot, DEFAULT_POLICY, BAVARIA, outage.to).answerBy).toEqual(at('2026-11-30 07:30'));
  });

  test('what was not missed keeps its distance to the new deadline', () => {
    const oneDay = { from: at('2026-11-24 18:00'), to: at('2026-11-25 18:00') };
    expect(story(silentFirm({ outages: [oneDay] }), DEFAULT_POLICY, BAVARIA, oneDay.to)).toEqual([
      ['2026-11-26 07:30', 'reminder:1'], ['2026-11-27 07:00', 'last_reminder'], ['2026-11-27 12:00', 'tell_responsible'],
    ]);
  });

  test('that ended at night nobody is mailed before opening', () => {
    const overnight = { from: at('2026-11-25 06:00'), to: at('2026-11-26 03:00') };
    expect(nextStep(silentFirm({ outages: [overnight] }), DEFAULT_POLICY, BAVARIA, overnight.to).next?.at).toEqual(at('2026-11-26 07:30'));
  });

  test('a reminder that was to go when it ended counts as missed, 1 ms later it keeps its distance to the deadline', () => {
    const untilMorning = { from: at('2026-11-24 20:00'), to: at('2026-11-25 07:00') };
    expect(planAt(untilMorning.to, { outages: [untilMorning] }).next?.at).toEqual(at('2026-11-25 07:30'));
    const earlier = { ...untilMorning, to: plus(untilMorning.to, -1) };
    expect(planAt(untilMorning.to, { outages: [earlier] }).next?.at).toEqual(at('2026-11-26 07:00'));
  });

  test('in an emergency the missed reminder goes out at once, at any hour', () => {
    const offeredAt = at('2026-11-29 03:00');
    const hour = { from: at('2026-11-29 03:10'), to: at('2026-11-29 04:10') };
    const told = [{ key: 'assignment:a1:tell_responsible', at: offeredAt }];
    const snapshot = silentFirm({ offeredAt, priority: 'urgent', outages: [hour], stepsDone: told });
    expect(story(snapshot, DEFAULT_POLICY, BAVARIA, hour.to)).toEqual([['2026-11-29 04:10', 'reminder:1'], ['2026-11-29 04:30', 'tell_admins']]);
  });

  test('before delivery or after the deadline it changes nothing', () => {
    const before = { from: at('2026-11-20 12:00'), to: at('2026-11-23 12:00') };
    const after = { from: at('2026-11-26 12:00'), to: at('2026-11-27 12:00') };
    expect(planAt(at('2026-11-23 12:00'), { outages: [before, after] }).answerBy).toEqual(at('2026-11-26 12:00'));
    const across = { from: at('2026-11-20 12:00'), to: at('2026-11-24 12:00') };
    expect(planAt(at('2026-11-24 12:00'), { outages: [across] }).answerBy).toEqual(at('2026-11-27 12:00'));
  });

  test('outages that overlap are one', () => {
    const parts = [{ from: at('2026-11-25 08:00'), to: at('2026-11-25 12:00') }, { from: at('2026-11-25 10:00'), to: at('2026-11-25 11:00') }];
    expect(planAt(at('2026-11-25 12:00'), { outages: parts }).answerBy).toEqual(at('2026-11-26 16:00'));
  });

  test('a deadline set by hand afterwards is not moved by it', () => {
    const override = { answerByOverride: at('2026-12-01 10:00'), answerByOverrideSetAt: at('2026-11-27 13:00'), outages: [outage] };
    expect(planAt(at('2026-11-27 13:00'), override).answerBy).toEqual(at('2026-12-01 10:00'));
  });
});

describe('while outgoing mail is paused', () => {
  const pause = { since: at('2026-11-24 12:00'), until: null };

  test('nothing is due and no clock brings the next step', () => {
    const plan = planAt(at('2026-11-30 12:00'), { pause });
    expect(plan).toMatchObject({ due: [], next: null, isEnded: false });
    expect(plan.waitsFor).toMatchObject({ code: 'paused', since: pause.since, until: null });
  });

  test('with a known end it looks again then, and the answer time is longer by the pause', () => {
    const until = at('2026-11-25 12:00');
    const plan = planAt(at('2026-11-25 07:00'), { pause: { since: pause.since, until } });
    expect(plan.due).toEqual([]);
    expect(plan.next?.at).toEqual(until);
    const after = planAt(until, { pause: { since: pause.since, until } });
    expect(dueOf(after)).toEqual(['reminder:1']);
    expect(after.answerBy).toEqual(at('2026-11-27 12:00'));
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
