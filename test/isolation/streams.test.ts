import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { recordEvent, type NewEvent } from '#db/events/record.ts';
import { systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { anOrderOf, aPartnerStage, givenTo, kept, type Stage } from '../api/partner-stage.ts';
import { aSession, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';

/** A stream that is held open tells what its reader may know at that moment: nothing from before, nothing once access is lost. */
let stage: Stage;
let other: Cast;
const open: AbortController[] = [];

beforeAll(async () => {
  stage = await aPartnerStage();
  other = await aCast(stage.api.orm, stage.api.now(), 'Andere Verwaltung');
});
afterEach(() => open.splice(0).forEach((one) => one.abort()));
afterAll(() => stage?.api.stop());

type Stream = { readonly status: number; readonly until: (isLast: (said: string) => boolean) => Promise<string>; readonly rest: () => Promise<string> };

/** Opens a stream; `until` gives what was told up to something, `rest` all that comes before its end. */
async function listen(account: string, cookie: string, headers: Readonly<Record<string, string>> = {}): Promise<Stream> {
  const abort = new AbortController();
  open.push(abort);
  const response = await fetch(`${stage.api.url}/api/v1/accounts/${account}/events`, { headers: { cookie, ...headers }, signal: abort.signal });
  const reader = (response.body as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const read = async (isLast: (said: string) => boolean): Promise<string> => {
    let said = '';
    while (!isLast(said)) {
      const { value, done } = await reader.next();
      if (done) return said;
      said += Buffer.from(value).toString('utf8');
    }
    return said;
  };
  return { status: response.status, until: read, rest: () => read(() => false) };
}

async function happen(organisationId: string, ...events: Omit<NewEvent, 'organisationId'>[]): Promise<void> {
  const actor = { kind: 'system', organisationId, process: 'test' } as const;
  await systemEm(stage.api.orm, organisationId).transactional(async (em) => {
    for (const event of events) await recordEvent(em, actor, { organisationId, ...event }, stage.api.now());
  });
}

const started = (workOrder: WorkOrder): Omit<NewEvent, 'organisationId'> => ({ name: 'work_order.started', workOrder });
const client = (): string => stage.client.organisation.id;

test('whatever event a reader says to have heard last, nothing from before is told', async () => {
  const { lift, painter, api } = stage;
  const [{ order: mine }, { order: theirs }] = [await anOrderOf(stage, lift), await anOrderOf(stage, painter)];
  const foreign = await aWorkOrder(api.orm, other.organisation.id, other.workspace.id);
  await happen(client(), started(mine), started(theirs), { name: 'comment.added', workOrder: mine, data: { visibility: 'internal' } });
  await happen(other.organisation.id, started(foreign));
  const events = await api.database.query<{ id: string }>('select id from events order by occurred_at');
  const first = await listen(lift.partnership.id, lift.own.coordinator.cookie);
  const asked = ['0', '', 'not-an-id', newId(), ...events.map((one) => one.id)];
  for (const id of asked) {
    const { order: now } = await anOrderOf(stage, lift);
    const stream = await listen(lift.partnership.id, lift.own.coordinator.cookie, { 'last-event-id': id });
    expect(stream.status).toBe(200);
    await happen(client(), started(now));
    const said = await stream.until((one) => one.includes(now.id));
    for (const before of [mine, theirs, foreign]) expect(said).not.toContain(before.id);
    expect(said).not.toMatch(/^id:/m);
  }
  await first.until((one) => one.includes('work_order.started'));
});

test('a technician from whom the work is taken hears no more of it', async () => {
  const { lift, api } = stage;
  const { order, assignment } = await anOrderOf(stage, lift);
  const { order: last, assignment: lastAssignment } = await anOrderOf(stage, lift);
  if (!assignment || !lastAssignment) throw new Error('Nobody was asked');
  for (const one of [assignment, lastAssignment]) await kept(stage, lift, one, { memberUserId: lift.own.technician.user.id });
  const stream = await listen(lift.partnership.id, lift.own.technician.cookie);
  await happen(client(), started(order));
  await stream.until((said) => said.includes(order.id));
  await api.database.query('update internal_assignments set member_user_id = $1 where assignment_id = $2', [lift.own.coordinator.user.id, assignment.id]);
  await happen(client(), { name: 'work_order.held', workOrder: order }, started(last));
  expect(await stream.until((said) => said.includes(last.id))).not.toContain(order.id);
});

test('an order that goes to another firm is not heard of any more', async () => {
  const { lift, painter, api } = stage;
  const { order, assignment } = await anOrderOf(stage, lift);
  const { order: last } = await anOrderOf(stage, lift);
  const stream = await listen(lift.partnership.id, lift.own.coordinator.cookie);
  await happen(client(), started(order));
  await stream.until((said) => said.includes(order.id));
  await api.database.query(`update assignments set status = 'withdrawn' where id = $1`, [assignment?.id]);
  await givenTo(stage, painter, order);
  await happen(client(), { name: 'work_order.held', workOrder: order }, started(last));
  expect(await stream.until((said) => said.includes(last.id))).not.toContain(order.id);
});

const LOSSES: readonly (readonly [what: string, loss: (userId: string) => Promise<unknown>])[] = [
  ['who was removed from the partner', async (userId) => stage.api.database.query('update memberships set removed_at = now() where user_id = $1', [userId])],
  ['whose session was ended', async (userId) => stage.api.database.query('update sessions set ended_at = now() where user_id = $1', [userId])],
  ['whose organisation is no partner any more', async () => stage.api.database.query(`update partnerships set status = 'withdrawn' where id = $1`, [stage.painter.partnership.id])],
];

test.each(LOSSES)('%s hears not one word more: the stream ends instead', async (what, loss) => {
  const { painter, api } = stage;
  const { technician, coordinator } = painter.own;
  const player = what.includes('removed') ? technician : coordinator;
  const cookie = await aSession(api.orm, player.user.id, api.now());
  const { order, assignment } = await anOrderOf(stage, painter);
  if (assignment) await kept(stage, painter, assignment, { memberUserId: technician.user.id });
  const stream = await listen(painter.partnership.id, cookie);
  await happen(client(), started(order));
  await stream.until((said) => said.includes(order.id));
  await loss(player.user.id);
  await happen(client(), { name: 'work_order.held', workOrder: order });
  expect(await stream.rest()).not.toContain('event: changed');
});
