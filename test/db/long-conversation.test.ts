import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadWorkOrderRecord } from '#api/work-orders/load.ts';
import { loadSharedConversation } from '#db/comments/shared.ts';
import { loadTimeline } from '#db/events/timeline.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { emFor, openOrm, type Em, type Orm } from '#db/orm.ts';
import { countLimit } from '#db/page.ts';
import { readTogether } from '#db/together.ts';
import { filesOf, loadSaid } from '#db/work-orders/conversation.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { LinkActor, MemberActor } from '#domain/actors.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { queriesOf } from '../support/logged-queries.ts';

const MESSAGES = 5_000;
/** Rows that one statement may look at, whatever has been said: a page of messages with what hangs on each of them. */
const MOST_READ = 600;

let api: TestApi;
let cast: Cast;
let order: WorkOrder;
let assignmentId: string;
let spied: Orm;
let statements: string[] = [];

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id });
  await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  const firm = await aFirm(api.orm, cast.organisation.id);
  await aContact(api.orm, cast.organisation.id, firm.id);
  const asked = await call(api, 'POST', account(cast, `/work-orders/${order.id}/assignments`), { cookie: cast.coordinator.cookie, body: { firmId: firm.id } });
  assignmentId = (asked.body as { assignments: { id: string }[] }).assignments[0]!.id;
  await talk();
  spied = await openOrm(appDatabaseUrl(api.settings), 2, { debug: ['query', 'query-params'], colors: false, logger: (line) => void statements.push(line) });
}, 240_000);
afterAll(async () => {
  await spied?.close(true);
  await api?.stop();
});

/** Each message with its event, a mail to the firm that told of it, and a photo. */
async function talk(): Promise<void> {
  const ids = [cast.organisation.id, order.id, cast.coordinator.user.id, assignmentId];
  const run = (sql: string) => api.database.query(sql.replaceAll(/\$(\d)/g, (_all, at: string) => `'${ids[Number(at) - 1]}'::uuid`));
  await run('alter table comments disable trigger comment_words');
  await run(`create temporary table said as select n, gen_random_uuid() as comment_id, gen_random_uuid() as event_id, gen_random_uuid() as mail_id, timestamptz '2026-11-25' - (${MESSAGES} - n) * interval '1 minute' as at from generate_series(1, ${MESSAGES}) n`);
  await run(`insert into comments (id, organisation_id, author_organisation_id, work_order_id, visibility, door, body, author_user_id, is_restored, created_at)
    select comment_id, $1, $1, $2, 'shared', 'portal', 'Nachricht ' || n, $3, false, at from said`);
  await run(`insert into events (id, organisation_id, name, occurred_at, door, work_order_id, subject_id, actor_user_id, data)
    select event_id, $1, 'comment.added', at, 'portal', $2, comment_id, $3, '{}' from said`);
  await run(`insert into outbound_mails (id, organisation_id, work_order_id, assignment_id, template, parameters, to_email, to_name, locale, cause, status, attempts, is_possible_duplicate, created_at)
    select mail_id, $1, $2, $4, 'comment-digest', '{}', 'a@x.test', 'Sepp Huber', 'de-DE', 'digest', 'delivered', 1, false, at from said`);
  await run(`insert into digest_items (id, organisation_id, work_order_id, recipient, event_id, created_at, mail_id) select gen_random_uuid(), $1, $2, 'assignment:' || $4, event_id, at, mail_id from said`);
  await run(`insert into attachments (id, organisation_id, author_organisation_id, work_order_id, comment_id, visibility, door, file_key, name, content_type, size, sha256, is_hidden, uploaded_by_user_id, created_at)
    select gen_random_uuid(), $1, $1, $2, comment_id, 'shared', 'portal', 'k' || n, 'foto-' || n || '.jpg', 'image/jpeg', 1000, 'x', false, $3, at from said`);
  // Other orders have their conversations, too.
  await run(`insert into digest_items (id, organisation_id, work_order_id, recipient, event_id, created_at) select gen_random_uuid(), $1, o.id, 'user:' || n, gen_random_uuid(), now() from work_orders o, generate_series(1, 30000) n where o.id <> $2`);
  await run('alter table comments enable trigger comment_words');
  for (const table of ['comments', 'events', 'outbound_mails', 'digest_items', 'attachments']) await run(`vacuum analyze ${table}`);
}

const member = (): MemberActor => ({ kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null });
const link = (): LinkActor => ({ kind: 'link', organisationId: cast.organisation.id, workOrderId: order.id, linkId: order.id, assignmentId, observerId: null, contactId: null, otherName: null });
const own = () => ({ organisationId: cast.organisation.id, workOrderId: order.id });

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Node[] };

/** Runs a query as its actor; the statements that looked at more rows than they may, as PostgreSQL counted them. */
async function tooMuch(actor: MemberActor | LinkActor, query: (em: Em) => Promise<unknown>): Promise<{ statement: string; rows: number }[]> {
  return emFor(spied, actor).transactional(async (em) => {
    statements = [];
    await query(em);
    const made = statements.flatMap(queriesOf).filter((one) => !one.includes('set_config'));
    expect(made.length).toBeGreaterThanOrEqual(2);
    const found = [];
    for (const statement of made) {
      const [row] = await em.execute<{ 'QUERY PLAN': { Plan: Node }[] }[]>(`explain (analyze, format json) ${statement.replaceAll('?', '\\?')}`);
      const rows = rowsRead(row!['QUERY PLAN'][0]!.Plan);
      if (rows > (statement.includes('as counted') ? countLimit : MOST_READ)) found.push({ statement, rows });
    }
    return found;
  });
}

/** Rows that came from tables, taken or thrown away. */
function rowsRead(node: Node): number {
  const here = node['Relation Name'] ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] : 0;
  return here + (node.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0);
}

const viewer = () => ({ actor: member(), signedIn: { userId: cast.coordinator.user.id, isOperator: false } as never, now: api.now(), deps: api.deps });

test('an order with 5,000 messages is opened by reading its newest ones only', async () => {
  expect(await tooMuch(member(), (em) => loadWorkOrderRecord(em, viewer(), order.id))).toEqual([]);
  const record = await emFor(api.orm, member()).transactional((em) => loadWorkOrderRecord(em, viewer(), order.id));
  expect([record.comments.length, record.commentCount, record.attachments.length, record.attachmentCount]).toEqual([50, MESSAGES, 100, MESSAGES]);
  expect([record.comments[0]!.body, record.comments.at(-1)!.body, record.attachments.at(-1)!.name]).toEqual(['Nachricht 4951', 'Nachricht 5000', 'foto-5000.jpg']);
  expect(record.comments.at(-1)).toMatchObject({ mailedTo: [{ name: 'Sepp Huber', status: 'delivered' }], attachments: [{ name: 'foto-5000.jpg' }] });
  expect(record.assignments[0]!.mailStatus).toBe('queued');
});

test('older messages, files and events are read page by page', async () => {
  const page = { page: 2, perPage: 50 };
  expect(await tooMuch(member(), (em) => loadSaid(em, member(), order.id, page))).toEqual([]);
  expect(await tooMuch(member(), (em) => readTogether(em, [filesOf(em, member(), order.id, page)]))).toEqual([]);
  expect(await tooMuch(member(), (em) => loadTimeline(em, member(), order.id, page))).toEqual([]);
});

test('the page of a link reads the newest messages only', async () => {
  expect(await tooMuch(link(), (em) => loadSharedConversation(em, { ...own(), assignmentId }, { page: 1, perPage: 50 }))).toEqual([]);
});

test('pages are newest first, follow each other without a gap, and end', async () => {
  type Listed = { data: { body: string }[]; pageInfo: { total: number; hasNextPage: boolean } };
  const ask = async (what: string): Promise<Listed> => (await call(api, 'GET', account(cast, `/work-orders/${order.id}/${what}`), { cookie: cast.coordinator.cookie })).body as Listed;
  const [first, second, last] = [await ask('comments?perPage=100'), await ask('comments?perPage=100&page=2'), await ask('comments?perPage=100&page=50')];
  expect([first.data[0]!.body, first.data.at(-1)!.body, second.data[0]!.body, last.data.at(-1)!.body]).toEqual(['Nachricht 5000', 'Nachricht 4901', 'Nachricht 4900', 'Nachricht 1']);
  expect([first.pageInfo, last.pageInfo]).toMatchObject([{ total: MESSAGES, hasNextPage: true }, { total: MESSAGES, hasNextPage: false }]);
  expect((await ask('attachments?perPage=100&page=50')).pageInfo.hasNextPage).toBe(false);
});
