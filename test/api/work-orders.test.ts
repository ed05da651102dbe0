import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { anAsset, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { uploadTo } from '../support/files.ts';

type Order = {
  id: string; number: string; title: string; status: string; version: number; workspaceId: string; responsibleUserId: string | null; isOverdue: boolean;
  observers: { userId: string | null; choice: string }[]; comments: { body: string; visibility: string }[]; assignees: { name: string }[];
  can: { [name: string]: boolean }; steps: string[]; earlierOrder: { number: string } | null; waitingReason: string | null; waitingNote: string | null; waitingUntil: string | null; closedAt: string | null;
};
type Who = 'admin' | 'coordinator' | 'technician';
type Page = { data: Order[]; pageInfo: { total: number; isTotalCapped: boolean; hasNextPage: boolean } };

let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi({ now: new Date('2026-11-25T09:00:00Z') });
});
beforeEach(async () => {
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

const send = (method: string, path: string, body: unknown, who: Who = 'coordinator') => call(api, method, account(cast, path), { cookie: cast[who].cookie, ...(body === undefined ? {} : { body }) });
const create = async (given: object = {}, who: Who = 'coordinator') => send('POST', '/work-orders', { title: 'Tür klemmt', workspaceId: cast.workspace.id, ...given }, who);
const created = async (given: object = {}, who: Who = 'coordinator'): Promise<Order> => (await create(given, who)).body as Order;
const read = async (id: string, who: Who = 'coordinator') => send('GET', `/work-orders/${id}`, undefined, who);
const list = async (query = '', who: Who = 'coordinator'): Promise<Page> => (await send('GET', `/work-orders${query}`, undefined, who)).body as Page;
const step = (id: string, body: object, who: Who = 'coordinator') => send('POST', `/work-orders/${id}/steps`, body, who);
const events = (id: string) => api.database.query<{ name: string; data: object }>('select name, data from events where work_order_id = $1 order by id', [id]);
const setTo = (id: string, sql: string) => api.database.query(`update work_orders set ${sql} where id = $1`, [id]);

test('a reported ticket has the next number of its year, its reporter observes it by status, the workspace\'s person answers for it', async () => {
  await api.database.query('update workspaces set default_responsible_user_id = $1 where id = $2', [cast.coordinator.user.id, cast.workspace.id]);
  const first = await created({}, 'technician');
  const second = await created();
  expect([first.number, second.number]).toEqual(['M-2026-00001', 'M-2026-00002']);
  expect(first).toMatchObject({ status: 'open', responsibleUserId: cast.coordinator.user.id, observers: [{ userId: cast.technician.user.id, choice: 'status_only' }] });
  expect(second.observers).toEqual([]);
  expect(await events(first.id)).toEqual([{ name: 'work_order.created', data: {} }]);
  const maintenance = await created({ kind: 'maintenance', measure: 'inspection' });
  expect(maintenance.number).toBe('W-2026-00001');
});

test('two at the same moment get two numbers, and a refused one leaves no gap', async () => {
  expect((await create({ assetId: '00000000-0000-7000-8000-000000000000' })).status).toBe(422);
  const made = await Promise.all([created(), created(), created(), created()]);
  expect(made.map((one) => one.number).toSorted()).toEqual(['M-2026-00001', 'M-2026-00002', 'M-2026-00003', 'M-2026-00004']);
});

test('the year of a number is the local one: in Berlin it begins an hour before UTC', async () => {
  api.setNow(new Date('2026-12-31T23:30:00Z'));
  cast = await aCast(api.orm, api.now());
  expect((await created()).number).toBe('M-2027-00001');
  api.setNow(new Date('2026-11-25T09:00:00Z'));
});

test('the same report sent twice with one key is one ticket', async () => {
  const report = () => call(api, 'POST', account(cast, '/work-orders'), { cookie: cast.coordinator.cookie, body: { title: 'x', workspaceId: cast.workspace.id }, headers: { 'idempotency-key': 'report-1' } });
  const [first, second] = [await report(), await report()];
  expect((second.body as Order).id).toBe((first.body as Order).id);
  expect((await list()).pageInfo.total).toBe(1);
});

test('what does not fit is refused by field, and nothing is written', async () => {
  const foreign = await aCast(api.orm, api.now(), 'Andere Verwaltung');
  const other = await aWorkspace(api.orm, cast.organisation.id, { archivedAt: new Date('2026-01-01T00:00:00Z') });
  const asset = await anAsset(api.orm, cast.organisation.id, other.id);
  const refusals: [object, number, string][] = [
    [{ title: '  ' }, 422, 'invalid_input'],
    [{ title: 'x'.repeat(201) }, 422, 'invalid_input'],
    [{ title: 'zwei\nZeilen' }, 422, 'invalid_input'],
    [{ priority: 'highest' }, 422, 'invalid_input'],
    [{ dueOn: '2026-02-30' }, 422, 'invalid_input'],
    [{ dueOn: '2026-11-24' }, 422, 'date_in_past'],
    [{ assetId: asset.id }, 422, 'invalid_input'],
    [{ responsibleUserId: foreign.coordinator.user.id }, 422, 'invalid_input'],
    [{ workspaceId: other.id }, 422, 'invalid_input'],
    [{ workspaceId: foreign.workspace.id }, 404, 'not_found'],
    [{ earlierOrderId: '00000000-0000-7000-8000-000000000000' }, 422, 'invalid_input'],
    [{ number: 'M-2026-99999' }, 422, 'invalid_input'],
    [{ organisationId: foreign.organisation.id }, 422, 'invalid_input'],
    [{ costLimitCents: -1 }, 422, 'invalid_input'],
  ];
  for (const [given, status, code] of refusals) expect([given, await create(given)]).toMatchObject([given, { status, body: { code } }]);
  expect((await list()).pageInfo.total).toBe(0);
  expect((await created({ dueOn: '2026-11-25' })).isOverdue).toBe(false);
});

test('a change names its fields in the timeline; null empties, absence leaves alone, the same again is no change', async () => {
  const order = await created({ description: 'alt', accessNote: 'Schlüssel bei Adler' });
  const changed = await send('PATCH', `/work-orders/${order.id}`, { title: 'Tür klemmt sehr', accessNote: null, version: order.version });
  expect(changed).toMatchObject({ status: 200, body: { title: 'Tür klemmt sehr', accessNote: null, description: 'alt', version: order.version + 1 } });
  expect((await events(order.id)).at(-1)).toEqual({ name: 'work_order.changed', data: { fields: ['title', 'accessNote'] } });
  const again = await send('PATCH', `/work-orders/${order.id}`, { title: 'Tür klemmt sehr' });
  expect([(again.body as Order).version, (await events(order.id)).length]).toEqual([order.version + 1, 2]);
});

test('who changes what somebody else has changed meanwhile is told, and nothing is overwritten', async () => {
  const order = await created();
  expect((await send('PATCH', `/work-orders/${order.id}`, { title: 'Erste', version: order.version })).status).toBe(200);
  expect(await send('PATCH', `/work-orders/${order.id}`, { title: 'Zweite', version: order.version }, 'admin')).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
  expect((await read(order.id)).body).toMatchObject({ title: 'Erste' });
});

test('an order moves to another workspace only where its actor sees it and its asset lies', async () => {
  const other = await aWorkspace(api.orm, cast.organisation.id);
  const asset = await anAsset(api.orm, cast.organisation.id, cast.workspace.id);
  const order = await created({ assetId: asset.id });
  const move = (more = {}) => send('PATCH', `/work-orders/${order.id}`, { workspaceId: other.id, ...more });
  expect(await move()).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  await api.database.query('update memberships set workspace_ids = $1 where user_id = $2', [JSON.stringify([cast.workspace.id]), cast.coordinator.user.id]);
  expect(await move({ assetId: null })).toMatchObject({ status: 404, body: { code: 'not_found' } });
  await api.database.query('update memberships set workspace_ids = null where user_id = $1', [cast.coordinator.user.id]);
  expect(await move({ assetId: null })).toMatchObject({ status: 200, body: { workspaceId: other.id } });
});

test('what is closed or cancelled is not edited', async () => {
  const order = await created();
  await setTo(order.id, `status = 'closed'`);
  expect(await send('PATCH', `/work-orders/${order.id}`, { title: 'x' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
});

test('a technician reports and reads what is theirs, edits nothing, and finds nothing else', async () => {
  const own = await created({}, 'technician');
  const others = await created();
  expect((await read(own.id, 'technician')).body).toMatchObject({ can: { edit: false, assign: false, comment: true, upload: true, observe: false }, steps: [] });
  expect(await send('PATCH', `/work-orders/${own.id}`, { title: 'x' }, 'technician')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await read(others.id, 'technician')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await list('', 'technician')).data.map((one) => one.id)).toEqual([own.id]);
});

test('a technician sees what is assigned to, observed by, or answered for by them', async () => {
  const [assigned, observed, answered] = [await created(), await created(), await created()];
  await send('POST', `/work-orders/${assigned.id}/assignments`, { memberUserId: cast.technician.user.id });
  await send('POST', `/work-orders/${observed.id}/observers`, { userId: cast.technician.user.id });
  await setTo(answered.id, `responsible_user_id = '${cast.technician.user.id}'`);
  expect((await list('', 'technician')).data.map((one) => one.id).toSorted()).toEqual([assigned.id, observed.id, answered.id].toSorted());
  expect((await read(assigned.id, 'technician')).body).toMatchObject({ steps: ['start', 'hold', 'complete'] });
});

test('the road of the work: every step with its event, seen in the timeline', async () => {
  const order = await created();
  await send('POST', `/work-orders/${order.id}/assignments`, { memberUserId: cast.technician.user.id });
  const made = async (body: object, who: Who = 'technician') => (await step(order.id, body, who)).body as Order;
  expect((await made({ step: 'start' })).status).toBe('in_progress');
  expect(await made({ step: 'hold', waitingReason: 'material', waitingUntil: '2026-12-01', reason: 'Dichtung bestellt' })).toMatchObject({ status: 'waiting', waitingReason: 'material', waitingNote: 'Dichtung bestellt', waitingUntil: '2026-12-01' });
  expect(await made({ step: 'resume' })).toMatchObject({ status: 'in_progress', waitingReason: null, waitingUntil: null });
  expect((await made({ step: 'complete' })).status).toBe('done');
  expect((await made({ step: 'send_back', reason: 'Farbe blättert' }, 'coordinator')).status).toBe('in_progress');
  expect((await made({ step: 'complete' })).status).toBe('done');
  expect(await made({ step: 'close' }, 'coordinator')).toMatchObject({ status: 'closed', closedAt: api.now().toISOString(), steps: [] });
  const newestFirst = (await send('GET', `/work-orders/${order.id}/timeline`, undefined)).body as unknown as { data: { name: string; actorName: string; door: string }[] };
  const timeline = newestFirst.data.toReversed();
  expect(timeline.map((one) => one.name).filter((name) => name.startsWith('work_order.'))).toEqual([
    'work_order.created', 'work_order.accepted', 'work_order.started', 'work_order.held', 'work_order.resumed', 'work_order.completed', 'work_order.sent_back', 'work_order.completed', 'work_order.closed',
  ]);
  expect(timeline.find((one) => one.name === 'work_order.held')).toMatchObject({ actorName: 'Emre Yildiz', door: 'portal' });
  expect(((await read(order.id)).body as Order).comments.map((one) => [one.body, one.visibility])).toEqual([['Dichtung bestellt', 'shared'], ['Farbe blättert', 'shared']]);
});

test('the timeline names whom it is about, and no person for what a process did', async () => {
  const order = await created();
  await send('POST', `/work-orders/${order.id}/observers`, { email: 'mieter@haus.test', name: 'Herr Mieter', choice: 'daily', canComment: false });
  await send('POST', `/work-orders/${order.id}/observers`, { userId: cast.technician.user.id, choice: 'daily', canComment: true });
  const timeline = (await send('GET', `/work-orders/${order.id}/timeline`, undefined)).body as unknown as { data: { name: string; subjectName: string | null }[] };
  expect(timeline.data.filter((one) => one.name === 'observer.added').map((one) => one.subjectName).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['Emre Yildiz', 'Herr Mieter']);
});

test('a step that the table does not allow, or that lacks its reason, changes nothing', async () => {
  const order = await created();
  const before = await events(order.id);
  expect(await step(order.id, { step: 'close' })).toMatchObject({ status: 409, body: { code: 'step_not_allowed', details: { step: 'close', status: 'open' } } });
  expect(await step(order.id, { step: 'cancel' })).toMatchObject({ status: 422, body: { code: 'reason_required' } });
  expect(await step(order.id, { step: 'cancel', waitingReason: 'material' })).toMatchObject({ status: 422, body: { code: 'reason_required' } });
  expect(await step(order.id, { step: 'explode' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(await events(order.id)).toEqual(before);
});

test('a step made twice happens once', async () => {
  const order = await created();
  await setTo(order.id, `status = 'done'`);
  const answers = await Promise.all([step(order.id, { step: 'close' }), step(order.id, { step: 'close' }, 'admin')]);
  expect(answers.map((one) => one.status)).toEqual([200, 200]);
  expect((await events(order.id)).filter((one) => one.name === 'work_order.closed')).toHaveLength(1);
});

test('a safety-relevant order is closed only with a photo or document', async () => {
  const order = await created({ isSafetyRelevant: true });
  await setTo(order.id, `status = 'done'`);
  expect(await step(order.id, { step: 'close' })).toMatchObject({ status: 409, body: { code: 'evidence_required' } });
  await uploadTo(api, account(cast, `/work-orders/${order.id}/attachments`), { cookie: cast.coordinator.cookie, files: [{ name: 'Prüfbericht.txt', bytes: 'in Ordnung' }] });
  expect((await step(order.id, { step: 'close' })).status).toBe(200);
});

test('cancelling takes back what was asked, and keeps the reason in the conversation', async () => {
  const order = await created();
  await send('POST', `/work-orders/${order.id}/assignments`, { memberUserId: cast.technician.user.id });
  const answer = (await step(order.id, { step: 'cancel', reason: 'Doppelt gemeldet' })).body as Order;
  expect(answer).toMatchObject({ status: 'cancelled', comments: [{ body: 'Doppelt gemeldet' }], assignees: [] });
  expect(await api.database.query('select status from assignments where work_order_id = $1', [order.id])).toEqual([{ status: 'cancelled' }]);
});

test('filters narrow, also together; a total counts all pages', async () => {
  const other = await aWorkspace(api.orm, cast.organisation.id);
  const make = (given: Partial<WorkOrder>) => aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, given);
  const [urgent, late, elsewhere, closed] = [
    await make({ title: 'A', priority: 'urgent' }), await make({ title: 'B', dueOn: '2026-11-20', responsibleUserId: cast.coordinator.user.id }),
    await aWorkOrder(api.orm, cast.organisation.id, other.id, { title: 'C', status: 'waiting' }), await make({ title: 'D', status: 'closed', dueOn: '2026-11-20' }),
  ];
  const titles = async (query: string) => (await list(`?sort=title&${query}`)).data.map((one) => one.title).join('');
  expect(await titles('')).toBe('ABCD');
  expect(await titles('status=open,waiting')).toBe('ABC');
  expect(await titles('priority=urgent')).toBe('A');
  expect(await titles('overdue=true')).toBe('B');
  expect(await titles(`workspaceId=${other.id}`)).toBe('C');
  expect(await titles(`responsibleUserId=${cast.coordinator.user.id}`)).toBe('B');
  expect(await titles(`workspaceId=${cast.workspace.id}&status=closed`)).toBe('D');
  expect(await titles('dueFrom=2026-11-19&dueUntil=2026-11-20')).toBe('B');
  expect(await titles(`ids=${urgent.id},${closed.id}`)).toBe('AD');
  const page = await list('?sort=title&perPage=3');
  expect(page.pageInfo).toMatchObject({ total: 4, hasNextPage: true, isTotalCapped: false });
  expect((await list('?sort=title&perPage=3&page=2')).data.map((one) => one.id)).toEqual([closed.id]);
  expect((await list('?sort=title&order=DESC')).data[0]!.id).toBe(closed.id);
  expect([late.id, elsewhere.id]).toHaveLength(2);
});

test('who owes an answer, and to whom work was given, can be filtered', async () => {
  const [mine, free] = [await created({ title: 'mit' }), await created({ title: 'ohne' })];
  const firm = (await call(api, 'POST', account(cast, `/work-orders/${mine.id}/assignments`), { cookie: cast.coordinator.cookie, body: { newFirm: { company: 'Huber', contactName: 'Sepp', email: `sepp-${mine.id}@huber.test` } } })).body as unknown as { assignments: { firm: { id: string } }[] };
  await send('POST', `/work-orders/${free.id}/assignments`, { memberUserId: cast.technician.user.id });
  const titles = async (query: string) => (await list(`?${query}`)).data.map((one) => one.title);
  expect(await titles('awaitingAnswer=true')).toEqual(['mit']);
  expect(await titles(`firmId=${firm.assignments[0]!.firm.id}`)).toEqual(['mit']);
  expect(await titles(`assigneeUserId=${cast.technician.user.id}`)).toEqual(['ohne']);
});

test('search finds German and English words by their stem, in title, description and what was said; internal words only inside', async () => {
  const order = await created({ title: 'Undichte Fenster im Treppenhaus', description: 'The boiler is leaking' });
  await send('POST', `/work-orders/${order.id}/comments`, { visibility: 'internal', body: 'Versicherung zahlt vielleicht' });
  for (const q of ['fenster', 'undichtes', 'leak', 'Versicherungen', order.number]) expect([q, (await list(`?q=${encodeURIComponent(q)}`)).pageInfo.total]).toEqual([q, 1]);
  expect((await list('?q=Dachrinne')).data).toEqual([]);
  const foreign = await aCast(api.orm, api.now(), 'Andere Verwaltung');
  expect(((await call(api, 'GET', account(foreign, '/work-orders?q=fenster'), { cookie: foreign.admin.cookie })).body as unknown as Page).data).toEqual([]);
});

test('search shows a technician no order that is not theirs, not even in the total', async () => {
  await created({ title: 'Geheime Heizung' });
  await created({ title: 'Eigene Heizung' }, 'technician');
  const found = await list('?q=Heizung', 'technician');
  expect([found.data.map((one) => one.title), found.pageInfo.total]).toEqual([['Eigene Heizung'], 1]);
});

test('a sort, a filter or a size that is not offered is refused', async () => {
  for (const query of ['?sort=costLimitCents', '?sort=organisation.name', '?perPage=101', '?page=0', '?filter=1', '?status=open,nonsense', '?order=asc']) {
    expect([query, (await send('GET', `/work-orders${query}`, undefined)).status]).toEqual([query, 422]);
  }
});

test('an earlier order is named only to who sees it', async () => {
  const other = await aWorkspace(api.orm, cast.organisation.id);
  const hidden = await aWorkOrder(api.orm, cast.organisation.id, other.id);
  const order = await created({ isWarranty: true, earlierOrderId: hidden.id });
  expect(order.earlierOrder).toMatchObject({ number: hidden.number });
  await api.database.query('update memberships set workspace_ids = $1 where user_id = $2', [JSON.stringify([cast.workspace.id]), cast.coordinator.user.id]);
  expect((await read(order.id)).body).toMatchObject({ earlierOrder: null });
  expect(await create({ earlierOrderId: hidden.id })).toMatchObject({ status: 422 });
});
