import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aUser, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

type Order = {
  id: string;
  comments: { id: string; body: string; visibility: string; door: string; author: { kind: string; name: string }; mailedTo: { name: string; status: string }[] }[];
  observers: { id: string; name: string; email: string | null; userId: string | null; choice: string; canComment: boolean; isProposed: boolean; can: { change: boolean; remove: boolean } }[];
  mailRecipients: { kind: string; name: string; firmName: string | null }[];
};
type Who = 'admin' | 'coordinator' | 'technician';

let api: TestApi;
let cast: Cast;
let order: WorkOrder;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id });
});
afterAll(() => api.stop());

const send = (method: string, path: string, body: object | undefined, who: Who = 'coordinator') => call(api, method, account(cast, path), { cookie: cast[who].cookie, ...(body ? { body } : {}) });
const say = (body: object, who: Who = 'coordinator') => send('POST', `/work-orders/${order.id}/comments`, { visibility: 'shared', body: 'Hallo', ...body }, who);
const observe = async (body: object, who: Who = 'coordinator') => send('POST', `/work-orders/${order.id}/observers`, body, who);
const read = async (who: Who = 'coordinator'): Promise<Order> => (await send('GET', `/work-orders/${order.id}`, undefined, who)).body as Order;
const told = async (): Promise<string[]> => (await api.database.query<{ recipient: string }>('select recipient from digest_items where work_order_id = $1 order by recipient', [order.id])).map((one) => one.recipient);
async function askFirm(): Promise<string> {
  const firm = await aFirm(api.orm, cast.organisation.id, { company: 'Maler Huber' });
  await aContact(api.orm, cast.organisation.id, firm.id, { name: 'Sepp Huber' });
  const answer = await send('POST', `/work-orders/${order.id}/assignments`, { firmId: firm.id });
  await api.database.query('delete from digest_items where work_order_id = $1', [order.id]);
  return (answer.body as unknown as { assignments: { id: string }[] }).assignments[0]!.id;
}

test('what is shared is told to all who take part, but never to its writer', async () => {
  const assignmentId = await askFirm();
  await observe({ email: 'mieter@haus.test', name: 'Herr Mieter' });
  await observe({ userId: cast.technician.user.id });
  await api.database.query('delete from digest_items where work_order_id = $1', [order.id]);
  const answer = await say({ body: 'Bitte klingeln' });
  expect(answer.status).toBe(201);
  expect((answer.body as Order).comments).toMatchObject([{ body: 'Bitte klingeln', visibility: 'shared', door: 'portal', author: { kind: 'user', name: 'Jonas Reuter' } }]);
  const [observer] = (await read()).observers.filter((one) => one.email);
  expect(await told()).toEqual([`assignment:${assignmentId}`, `observer:${observer!.id}`, `user:${cast.technician.user.id}`].toSorted());
});

test('the record names beforehand who will be mailed by something shared', async () => {
  await askFirm();
  await observe({ email: 'mieter@haus.test', name: 'Herr Mieter' });
  await observe({ email: 'still@haus.test', choice: 'none' });
  await observe({ email: 'status@haus.test', choice: 'status_only' });
  expect((await read('admin')).mailRecipients).toEqual(expect.arrayContaining([
    { kind: 'contractor', name: 'Sepp Huber', firmName: 'Maler Huber', isUndeliverable: false },
    { kind: 'observer', name: 'Herr Mieter', firmName: null, isUndeliverable: false }, { kind: 'user', name: 'Jonas Reuter', firmName: null, isUndeliverable: false },
  ]));
  expect((await read('admin')).mailRecipients).toHaveLength(3);
  expect((await read()).mailRecipients.map((one) => one.name)).not.toContain('Jonas Reuter');
});

test('what is internal reaches own people only', async () => {
  await askFirm();
  await observe({ email: 'mieter@haus.test' });
  await say({ visibility: 'internal', body: 'Vorsicht, teuer' }, 'admin');
  expect(await told()).toEqual([`user:${cast.coordinator.user.id}`]);
});

test('a note of a call is marked as such', async () => {
  expect(((await say({ isPhoneNote: true, visibility: 'internal' })).body as Order).comments[0]!.door).toBe('phone');
});

test('the same message sent twice by its key is one message, and told once', async () => {
  await askFirm();
  await Promise.all([say({ clientKey: 'key-00001' }), say({ clientKey: 'key-00001' })]);
  await say({ clientKey: 'key-00001' });
  expect((await read()).comments).toHaveLength(1);
  expect(await told()).toHaveLength(1);
});

test('an empty message is none, and one without end is refused', async () => {
  expect(await say({ body: '  \n ' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await say({ body: 'x'.repeat(50_001) })).toMatchObject({ status: 422 });
  expect(await say({ body: 'Glocke \u0007' })).toMatchObject({ status: 422 });
  expect(await say({ visibility: 'public' })).toMatchObject({ status: 422 });
  expect((await read()).comments).toEqual([]);
});

test('markup is kept as the text that it is', async () => {
  const body = '<script>alert(1)</script> {{constructor}} *fett*';
  expect(((await say({ body })).body as Order).comments[0]!.body).toBe(body);
});

test('a technician speaks on what is theirs; what is not is not there', async () => {
  expect(await say({}, 'technician')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  await observe({ userId: cast.technician.user.id });
  expect((await say({}, 'technician')).status).toBe(201);
});

test('somebody is kept informed once, however often they are added', async () => {
  await observe({ email: 'Mieter@Haus.test', name: 'Herr Mieter', choice: 'daily', canComment: false });
  await observe({ email: 'mieter@haus.test' });
  await Promise.all([observe({ userId: cast.technician.user.id }), observe({ userId: cast.technician.user.id })]);
  const { observers } = await read();
  expect(observers).toHaveLength(2);
  expect(observers.find((one) => one.email)).toMatchObject({ email: 'mieter@haus.test', name: 'Herr Mieter', choice: 'daily', canComment: false, isProposed: false });
});

test('an observer is a member or an address, one of the two; nobody from another organisation', async () => {
  const stranger = await aUser(api.orm);
  expect(await observe({})).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await observe({ userId: cast.technician.user.id, email: 'a@b.test' })).toMatchObject({ status: 422 });
  expect(await observe({ email: 'keine Adresse' })).toMatchObject({ status: 422 });
  expect(await observe({ userId: stranger.id })).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await read()).observers).toEqual([]);
});

test('an observer changes and ends their own; the office does it for all', async () => {
  await observe({ userId: cast.technician.user.id });
  await observe({ email: 'mieter@haus.test' });
  const { observers } = await read('technician');
  const mine = observers.find((one) => one.userId)!;
  const other = observers.find((one) => one.email)!;
  expect([mine.can, other.can]).toEqual([{ change: true, remove: true }, { change: false, remove: false }]);
  const change = (id: string, body: object, who: Who) => send('PATCH', `/observers/${id}`, body, who);
  expect((await change(mine.id, { choice: 'daily' }, 'technician')).status).toBe(200);
  expect(await change(mine.id, { canComment: false }, 'technician')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await change(other.id, { choice: 'none' }, 'technician')).toMatchObject({ status: 403 });
  expect((await send('DELETE', `/observers/${other.id}`, undefined, 'technician')).status).toBe(403);
  expect((await send('DELETE', `/observers/${other.id}`, undefined)).status).toBe(204);
  expect((await send('DELETE', `/observers/${mine.id}`, undefined, 'technician')).status).toBe(204);
  expect(await read()).toMatchObject({ observers: [] });
  expect((await send('GET', `/work-orders/${order.id}`, undefined, 'technician')).status).toBe(404);
});

test('whom a mail\'s Cc proposed is told nothing before somebody says yes', async () => {
  await observe({ email: 'cc@fremd.test' });
  await api.database.query('update observers set is_proposed = true where work_order_id = $1', [order.id]);
  await say({});
  expect(await told()).toEqual([]);
  const [proposed] = (await read()).observers;
  expect((await send('PATCH', `/observers/${proposed!.id}`, { isProposed: false })).body).toMatchObject({ observers: [{ isProposed: false }] });
  await say({ body: 'Noch etwas' });
  expect(await told()).toEqual([`observer:${proposed!.id}`]);
});

test('to whom a message went by mail, and what became of it, stands beside it', async () => {
  await askFirm();
  const { comments } = (await say({})).body as Order;
  expect(comments[0]!.mailedTo).toEqual([]);
  const [mail] = await api.database.query<{ id: string }>(`insert into outbound_mails (id, organisation_id, work_order_id, template, parameters, to_email, to_name, locale, cause, status, created_at)
    values (gen_random_uuid(), $1, $2, 'comment-digest', '{}', 'sepp@huber.test', 'Sepp Huber', 'de-DE', 'digest', 'delivered', now()) returning id`, [cast.organisation.id, order.id]);
  await api.database.query('update digest_items set mail_id = $1 where work_order_id = $2', [mail!.id, order.id]);
  expect((await read()).comments[0]!.mailedTo).toEqual([{ name: 'Sepp Huber', status: 'delivered' }]);
});
