import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { assignWork } from '#db/assignments/assign.ts';
import { acceptInvitation } from '#db/partnerships/accept-invitation.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { mintInvitationLink } from '#db/partnerships/invitation-links.ts';
import { invitePartner } from '#db/partnerships/invite.ts';
import { AccessLink } from '#db/assignments/entity.ts';
import { newId } from '#db/columns.ts';
import { emFor, systemEm, type Em } from '#db/orm.ts';
import type { InviteeActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aMembership, aUser, aWorkOrder } from '../support/builders.ts';
import { aCast, adminOf, type Cast } from '../support/cast.ts';
import { until } from '../support/until.ts';

/** Two transactions at the same moment: the second finds what the first has made of it. */
let api: TestApi;
let client: Cast;
let partner: Cast;

beforeAll(async () => {
  api = await startApi();
  client = await aCast(api.orm, api.now());
  partner = await aCast(api.orm, api.now(), 'Treppner Aufzüge');
});
afterAll(() => api?.stop());

const isSomebodyWaiting = async (): Promise<boolean> => (await api.database.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0;

/** A firm that was asked by mail so far and has been invited, with an administrator of the partner's behind the address. */
async function anInvitedFirm(): Promise<{ firmId: string; userId: string; invitee: InviteeActor }> {
  const organisationId = client.organisation.id;
  const user = await aUser(api.orm);
  await aMembership(api.orm, partner.organisation.id, user.id, 'admin');
  const firm = await aFirm(api.orm, organisationId, { company: 'Treppner' });
  await aContact(api.orm, organisationId, firm.id, { email: `${newId()}@treppner.example`, roles: ['dispatch'] });
  const actor = adminOf(client);
  const { id } = await emFor(api.orm, actor).transactional((em) => invitePartner(em, actor, { firmId: firm.id, email: user.email, workspaceIds: [client.workspace.id] }, api.now()));
  await systemEm(api.orm, organisationId).transactional(async (em) => mintInvitationLink(em, await em.findOneOrFail(Partnership, { organisationId, id }), newId(), api.now()));
  const link = await systemEm(api.orm, organisationId).transactional((em) => em.findOneOrFail(AccessLink, { organisationId, partnershipId: id }));
  return { firmId: firm.id, userId: user.id, invitee: { kind: 'invitee', organisationId, partnershipId: id, linkId: link.id } };
}

const accept = (em: Em, { invitee, userId }: { invitee: InviteeActor; userId: string }) =>
  acceptInvitation(em, invitee, { user: { id: userId }, organisation: { id: partner.organisation.id } }, api.now());
const forget = () => api.database.query('truncate partnerships, work_orders cascade');

test('work given to a firm while it accepts goes to the partner, whoever is first', async () => {
  const actor = adminOf(client);
  for (const isAssignedFirst of [true, false]) {
    const firm = await anInvitedFirm();
    const order = await aWorkOrder(api.orm, client.organisation.id, client.workspace.id);
    const assigning = async (then: () => Promise<void>) => emFor(api.orm, actor).transactional(async (em) => {
      await assignWork(em, actor, { workOrderId: order.id, firmId: firm.firmId }, api.now());
      await em.flush();
      await then();
    });
    const accepting = async (then: () => Promise<void>) => emFor(api.orm, firm.invitee).transactional(async (em) => {
      await accept(em, firm);
      await then();
    });
    const [first, second] = isAssignedFirst ? [assigning, accepting] : [accepting, assigning];
    const running: Promise<unknown>[] = [];
    await first(async () => {
      running.push(second(async () => undefined));
      await until('the other to wait', isSomebodyWaiting);
    });
    await Promise.all(running);
    const asked = await api.database.query<{ kind: string; partnership_id: string }>('select kind, partnership_id from assignments where work_order_id = $1', [order.id]);
    expect(asked).toEqual([{ kind: 'partner', partnership_id: firm.invitee.partnershipId }]);
    await forget();
  }
});

test('two invitations of one client, accepted at the same moment for one organisation, make one partnership and a clear answer', async () => {
  const [one, other] = [await anInvitedFirm(), await anInvitedFirm()];
  const running: Promise<unknown>[] = [];
  await emFor(api.orm, one.invitee).transactional(async (em) => {
    await accept(em, one);
    running.push(emFor(api.orm, other.invitee).transactional((em2) => accept(em2, other)).catch((error: unknown) => error));
    await until('the other to wait', isSomebodyWaiting);
  });
  expect(await Promise.all(running)).toMatchObject([{ code: 'partnership_exists', details: { field: 'organisation' } }]);
  expect(await api.database.query(`select 1 from partnerships where status = 'accepted'`)).toHaveLength(1);
  await forget();
});
