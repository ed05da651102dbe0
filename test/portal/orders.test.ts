import { describe, expect, test } from '@jest/globals';
import { WAIT_CODES } from '#domain/escalation/plan.ts';
import { wordsOf } from '#domain/words/index.ts';
import { de } from '../../admin/messages/de.ts';
import type { Translate } from '../../admin/messages/shape.ts';
import type { Assignment, Comment, Order, PlannedLine } from '../../admin/providers/types.ts';
import { foreignChange } from '../../admin/work-orders/foreign-change.ts';
import { isAllRunning, isSameFilter, RUNNING, viewsFor } from '../../admin/work-orders/list-views.ts';
import { centsOf, emptyFields, recordOf } from '../../admin/work-orders/order-fields.ts';
import { actionWord, skipWord, splitPlan, waitsSentence } from '../../admin/work-orders/process-words.ts';
import { currentAssignment, isFreeAgain, merged, telOf, threadOf } from '../../admin/work-orders/thread-entries.ts';

const assignment = (over: Partial<Assignment>): Assignment => ({
  id: 'a1', status: 'offered', firm: { id: 'f1', company: 'Elektro Blitzner GmbH', phone: null }, contact: null, member: null,
  offeredAt: '2026-11-23T11:00:00Z', acceptedAt: null, bouncedAt: null, process: null, ...over,
} as Assignment);
const comment = (id: string, createdAt: string, visibility: Comment['visibility'] = 'shared'): Comment => ({ id, createdAt, visibility } as Comment);
const line = (over: Partial<PlannedLine>): PlannedLine => ({ key: null, action: 'remind', number: null, at: null, state: 'next', reason: null, ...over });

describe('the conversation', () => {
  const order = {
    comments: [comment('later', '2026-11-24T07:36:00Z'), comment('inside', '2026-11-23T11:04:00Z', 'internal')],
    assignments: [assignment({
      acceptedAt: '2026-11-25T08:00:00Z',
      process: { planned: [line({ key: 'r1', state: 'done', at: '2026-11-25T06:00:00Z' }), line({ key: 'r2', state: 'next', at: '2026-11-26T06:00:00Z' })] } as Assignment['process'],
    })],
  } as unknown as Order;

  test('messages and what the process did stand in order of time', () => {
    expect(threadOf(order).map((entry) => (entry.kind === 'comment' ? entry.id : entry.what))).toEqual(['offered', 'inside', 'later', 'reminded', 'accepted']);
  });

  test('"shared only" hides what is internal and nothing else', () => {
    expect(threadOf(order, true).filter((entry) => entry.kind === 'comment').map((entry) => entry.id)).toEqual(['later']);
  });

  test('what the process did among messages that are not shown yet is not shown either', () => {
    const newest = { ...order, comments: order.comments.filter((one) => one.id === 'later') };
    expect(threadOf(newest, false, true).map((entry) => (entry.kind === 'comment' ? entry.id : entry.what))).toEqual(['later', 'reminded', 'accepted']);
  });

  test('older messages join the newest: each once, and as it is now', () => {
    const [first, second, third] = ['1', '2', '3'].map((id) => ({ id, at: 'before' }));
    const now = { id: '2', at: 'now' };
    expect(merged([{ data: [third!, second!] }, { data: [first!] }], [now, { id: '4', at: 'now' }])).toEqual([third, now, first, { id: '4', at: 'now' }]);
  });

  test('a reminder that is still to come is no mark', () => {
    expect(threadOf(order).filter((entry) => entry.kind === 'mark' && entry.what === 'reminded')).toHaveLength(1);
  });
});

describe('the process panel', () => {
  const t = ((key: string, data: Record<string, unknown> = {}) => {
    const found = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], de);
    return String(found).replace(/%\{(\w+)\}/g, (_all, name: string) => String(data[name]));
  }) as Translate;

  test.each(WAIT_CODES.filter((code) => code !== 'nothing'))('says what it waits for: %s', (code) => {
    const said = waitsSentence(assignment({ process: { waitsFor: { code } } as Assignment['process'] }), t);
    expect(said).not.toBe(de.process.waits_nothing);
    expect(said).not.toContain('undefined');
  });

  test('an action or reason of a newer server shows its code instead of nothing', () => {
    expect(actionWord('send_drone', wordsOf('de-DE'))).toBe('send_drone');
    expect(skipWord('too_windy', wordsOf('de-DE'))).toBe('too_windy');
    expect(actionWord('remind', wordsOf('de-DE'), 2)).toBe('Erinnerung 2');
  });

  test('switched-off steps are one line: nothing more by itself', () => {
    const { shown, isNothingAfter } = splitPlan([line({ state: 'now' }), line({ state: 'off', action: 'offer_next' }), line({ state: 'off', action: 'withdraw' })]);
    expect(shown).toHaveLength(1);
    expect(isNothingAfter).toBe(true);
  });

  test('what follows the delivery stands before what has a date', () => {
    const { shown } = splitPlan([line({ state: 'done', at: '2026-11-23T08:00:00Z' }), line({ state: 'now' }), line({ key: 'tell', at: '2026-12-01T06:30:00Z' }), line({ key: 'remind' })]);
    expect(shown.map((one) => one.key)).toEqual([null, null, 'remind', 'tell']);
  });

  test('a request that ended stands in the conversation, and the order is free again', () => {
    const withdrawn = assignment({ status: 'withdrawn', endedAt: '2026-11-24T08:00:00Z' });
    expect(threadOf({ comments: [], assignments: [withdrawn] }).map((one) => (one.kind === 'mark' ? one.what : one.kind))).toEqual(['offered', 'ended']);
    expect([isFreeAgain({ can: { assign: true } }, withdrawn), isFreeAgain({ can: { assign: false } }, withdrawn), isFreeAgain({ can: { assign: true } }, assignment({}))]).toEqual([true, false, false]);
  });

  test('the page is about the newest assignment that still binds somebody', () => {
    const old = assignment({ id: 'old', status: 'accepted', offeredAt: '2026-11-01T08:00:00Z' });
    const declined = assignment({ id: 'new', status: 'declined', offeredAt: '2026-11-20T08:00:00Z' });
    expect(currentAssignment([declined, old])?.id).toBe('old');
    expect(currentAssignment([declined])?.id).toBe('new');
    expect(currentAssignment([])).toBeNull();
  });

  test('a phone number can be dialled', () => {
    expect(telOf('+49 (0)999 555-12')).toBe('tel:+49099955512');
  });
});

describe('views and filters of the list', () => {
  test('"all open" is recognised whatever the order of its statuses', () => {
    expect(isAllRunning(RUNNING.split(',').reverse().join(','))).toBe(true);
    expect(isAllRunning('open')).toBe(false);
    expect(isAllRunning(undefined)).toBe(false);
  });

  test('a filter from the address (text) equals the same one from a view (yes)', () => {
    expect(isSameFilter({ overdue: 'true' }, { overdue: true })).toBe(true);
    expect(isSameFilter({ overdue: true, q: '' }, { overdue: true })).toBe(true);
    expect(isSameFilter({ overdue: true }, { awaitingAnswer: true })).toBe(false);
  });

  test('no two views ask for the same', () => {
    const views = viewsFor('u1');
    expect(views.flatMap((one, at) => views.slice(at + 1).filter((other) => isSameFilter(one.filter, other.filter)))).toEqual([]);
  });
});

describe('the form of an order', () => {
  test.each([
    ['', null], ['500', 50_000], ['500,5', 50_050], ['1.234,50', 123_450], ['1,234.50', 123_450], ["1'234.50", 123_450], ['900 €', 90_000], ['12.000', 1_200_000],
    ['viel', undefined], ['1,2,3', undefined], ['-5', undefined],
  ])('%p is %p cents', (typed, cents) => {
    expect(centsOf(typed)).toBe(cents);
  });

  test('empty fields are sent as null, and an unreadable amount is not sent at all', () => {
    const fields = { ...emptyFields('u1'), title: ' Licht aus ', workspaceId: 'w1' };
    expect(recordOf(fields)).toMatchObject({ title: 'Licht aus', dueOn: null, assetId: null, costLimitCents: null, responsibleUserId: 'u1' });
    expect(recordOf({ ...fields, costLimit: 'viel' })).toBeNull();
  });
});

describe('a change by somebody else while the page is open', () => {
  const before = { status: 'assigned', assignments: [assignment({})] } as unknown as Order;

  test('the answer is said with the name of who gave it, not the status that follows from it', () => {
    const now = { status: 'accepted', assignments: [assignment({ status: 'accepted', answeredByName: 'Heike Lohbach' })] } as unknown as Order;
    expect(foreignChange(before, now)).toEqual({ kind: 'assignment', who: 'Heike Lohbach', status: 'accepted' });
  });

  test('a step of the order alone is said as its status; a new message is no such change', () => {
    expect(foreignChange(before, { ...before, status: 'cancelled' })).toEqual({ kind: 'order', status: 'cancelled' });
    expect(foreignChange(before, { ...before })).toBeNull();
  });

  test('a new assignment is one’s own doing or seen as the status', () => {
    expect(foreignChange({ ...before, status: 'open', assignments: [] }, before)).toEqual({ kind: 'order', status: 'assigned' });
  });
});
