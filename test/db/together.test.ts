import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { raw, sql, type FilterQuery } from '@mikro-orm/postgresql';
import { plainSql } from '#db/conditions.ts';
import { emFor, type Em } from '#db/orm.ts';
import { combined, numberOf, plainRows, readTogether, rowOf, rowsOf } from '#db/together.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
let orders: WorkOrder[];

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  orders = [
    await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { title: `Rohrbruch; Haus 'A' ?`, dueOn: '2026-12-01', priority: 'urgent' }),
    await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { title: 'Licht', responsibleUserId: cast.coordinator.user.id }),
    await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { title: 'Tor', status: 'closed', dueOn: '2026-11-01' }),
  ];
});
afterAll(() => api?.stop());

function asCoordinator<T>(work: (em: Em) => Promise<T>): Promise<T> {
  const actor: MemberActor = { kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null };
  return emFor(api.orm, actor).transactional(work);
}

const conditions = (): Record<string, FilterQuery<WorkOrder>> => ({
  'all of them': {},
  'equal': { title: `Rohrbruch; Haus 'A' ?` },
  'several at once': { status: 'open', priority: 'urgent' },
  'null': { dueOn: null },
  'not null': { dueOn: { $ne: null } },
  'not equal': { status: { $ne: 'closed' } },
  'among some': { status: { $in: ['open', 'closed'] } },
  'among none': { status: { $in: [] } },
  'before a day': { dueOn: { $lt: '2026-12-01' } },
  'between moments': { createdAt: { $gte: new Date('2020-01-01T00:00:00Z'), $lte: new Date('2030-01-01T00:00:00Z') } },
  'either or': { $or: [{ title: 'Licht' }, { $and: [{ status: 'closed' }, { dueOn: { $gt: '2026-01-01' } }] }] },
  'both, one of them empty': { $and: [{}, { title: 'Tor' }] },
  'a piece of SQL': { id: sql`any(array(select id from work_orders where title = ${'Tor'}))` } as FilterQuery<WorkOrder>,
  'among what SQL finds': { id: { $in: sql`(select id from work_orders where title = ${'Licht'})` } } as FilterQuery<WorkOrder>,
  'what only the builder knows': { title: { $ilike: 'li%' } },
  'a piece of SQL as key': { [raw(`length(title)`)]: 3 } as FilterQuery<WorkOrder>,
});

test.each(Object.keys(conditions()))('a reading finds what the ORM finds: %s', async (name) => {
  // Pieces of SQL serve one query each.
  const where = (): FilterQuery<WorkOrder> => conditions()[name] ?? {};
  const byNumber = (found: readonly WorkOrder[]): string[] => found.map((one) => one.number).toSorted();
  const expected = await asCoordinator((em) => em.find(WorkOrder, where()));
  const [rows, number] = await asCoordinator((em) => readTogether(em, [rowsOf(em, WorkOrder, where()), numberOf(em, WorkOrder, where(), 100)]));
  expect(byNumber(rows)).toEqual(byNumber(expected));
  expect(number).toBe(expected.length);
});

test('a condition or a sort that plain words can not say is left to the builder', async () => {
  await asCoordinator(async (em) => {
    const columns = (where: FilterQuery<WorkOrder>, orderBy?: object): string | null => plainSql(em, WorkOrder as never, '*', { where: where as object, orderBy });
    expect(columns({ title: 'Tor' }, { dueOn: 'asc nulls last', id: 'ASC' })).toBe(`select * from "work_orders" where "title" = 'Tor' order by "due_on" asc nulls last, "id" ASC`);
    expect(columns({ title: { $ilike: 't%' } })).toBeNull();
    expect(columns({ title: 'Tor' }, { [raw('length(title)')]: 'asc' } as object)).toBeNull();
    expect(columns({ title: 'Tor' }, { title: 'asc; drop table work_orders' })).toBeNull();
    expect(columns({ nobodyKnows: 1 } as never)).toBeNull();
  });
});

test('rows carry what the ORM gives: days as words, moments as dates, nulls', async () => {
  const [one] = await asCoordinator((em) => readTogether(em, [rowOf(em, WorkOrder, { id: orders[0]?.id ?? '' })]));
  const kept = await asCoordinator((em) => em.findOneOrFail(WorkOrder, { id: orders[0]?.id ?? '' }));
  expect(one).toEqual({ ...kept });
  expect(one?.createdAt).toBeInstanceOf(Date);
  expect(one).toMatchObject({ dueOn: '2026-12-01', responsibleUserId: null });
});

test('each reading gets its own answer, whatever stands in between', async () => {
  const found = await asCoordinator((em) => readTogether(em, [
    rowsOf(em, WorkOrder, null),
    plainRows<{ said: string }>(em, 'select ? as said', [`a;b '?' /* each */`]),
    combined([rowsOf(em, WorkOrder, { title: 'Tor' }), rowsOf(em, WorkOrder, null), rowsOf(em, WorkOrder, { title: 'Licht' })], (tor, none, licht) => [tor.length, none.length, licht[0]?.title]),
    rowOf(em, WorkOrder, { title: 'Gibt es nicht' }),
  ]));
  expect(found).toEqual([[], [{ said: `a;b '?' /* each */` }], [1, 0, 'Licht'], null]);
});

test('what is asked for together is read as the actor, within their rows', async () => {
  const other = await aCast(api.orm, api.now(), 'Andere Verwaltung');
  await aWorkOrder(api.orm, other.organisation.id, other.workspace.id, { title: 'Fremd' });
  const [found, role] = await asCoordinator((em) => readTogether(em, [rowsOf(em, WorkOrder, { title: 'Fremd' }), plainRows(em, 'select current_user::text as role', [])]));
  expect(found).toEqual([]);
  expect(role).toEqual([{ role: 'gewerk_member' }]);
});

test('what this transaction has changed is seen, and what it holds is not read over', async () => {
  await asCoordinator(async (em) => {
    const held = await em.findOneOrFail(WorkOrder, { title: 'Licht' });
    held.locationText = 'Keller';
    const [seen] = await readTogether(em, [rowOf(em, WorkOrder, { id: held.id })]);
    expect(seen).toBe(held);
    expect(seen?.locationText).toBe('Keller');
    em.clear();
  });
});

test('of what this transaction holds in part only, the rows bring the whole', async () => {
  await asCoordinator(async (em) => {
    const held = await em.findOneOrFail(WorkOrder, { title: 'Licht' }, { fields: ['number'] });
    const [seen] = await readTogether(em, [rowOf(em, WorkOrder, { id: held.id })]);
    expect(seen).toMatchObject({ id: held.id, title: 'Licht', responsibleUserId: cast.coordinator.user.id });
  });
});
