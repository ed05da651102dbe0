import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '#domain/words/index.ts';
import { fieldsOfRules, rulesOfFields, withoutGone } from '../../admin/as-partner/dispatch-fields.ts';
import { exportTable } from '../../admin/as-partner/export-table.ts';
import { ownAssignment, ownSentence, withOwnName } from '../../admin/as-partner/own-work.ts';
import { addDays, entriesByDay, moved, weeksOf } from '../../admin/client-orders/calendar.ts';
import { accountsBy } from '../../admin/layout/account-order.ts';
import { accountInPath, addressInAccount, baseOf } from '../../admin/providers/account-path.ts';
import { csvOf } from '../../admin/parts/csv.ts';
import type { Accounts, ClientOrder } from '../../admin/providers/partner-types.ts';
import type { Order } from '../../admin/providers/types.ts';

const ID = '01a2142b-fe25-7664-ba90-1d2c973d7dac';

describe('the account stands in the address', () => {
  test('a path names its account, and is made from it', () => {
    expect(accountInPath(`/a/${ID}/work-orders/x/show`)).toBe(ID);
    expect([baseOf(ID), baseOf(null)]).toEqual([`/a/${ID}`, '/']);
    expect(addressInAccount(ID, '/')).toBe(`/a/${ID}`);
    expect(addressInAccount(ID, '/work-orders?page=2')).toBe(`/a/${ID}/work-orders?page=2`);
  });

  test.each(['/', '/sign-in', `/go/${ID}/work-orders/1`, '/a/nobody', `/a/${ID}x`, '/assets'])('%s names none', (path) => {
    expect(accountInPath(path)).toBeNull();
  });
});

test('own accounts and clients stand by name, and are found by a part of it', () => {
  const client = (name: string) => ({ id: name, name, workspaceCount: 1, openCount: 0, lateCount: 0, isEnded: false });
  const accounts: Accounts = { own: [{ id: 'o', name: 'Öffentlich GmbH', role: 'admin', openCount: 0 }], clients: ['Zoo', 'Ärztehaus', 'Klinik'].map(client), invitations: [], clientsOpenCount: 0 };
  expect(accountsBy(accounts, '').clients.map((one) => one.name)).toEqual(['Ärztehaus', 'Klinik', 'Zoo']);
  expect(accountsBy(accounts, ' klin').clients.map((one) => one.name)).toEqual(['Klinik']);
  expect(accountsBy(accounts, 'klin').own).toEqual([]);
});

describe("a partner's own work", () => {
  const assignment = (id: string, status: string, over: object = {}) => ({ id, status, firm: null, offeredAt: '2026-11-20T08:00:00Z', promisedFrom: null, ...over });
  const order = (status: string, assignments: object[], assignmentId: string | null = null) => ({ status, assignments, assignmentId }) as unknown as Order;

  test('is called by its own name, for it reads no directory', () => {
    const known = withOwnName(order('assigned', [assignment('a', 'offered')]), 'Aufzugdienst Steigmann');
    expect(known.assignments[0]?.firm?.company).toBe('Aufzugdienst Steigmann');
  });

  test('is the one that the order names, not an older one', () => {
    const both = order('accepted', [assignment('old', 'declined'), assignment('new', 'accepted')], 'new');
    expect(ownAssignment(both)?.id).toBe('new');
    expect(ownAssignment(order('open', []))).toBeNull();
  });

  test.each([
    ['assigned', 'offered', null, 'client.waits_answer'],
    ['accepted', 'accepted', null, 'client.waits_date'],
    ['accepted', 'accepted', '2026-11-30T07:00:00Z', 'client.waits_visit'],
    ['in_progress', 'accepted', null, 'client.waits_done'],
    ['waiting', 'accepted', null, 'client.waits_hold'],
    ['done', 'done', null, 'client.waits_check'],
    ['closed', 'done', null, 'client.waits_nothing'],
    ['open', 'declined', null, 'client.waits_nothing'],
  ])('an order that is %s and an assignment that is %s with the date %s: %s', (status, assigned, promisedFrom, sentence) => {
    expect(ownSentence({ status } as Order, assignment('a', assigned, { promisedFrom }) as never)).toBe(sentence);
  });
});

describe('the calendar', () => {
  const row = (over: object): ClientOrder => ({ id: 'o', title: 'o', dueOn: null, promisedFrom: null, assignmentStatus: 'accepted', ...over }) as ClientOrder;

  test('a month begins with the Monday of its first week and ends with the Sunday of its last', () => {
    const weeks = weeksOf('2026-11-25', 'month');
    expect([weeks[0]?.[0], weeks.at(-1)?.at(-1), weeks.length]).toEqual(['2026-10-26', '2026-12-06', 6]);
    expect(weeksOf('2026-11-25', 'week')).toEqual([['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']]);
  });

  test('going on from the last of a long month does not skip a short one, nor a change of clocks a day', () => {
    expect(moved('2027-01-31', 'month', 1)).toBe('2027-02-01');
    expect(moved('2026-12-31', 'month', 1)).toBe('2027-01-01');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
  });

  test('visits stand by their time before what is due, on the day of the site', () => {
    const orders = [row({ id: 'due', title: 'a', dueOn: '2026-11-30' }), row({ id: 'late', promisedFrom: '2026-11-30T10:00:00Z' }), row({ id: 'early', promisedFrom: '2026-11-29T23:30:00Z' })];
    expect(entriesByDay(orders, 'Europe/Berlin').get('2026-11-30')?.map((one) => [one.order.id, one.time])).toEqual([['early', '00:30'], ['late', '11:00'], ['due', null]]);
  });

  test('a visit of work that is no longer ours is no entry', () => {
    expect(entriesByDay([row({ promisedFrom: '2026-11-30T10:00:00Z', assignmentStatus: 'done' })], 'Europe/Berlin').size).toBe(0);
  });
});

describe('who gets new orders', () => {
  const workspaces = [{ workspaceId: 'w1', name: 'Rathaus', isServed: true, notServedReason: null }];

  test('a rule for all and one for each workspace; what has none goes where everything goes', () => {
    const fields = fieldsOfRules({ workspaces, rules: [{ workspaceId: null, memberUserId: 'u1', memberName: 'Kai', email: null }] });
    expect(fields).toEqual([{ workspaceId: null, to: 'u1', email: '' }, { workspaceId: 'w1', to: '', email: '' }]);
    expect(rulesOfFields(fields)).toEqual([{ workspaceId: null, memberUserId: 'u1' }]);
  });

  test('a rule to somebody who is gone is not sent along with the others', () => {
    const fields = [{ workspaceId: null, to: 'gone', email: '' }, { workspaceId: 'w1', to: 'u1', email: '' }, { workspaceId: 'w2', to: 'mailbox', email: 'dispo@a.example' }];
    expect(rulesOfFields(withoutGone(fields, [{ id: 'u1' }]))).toEqual([{ workspaceId: 'w1', memberUserId: 'u1' }, { workspaceId: 'w2', email: 'dispo@a.example' }]);
  });

  test('a mailbox without an address is not saved', () => {
    expect(rulesOfFields([{ workspaceId: 'w1', to: 'mailbox', email: 'dispo' }])).toBeNull();
    expect(rulesOfFields([{ workspaceId: 'w1', to: 'mailbox', email: ' dispo@a.example ' }])).toEqual([{ workspaceId: 'w1', email: 'dispo@a.example' }]);
  });
});

describe('the export of a list', () => {
  const row = (over: object): ClientOrder => ({
    id: 'o', number: 'M-2026-00007', title: 'Tür klemmt', workspaceName: 'Rathaus', status: 'accepted', priority: 'high', assignmentStatus: 'accepted', answerBy: '2026-11-27T08:00:00Z',
    promisedFrom: '2026-11-30T07:00:00Z', promisedUntil: null, dueOn: '2026-12-01', ownPerson: { id: 'u', name: 'Milan Treppner' }, ownReference: 'ST-8841', account: { id: 'c', name: 'Klinik' }, ...over,
  }) as ClientOrder;
  const speech = { t: (key: string) => key, words: wordsOf('de-DE'), zone: 'Europe/Berlin' };

  test('names the client and our own number, and moments in the zone of our organisation', () => {
    const [head, first, second] = exportTable([row({}), row({ assignmentStatus: 'offered', promisedFrom: null, ownPerson: null, ownReference: null })], speech);
    expect(head?.slice(0, 3)).toEqual(['client_orders.client', 'client.col_number', 'client.own_number']);
    expect(first).toEqual(['Klinik', 'M-2026-00007', 'ST-8841', 'Tür klemmt', 'Rathaus', 'Angenommen', 'Hoch', '', '2026-11-30 08:00', '', '2026-12-01', 'Milan Treppner']);
    expect(second?.slice(7, 9)).toEqual(['2026-11-27 09:00', '']);
    expect(second).toHaveLength(head?.length ?? 0);
  });

  test('of one client has no column for it', () => {
    const { account: _account, ...one } = row({});
    expect(exportTable([one], speech)[0]?.[0]).toBe('client.col_number');
  });

  test('keeps separators, quotes and lines inside their cell, and lets no text become a formula', () => {
    expect(csvOf([['a;b', 'say "so"', 'two\nlines', 'plain']], ';')).toBe('\uFEFF"a;b";"say ""so""";"two\nlines";plain\r\n');
    expect(csvOf([['=HYPERLINK("x")', '+1', ' -1', '@a', '1-2']], ',')).toBe(`\uFEFF"'=HYPERLINK(""x"")",'+1,' -1,'@a,1-2\r\n`);
  });
});
