import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Assignment } from '#db/assignments/entity.ts';
import { newId } from '#db/columns.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { systemEm } from '#db/orm.ts';
import { call, type Answer } from '../support/api.ts';
import { aFirm, anAssignment, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { aShare, type PartnerCast } from '../support/partners.ts';
import { anOrderOf, aPartnerStage, kept, type Stage } from './partner-stage.ts';

/** All clients of a user in one list: each row from an account of its own, none from an account that is not theirs. */
let stage: Stage;
let second: Cast;
let secondPartner: PartnerCast;

beforeAll(async () => {
  stage = await aPartnerStage();
  const { api, lift } = stage;
  second = await aCast(api.orm, api.now(), 'Ahornhof Verwaltung');
  secondPartner = await alsoPartnerOf(second);
  await aShare(api.orm, secondPartner, second.workspace.id);
  await anOrderOf(stage, lift, { title: 'Erste', dueOn: '2026-11-20', priority: 'low' });
  await anOrderOf(stage, lift, { title: 'Dritte', dueOn: '2026-12-01', priority: 'urgent' });
  await anOrderOf(stage, stage.painter, { title: 'Nicht unsere' });
  await ofSecond('Zweite', { dueOn: '2026-11-28' });
  await ofSecond('Ohne Tag', { dueOn: null });
});
afterAll(() => stage.api.stop());

/** The lift company works for another client, too. */
async function alsoPartnerOf(client: Cast): Promise<PartnerCast> {
  const { api, lift } = stage;
  const organisationId = client.organisation.id;
  const firm = await aFirm(api.orm, organisationId, { access: 'partner' });
  const { id: _id, organisationId: _organisation, firmId: _firm, ...same } = { ...lift.partnership };
  const partnership = await systemEm(api.orm, organisationId).transactional(async (em) =>
    em.create(Partnership, { ...same, id: newId(), organisationId, firmId: firm.id, invitedByUserId: client.admin.user.id }));
  return { client, own: lift.own, partnership };
}

async function ofSecond(title: string, given: object, asked: Partial<Assignment> = {}): Promise<void> {
  const order = await aWorkOrder(stage.api.orm, second.organisation.id, second.workspace.id, { title, ...given });
  await anAssignment(stage.api.orm, second.organisation.id, order.id, {
    kind: 'partner', firmId: secondPartner.partnership.firmId, partnershipId: secondPartner.partnership.id, status: 'accepted', ...asked,
  });
}

type Page = { data: { title: string; account: { id: string; name: string } }[]; pageInfo: { total: number; hasNextPage: boolean } };
const bodyOf = <T>(answer: Answer): T => answer.body as unknown as T;
const orders = async (query = '', cookie = stage.lift.own.coordinator.cookie): Promise<Page> => bodyOf<Page>(await call(stage.api, 'GET', `/me/orders${query}`, { cookie }));
const titles = async (query = '', cookie?: string): Promise<string[]> => (await orders(query, cookie)).data.map((one) => one.title);

test('the switcher has own organisations first, then the clients by name with their counts, and open invitations', async () => {
  const { api, lift } = stage;
  await api.database.query(
    `insert into partnerships (id, organisation_id, firm_id, status, invited_email, locale, invited_by_user_id, invited_at, round_started_at, valid_until, created_at, updated_at)
     select gen_random_uuid(), $1, id, 'invited', $2, 'de-DE', $3, now(), now(), $4, now(), now() from firms where organisation_id = $1 and access <> 'partner' limit 1`,
    [second.organisation.id, lift.own.coordinator.user.email, second.admin.user.id, new Date('2026-12-20T00:00:00Z')],
  );
  const answer = await call(api, 'GET', '/me/accounts', { cookie: lift.own.coordinator.cookie });
  expect(answer.body).toEqual({
    own: [{ id: lift.own.organisation.id, name: 'Treppner Aufzüge', role: 'coordinator', openCount: 0 }],
    clients: [
      { id: secondPartner.partnership.id, name: 'Ahornhof Verwaltung', workspaceCount: 1, openCount: 2, lateCount: 0, isEnded: false },
      { id: lift.partnership.id, name: 'Lindenhof Verwaltung', workspaceCount: 1, openCount: 2, lateCount: 1, isEnded: false },
    ],
    invitations: [], clientsOpenCount: 4,
  });
  // A technician counts what was given to them; somebody of the client has no clients.
  expect((await call(api, 'GET', '/me/accounts', { cookie: lift.own.technician.cookie })).body).toMatchObject({ clientsOpenCount: 0 });
  expect((await call(api, 'GET', '/me/accounts', { cookie: second.admin.cookie })).body).toMatchObject({ own: [{ name: 'Ahornhof Verwaltung', openCount: 2 }], clients: [] });
});

test('an invitation waits for whoever has proven its address to be theirs, as long as it is valid', async () => {
  const { api, painter } = stage;
  const firm = await aFirm(api.orm, second.organisation.id);
  const id = newId();
  await systemEm(api.orm, second.organisation.id).transactional(async (em) => {
    const at = api.now();
    em.create(Partnership, {
      id, organisationId: second.organisation.id, firmId: firm.id, status: 'invited', invitedEmail: painter.own.admin.user.email, locale: 'de-DE', invitedByUserId: second.admin.user.id,
      invitedAt: at, roundStartedAt: at, validUntil: new Date(at.getTime() + 86_400_000), createdAt: at, updatedAt: at,
    });
  });
  const waiting = async (cookie: string): Promise<unknown[]> => bodyOf<{ invitations: unknown[] }>(await call(api, 'GET', '/me/accounts', { cookie })).invitations;
  expect(await waiting(painter.own.admin.cookie)).toEqual([{ id, clientName: 'Ahornhof Verwaltung', validUntil: '2026-11-26T09:00:00.000Z' }]);
  expect(await waiting(painter.own.coordinator.cookie)).toEqual([]);
  await api.database.query('update users set email_proven_at = null where id = $1', [painter.own.admin.user.id]);
  expect(await waiting(painter.own.admin.cookie)).toEqual([]);
  await api.database.query('update users set email_proven_at = now() where id = $1', [painter.own.admin.user.id]);
  expect(await waiting(painter.own.admin.cookie)).toHaveLength(1);
  await api.database.query(`update partnerships set valid_until = $2 where id = $1`, [id, new Date('2026-11-25T08:00:00Z')]);
  expect(await waiting(painter.own.admin.cookie)).toEqual([]);
});

test('the orders of all clients are one list, sorted across accounts, each row with its account', async () => {
  const found = await orders();
  expect(found.data.map((one) => one.title)).toEqual(['Erste', 'Zweite', 'Dritte', 'Ohne Tag']);
  expect(found.data.map((one) => one.account.name)).toEqual(['Lindenhof Verwaltung', 'Ahornhof Verwaltung', 'Lindenhof Verwaltung', 'Ahornhof Verwaltung']);
  expect(found.pageInfo).toMatchObject({ total: 4, hasNextPage: false });
  expect(await titles('?order=DESC')).toEqual(['Dritte', 'Zweite', 'Erste', 'Ohne Tag']);
  expect((await titles('?sort=priority&order=DESC'))[0]).toBe('Dritte');
});

test('pages do not overlap and leave nothing out, whatever they are sorted by', async () => {
  const all = (await titles()).toSorted();
  for (const sort of ['dueOn', 'answerDueAt', 'createdAt', 'priority', 'status']) {
    for (const order of ['ASC', 'DESC']) {
      const pages = await Promise.all([1, 2, 3].map(async (page) => orders(`?sort=${sort}&order=${order}&perPage=2&page=${page}`)));
      expect([sort, order, pages.flatMap((one) => one.data.map((row) => row.title)).toSorted()]).toEqual([sort, order, all]);
      expect(pages.map((one) => one.pageInfo.hasNextPage)).toEqual([true, false, false]);
    }
  }
});

test('filters hold in every account; a client that is not one finds nothing', async () => {
  expect(await titles(`?clientId=${secondPartner.partnership.id}`)).toEqual(['Zweite', 'Ohne Tag']);
  expect(await titles(`?clientId=${stage.painter.partnership.id}`)).toEqual([]);
  expect(await titles(`?clientId=${newId()}`)).toEqual([]);
  expect(await titles('?q=Zweite')).toEqual(['Zweite']);
  expect(await titles('?q=unsere')).toEqual([]);
  expect(await titles('?status=closed')).toEqual([]);
  expect(await titles('?from=2026-11-25&to=2026-11-30')).toEqual(['Zweite']);
});

test('the calendar has what is promised, too; the inbox what waits for us; a person their own', async () => {
  const { order, assignment } = await anOrderOf(stage, stage.lift, { title: 'Zugesagt' }, { promisedFrom: new Date('2027-01-10T23:30:00Z') });
  await kept(stage, stage.lift, assignment as Assignment, { memberUserId: stage.lift.own.technician.user.id, ownReference: 'T-1' });
  // Half past midnight at the client: the eleventh.
  expect(await titles('?from=2027-01-11&to=2027-01-11')).toEqual(['Zugesagt']);
  expect(await titles('?from=2027-01-10&to=2027-01-10')).toEqual([]);
  expect(await titles('?inbox=true')).not.toContain('Zugesagt');
  await anOrderOf(stage, stage.lift, { title: 'Angefragt' }, { status: 'offered', answerBy: new Date('2026-11-27T09:00:00Z') });
  expect(await titles('?inbox=true')).toEqual(expect.arrayContaining(['Angefragt', 'Erste']));
  // The inbox by its two halves, and what presses most.
  expect(await titles('?inbox=true&awaitingAnswer=true')).toEqual(['Angefragt']);
  expect(await titles('?inbox=true&unassigned=true')).toEqual(expect.not.arrayContaining(['Angefragt', 'Zugesagt']));
  expect(await titles('?overdue=true')).toEqual(['Erste']);
  expect(await titles('?priority=urgent')).toEqual(['Dritte']);
  expect((await titles('?sort=answerDueAt'))[0]).toBe('Angefragt');
  expect(await titles(`?person=${stage.lift.own.technician.user.id}`)).toEqual(['Zugesagt']);
  expect(await titles('', stage.lift.own.technician.cookie)).toEqual(['Zugesagt']);
  expect((await orders(`?person=${stage.lift.own.technician.user.id}`)).data[0]).toMatchObject({ id: order.id, ownReference: 'T-1', ownPerson: { name: 'Emre Yildiz' } });
});

test('what has ended is asked for by name; a share that is taken back is gone at once', async () => {
  const { api } = stage;
  await api.database.query(`update partnerships set status = 'ended' where id = $1`, [secondPartner.partnership.id]);
  expect((await orders()).data.map((one) => one.account.name)).not.toContain('Ahornhof Verwaltung');
  expect(await titles(`?clientId=${secondPartner.partnership.id}`)).toEqual(['Zweite', 'Ohne Tag']);
  await api.database.query(`delete from workspace_shares where partnership_id = $1`, [secondPartner.partnership.id]);
  expect(await titles(`?clientId=${secondPartner.partnership.id}`)).toEqual([]);
});

test('nobody who is not signed in has accounts or orders', async () => {
  for (const path of ['/me/accounts', '/me/orders']) expect((await call(stage.api, 'GET', path)).status).toBe(401);
});
