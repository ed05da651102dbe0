import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { recordEvent, type NewEvent } from '#db/events/record.ts';
import { systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aShare, type PartnerCast } from '../support/partners.ts';
import { anOrderOf, aPartnerStage, asClient, givenTo, type Stage } from './partner-stage.ts';

/** An open stream in a client's account tells a partner of its own orders; what it no longer sees it no longer hears of. */
let stage: Stage;
const open: AbortController[] = [];

beforeAll(async () => {
  stage = await aPartnerStage();
});
afterEach(() => open.splice(0).forEach((one) => one.abort()));
afterAll(() => stage.api.stop());

type Message = { readonly topic: string; readonly workOrderId: string | null; readonly name: string };

/** Opens a stream; `until(ids)` waits until one of these orders is told of and gives everything heard before. */
async function listen(accountId: string, cookie: string) {
  const abort = new AbortController();
  open.push(abort);
  const response = await fetch(`${stage.api.url}/api/v1/accounts/${accountId}/events`, { headers: { cookie }, signal: abort.signal });
  const reader = (response.body as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const heard: Message[] = [];
  let rest = '';
  const until = async (isLast: (message: Message) => boolean): Promise<Message[]> => {
    while (!heard.some(isLast)) {
      const { value, done } = await reader.next();
      if (done) break;
      const parts = (rest + Buffer.from(value).toString('utf8')).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts.filter((one) => one.startsWith('event: changed'))) heard.push(JSON.parse(part.split('data: ')[1] ?? '') as Message);
    }
    return heard.splice(0);
  };
  return { until };
}

const asPartner = async ({ partnership, own }: PartnerCast) => listen(partnership.id, own.coordinator.cookie);

async function happen(...events: (Omit<NewEvent, 'organisationId'> & { side?: string })[]): Promise<void> {
  const organisationId = stage.client.organisation.id;
  const actor = { kind: 'system', organisationId, process: 'test' } as const;
  await systemEm(stage.api.orm, organisationId).transactional(async (em) => {
    for (const { side, ...event } of events) await recordEvent(em, actor, { organisationId, ...(side ? { authorOrganisationId: side } : {}), ...event }, stage.api.now());
  });
}

const named = (order: WorkOrder) => (one: Message): boolean => one.workOrderId === order.id;

test('a partner hears of its own orders, not of another\'s, nor what the client says inside, nor of other firms on the same order', async () => {
  const { order: mine, assignment } = await anOrderOf(stage, stage.lift);
  const { order: last } = await anOrderOf(stage, stage.lift);
  const { order: others } = await anOrderOf(stage, stage.painter);
  const theirs = await givenTo(stage, stage.painter, mine, { status: 'declined' });
  const stream = await asPartner(stage.lift);
  await happen(
    { name: 'work_order.started', workOrder: others },
    { name: 'comment.added', workOrder: mine, data: { visibility: 'internal' } },
    { name: 'assignment.declined', workOrder: mine, assignmentId: theirs.id },
    { name: 'comment.added', workOrder: mine, assignmentId: theirs.id, data: { visibility: 'shared' } },
    { name: 'assignment.escalated', workOrder: mine, assignmentId: assignment?.id ?? null },
    { name: 'firm.changed' }, { name: 'settings.changed' }, { name: 'asset.changed' },
    { name: 'comment.added', workOrder: mine, data: { visibility: 'shared' } },
    { name: 'assignment.sent_back', workOrder: mine, assignmentId: assignment?.id ?? null },
    { name: 'work_order.started', workOrder: last },
  );
  expect(await stream.until(named(last))).toEqual([
    { topic: 'work-orders', workOrderId: mine.id, name: 'comment.added' },
    { topic: 'work-orders', workOrderId: mine.id, name: 'assignment.sent_back' },
    { topic: 'work-orders', workOrderId: last.id, name: 'work_order.started' },
  ]);
});

test('what a partner says among its own people, its own screens hear and the client\'s don\'t', async () => {
  const { order: mine } = await anOrderOf(stage, stage.lift);
  const { order: last } = await anOrderOf(stage, stage.lift);
  const client = await listen(stage.client.organisation.id, stage.client.coordinator.cookie);
  const partner = await asPartner(stage.lift);
  await happen({ name: 'comment.added', workOrder: mine, data: { visibility: 'internal' }, side: stage.lift.own.organisation.id }, { name: 'work_order.started', workOrder: last });
  expect((await partner.until(named(last))).map((one) => one.name)).toEqual(['comment.added', 'work_order.started']);
  expect((await client.until(named(last))).map((one) => one.name)).toEqual(['work_order.started']);
});

test('a share that is taken back while a stream is open ends what it tells; the partner\'s screens are told to look again', async () => {
  const o = stage.client.organisation.id;
  const place = await aWorkspace(stage.api.orm, o);
  await aShare(stage.api.orm, stage.lift, place.id);
  const order = await aWorkOrder(stage.api.orm, o, place.id);
  await givenTo(stage, stage.lift, order);
  const { order: last } = await anOrderOf(stage, stage.lift);
  const { order: painters } = await anOrderOf(stage, stage.painter);
  const [stream, other] = [await asPartner(stage.lift), await asPartner(stage.painter)];
  await happen({ name: 'work_order.started', workOrder: order });
  await stream.until(named(order));
  expect((await asClient(stage)('PUT', `/partnerships/${stage.lift.partnership.id}/shares`, { workspaces: [{ workspaceId: place.id, scope: 'none' }], takeBack: [order.id] })).status).toBe(200);
  await happen({ name: 'work_order.held', workOrder: order }, { name: 'work_order.started', workOrder: painters }, { name: 'work_order.started', workOrder: last });
  const heard = await stream.until(named(last));
  expect(heard.filter((one) => one.workOrderId === order.id)).toEqual([]);
  expect(new Set(heard.filter((one) => one.workOrderId === null).map((one) => one.topic))).toEqual(new Set(['workspaces', 'assets', 'work-orders']));
  // What is shared with one partner is no news for another.
  expect(await other.until(named(painters))).toEqual([{ topic: 'work-orders', workOrderId: painters.id, name: 'work_order.started' }]);
});

test('a partnership that is no more ends the stream', async () => {
  const stream = await asPartner(stage.painter);
  await stage.api.database.query(`update partnerships set status = 'withdrawn' where id = $1`, [stage.painter.partnership.id]);
  await happen({ name: 'settings.changed' });
  expect(await stream.until(() => false)).toEqual([]);
  await stage.api.database.query(`update partnerships set status = 'accepted' where id = $1`, [stage.painter.partnership.id]);
});
