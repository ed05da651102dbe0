import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { queueMail } from '#db/mails/queue.ts';
import { withoutKeyLocks } from '#db/mikro-orm.config.ts';
import { emFor, systemEm, type Em } from '#db/orm.ts';
import { lockWorkOrder } from '#db/work-orders/load.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { until } from '../support/until.ts';

let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api?.stop());

/** A mail of one conversation: of the order with its coordinator. */
async function mailOf(em: Em, order: WorkOrder): Promise<void> {
  const { user } = cast.coordinator;
  const to = { email: user.email, name: user.name, userId: user.id, locale: user.locale };
  await queueMail(em, { template: 'comment-digest', organisationId: order.organisationId, workOrder: order, to, party: `user:${user.id}`, cause: 'digest' }, api.now());
  await em.flush();
}

/** Whether a transaction waits for another. */
async function isSomebodyWaiting(): Promise<boolean> {
  return (await api.database.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0;
}

test('who steers an order and who tells its news open one conversation at the same moment, and neither is thrown out', async () => {
  const { organisation, workspace, coordinator } = cast;
  const actor: MemberActor = { kind: 'member', organisationId: organisation.id, userId: coordinator.user.id, role: 'coordinator', workspaceIds: null };
  const order = await aWorkOrder(api.orm, organisation.id, workspace.id);
  let isTold = false;
  const telling = async (): Promise<void> => systemEm(api.orm, organisation.id).transactional(async (em) => {
    await mailOf(em, order);
    isTold = true;
    await until('the other to wait for this conversation', isSomebodyWaiting);
  });
  await emFor(api.orm, actor).transactional(async (em) => {
    const locked = await lockWorkOrder(em, actor, order.id);
    const told = telling();
    // Where telling waited for the order, going on would be a deadlock.
    await until('news to be written, or held up', async () => isTold || isSomebodyWaiting());
    await mailOf(em, locked);
    await told;
  });
  expect(await api.database.query('select 1 from mail_threads where work_order_id = $1', [order.id])).toHaveLength(1);
  expect(await api.database.query('select 1 from outbound_mails where work_order_id = $1', [order.id])).toHaveLength(2);
});

test.each([
  ['select * from work_orders where id = ? for update', 'select * from work_orders where id = ? for no key update'],
  ['select id from outbox limit 1 for update skip locked', 'select id from outbox limit 1 for update skip locked'],
  ['create policy p on t for update', 'create policy p on t for update'],
])('a lock leaves the key free, and nothing else is changed: %s', (sql, run) => {
  expect(withoutKeyLocks(sql)).toBe(run);
});
