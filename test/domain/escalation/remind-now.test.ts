import { describe, expect, test } from '@jest/globals';
import { at, dueOf, planAt, policyWith } from './silent-firm.ts';

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
