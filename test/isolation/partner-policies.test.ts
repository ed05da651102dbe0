import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { Comment } from '#db/comments/entity.ts';
import { Observer } from '#db/observers/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import type { Actor, InviteeActor, MemberActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aFirm, anAsset, anAssignment, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { aPartner, aShare, partnerActor, type PartnerCast } from '../support/partners.ts';

/** What the database itself lets a partner see in a client's account, without any filter of ours. */
let api: TestApi;
let client: Cast;
let partner: PartnerCast;
let order: { id: string };
let o: string;

beforeAll(async () => {
  api = await startApi();
  client = await aCast(api.orm, api.now());
  o = client.organisation.id;
  partner = await aPartner(api.orm, client, api.now());
  await aShare(api.orm, partner, client.workspace.id);
  order = await aWorkOrder(api.orm, o, client.workspace.id);
  await assign(order.id);
});
afterAll(() => api.stop());

const assign = (workOrderId: string, status: 'offered' | 'accepted' | 'declined' = 'accepted') =>
  anAssignment(api.orm, o, workOrderId, { kind: 'partner', firmId: partner.partnership.firmId, partnershipId: partner.partnership.id, status });

const ids = async (actor: Actor, query: string): Promise<string[]> =>
  (await emFor(api.orm, actor).transactional((em) => em.execute<{ id: string }[]>(query))).map((one) => one.id).toSorted();

const says = (body: string, given: Partial<Comment>) =>
  systemEm(api.orm, o).transactional(async (em) => em.create(Comment, {
    id: newId(), organisationId: o, authorOrganisationId: o, workOrderId: order.id, visibility: 'shared', door: 'portal', body, createdAt: api.now(), ...given,
  }));

const member = (): MemberActor => ({ kind: 'member', organisationId: o, userId: client.admin.user.id, role: 'admin', workspaceIds: null });

describe('a query of a partner without any filter', () => {
  test('sees an order where the partner was added, in a shared workspace, and no other', async () => {
    const hidden = await aWorkspace(api.orm, o);
    const unshared = await aWorkOrder(api.orm, o, hidden.id);
    await assign(unshared.id);
    await aWorkOrder(api.orm, o, client.workspace.id);
    const declined = await aWorkOrder(api.orm, o, client.workspace.id);
    await assign(declined.id, 'declined');
    expect(await ids(partnerActor(partner), 'select id from work_orders')).toEqual([order.id]);
    expect(await ids(partnerActor(partner), 'select distinct work_order_id as id from assignments')).toEqual([order.id]);
    expect(await ids(partnerActor(partner), 'select id from workspaces')).toEqual([client.workspace.id]);
  });

  test('sees nothing where the partnership is not theirs, has not been accepted or was not meant', async () => {
    const actor = partnerActor(partner);
    expect(await ids({ ...actor, partnerOrganisationId: o }, 'select id from work_orders')).toEqual([]);
    expect(await ids({ ...actor, partnershipId: newId() }, 'select id from work_orders')).toEqual([]);
    const waiting = await aPartner(api.orm, client, api.now(), { status: 'invited', name: 'Wartende Firma' });
    await aShare(api.orm, waiting, client.workspace.id);
    expect(await ids(partnerActor(waiting), 'select id from workspaces')).toEqual([]);
  });

  test('sees the assets of a share: all of it, or the chosen ones', async () => {
    const place = await aWorkspace(api.orm, o);
    const [seen, unseen] = [await anAsset(api.orm, o, place.id), await anAsset(api.orm, o, place.id)];
    const other = await aPartner(api.orm, client, api.now(), { name: 'Andere Firma' });
    await aShare(api.orm, other, place.id, [seen.id]);
    expect(await ids(partnerActor(other), 'select id from assets')).toEqual([seen.id]);
    expect(await ids(partnerActor(partner), 'select id from assets')).not.toContain(unseen.id);
  });

  test('reads what is said to all or to itself, its own remarks, and no one else\'s', async () => {
    const firm = await aFirm(api.orm, o);
    const theirs = await anAssignment(api.orm, o, order.id, { firmId: firm.id, status: 'declined' });
    await says('an alle', {});
    await says('intern', { visibility: 'internal' });
    await says('an andere Firma', { assignmentId: theirs.id });
    await says('beim Partner', { visibility: 'internal', authorOrganisationId: partner.own.organisation.id });
    expect(await ids(partnerActor(partner), 'select body as id from comments')).toEqual(['an alle', 'beim Partner']);
    expect(await ids(member(), 'select body as id from comments')).toEqual(['an alle', 'an andere Firma', 'intern']);
  });

  test('sees an order as an observer until it leaves', async () => {
    const watched = await aWorkOrder(api.orm, o, client.workspace.id);
    const observer = await systemEm(api.orm, o).transactional(async (em) =>
      em.create(Observer, { id: newId(), organisationId: o, workOrderId: watched.id, partnershipId: partner.partnership.id, createdAt: api.now() }));
    expect(await ids(partnerActor(partner), 'select id from work_orders')).toContain(watched.id);
    await systemEm(api.orm, o).transactional((em) => em.nativeUpdate(Observer, { id: observer.id }, { leftAt: api.now() }));
    expect(await ids(partnerActor(partner), 'select id from work_orders')).not.toContain(watched.id);
  });

  test('is refused the directory, the mails and every change', async () => {
    for (const table of ['firms', 'firm_contacts', 'inbound_mails', 'escalation_policies', 'access_links', 'search_documents']) {
      await expect(ids(partnerActor(partner), `select '' as id from ${table}`)).rejects.toThrow(/permission denied/);
    }
    await expect(ids(partnerActor(partner), `update work_orders set title = 'x' returning id`)).rejects.toThrow(/permission denied/);
    await expect(ids(partnerActor(partner), `delete from participations returning id`)).rejects.toThrow(/permission denied/);
  });

  test('no longer sees a workspace that it unticked or that is not shared any more', async () => {
    const set = (served: boolean): Promise<unknown> => api.database.query('update workspace_shares set is_served = $1 where partnership_id = $2', [served, partner.partnership.id]);
    await set(false);
    expect(await ids(partnerActor(partner), 'select id from work_orders')).toEqual([]);
    expect(await ids(partnerActor(partner), 'select id from assets')).toEqual([]);
    await set(true);
    expect(await ids(partnerActor(partner), 'select id from work_orders')).toContain(order.id);
  });
});

test('the holder of an invitation reads that invitation and no order', async () => {
  const invited = await aPartner(api.orm, client, api.now(), { status: 'invited', name: 'Eingeladene Firma' });
  const invitee: InviteeActor = { kind: 'invitee', organisationId: o, partnershipId: invited.partnership.id, linkId: newId() };
  expect(await ids(invitee, 'select id from partnerships')).toEqual([invited.partnership.id]);
  expect(await ids(invitee, 'select id from work_orders')).toEqual([]);
  expect(await ids(invitee, 'select id from assignments')).toEqual([]);
});
