import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, startApi, type Answer, type TestApi } from '../support/api.ts';
import { aContact, aFirm, anAsset, anAssignment, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
let other: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  other = await aCast(api.orm, api.now(), 'Fremde Verwaltung');
});
afterAll(() => api.stop());

function as(role: 'admin' | 'coordinator' | 'technician', method: string, path: string, body?: unknown): Promise<Answer> {
  return call(api, method, account(cast, path), { cookie: cast[role].cookie, ...(body === undefined ? {} : { body }) });
}

function eventsOf(subjectId: string): Promise<{ name: string }[]> {
  return api.database.query<{ name: string }>('select name from events where subject_id = $1 order by id', [subjectId]);
}

type Named = { id: string; name: string };
const data = (answer: Answer): Named[] => (answer.body as { data: Named[] }).data;

describe('workspaces', () => {
  test('an administrator adds, changes, archives and brings back one; each leaves an event', async () => {
    const made = await as('admin', 'POST', '/workspaces', { name: 'Ahornfeld 3–9', shortName: 'Ahornfeld', street: ' Ahornfeld 3 ', city: '' });
    expect(made).toMatchObject({ status: 201, body: { name: 'Ahornfeld 3–9', street: 'Ahornfeld 3', city: null, can: { edit: true, archive: true } } });
    const { id } = made.body as Named;
    expect(await as('admin', 'PATCH', `/workspaces/${id}`, { city: 'Neuquell' })).toMatchObject({ status: 200, body: { street: 'Ahornfeld 3', city: 'Neuquell' } });
    expect((await as('admin', 'DELETE', `/workspaces/${id}`)).status).toBe(204);
    expect(data(await as('admin', 'GET', '/workspaces')).map((one) => one.id)).not.toContain(id);
    expect(data(await as('admin', 'GET', '/workspaces?includeArchived=true')).map((one) => one.id)).toContain(id);
    expect(await as('admin', 'PATCH', `/workspaces/${id}`, { isArchived: false })).toMatchObject({ status: 200, body: { archivedAt: null } });
    expect((await eventsOf(id)).map((one) => one.name)).toEqual(['workspace.created', 'workspace.changed', 'workspace.changed', 'workspace.changed']);
  });

  test('only administrators may change them', async () => {
    for (const role of ['coordinator', 'technician'] as const) {
      expect((await as(role, 'POST', '/workspaces', { name: 'X', shortName: 'X' })).status).toBe(403);
      expect((await as(role, 'PATCH', `/workspaces/${cast.workspace.id}`, { name: 'X' })).status).toBe(403);
    }
  });

  test('a member with chosen workspaces sees no other, neither in the list nor by its id', async () => {
    const hidden = await aWorkspace(api.orm, cast.organisation.id);
    await api.database.query('update memberships set workspace_ids = $1 where id = $2', [JSON.stringify([cast.workspace.id]), cast.coordinator.membership.id]);
    const list = await as('coordinator', 'GET', '/workspaces');
    expect(data(list).map((one) => one.id)).toEqual([cast.workspace.id]);
    expect(list.body).toMatchObject({ pageInfo: { total: 1 } });
    expect((await as('coordinator', 'GET', `/workspaces/${hidden.id}`)).status).toBe(404);
    await api.database.query('update memberships set workspace_ids = null where id = $1', [cast.coordinator.membership.id]);
  });

  test('running orders and living assets are counted, closed and archived ones are not', async () => {
    const { id } = await aWorkspace(api.orm, cast.organisation.id);
    await aWorkOrder(api.orm, cast.organisation.id, id);
    await aWorkOrder(api.orm, cast.organisation.id, id, { status: 'closed' });
    await anAsset(api.orm, cast.organisation.id, id);
    await anAsset(api.orm, cast.organisation.id, id, { archivedAt: api.now() });
    expect((await as('admin', 'GET', `/workspaces/${id}`)).body).toMatchObject({ counts: { openOrders: 1, assets: 1 } });
  });

  test.each([
    ['a time zone that does not exist', { timeZone: 'Europe/Nowhere' }, 'timeZone'],
    ['a holiday region that does not exist', { holidayRegion: 'DE-XX' }, 'holidayRegion'],
  ])('%s is refused and the field named', async (_name, change, path) => {
    const answer = await as('admin', 'PATCH', `/workspaces/${cast.workspace.id}`, change);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_input', errors: [{ path }] } });
  });

  test('a responsible person of another organisation is not found', async () => {
    const answer = await as('admin', 'PATCH', `/workspaces/${cast.workspace.id}`, { defaultResponsibleUserId: other.admin.user.id });
    expect(answer.status).toBe(404);
  });
});

describe('lists', () => {
  test('pages do not overlap, sorts are an allow-list and the total is told', async () => {
    const organisation = await aCast(api.orm, api.now(), 'Große Verwaltung');
    for (let n = 0; n < 7; n += 1) await aWorkspace(api.orm, organisation.organisation.id, { name: `Gleicher Name ${n % 2}` });
    const page = (n: number) => call(api, 'GET', account(organisation, `/workspaces?perPage=3&page=${n}&sort=name&order=DESC`), { cookie: organisation.admin.cookie });
    const pages = [await page(1), await page(2), await page(3)];
    const ids = pages.flatMap((one) => data(one).map((row) => row.id));
    expect(new Set(ids).size).toBe(8);
    expect(pages.map((one) => (one.body as { pageInfo: unknown }).pageInfo)).toEqual([
      { page: 1, perPage: 3, total: 8, isTotalCapped: false, hasNextPage: true },
      { page: 2, perPage: 3, total: 8, isTotalCapped: false, hasNextPage: true },
      { page: 3, perPage: 3, total: 8, isTotalCapped: false, hasNextPage: false },
    ]);
    const names = pages.flatMap((one) => data(one).map((row) => row.name));
    expect(names).toEqual([...names].sort((a, b) => (a < b ? 1 : -1)));
  });

  test.each(['sort=organisationId', 'filter=x', 'perPage=101', 'page=0', 'order=up', 'where[name]=x', 'ids=1'])('the query %s is refused', async (query) => {
    expect((await as('admin', 'GET', `/workspaces?${query}`)).status).toBe(422);
  });

  test('a quote, a percent sign or a comment in a search is only a word', async () => {
    for (const q of ["'", '%', "' or 1=1 --", '_', '\\', 'x\u0000y']) {
      const answer = await as('admin', 'GET', `/firms?q=${encodeURIComponent(q)}`);
      expect([answer.status, data(answer)]).toEqual([200, []]);
    }
  });

  test('a total stops at 10,000 and says that there are more', async () => {
    const many = await aCast(api.orm, api.now(), 'Sehr große Verwaltung');
    await api.database.query(
      `insert into assets (id, organisation_id, workspace_id, number, name, created_at, updated_at)
       select gen_random_uuid(), $1, $2, 'N-' || n, 'Anlage ' || n, now(), now() from generate_series(1, 10005) n`,
      [many.organisation.id, many.workspace.id],
    );
    const answer = await call(api, 'GET', account(many, '/assets?perPage=5'), { cookie: many.admin.cookie });
    expect(answer.body).toMatchObject({ pageInfo: { total: 10_000, isTotalCapped: true, hasNextPage: true } });
  });
});

describe('assets', () => {
  test('a coordinator adds one; its number is unique in the organisation, not beyond', async () => {
    await anAsset(api.orm, other.organisation.id, other.workspace.id, { number: 'A-0002' });
    const input = { workspaceId: cast.workspace.id, number: 'A-0002', name: 'Aufzug A2', installedOn: '2019-04-01' };
    const made = await as('coordinator', 'POST', '/assets', input);
    expect(made).toMatchObject({ status: 201, body: { workspaceName: 'Lindenhof', installedOn: '2019-04-01', parentName: null } });
    const again = await as('coordinator', 'POST', '/assets', { ...input, name: 'Anderer' });
    expect(again).toMatchObject({ status: 409, body: { code: 'name_taken', errors: [{ path: 'number' }] } });
  });

  test('an asset can not lie below itself', async () => {
    const top = await anAsset(api.orm, cast.organisation.id, cast.workspace.id);
    const below = await anAsset(api.orm, cast.organisation.id, cast.workspace.id, { parentId: top.id });
    expect((await as('coordinator', 'PATCH', `/assets/${top.id}`, { parentId: below.id })).status).toBe(422);
    expect((await as('coordinator', 'PATCH', `/assets/${top.id}`, { parentId: top.id })).status).toBe(422);
    expect((await as('coordinator', 'GET', `/assets/${below.id}`)).body).toMatchObject({ parentName: top.name });
  });

  test('workspace and parent of another organisation are not found, and nothing is written', async () => {
    const foreign = await anAsset(api.orm, other.organisation.id, other.workspace.id);
    const input = { workspaceId: cast.workspace.id, number: 'F-1', name: 'Fremd' };
    expect((await as('admin', 'POST', '/assets', { ...input, workspaceId: other.workspace.id })).status).toBe(404);
    expect((await as('admin', 'POST', '/assets', { ...input, parentId: foreign.id })).status).toBe(404);
    expect(await api.database.query(`select 1 from assets where number = 'F-1'`)).toHaveLength(0);
  });

  test('fields that nobody may set are refused by name', async () => {
    const input = { workspaceId: cast.workspace.id, number: 'F-2', name: 'X' };
    for (const extra of [{ organisationId: other.organisation.id }, { id: cast.workspace.id }, { createdAt: '2020-01-01T00:00:00Z' }, JSON.parse('{"__proto__":{"isAdmin":true}}') as object]) {
      const answer = await as('admin', 'POST', '/assets', { ...input, ...extra });
      expect([201, 422]).toContain(answer.status);
      if ('organisationId' in extra) expect(answer.status).toBe(422);
    }
    expect(await api.database.query(`select 1 from assets where organisation_id = $1 and number = 'F-2'`, [other.organisation.id])).toHaveLength(0);
  });
});

describe('firms', () => {
  const firm = { company: 'Maler Sonnleitner', trades: ['Maler'], contacts: [{ name: 'Lisa Sonnleitner', email: 'LISA@Sonnleitner.example', roles: ['dispatch'] }] };

  test('a coordinator adds a firm with its contacts; addresses are kept lower-case', async () => {
    const made = await as('coordinator', 'POST', '/firms', firm);
    expect(made).toMatchObject({
      status: 201,
      body: { company: 'Maler Sonnleitner', standing: 'normal', statistics: null, contacts: [{ email: 'lisa@sonnleitner.example', isUndeliverable: false }] },
    });
    expect((await as('technician', 'GET', '/firms')).status).toBe(403);
  });

  test('what can not be called is no phone number, of the firm or a contact; what can is kept as typed', async () => {
    const phones = (own: string, of: string): object => ({ ...firm, phone: own, contacts: [{ ...firm.contacts[0], phone: of }] });
    for (const locale of ['en-GB', 'de-DE']) {
      await api.database.query('update users set locale = $1 where id = $2', [locale, cast.coordinator.user.id]);
      const refused = await as('coordinator', 'POST', '/firms', phones('siehe Webseite', 'Handy'));
      const message = expect.stringMatching(locale === 'de-DE' ? /keine Telefonnummer/ : /not a phone number/);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'phone', message }, { path: 'contacts.0.phone', message }] } });
    }
    expect(await as('coordinator', 'POST', '/firms', phones(' +49 (0) 999 / 555-01 ', ''))).toMatchObject({ status: 201, body: { phone: '+49 (0) 999 / 555-01', contacts: [{ phone: null }] } });
  });

  test('contacts are changed as a whole: kept, changed, added, left out, in their order', async () => {
    const { id, contacts } = (await as('coordinator', 'POST', '/firms', firm)).body as { id: string; contacts: { id: string }[] };
    await api.database.query('update firm_contacts set undeliverable_since = now() where firm_id = $1', [id]);
    const kept = { id: contacts[0]?.id, name: 'Lisa S.', email: 'lisa@sonnleitner.example', roles: [] };
    const changed = await as('coordinator', 'PATCH', `/firms/${id}`, { contacts: [{ name: 'Büro', email: 'buero@sonnleitner.example' }, kept] });
    expect(changed).toMatchObject({ status: 200, body: { contacts: [{ name: 'Büro' }, { id: contacts[0]?.id, name: 'Lisa S.', isUndeliverable: true }] } });
    const mended = await as('coordinator', 'PATCH', `/firms/${id}`, { contacts: [{ ...kept, email: 'neu@sonnleitner.example' }] });
    expect(mended).toMatchObject({ status: 200, body: { contacts: [{ name: 'Lisa S.', isUndeliverable: false }] } });
    expect(await api.database.query('select 1 from firm_contacts where firm_id = $1 and archived_at is not null', [id])).toHaveLength(1);
  });

  test('a contact of another firm can not be taken over', async () => {
    const foreign = await aFirm(api.orm, other.organisation.id);
    const contact = await aContact(api.orm, other.organisation.id, foreign.id);
    const { id } = (await as('coordinator', 'POST', '/firms', firm)).body as Named;
    const answer = await as('coordinator', 'PATCH', `/firms/${id}`, { contacts: [{ id: contact.id, name: 'X', email: 'x@example.test' }] });
    expect(answer.status).toBe(404);
  });

  test('blocking needs a reason, a firm needs a contact', async () => {
    const { id } = (await as('coordinator', 'POST', '/firms', firm)).body as Named;
    expect(await as('coordinator', 'PATCH', `/firms/${id}`, { standing: 'blocked' })).toMatchObject({ status: 422, body: { code: 'reason_required' } });
    expect(await as('coordinator', 'PATCH', `/firms/${id}`, { standing: 'blocked', blockedReason: 'Nie erschienen' })).toMatchObject({ status: 200 });
    expect((await as('coordinator', 'POST', '/firms', { ...firm, contacts: [] })).status).toBe(422);
  });

  test('a search finds firms by name and by their people, whatever the case', async () => {
    const wanted = await aFirm(api.orm, cast.organisation.id, { company: 'Dachdeckerei Übermut' });
    await aContact(api.orm, cast.organisation.id, wanted.id, { name: 'Wilhelmine Zapf' });
    for (const q of ['übermut', 'DACHDECKEREI über', 'zapf']) expect(data(await as('coordinator', 'GET', `/firms?q=${encodeURIComponent(q)}`)).map((one) => one.id)).toEqual([wanted.id]);
    expect(data(await as('coordinator', 'GET', '/firms?trade=Maler')).every((one) => one.id !== wanted.id)).toBe(true);
    expect((await as('coordinator', 'GET', '/trades')).body).toEqual({ data: ['Maler'] });
  });

  test('statistics tell how often asked and accepted and how fast', async () => {
    const asked = await aFirm(api.orm, cast.organisation.id);
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
    for (const [acceptedAt, endedAt, status] of [[at(10), null, 'accepted'], [null, at(12), 'declined'], [null, at(9), 'withdrawn']] as const) {
      const order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id);
      await anAssignment(api.orm, cast.organisation.id, order.id, { firmId: asked.id, offeredAt: at(7), deliveredAt: at(8), acceptedAt, endedAt, status });
    }
    expect((await as('coordinator', 'GET', `/firms/${asked.id}`)).body).toMatchObject({ statistics: { asked: 3, accepted: 1, medianAnswerHours: 3 } });
  });
});
