import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import { BAVARIA } from '../calendar/sites.ts';
import { at, dueOf, planAt, plus, silentFirm, story } from './silent-firm.ts';

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
