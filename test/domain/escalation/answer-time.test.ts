import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import { BAVARIA } from '../calendar/sites.ts';
import { at, dueOf, planAt, plus, silentFirm, story } from './silent-firm.ts';

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
