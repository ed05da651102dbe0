import { describe, expect, test } from '@jest/globals';
import { invitationEnd, nextInvitationStep, type InvitationSnapshot } from '#domain/invitation/next-step.ts';
import { shownStatus } from '#domain/invitation/shown-status.ts';

const berlin = { timeZone: 'Europe/Berlin' };
const START = new Date('2026-11-23T13:05:00Z');
const at = (text: string): Date => new Date(text);
const invitation = (changed: Partial<InvitationSnapshot> = {}): InvitationSnapshot => ({
  status: 'invited', roundStartedAt: START, validUntil: invitationEnd(START, berlin), remindedAt: null, lastRemindedAt: null, bouncedAt: null,
  isOtherNamed: false, isMailPaused: false, endsOn: null, endedAt: null, hasRunningOrders: false, ...changed,
});
const FIRST = at('2026-11-27T06:00:00Z');
const LAST = at('2026-12-07T06:00:00Z');
const END = at('2026-12-23T22:59:00Z');
const look = (changed: Partial<InvitationSnapshot>, now: Date) => {
  const { due, next, waitsFor } = nextInvitationStep(invitation(changed), berlin, now);
  return { due, next: next?.action ?? null, waitsFor };
};

describe('an invitation reminds after 4 and 14 days at 7 in the morning and ends with its 30th day', () => {
  test('by the clock of whoever invites, over the change of the clock', () => {
    expect(invitationEnd(START, berlin)).toEqual(END);
    expect(invitationEnd(at('2026-10-20T22:30:00Z'), berlin)).toEqual(at('2026-11-20T22:59:00Z'));
    expect(nextInvitationStep(invitation(), berlin, START).next).toEqual({ at: FIRST, action: 'remind' });
    expect(nextInvitationStep(invitation({ remindedAt: FIRST }), berlin, FIRST).next).toEqual({ at: LAST, action: 'last_reminder' });
    expect(nextInvitationStep(invitation({ remindedAt: FIRST, lastRemindedAt: LAST }), berlin, LAST).next).toEqual({ at: END, action: 'expire' });
  });

  test.each([
    ['the moment before', {}, new Date(FIRST.getTime() - 1), { due: null, next: 'remind', waitsFor: 'answer' }],
    ['the moment itself', {}, FIRST, { due: 'remind', next: 'last_reminder', waitsFor: 'answer' }],
    ['reminded once', { remindedAt: FIRST }, FIRST, { due: null, next: 'last_reminder', waitsFor: 'answer' }],
    ['after an outage over both reminders', {}, LAST, { due: 'last_reminder', next: 'expire', waitsFor: 'answer' }],
    ['after that, the first is not made up for', { lastRemindedAt: LAST }, at('2026-12-08T06:00:00Z'), { due: null, next: 'expire', waitsFor: 'answer' }],
    ['after an outage over everything', {}, END, { due: 'expire', next: null, waitsFor: 'answer' }],
    ['extended', { remindedAt: FIRST, lastRemindedAt: LAST, validUntil: at('2027-01-15T22:59:00Z') }, END, { due: null, next: 'expire', waitsFor: 'answer' }],
    ['cut short before the last reminder', { remindedAt: FIRST, validUntil: at('2026-12-01T22:59:00Z') }, FIRST, { due: null, next: 'expire', waitsFor: 'answer' }],
  ] as const)('%s', (_name, changed, now, expected) => {
    expect(look(changed, now)).toEqual(expected);
  });
});

describe('nobody is reminded of what they can not read, or have answered', () => {
  test.each([
    ['bounced', { bouncedAt: START }, LAST, { due: null, next: 'expire', waitsFor: 'bounced' }],
    ['another person is named', { isOtherNamed: true }, LAST, { due: null, next: 'expire', waitsFor: 'other_address' }],
    ['mail is paused', { isMailPaused: true }, END, { due: null, next: null, waitsFor: 'paused' }],
    ['bounced and never repaired', { bouncedAt: START }, END, { due: 'expire', next: null, waitsFor: 'bounced' }],
  ] as const)('%s', (_name, changed, now, expected) => {
    expect(look(changed, now)).toEqual(expected);
  });

  test.each(['accepted', 'declined', 'expired', 'withdrawn', 'ended'] as const)('%s: nothing comes any more', (status) => {
    expect(nextInvitationStep(invitation({ status }), berlin, END)).toEqual({ due: null, next: null, waitsFor: 'nothing', isEnded: true });
  });
});

describe('a partnership ends after its last day, and is closed once nothing runs any more', () => {
  const accepted = { status: 'accepted', endsOn: '2026-12-31' } as const;
  const OVER = at('2026-12-31T23:00:00Z');
  test.each([
    ['nobody ends it', { status: 'accepted' }, END, { due: null, next: null, waitsFor: 'nothing' }],
    ['on its last day, by the clock of the client', accepted, new Date(OVER.getTime() - 1), { due: null, next: 'end', waitsFor: 'last_day' }],
    ['when that is over', accepted, OVER, { due: 'end', next: null, waitsFor: 'last_day' }],
    ['also while mail is paused', { ...accepted, isMailPaused: true }, OVER, { due: 'end', next: null, waitsFor: 'last_day' }],
    ['work is still being finished', { ...accepted, endedAt: OVER, hasRunningOrders: true }, OVER, { due: null, next: null, waitsFor: 'last_orders' }],
    ['the last order is over', { ...accepted, endedAt: OVER }, OVER, { due: 'close', next: null, waitsFor: 'last_orders' }],
  ] as const)('%s', (_name, changed, now, expected) => {
    expect(look(changed, now)).toEqual(expected);
  });
});

describe('a list shows what is known beyond the bare status', () => {
  const bare = { status: 'invited', remindedAt: null, lastRemindedAt: null, bouncedAt: null, endsOn: null } as const;
  test.each([
    [bare, 'invited'],
    [{ ...bare, remindedAt: FIRST }, 'reminded'],
    [{ ...bare, lastRemindedAt: LAST }, 'reminded'],
    [{ ...bare, remindedAt: FIRST, bouncedAt: LAST }, 'bounced'],
    [{ ...bare, status: 'accepted', remindedAt: FIRST }, 'accepted'],
    [{ ...bare, status: 'accepted', endsOn: '2026-12-31' }, 'ending'],
    [{ ...bare, status: 'ended', endsOn: '2026-12-31' }, 'ended'],
    [{ ...bare, status: 'declined', bouncedAt: LAST }, 'declined'],
  ] as const)('%j', (known, shown) => {
    expect(shownStatus(known)).toBe(shown);
  });
});
