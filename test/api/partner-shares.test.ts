import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { call, type Answer } from '../support/api.ts';
import { anAsset, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aPartnerStage, asClient, asPartner, givenTo, type Stage } from './partner-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await aPartnerStage();
});
afterAll(() => stage.api.stop());

const bodyOf = <T>(answer: Answer): T => answer.body as unknown as T;
const partnership = (rest = ''): string => `/partnerships/${stage.lift.partnership.id}${rest}`;
type Shares = { workspaces: { workspaceId: string; assetCount: number; sharedAssetCount: number; share: { scope: string; isServed: boolean; notServedReason: string | null } | null }[] };

async function aPlace(assets = 3) {
  const o = stage.client.organisation.id;
  const place = await aWorkspace(stage.api.orm, o);
  return { place, assets: await Promise.all(Array.from({ length: assets }, async () => anAsset(stage.api.orm, o, place.id))) };
}
const shareOf = async (workspaceId: string) => bodyOf<Shares>(await asClient(stage)('GET', partnership('/shares'))).workspaces.find((one) => one.workspaceId === workspaceId);
const put = async (workspaces: unknown[]): Promise<Answer> => asClient(stage)('PUT', partnership('/shares'), { workspaces });
const seenAssets = async (workspaceId: string): Promise<number> =>
  bodyOf<{ pageInfo: { total: number } }>(await asPartner(stage, stage.lift)('GET', `/assets?workspaceId=${workspaceId}`)).pageInfo.total;

test('a workspace is shared whole, in part, or not; the partner sees it from the next request on', async () => {
  const { place, assets } = await aPlace();
  expect(await shareOf(place.id)).toMatchObject({ assetCount: 3, sharedAssetCount: 0, share: null });
  expect((await put([{ workspaceId: place.id, scope: 'all' }])).status).toBe(200);
  expect(await seenAssets(place.id)).toBe(3);
  await put([{ workspaceId: place.id, scope: 'chosen', assetIds: [assets[0]?.id] }]);
  expect(await shareOf(place.id)).toMatchObject({ sharedAssetCount: 1, share: { scope: 'chosen', isServed: true } });
  expect(await seenAssets(place.id)).toBe(1);
  // What is not named stays as it is.
  expect(await shareOf(stage.client.workspace.id)).toMatchObject({ share: { scope: 'all' } });
  await put([{ workspaceId: place.id, scope: 'none' }]);
  expect(await seenAssets(place.id)).toBe(0);
  expect((await asPartner(stage, stage.lift)('GET', `/workspaces/${place.id}`)).status).toBe(404);
  expect((await asPartner(stage, stage.lift)('GET', `/workspaces/${stage.client.workspace.id}`)).status).toBe(200);
  const names = await stage.api.database.query<{ data: { scope: string; from: string } }>(`select data from events where name = 'partnership.shares_changed' and data->>'workspaceId' = $1 order by occurred_at, id`, [place.id]);
  expect(names.map((one) => `${one.data.from}→${one.data.scope}`)).toEqual(['none→all', 'all→chosen', 'chosen→none']);
});

test('the same share again changes nothing and tells nobody', async () => {
  const { place, assets } = await aPlace();
  const change = { workspaceId: place.id, scope: 'chosen', assetIds: assets.map((one) => one.id) };
  await put([change]);
  await put([change]);
  const events = await stage.api.database.query(`select 1 from events where name = 'partnership.shares_changed' and data->>'workspaceId' = $1`, [place.id]);
  expect(events).toHaveLength(1);
});

test('the preview names what is won and lost, and the orders that run there; it writes nothing', async () => {
  const { place, assets } = await aPlace();
  await put([{ workspaceId: place.id, scope: 'all' }]);
  const o = stage.client.organisation.id;
  const here = await aWorkOrder(stage.api.orm, o, place.id, { status: 'accepted', assetId: assets[0]?.id ?? null });
  const over = await aWorkOrder(stage.api.orm, o, place.id, { status: 'closed' });
  const others = await aWorkOrder(stage.api.orm, o, place.id, { status: 'accepted' });
  for (const order of [here, over]) await givenTo(stage, stage.lift, order);
  await givenTo(stage, stage.painter, others);
  const preview = async (workspaces: unknown[]) => bodyOf<{ effects: { gained: number; lost: number; runningOrders: { number: string }[]; toTakeBack: { id: string }[] }[] }>(await asClient(stage)('POST', partnership('/shares/preview'), { workspaces })).effects[0];
  expect(await preview([{ workspaceId: place.id, scope: 'none' }])).toMatchObject({ gained: 0, lost: 3, runningOrders: [], toTakeBack: [{ id: here.id, number: here.number, title: here.title, assignmentStatus: 'accepted' }] });
  expect(await preview([{ workspaceId: place.id, scope: 'chosen', assetIds: [assets[0]?.id] }])).toMatchObject({ lost: 2, runningOrders: [] });
  expect(await preview([{ workspaceId: place.id, scope: 'chosen', assetIds: [assets[1]?.id] }])).toMatchObject({ lost: 2, runningOrders: [{ number: here.number }] });
  expect(await shareOf(place.id)).toMatchObject({ share: { scope: 'all' } });
});

describe('a workspace where the partner has work is taken back together with the work, or not at all', () => {
  const orderRow = async (id: string): Promise<Record<string, unknown>> => (await stage.api.database.query<Record<string, unknown>>('select o.status, a.status as assignment, a.withdraw_reason, a.cancel_reason from work_orders o join assignments a on a.work_order_id = o.id where o.id = $1', [id]))[0] ?? {};
  const mailsAbout = async (id: string) => stage.api.database.query<{ template: string; to_email: string }>(`select template, to_email from outbound_mails where work_order_id = $1 order by id`, [id]);

  async function aPlaceWithWork() {
    const { place, assets } = await aPlace(1);
    await put([{ workspaceId: place.id, scope: 'all' }]);
    const o = stage.client.organisation.id;
    const accepted = await aWorkOrder(stage.api.orm, o, place.id, { status: 'accepted', assetId: assets[0]?.id ?? null });
    const asked = await aWorkOrder(stage.api.orm, o, place.id, { status: 'assigned' });
    const over = await aWorkOrder(stage.api.orm, o, place.id, { status: 'closed' });
    await givenTo(stage, stage.lift, accepted);
    await givenTo(stage, stage.lift, asked, { status: 'offered' });
    await givenTo(stage, stage.lift, over, { status: 'done' });
    return { place, accepted, asked, over };
  }

  test('nothing is taken while an order is not named; the refusal names them all', async () => {
    const { place, accepted, asked } = await aPlaceWithWork();
    const change = [{ workspaceId: place.id, scope: 'none' }];
    for (const takeBack of [undefined, [accepted.id]]) {
      const refused = await asClient(stage)('PUT', partnership('/shares'), { workspaces: change, takeBack });
      expect(refused).toMatchObject({ status: 409, body: { code: 'share_has_orders' } });
      expect(refused.text).toContain(asked.number);
      expect(refused.text.includes(accepted.number)).toBe(!takeBack);
    }
    expect(await shareOf(place.id)).toMatchObject({ share: { scope: 'all' } });
    expect(await orderRow(accepted.id)).toMatchObject({ status: 'accepted', assignment: 'accepted' });
    expect(await mailsAbout(accepted.id)).toEqual([]);
  });

  test('an id in capitals is the same id: orders there stay in the way, and no workspace is named twice', async () => {
    const { place, accepted, asked } = await aPlaceWithWork();
    const shouted = { workspaceId: place.id.toUpperCase(), scope: 'none' };
    expect(await put([shouted])).toMatchObject({ status: 409, body: { code: 'share_has_orders' } });
    expect(await put([shouted, { workspaceId: place.id, scope: 'all' }])).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
    expect(await shareOf(place.id)).toMatchObject({ share: { scope: 'all' } });
    const takeBack = [accepted, asked].map((one) => one.id.toUpperCase());
    expect((await asClient(stage)('PUT', partnership('/shares'), { workspaces: [shouted], takeBack })).status).toBe(200);
    expect(await orderRow(asked.id)).toMatchObject({ status: 'open', assignment: 'withdrawn' });
  });

  test('named, they go back to the client at once, and the partner reads why', async () => {
    const { place, accepted, asked, over } = await aPlaceWithWork();
    expect((await asPartner(stage, stage.lift)('GET', `/work-orders/${accepted.id}`)).status).toBe(200);
    const done = await asClient(stage)('PUT', partnership('/shares'), { workspaces: [{ workspaceId: place.id, scope: 'none' }], takeBack: [accepted.id, asked.id] });
    expect(done.status).toBe(200);
    expect(await orderRow(accepted.id)).toMatchObject({ status: 'open', assignment: 'cancelled', cancel_reason: `Der Arbeitsbereich ${place.name} ist nicht mehr für Sie freigegeben.` });
    expect(await orderRow(accepted.id)).toMatchObject({ withdraw_reason: 'share_ended' });
    expect(await orderRow(asked.id)).toMatchObject({ status: 'open', assignment: 'withdrawn', withdraw_reason: 'share_ended' });
    expect(await orderRow(over.id)).toMatchObject({ status: 'closed', assignment: 'done' });
    expect(new Set((await mailsAbout(accepted.id)).map((one) => one.template))).toEqual(new Set(['cancellation']));
    expect(new Set((await mailsAbout(asked.id)).map((one) => one.template))).toEqual(new Set(['withdrawal']));
    for (const one of [accepted, asked, over]) expect((await asPartner(stage, stage.lift)('GET', `/work-orders/${one.id}`)).status).toBe(404);
  });

  test('work that is reported done is checked first', async () => {
    const { place } = await aPlace(0);
    await put([{ workspaceId: place.id, scope: 'all' }]);
    const reported = await aWorkOrder(stage.api.orm, stage.client.organisation.id, place.id, { status: 'done' });
    await givenTo(stage, stage.lift, reported, { status: 'done' });
    const change = [{ workspaceId: place.id, scope: 'none' }];
    expect((await asClient(stage)('POST', partnership('/shares/preview'), { workspaces: change })).body).toMatchObject({ effects: [{ toTakeBack: [], toCheck: [{ id: reported.id }] }] });
    const refused = await asClient(stage)('PUT', partnership('/shares'), { workspaces: change, takeBack: [reported.id] });
    expect(refused).toMatchObject({ status: 409, body: { code: 'share_has_reported_work' } });
    expect(refused.text).toContain(reported.number);
    expect(await orderRow(reported.id)).toMatchObject({ status: 'done', assignment: 'done' });
    expect((await asClient(stage)('POST', `/work-orders/${reported.id}/steps`, { step: 'close' })).status).toBe(200);
    expect((await put(change)).status).toBe(200);
  });

  test('fewer assets leave the work where it is', async () => {
    const { place, accepted } = await aPlaceWithWork();
    expect((await put([{ workspaceId: place.id, scope: 'chosen', assetIds: [] }])).status).toBe(200);
    expect(await orderRow(accepted.id)).toMatchObject({ assignment: 'accepted' });
    expect((await asPartner(stage, stage.lift)('GET', `/work-orders/${accepted.id}`)).status).toBe(200);
  });

  test('given out and taken back at the same moment: the work is refused or asked about, never lost', async () => {
    const { place } = await aPlace(0);
    await put([{ workspaceId: place.id, scope: 'all' }]);
    const order = await aWorkOrder(stage.api.orm, stage.client.organisation.id, place.id, { status: 'open' });
    const [given, taken] = await Promise.all([
      asClient(stage)('POST', `/work-orders/${order.id}/assignments`, { firmId: stage.lift.partnership.firmId }),
      put([{ workspaceId: place.id, scope: 'none' }]),
    ]);
    const isGiven = given.status === 201;
    expect((isGiven ? taken : given).body).toMatchObject({ code: isGiven ? 'share_has_orders' : 'workspace_not_shared' });
    expect(taken.status).toBe(isGiven ? 409 : 200);
    expect((await shareOf(place.id))?.share === null).toBe(!isGiven);
  });
});

test('work of a partner moves only to where the partner sees it; once it is taken back, anywhere', async () => {
  const o = stage.client.organisation.id;
  const [shared, other] = [await aPlace(0), await aPlace(0)];
  await put([{ workspaceId: shared.place.id, scope: 'all' }]);
  const order = await aWorkOrder(stage.api.orm, o, stage.client.workspace.id, { status: 'accepted' });
  const given = await givenTo(stage, stage.lift, order);
  const move = (workspaceId: string) => asClient(stage)('PATCH', `/work-orders/${order.id}`, { workspaceId });
  expect(await move(other.place.id)).toMatchObject({ status: 409, body: { code: 'workspace_not_shared' } });
  expect((await asPartner(stage, stage.lift)('GET', `/work-orders/${order.id}`)).status).toBe(200);
  expect((await move(shared.place.id)).status).toBe(200);
  expect((await asPartner(stage, stage.lift)('GET', `/work-orders/${order.id}`)).status).toBe(200);
  expect((await asClient(stage)('POST', `/assignments/${given.id}/cancellation`, { reason: 'Zieht um' })).status).toBe(200);
  expect((await move(other.place.id)).status).toBe(200);
});

test('only administrators share, only what is theirs, and only with somebody who is or may become a partner', async () => {
  const { place } = await aPlace(0);
  const { place: other, assets } = await aPlace(1);
  expect((await asClient(stage, 'coordinator')('GET', partnership('/shares'))).status).toBe(200);
  expect((await asClient(stage, 'coordinator')('PUT', partnership('/shares'), { workspaces: [] })).status).toBe(403);
  expect((await put([{ workspaceId: newId(), scope: 'all' }])).status).toBe(404);
  expect((await put([{ workspaceId: stage.lift.own.workspace.id, scope: 'all' }])).status).toBe(404);
  // An asset of another workspace is none of this one.
  expect((await put([{ workspaceId: place.id, scope: 'chosen', assetIds: [assets[0]?.id] }])).status).toBe(404);
  expect(await shareOf(other.id)).toMatchObject({ share: null });
  await stage.api.database.query(`update partnerships set status = 'ended' where id = $1`, [stage.painter.partnership.id]);
  expect((await asClient(stage)('PUT', `/partnerships/${stage.painter.partnership.id}/shares`, { workspaces: [{ workspaceId: place.id, scope: 'all' }] })).status).toBe(409);
  await stage.api.database.query(`update partnerships set status = 'accepted' where id = $1`, [stage.painter.partnership.id]);
});

test('a partner unticks what it does not serve, with its reason, but not while it works there', async () => {
  const { place } = await aPlace();
  await put([{ workspaceId: place.id, scope: 'all' }]);
  const served = async (isServed: boolean, reason?: string, role: 'admin' | 'coordinator' = 'admin'): Promise<Answer> =>
    asPartner(stage, stage.lift, role)('PUT', '/partnership/served', { workspaces: [{ workspaceId: place.id, isServed, ...(reason ? { reason } : {}) }] });
  const order = await aWorkOrder(stage.api.orm, stage.client.organisation.id, place.id, { status: 'accepted' });
  await givenTo(stage, stage.lift, order);
  const refused = await served(false);
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(order.number)]);
  await stage.api.database.query(`update work_orders set status = 'closed' where id = $1`, [order.id]);
  expect((await served(false, 'Zu weit weg', 'coordinator')).status).toBe(403);
  expect((await served(false, 'Zu weit weg')).body).toMatchObject({ workspaces: expect.arrayContaining([expect.objectContaining({ workspaceId: place.id, isServed: false, notServedReason: 'Zu weit weg' })]) });
  expect(await shareOf(place.id)).toMatchObject({ share: { isServed: false, notServedReason: 'Zu weit weg' } });
  const { history } = bodyOf<{ history: { name: string; data: unknown }[] }>(await asClient(stage)('GET', partnership()));
  expect(history).toContainEqual(expect.objectContaining({ name: 'partnership.served_changed', data: expect.objectContaining({ workspaceId: place.id, workspace: place.name, isServed: false }) }));
  expect(await seenAssets(place.id)).toBe(0);
  // Sharing it another way is no answer to that.
  await put([{ workspaceId: place.id, scope: 'chosen', assetIds: [] }]);
  expect(await shareOf(place.id)).toMatchObject({ share: { isServed: false } });
  expect((await served(true)).status).toBe(200);
  expect((await asPartner(stage, stage.lift)('GET', `/workspaces/${place.id}`)).status).toBe(200);
  // What is not shared can't be unticked, and tells nothing of itself.
  const { place: unshared } = await aPlace(0);
  for (const workspaceId of [unshared.id, newId()]) {
    expect((await asPartner(stage, stage.lift, 'admin')('PUT', '/partnership/served', { workspaces: [{ workspaceId, isServed: false }] })).status).toBe(404);
  }
});

test('a repeated request of a partner is done once, under keys of this account', async () => {
  const { api, lift, client } = stage;
  const order = await aWorkOrder(api.orm, client.organisation.id, client.workspace.id, { status: 'accepted' });
  await givenTo(stage, lift, order);
  const send = async (): Promise<Answer> => call(api, 'POST', `/accounts/${lift.partnership.id}/work-orders/${order.id}/comments`, {
    cookie: lift.own.coordinator.cookie, body: { visibility: 'shared', body: 'Einmal' }, headers: { 'idempotency-key': 'kennung-1' },
  });
  const [first, again] = [await send(), await send()];
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
  expect(await api.database.query(`select 1 from comments where work_order_id = $1`, [order.id])).toHaveLength(1);
});
