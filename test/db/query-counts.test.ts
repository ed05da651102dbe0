import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { presentPartnerDashboard } from '#api/dashboard/as-partner.ts';
import { loadWorkOrderRecord } from '#api/work-orders/load.ts';
import { addComment } from '#db/comments/commands.ts';
import { findOwed } from '#db/dashboard/queries.ts';
import { findAssignees } from '#db/assignments/queries.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { findHeldMails, loadSuggested } from '#db/mails/review-queries.ts';
import { emFor, openOrm, type Em, type Orm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { firstOrders } from '#db/work-orders/merge.ts';
import { listWorkOrders } from '#db/work-orders/queries.ts';
import { loadRowsAround } from '#db/work-orders/rows.ts';
import type { MemberActor } from '#domain/actors.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, anAsset, anAssignment, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aHeldMail, mailFixture } from '../support/mail-in.ts';
import { aPartner, aShare, partnerActor } from '../support/partners.ts';
import { queriesOf } from '../support/logged-queries.ts';

let api: TestApi;
let cast: Cast;
let spied: Orm;
let actor: MemberActor;
let count = 0;
let roleQuestions = 0;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  actor = { kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null };
  spied = await openOrm(appDatabaseUrl(api.settings), 2, { debug: ['query'], colors: false, logger: watch });
});
afterAll(async () => {
  await spied?.close(true);
  await api?.stop();
});

function watch(line: string): void {
  count += queriesOf(line).length;
  if (line.includes(`current_setting('role')`)) roleQuestions += 1;
}

async function ask(): Promise<WorkOrder> {
  const asset = await anAsset(api.orm, cast.organisation.id, cast.workspace.id);
  const order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { assetId: asset.id, responsibleUserId: cast.coordinator.user.id });
  const firm = await aFirm(api.orm, cast.organisation.id);
  await aContact(api.orm, cast.organisation.id, firm.id);
  const answer = await call(api, 'POST', account(cast, `/work-orders/${order.id}/assignments`), { cookie: cast.coordinator.cookie, body: { firmId: firm.id } });
  expect(answer.status).toBe(201);
  await aHeldMail(api, cast.organisation.id, mailFixture('nothing-to-match'), { suggestion: { workOrderId: order.id, assignmentId: null, fits: [], doesNotFit: [] } });
  return order;
}

async function statements(work: (em: Em) => Promise<unknown>): Promise<number> {
  count = 0;
  await emFor(spied, actor).transactional(work);
  return count;
}

const page = { page: 1, perPage: 25 };
const asked = { scope: {}, today: '2026-11-25', now: new Date('2026-11-25T09:00:00Z') };

test('a list, the dashboard, what waits and whom to ask cost as many statements for many rows as for one', async () => {
  const first = await ask();
  const all: Record<string, (em: Em) => Promise<unknown>> = {
    list: async (em) => loadRowsAround(em, actor, (await listWorkOrders(em, actor, { ...page, sort: { by: 'createdAt', order: 'DESC' }, filter: {}, today: asked.today })).data),
    owed: (em) => findOwed(em, actor, asked),
    review: async (em) => loadSuggested(em, actor, (await findHeldMails(em, actor, { ...page, sort: { by: 'receivedAt', order: 'DESC' } })).data),
    assignees: (em) => findAssignees(em, actor, { workOrderId: first.id }, asked.now),
  };
  // The first statement of a connection brings one of the driver's own.
  await statements((em) => em.execute('select 1'));
  const one = new Map<string, number>();
  for (const [name, work] of Object.entries(all)) one.set(name, await statements(work));
  for (let n = 0; n < 6; n += 1) await ask();
  for (const [name, work] of Object.entries(all)) {
    expect([name, await statements(work)]).toEqual([name, one.get(name)]);
    expect([name, (one.get(name) ?? 0) < 16]).toEqual([name, true]);
  }
});

test('an order\'s page costs as many statements with fifty messages and many askings as with one', async () => {
  const order = await ask();
  const viewer = { actor, signedIn: { userId: actor.userId, isOperator: false } as never, now: api.now(), deps: api.deps };
  const load = (em: Em) => loadWorkOrderRecord(em, viewer, order.id);
  const say = (times: number) => api.database.query(`insert into comments (id, organisation_id, author_organisation_id, work_order_id, visibility, door, body, author_user_id, is_restored, created_at)
    select gen_random_uuid(), $1, $1, $2, 'shared', 'portal', 'Nachricht ' || n, $3, false, now() from generate_series(1, $4::int) n`, [actor.organisationId, order.id, actor.userId, times]);
  await say(1);
  const before = await statements(load);
  await say(49);
  for (const user of [cast.technician, cast.admin]) {
    await call(api, 'POST', account(cast, `/work-orders/${order.id}/assignments`), { cookie: cast.coordinator.cookie, body: { memberUserId: user.user.id } });
  }
  expect(await statements(load)).toBe(before);
  expect(before).toBeLessThan(35);
});

test('what a member does asks the database for no role: their transaction begins with the one it keeps', async () => {
  const order = await ask();
  roleQuestions = 0;
  await emFor(spied, actor).transactional((em) => addComment(em, actor, { workOrderId: order.id, body: 'Bitte anrufen', visibility: 'shared' }, api.now()));
  expect(await api.database.query(`select 1 from digest_items where work_order_id = $1`, [order.id])).not.toHaveLength(0);
  expect(roleQuestions).toBe(0);
});

test('a partner\'s list, dashboard and search cost as many statements for many orders as for one', async () => {
  const partner = await aPartner(api.orm, cast, api.now(), { name: 'Zählender Partner' });
  await aShare(api.orm, partner, cast.workspace.id);
  const given = async (): Promise<void> => {
    const order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { title: 'Zählwerk', responsibleUserId: cast.coordinator.user.id });
    await anAssignment(api.orm, cast.organisation.id, order.id, { kind: 'partner', firmId: partner.partnership.firmId, partnershipId: partner.partnership.id, status: 'accepted' });
  };
  const eyes = partnerActor(partner);
  const counted = async (work: (em: Em) => Promise<unknown>): Promise<number> => {
    count = 0;
    await emFor(spied, eyes).transactional(work);
    return count;
  };
  const all: Record<string, (em: Em) => Promise<unknown>> = {
    list: async (em) => loadRowsAround(em, eyes, (await listWorkOrders(em, eyes, { ...page, sort: { by: 'answerDueAt', order: 'DESC' }, filter: { q: 'Zählwerk' }, today: asked.today })).data),
    dashboard: async (em) => presentPartnerDashboard(em, eyes, asked),
    merged: async (em) => firstOrders(em, eyes, { sort: { by: 'answerDueAt', order: 'ASC' }, filter: { inbox: true }, today: asked.today, limit: 50 }),
  };
  await given();
  const one = new Map<string, number>();
  for (const [name, work] of Object.entries(all)) one.set(name, await counted(work));
  for (let n = 0; n < 6; n += 1) await given();
  for (const [name, work] of Object.entries(all)) expect([name, await counted(work)]).toEqual([name, one.get(name)]);
  expect(Math.max(...one.values())).toBeLessThan(35);
});
