import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aHeldMail, mailFixture } from '../support/mail-in.ts';

type Owed = { assignmentId: string; workOrder: { number: string }; assigneeName: string; assigneePhone: string | null; answerBy: string; isLate: boolean; nextStep: { at: string; action: string } | null; can: { [name: string]: boolean } };
type Dashboard = {
  tiles: { awaitingAnswer: { count: number; late: number }; overdue: { count: number; oldestDays: number | null }; toReview: { count: number; withSuggestion: number }; bounced: { count: number }; dueThisWeek: { count: number; today: number } };
  owesAnswer: Owed[]; overdue: { number: string; isOverdue: boolean }[]; toReview: object[]; bounced: { toEmail: string }[];
  answerTimes: { week: string; medianBusinessHours: number | null; answers: number }[]; openWork: { name: string; counts: { [status: string]: number } }[];
};

// A Wednesday, 10:00 in Berlin.
const START = new Date('2026-11-25T09:00:00Z');
let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi({ now: START });
});
beforeEach(async () => {
  api.setNow(START);
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

async function dashboard(query = '', who: 'coordinator' | 'technician' = 'coordinator'): Promise<Dashboard> {
  const answer = await call(api, 'GET', account(cast, `/dashboard${query}`), { cookie: cast[who].cookie });
  expect(answer.status).toBe(200);
  return answer.body as Dashboard;
}
async function asked(given: Partial<WorkOrder> = {}, phone: string | null = null): Promise<WorkOrder> {
  const order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, given);
  const firm = await aFirm(api.orm, cast.organisation.id, { company: `Firma ${order.number}`, phone });
  await aContact(api.orm, cast.organisation.id, firm.id);
  const answer = await call(api, 'POST', account(cast, `/work-orders/${order.id}/assignments`), { cookie: cast.coordinator.cookie, body: { firmId: firm.id } });
  expect(answer.status).toBe(201);
  return order;
}
const delivered = (order: WorkOrder, at: string) => api.database.query('update assignments set sent_at = $2, delivered_at = $2, offered_at = $2 where work_order_id = $1', [order.id, at]);

test('an empty organisation has an empty dashboard, and eight weeks to fill', async () => {
  const found = await dashboard();
  expect(found).toMatchObject({ owesAnswer: [], overdue: [], toReview: [], bounced: [], openWork: [], tiles: { awaitingAnswer: { count: 0, late: 0 }, overdue: { count: 0, oldestDays: null } } });
  expect(found.answerTimes.map((one) => one.week)).toEqual(['2026-W41', '2026-W42', '2026-W43', '2026-W44', '2026-W45', '2026-W46', '2026-W47', '2026-W48']);
});

test('who owes an answer stands the longest asked first, with what happens by itself next', async () => {
  const younger = await asked({}, '089 123');
  const older = await asked();
  await delivered(older, '2026-11-24T08:00:00Z');
  await delivered(younger, '2026-11-25T08:00:00Z');
  const { owesAnswer, tiles } = await dashboard();
  expect(owesAnswer.map((one) => one.workOrder.number)).toEqual([older.number, younger.number]);
  // Delivered Tue 09:00: reminded on the next working morning after one day.
  expect(owesAnswer[0]).toMatchObject({ assigneeName: `Firma ${older.number}`, isLate: false, nextStep: { action: 'remind' }, can: { remind: true, withdraw: true } });
  expect(owesAnswer[1]!.assigneePhone).toBe('089 123');
  expect(tiles.awaitingAnswer).toEqual({ count: 2, late: 0 });
});

test('past its deadline a request is late, and when nothing more happens by itself it says so', async () => {
  const order = await asked();
  await delivered(order, '2026-11-16T08:00:00Z');
  await api.database.query(`update work_orders set answer_due_at = '2026-11-19T08:00:00Z' where id = $1`, [order.id]);
  await api.database.query(`update assignments set answer_by = '2026-11-19T08:00:00Z' where work_order_id = $1`, [order.id]);
  const [{ id }] = (await api.database.query<{ id: string }>('select id from assignments where work_order_id = $1', [order.id])) as [{ id: string }];
  for (const step of ['reminder:1', 'last_reminder', 'tell_responsible']) {
    await api.database.query(`insert into assignment_steps (id, organisation_id, work_order_id, assignment_id, key, action, outcome, at) values ($1, $2, $3, $4, $5, 'remind', 'done', now())`, [newId(), cast.organisation.id, order.id, id, `assignment:${id}:${step}`]);
  }
  const { owesAnswer, tiles } = await dashboard();
  expect(owesAnswer[0]).toMatchObject({ isLate: true, nextStep: null });
  expect(tiles.awaitingAnswer).toEqual({ count: 1, late: 1 });
});

test('overdue and due this week are counted by the site\'s day, and closed work never', async () => {
  // 23:30 in Berlin is still the 25th.
  api.setNow(new Date('2026-11-25T22:30:00Z'));
  cast = await aCast(api.orm, api.now());
  const day = (dueOn: string, more: Partial<WorkOrder> = {}) => aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { dueOn, ...more });
  const oldest = await day('2026-11-19');
  await day('2026-11-24', { status: 'in_progress' });
  await day('2026-11-20', { status: 'closed' });
  await day('2026-11-20', { status: 'done' });
  await day('2026-11-25');
  await day('2026-11-29');
  await day('2026-11-30');
  const { overdue, tiles } = await dashboard();
  expect(overdue.map((one) => one.number)[0]).toBe(oldest.number);
  expect(overdue).toHaveLength(2);
  expect(tiles.overdue).toEqual({ count: 2, oldestDays: 6 });
  expect(tiles.dueThisWeek).toEqual({ count: 2, today: 1 });
  api.setNow(new Date('2026-11-25T23:30:00Z'));
  expect((await dashboard()).tiles.overdue.count).toBe(3);
});

test('each number is what the list shows under the filter that it links to', async () => {
  await asked();
  await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { dueOn: '2026-11-20' });
  await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { dueOn: '2026-11-26' });
  const { tiles } = await dashboard();
  const total = async (path: string) => ((await call(api, 'GET', account(cast, path), { cookie: cast.coordinator.cookie })).body as { pageInfo: { total: number } }).pageInfo.total;
  expect(await total('/work-orders?awaitingAnswer=true')).toBe(tiles.awaitingAnswer.count);
  expect(await total('/work-orders?overdue=true')).toBe(tiles.overdue.count);
  expect(await total('/work-orders?dueFrom=2026-11-25&dueUntil=2026-11-29')).toBe(tiles.dueThisWeek.count);
  expect(await total('/mails?needsAttention=true')).toBe(tiles.bounced.count);
  expect(await total('/to-review')).toBe(tiles.toReview.count);
});

test('mine and one workspace narrow everything that hangs on orders', async () => {
  const other = await aWorkspace(api.orm, cast.organisation.id, { shortName: 'Anderswo' });
  await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { dueOn: '2026-11-20', responsibleUserId: cast.coordinator.user.id });
  await aWorkOrder(api.orm, cast.organisation.id, other.id, { dueOn: '2026-11-20' });
  expect((await dashboard()).tiles.overdue.count).toBe(2);
  expect((await dashboard(`?responsibleUserId=${cast.coordinator.user.id}`)).tiles.overdue.count).toBe(1);
  expect((await dashboard(`?workspaceId=${other.id}`)).openWork).toEqual([expect.objectContaining({ name: 'Anderswo', counts: { open: 1 } })]);
});

test('the menu counts the mails that still need somebody, as the list does: not those sent again, nor those still being asked about', async () => {
  const [bounced, again, asking, lost] = [await asked(), await asked(), await asked(), await asked()].map((order) => order.id);
  const mark = (id: string | undefined, status: string, reason: string | null = null) => api.database.query('update outbound_mails set status = $2, status_reason = $3 where work_order_id = $1', [id, status, reason]);
  await mark(bounced, 'bounced');
  await mark(again, 'bounced');
  await mark(asking, 'unclear', 'attempt_broke_off');
  await mark(lost, 'unclear', 'not_found');
  const [{ id }] = (await api.database.query<{ id: string }>('select id from outbound_mails where work_order_id = $1', [again])) as [{ id: string }];
  expect((await call(api, 'POST', account(cast, `/mails/${id}/resending`), { cookie: cast.coordinator.cookie, body: {} })).status).toBe(201);
  const menu = async (role: 'coordinator' | 'technician') => ((await call(api, 'GET', account(cast, ''), { cookie: cast[role].cookie })).body as { counts: { mailProblems: number } }).counts.mailProblems;
  const list = (await call(api, 'GET', account(cast, '/mails?needsAttention=true'), { cookie: cast.coordinator.cookie })).body as { data: { workOrderId: string }[] };
  expect(new Set(list.data.map((one) => one.workOrderId))).toEqual(new Set([bounced, lost]));
  expect([await menu('coordinator'), await menu('technician')]).toEqual([2, 0]);
});

test('what waits and what came back is shown to the office, and counted until it was sent again', async () => {
  const order = await asked();
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'));
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'), { suggestion: { workOrderId: order.id, assignmentId: null, fits: [], doesNotFit: [] } });
  await api.database.query(`update outbound_mails set status = 'bounced' where work_order_id = $1`, [order.id]);
  const before = await dashboard();
  expect(before.tiles).toMatchObject({ toReview: { count: 2, withSuggestion: 1 }, bounced: { count: 1 } });
  expect([before.toReview.length, before.bounced.length]).toEqual([2, 1]);
  const [{ id }] = (await api.database.query<{ id: string }>('select id from outbound_mails where work_order_id = $1', [order.id])) as [{ id: string }];
  expect((await call(api, 'POST', account(cast, `/mails/${id}/resending`), { cookie: cast.coordinator.cookie, body: {} })).status).toBe(201);
  expect((await dashboard()).tiles.bounced.count).toBe(0);
  expect((await dashboard('', 'technician')).tiles).toMatchObject({ toReview: { count: 0 }, bounced: { count: 0 } });
});

test('the answer time is the median in open hours of the week of the answer', async () => {
  for (const [deliveredAt, acceptedAt] of [['2026-11-24T08:00:00Z', '2026-11-24T10:00:00Z'], ['2026-11-23T08:00:00Z', '2026-11-23T12:00:00Z'], ['2026-11-20T14:00:00Z', '2026-11-23T08:00:00Z']] as const) {
    const order = await asked();
    await api.database.query(`update assignments set status = 'accepted', sent_at = $2, delivered_at = $2, offered_at = $2, accepted_at = $3 where work_order_id = $1`, [order.id, deliveredAt, acceptedAt]);
  }
  const { answerTimes } = await dashboard();
  // 2 h, a morning, and over the weekend (Friday closes at 13:00) Mon 7:30 to 9:00: by the clock it would be 4 h.
  expect(answerTimes.at(-1)).toEqual({ week: '2026-W48', medianBusinessHours: 2, answers: 3 });
  expect(answerTimes[0]).toEqual({ week: '2026-W41', medianBusinessHours: null, answers: 0 });
  expect((await dashboard('', 'technician')).answerTimes).toEqual([]);
});

test('a technician sees the numbers of their own orders only', async () => {
  await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { dueOn: '2026-11-20' });
  await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { dueOn: '2026-11-20', reporterUserId: cast.technician.user.id });
  const found = await dashboard('', 'technician');
  expect([found.tiles.overdue.count, found.openWork[0]!.counts]).toEqual([1, { open: 1 }]);
});
