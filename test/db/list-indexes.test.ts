import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emFor, openOrm, type Orm } from '#db/orm.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { listWorkOrders, type WorkOrderFilter } from '#db/work-orders/queries.ts';
import { findMails } from '#db/mails/log-queries.ts';
import type { MemberActor } from '#domain/actors.ts';
import { WORK_ORDER_SORTS } from '#api/work-orders/schema.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { queriesOf } from '../support/logged-queries.ts';

const ROWS = 100_000;
/** Pages of 8 kB: the table alone has some 4,000; who reads it from the beginning reads no more than the capped count needs. */
const MOST_SCANNED = 1_500;
/**
 * By an index, page by page: far fewer than the 300,000 and more of a look-up for each of the rows. For one firm the planner
 * chooses, as its sample has it, between that firm's orders (some 4,000) and the newest orders until a page is full (some 17,000).
 */
const MOST_LOOKED_UP = 25_000;

let api: TestApi;
let cast: Cast;
let spied: Orm;
let statements: string[] = [];

beforeAll(async () => {
  api = await startApi({ now: new Date('2026-11-25T09:00:00Z') });
  cast = await aCast(api.orm, api.now());
  await aCast(api.orm, api.now(), 'Andere Verwaltung');
  await fill();
  spied = await openOrm(appDatabaseUrl(api.settings), 2, { debug: ['query', 'query-params'], colors: false, logger: (line) => void statements.push(line) });
}, 240_000);
afterAll(async () => {
  await spied?.close(true);
  await api?.stop();
});

/** Ten years of one organisation: most of it is closed; some workspaces, a busy technician, firms that were asked. */
async function fill(): Promise<void> {
  const { organisation, technician, coordinator } = cast;
  const run = (sql: string, values: unknown[] = []) => api.database.query(sql, values);
  await run(`alter table work_orders disable trigger work_order_words`);
  await run(`insert into workspaces (id, organisation_id, name, short_name, created_at, updated_at)
    select gen_random_uuid(), $1, 'WA ' || n, 'WA ' || n, now(), now() from generate_series(1, 50) n`, [organisation.id]);
  await run(`insert into firms (id, organisation_id, company, trades, created_at, updated_at) select gen_random_uuid(), $1, 'Firma ' || n, '[]', now(), now() from generate_series(1, 50) n`, [organisation.id]);
  await run(`with w as (select array_agg(id) as ids from workspaces where organisation_id = $1)
    insert into work_orders (id, organisation_id, kind, number, title, description, workspace_id, priority, status, is_warranty, is_safety_relevant, reporter_user_id, responsible_user_id, due_on, answer_due_at, created_at, updated_at, version)
    select gen_random_uuid(), $1, case when n % 5 = 0 then 'maintenance' else 'ticket' end, 'M-2020-' || lpad(n::text, 6, '0'), 'Auftrag ' || md5(n::text), '', w.ids[1 + n % array_length(w.ids, 1)],
      (array['low','normal','high','urgent'])[1 + n % 4], case when n % 100 < 3 then (array['open','assigned','accepted','in_progress','waiting','done'])[1 + n % 6] else 'closed' end,
      false, false, case when n % 1000 = 0 then $2::uuid end, case when n % 3 = 0 then $3::uuid end,
      case when n % 2 = 0 then date '2026-12-31' - (n % 3000) end, case when n % 100 = 1 then timestamptz '2026-11-30' - n * interval '1 minute' end,
      timestamptz '2026-11-25' - n * interval '50 minutes', timestamptz '2026-11-25' - n * interval '40 minutes', 1
    from generate_series(1, ${ROWS}) n, w`, [organisation.id, technician.user.id, coordinator.user.id]);
  await run(`with f as (select array_agg(id) as ids from firms where organisation_id = $1)
    insert into assignments (id, organisation_id, work_order_id, kind, firm_id, member_user_id, status, needs_acceptance, next_firm_ids, shared_attachment_ids, offered_at)
    select gen_random_uuid(), $1, o.id, case when o.n % 200 = 0 then 'member' else 'email' end, case when o.n % 200 <> 0 then f.ids[1 + o.n % array_length(f.ids, 1)] end, case when o.n % 200 = 0 then $2::uuid end,
      'accepted', true, '[]', '[]', o.created_at from (select id, created_at, row_number() over (order by number) as n from work_orders where organisation_id = $1) o, f where o.n % 4 = 0`, [organisation.id, technician.user.id]);
  await run(`insert into search_documents (organisation_id, work_order_id, audience, source_id, words)
    select organisation_id, id, 'shared', id, case when number like '%777' then to_tsvector('simple', 'wasserschaden') else to_tsvector('simple', md5(number)) end from work_orders where organisation_id = $1`, [organisation.id]);
  await run(`insert into outbound_mails (id, organisation_id, work_order_id, template, parameters, to_email, locale, cause, status, attempts, is_possible_duplicate, created_at)
    select gen_random_uuid(), $1, id, 'assignment', '{}', 'a' || number || '@x.test', 'de-DE', 'assignment.offered', case when number like '%99' then 'bounced' else 'delivered' end, 1, false, created_at from work_orders where organisation_id = $1`, [organisation.id]);
  await run(`alter table work_orders enable trigger work_order_words`);
  for (const table of ['work_orders', 'assignments', 'search_documents', 'outbound_mails', 'inbound_mails', 'observers']) await run(`vacuum analyze ${table}`);
}

const coordinator = (): MemberActor => ({ kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null });
const technician = (): MemberActor => ({ ...coordinator(), userId: cast.technician.user.id, role: 'technician' });

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Shared Hit Blocks': number; 'Shared Read Blocks': number; Plans?: Node[] };
type Plan = { readonly statement: string; readonly buffers: number; readonly scanned: string[]; readonly sorted: string[] };

/** Runs a query as its actor and explains each statement that it made, with the same role and policies. */
async function explain(actor: MemberActor, query: (em: ReturnType<typeof emFor>) => Promise<unknown>): Promise<Plan[]> {
  return emFor(spied, actor).transactional(async (em) => {
    statements = [];
    await query(em);
    const made = statements.flatMap(queriesOf).filter((one) => !/set_config|from search_work_orders/.test(one));
    const plans: Plan[] = [];
    for (const statement of made) {
      const [row] = await em.execute<{ 'QUERY PLAN': { Plan: Node }[] }[]>(`explain (analyze, buffers, format json) ${statement.replaceAll('?', '\\?')}`);
      const root = row!['QUERY PLAN'][0]!.Plan;
      plans.push({ statement, buffers: root['Shared Hit Blocks'] + root['Shared Read Blocks'], scanned: wholeScans(root), sorted: sorts(root) });
    }
    expect(plans.length).toBeGreaterThanOrEqual(2);
    return plans;
  });
}

function wholeScans(node: Node): string[] {
  const own = node['Node Type'] === 'Seq Scan' && ['work_orders', 'assignments', 'outbound_mails', 'search_documents'].includes(node['Relation Name'] ?? '') ? [node['Relation Name']!] : [];
  return [...own, ...(node.Plans ?? []).flatMap(wholeScans)];
}

function sorts(node: Node): string[] {
  return [...(node['Node Type'].includes('Sort') ? [node['Node Type']] : []), ...(node.Plans ?? []).flatMap(sorts)];
}

const page = { page: 1, perPage: 25 };
const listed = (filter: WorkOrderFilter, by = 'createdAt', order: 'ASC' | 'DESC' = 'DESC') => (em: ReturnType<typeof emFor>) =>
  listWorkOrders(em, coordinator(), { ...page, sort: { by, order }, filter, today: '2026-11-25' });

async function expectIndexed(plans: Promise<Plan[]>): Promise<void> {
  expect((await plans).filter((plan) => plan.buffers > (plan.scanned.length > 0 ? MOST_SCANNED : MOST_LOOKED_UP))).toEqual([]);
}

describe('at 100,000 orders a list reads no whole table', () => {
  for (const by of WORK_ORDER_SORTS) {
    for (const order of ['ASC', 'DESC'] as const) {
      test(`sorted by ${by} ${order}`, () => expectIndexed(explain(coordinator(), listed({}, by, order))));
    }
  }

  const filters: readonly [string, () => WorkOrderFilter | Promise<WorkOrderFilter>][] = [
    ['open ones', () => ({ status: ['open'] })],
    ['all that run', () => ({ status: ['open', 'assigned', 'accepted', 'in_progress', 'waiting', 'done'] })],
    ['a status that nothing has', () => ({ status: ['cancelled'] })],
    ['one priority', () => ({ priority: ['urgent'] })],
    ['one workspace', async () => ({ workspaceId: await first(`select id from workspaces where name = 'WA 7'`) })],
    ['maintenance', () => ({ kind: 'maintenance' as const })],
    ['one firm', async () => ({ firmId: await first(`select id from firms where company = 'Firma 7'`) })],
    ['one own person', () => ({ assigneeUserId: cast.technician.user.id })],
    ['one responsible', () => ({ responsibleUserId: cast.coordinator.user.id })],
    ['nobody is responsible so', () => ({ responsibleUserId: cast.admin.user.id })],
    ['an asset', () => ({ assetId: cast.admin.user.id })],
    ['overdue', () => ({ overdue: true })],
    ['due this week', () => ({ dueFrom: '2026-11-25', dueUntil: '2026-11-29' })],
    ['awaiting an answer', () => ({ awaitingAnswer: true })],
    ['a word', () => ({ q: 'wasserschaden' })],
    ['a word that nothing has', () => ({ q: 'nirgends' })],
    ['open in one workspace', async () => ({ status: ['open'] as const, workspaceId: await first(`select id from workspaces where name = 'WA 7'`) })],
  ];
  test.each(filters)('filtered by: %s', async (_name, filter) => expectIndexed(explain(coordinator(), listed(await filter()))));

  test('sorted by the status that it is filtered by', () => expectIndexed(explain(coordinator(), listed({ status: ['done'] }, 'status', 'DESC'))));
  test('sorted by the priority that it is filtered by', () => expectIndexed(explain(coordinator(), listed({ priority: ['low'] }, 'priority', 'DESC'))));
  test.each(['answerDueAt', 'dueOn'])('closed ones by %s, which most of them don\'t have, stand in that order already', async (by) => {
    const plans = await explain(coordinator(), listed({ status: ['closed'] }, by, 'ASC'));
    expect(plans.flatMap((plan) => plan.sorted)).toEqual([]);
  });

  test('a technician\'s own, which are few among many', async () => {
    await expectIndexed(explain(technician(), (em) => listWorkOrders(em, technician(), { ...page, sort: { by: 'createdAt', order: 'DESC' }, filter: {}, today: '2026-11-25' })));
  });

  test('the mail log, whole and filtered', async () => {
    for (const filter of [{}, { status: ['bounced'] as const }, { workOrderId: await first('select id from work_orders limit 1') }, { needsAttention: true }, { q: 'aM-2020-000042@x.test' }]) {
      await expectIndexed(explain(coordinator(), (em) => findMails(em, coordinator(), { ...page, order: 'DESC', filter, now: api.now() })));
    }
  });
});

test('totals are exact to 10,000, then say that there are more', async () => {
  const found = await emFor(api.orm, coordinator()).transactional((em) => listWorkOrders(em, coordinator(), { ...page, sort: { by: 'createdAt', order: 'DESC' }, filter: {}, today: '2026-11-25' }));
  expect(found.pageInfo).toEqual({ page: 1, perPage: 25, total: 10_000, isTotalCapped: true, hasNextPage: true });
  const exact = await emFor(api.orm, coordinator()).transactional((em) => listWorkOrders(em, coordinator(), { ...page, sort: { by: 'createdAt', order: 'DESC' }, filter: { awaitingAnswer: true }, today: '2026-11-25' }));
  expect(exact.pageInfo).toMatchObject({ total: 1_000, isTotalCapped: false });
});

test('priority and status sort by their rank, not by the alphabet', async () => {
  const ranked = async (by: 'priority' | 'status', order: 'ASC' | 'DESC') =>
    (await emFor(api.orm, coordinator()).transactional((em) => listWorkOrders(em, coordinator(), { ...page, sort: { by, order }, filter: {}, today: '2026-11-25' }))).data[0]![by];
  expect([await ranked('priority', 'ASC'), await ranked('priority', 'DESC'), await ranked('status', 'ASC'), await ranked('status', 'DESC')]).toEqual(['low', 'urgent', 'open', 'closed']);
});

async function first(sql: string): Promise<string> {
  return (await api.database.query<{ id: string }>(sql))[0]!.id;
}
