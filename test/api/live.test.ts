import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createRegistry } from '#api/live/registry.ts';
import { recordEvent } from '#db/events/record.ts';
import { systemEm } from '#db/orm.ts';
import type { EventName } from '#domain/events.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aMembership, aSession, aUser, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
let other: Cast;
const open: AbortController[] = [];

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  other = await aCast(api.orm, api.now(), 'Fremde Verwaltung');
});
afterEach(() => open.splice(0).forEach((one) => one.abort()));
afterAll(() => api.stop());

type Stream = { readonly messages: { topic: string; workOrderId: string | null; name: string }[]; readonly said: string[]; readonly ended: Promise<void>; readonly next: (count: number) => Promise<void> };

/** Opens a stream and gathers its messages; `next(n)` waits until there are n. */
async function listen(of: Cast, cookie: string): Promise<Stream> {
  const abort = new AbortController();
  open.push(abort);
  const response = await fetch(`${api.url}/api/v1${account(of, '/events')}`, { headers: { cookie }, signal: abort.signal });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const messages: Stream['messages'] = [];
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (rest + Buffer.from(chunk).toString('utf8')).split('\n\n');
      rest = parts.pop() ?? '';
      said.push(...parts.flatMap((one) => /^event: (\w+)/.exec(one)?.[1] ?? []));
      for (const part of parts.filter((one) => one.startsWith('event: changed'))) messages.push(JSON.parse(part.split('data: ')[1] ?? '') as Stream['messages'][number]);
      waiting.splice(0).forEach((wake) => wake());
    }
  };
  const ended = read().catch(() => undefined);
  const next = async (count: number): Promise<void> => {
    while (messages.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { messages, said, ended, next };
}

async function happen(of: Cast, name: EventName, order?: { id: string; number: string }): Promise<void> {
  const actor = { kind: 'system', organisationId: of.organisation.id, process: 'test' } as const;
  await systemEm(api.orm, of.organisation.id).transactional((em) =>
    recordEvent(em, actor, { name, organisationId: of.organisation.id, ...(order ? { workOrder: order } : {}) }, api.now()),
  );
}

test('a change of an order reaches the open screens of its organisation, as ids, and no other organisation', async () => {
  const order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  const [mine, foreign] = [await listen(cast, cast.coordinator.cookie), await listen(other, other.admin.cookie)];
  await happen(cast, 'work_order.changed', order);
  await happen(other, 'firm.changed');
  await Promise.all([mine.next(1), foreign.next(1)]);
  expect(mine.messages).toEqual([{ topic: 'work-orders', workOrderId: order.id, name: 'work_order.changed' }]);
  expect(foreign.messages).toEqual([{ topic: 'firms', workOrderId: null, name: 'firm.changed' }]);
});

test('a technician hears of their own orders only, and of no list they may not read', async () => {
  const own = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { reporterUserId: cast.technician.user.id });
  const others = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
  const stream = await listen(cast, cast.technician.cookie);
  await happen(cast, 'work_order.changed', others);
  await happen(cast, 'firm.changed');
  await happen(cast, 'inbound_mail.held');
  await happen(cast, 'work_order.started', own);
  await stream.next(1);
  expect(stream.messages).toEqual([{ topic: 'work-orders', workOrderId: own.id, name: 'work_order.started' }]);
});

test('who was removed hears nothing more: the stream ends at the next event', async () => {
  const user = await aUser(api.orm);
  const membership = await aMembership(api.orm, cast.organisation.id, user.id, 'coordinator');
  const stream = await listen(cast, await aSession(api.orm, user.id, api.now()));
  await api.database.query('update memberships set removed_at = now() where id = $1', [membership.id]);
  await happen(cast, 'firm.changed');
  await stream.ended;
  expect(stream.messages).toEqual([]);
});

test('after the connection to the database broke, streams end so that screens ask for everything again', async () => {
  const stream = await listen(cast, cast.coordinator.cookie);
  await api.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen gewerk_events' and datname = current_database()`);
  await stream.ended;
  const again = await listen(cast, cast.coordinator.cookie);
  await happen(cast, 'firm.changed');
  await again.next(1);
  expect(again.messages).toHaveLength(1);
});

test('a closed browser leaves nothing behind', async () => {
  const until = async (count: number): Promise<void> => {
    while (api.deps.streams.count() !== count) await new Promise((resolve) => setImmediate(resolve));
  };
  await until(0);
  await listen(cast, cast.coordinator.cookie);
  expect(api.deps.streams.count()).toBe(1);
  open.splice(0).forEach((one) => one.abort());
  await until(0);
});

test('a ninth stream of a user takes the place of the oldest, which is told to ask from time to time; others keep theirs', async () => {
  const others = await listen(cast, cast.admin.cookie);
  const streams: Stream[] = [];
  for (let n = 0; n < 9; n += 1) streams.push(await listen(cast, cast.coordinator.cookie));
  await streams[0]!.ended;
  expect(streams[0]!.said).toEqual(['crowded']);
  await happen(cast, 'firm.changed');
  await Promise.all([others, ...streams.slice(1)].map((one) => one.next(1)));
  expect(streams.slice(1).flatMap((one) => one.said)).toEqual(Array.from({ length: 8 }, () => 'changed'));
});

test('a process that has all the streams that it can hold turns the next away, and has room again when one leaves', () => {
  const registry = createRegistry({ perUser: 2, perProcess: 3 });
  const told: string[] = [];
  const reader = (userId: string) => ({ organisationId: 'o1', userId });
  const subscriber = (name: string) => ({ onEvent: () => undefined, onGap: () => undefined, onEnd: () => undefined, onCrowded: () => void told.push(name) });
  const leaveFirst = registry.add(reader('u1'), subscriber('a'));
  registry.add(reader('u1'), subscriber('b'));
  registry.add(reader('u2'), subscriber('c'));
  expect(registry.add(reader('u3'), subscriber('d'))).toBeNull();
  expect([registry.all().length, told]).toEqual([3, []]);
  leaveFirst!();
  leaveFirst!();
  expect(registry.add(reader('u3'), subscriber('e'))).not.toBeNull();
  expect(registry.add(reader('u1'), subscriber('f'))).toBeNull();
  expect([registry.of('o1').length, registry.of('o2').length, told]).toEqual([3, 0, []]);
});

test('without a session there is no stream', async () => {
  expect((await fetch(`${api.url}/api/v1${account(cast, '/events')}`)).status).toBe(401);
});
