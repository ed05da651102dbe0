import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { aPartnerStage, anOrderOf, asClient, asPartner, givenTo, type Stage } from './partner-stage.ts';

let stage: Stage;
let order: WorkOrder;
let assignment: Assignment;
let others: WorkOrder;

beforeAll(async () => {
  stage = await aPartnerStage();
  await stage.api.database.query(`update workspaces set street = 'Lindenhofgasse 12', postal_code = '20457', city = 'Hafenau' where id = $1`, [stage.client.workspace.id]);
  const asked = await anOrderOf(stage, stage.lift, { title: 'Türen klemmen' });
  order = asked.order;
  assignment = asked.assignment!;
  others = (await anOrderOf(stage, stage.painter, { title: 'Wand streichen' })).order;
});
afterAll(() => stage?.api.stop());

const lift = () => asPartner(stage, stage.lift);
const client = () => asClient(stage);
type Asks = ReturnType<typeof asClient>;

async function finds(who: Asks, q: string): Promise<string[]> {
  const { data } = (await who('GET', `/work-orders?q=${encodeURIComponent(q)}`)).body as { data: { id: string }[] };
  return data.map((one) => one.id);
}

const keep = async (ownReference: string | null) => expect((await lift()('PUT', `/assignments/${assignment.id}/internal`, { ownReference })).status).toBe(200);

test('a partner finds an order by its own number or a part of it, and no longer by one that it gave up', async () => {
  await keep('ST-8841/b');
  for (const q of ['ST-8841/b', 'ST-8841', '8841', '88']) expect([q, await finds(lift(), q)]).toEqual([q, [order.id]]);
  await keep('ST-9002');
  expect(await finds(lift(), '8841')).toEqual([]);
  expect(await finds(lift(), '9002')).toEqual([order.id]);
  await keep(null);
  expect(await finds(lift(), '9002')).toEqual([]);
});

test('a partner\'s own number is found by nobody else: not its client, not another partner of the order, not its technician without the order', async () => {
  await keep('QX-7713');
  await givenTo(stage, stage.painter, order);
  expect(await finds(lift(), 'QX-7713')).toEqual([order.id]);
  for (const who of [client(), asPartner(stage, stage.painter), asPartner(stage, stage.lift, 'technician')]) {
    for (const q of ['QX-7713', '7713']) expect(await finds(who, q)).toEqual([]);
  }
});

test('orders are found by the name and address of their site, with other words beside them, and by the new address once it changes', async () => {
  expect((await finds(client(), 'Lindenhofgasse')).toSorted()).toEqual([order.id, others.id].toSorted());
  expect(await finds(client(), 'Türen Lindenhofgasse Hafenau')).toEqual([order.id]);
  expect(await finds(client(), '20457 streichen')).toEqual([others.id]);
  const { status } = await client()('PATCH', `/workspaces/${stage.client.workspace.id}`, { street: 'Kranzbinderweg 3' });
  expect(status).toBe(200);
  expect(await finds(client(), 'Lindenhofgasse')).toEqual([]);
  expect((await finds(client(), 'Kranzbinderweg')).toSorted()).toEqual([order.id, others.id].toSorted());
});

test('by an address a partner finds its own orders there and none of another', async () => {
  expect(await finds(lift(), 'Hafenau')).toEqual([order.id]);
  await stage.api.database.query('update workspace_shares set is_served = false where partnership_id = $1', [stage.lift.partnership.id]);
  expect(await finds(lift(), 'Hafenau')).toEqual([]);
  await stage.api.database.query('update workspace_shares set is_served = true where partnership_id = $1', [stage.lift.partnership.id]);
});
