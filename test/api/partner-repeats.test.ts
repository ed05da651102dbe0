import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { call, type Answer } from '../support/api.ts';
import { aPartnerStage, anOrderOf, type Stage } from './partner-stage.ts';

/** A repeated request shows its first answer only to whoever still sees what it shows. */
let stage: Stage;

beforeAll(async () => {
  stage = await aPartnerStage();
});
afterAll(() => stage?.api.stop());

const query = (sql: string, ...values: unknown[]) => stage.api.database.query(sql, values);
const say = (accountId: string, orderId: string, cookie: string): Promise<Answer> => call(stage.api, 'POST', `/accounts/${accountId}/work-orders/${orderId}/comments`, {
  cookie, body: { visibility: 'shared', body: 'Einmal' }, headers: { 'idempotency-key': 'kennung-9' },
});

test('a partner\'s repeat shows nothing of before once the workspace is shared no more, the partnership has ended or its person has left', async () => {
  const { lift } = stage;
  const { order } = await anOrderOf(stage, lift, { status: 'accepted' });
  const { user, cookie } = lift.own.coordinator;
  const send = () => say(lift.partnership.id, order.id, cookie);
  const again = async () => {
    const { status, text } = await send();
    return [status, text.includes(order.number)];
  };
  expect([await again(), await again()]).toEqual([[201, true], [201, true]]);
  await query('update workspace_shares set is_served = false where partnership_id = $1', lift.partnership.id);
  expect(await again()).toEqual([404, false]);
  await query('update workspace_shares set is_served = true where partnership_id = $1', lift.partnership.id);
  expect(await again()).toEqual([201, true]);
  await query(`update partnerships set status = 'ended', ended_at = now() where id = $1`, lift.partnership.id);
  expect((await again())[1]).toBe(false);
  await query(`update partnerships set status = 'accepted', ended_at = null where id = $1`, lift.partnership.id);
  await query('update memberships set removed_at = now() where user_id = $1', user.id);
  expect(await again()).toEqual([404, false]);
  await query('update memberships set removed_at = null where user_id = $1', user.id);
});

test('nor does the repeat of somebody of the client who is held to other workspaces meanwhile', async () => {
  const { client } = stage;
  const { order } = await anOrderOf(stage, null);
  const send = async () => (await say(client.organisation.id, order.id, client.coordinator.cookie)).status;
  expect([await send(), await send()]).toEqual([201, 201]);
  const heldTo = (ids: string[] | null) => query('update memberships set workspace_ids = $1::jsonb where user_id = $2', ids && JSON.stringify(ids), client.coordinator.user.id);
  await heldTo([newId()]);
  expect(await send()).toBe(404);
  await heldTo(null);
  expect(await send()).toBe(201);
});
