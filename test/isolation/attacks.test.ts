import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { anInvitation, mailsOf } from '../api/invitation-stage.ts';
import { asClient, asPartner } from '../api/partner-stage.ts';
import { aMembership, aSession, aUser } from '../support/builders.ts';
import { call, type Answer } from '../support/api.ts';
import { faceless } from './asking.ts';
import { aPartnerWorld, CANARIES, type PartnerWorld } from './partner-world.ts';

/** Ways round that no matrix of routes goes. */
let world: PartnerWorld;

beforeAll(async () => {
  world = await aPartnerWorld();
});
afterAll(() => world?.api.stop());

const orders = (cookie: string, query = ''): Promise<Answer> => call(world.api, 'GET', `/me/orders${query}`, { cookie });
const comment = (account: string, cookie: string, key: string): Promise<Answer> =>
  call(world.api, 'POST', `/accounts/${account}/work-orders/${world.own.workOrder}/comments`, { cookie, body: { visibility: 'shared', body: 'Wir kommen' }, headers: { 'idempotency-key': key } });

test('a repeat key opens nothing in another account, neither to a person of both sides nor to anybody else', async () => {
  const { lift, client, painter } = world;
  const key = newId();
  const { user, cookie } = lift.own.admin;
  await aMembership(world.api.orm, client.organisation.id, user.id, 'coordinator');
  const [asPartners, asClients] = [await comment(lift.partnership.id, cookie, key), await comment(client.organisation.id, cookie, key)];
  expect([asPartners.status, asClients.status, asClients.headers.get('idempotency-replayed')]).toEqual([201, 201, null]);
  expect(asPartners.text).not.toContain(CANARIES.client);
  expect((await comment(painter.partnership.id, painter.own.admin.cookie, key)).status).toBe(404);
  expect((await comment(lift.partnership.id, painter.own.admin.cookie, key)).status).toBe(404);
  await world.api.database.query('delete from memberships where user_id = $1 and organisation_id = $2', [user.id, client.organisation.id]);
});

test('the list over all clients has the own ones only, whatever client, person or order it is asked for', async () => {
  const { lift, painter, hidden, client, own, given } = world;
  const { cookie } = lift.own.coordinator;
  const all = await orders(cookie, '?perPage=100');
  for (const word of [CANARIES.client, CANARIES.rival, CANARIES.foreign]) expect(all.text).not.toContain(word);
  for (const ids of Object.values(hidden)) if (ids.workOrder) expect(all.text).not.toContain(ids.workOrder);
  const missing = faceless(await orders(cookie, `?clientId=${newId()}`));
  for (const id of [painter.partnership.id, client.organisation.id, world.invited.partnership.id, world.ended.partnership.id]) expect(faceless(await orders(cookie, `?clientId=${id}`))).toBe(missing);
  const nobody = faceless(await orders(cookie, `?person=${newId()}`));
  for (const id of [painter.own.technician.user.id, client.technician.user.id]) expect(faceless(await orders(cookie, `?person=${id}`))).toBe(nobody);
  for (const word of [CANARIES.client, CANARIES.rival]) expect((await orders(cookie, `?q=${word}`)).body).toMatchObject({ data: [], pageInfo: { total: 0 } });
  const technician = await orders(lift.own.technician.cookie);
  expect(technician.text).toContain(given.workOrder ?? '?');
  expect(technician.text).not.toContain(own.workOrder ?? '?');
  const accounts = await call(world.api, 'GET', '/me/accounts', { cookie });
  for (const id of [painter.partnership.id, world.invited.partnership.id, world.foreign.cast.organisation.id]) expect(accounts.text).not.toContain(id);
});

test('a sort tells nothing of others: the same rows, and none is placed by what another firm owes', async () => {
  const eyes = asPartner(world, world.lift);
  const ids = async (query: string): Promise<string[]> => ((await eyes('GET', `/work-orders${query}`)).body as { data: { id: string }[] }).data.map((one) => one.id);
  await world.api.database.query(`update work_orders set answer_due_at = case when id = $1 then timestamptz '2026-01-01' else timestamptz '2027-01-01' end where id = any($2)`, [world.own.workOrder, [world.own.workOrder, world.given.workOrder]]);
  const before = await ids('?sort=answerDueAt&order=ASC');
  await world.api.database.query(`update work_orders set answer_due_at = case when id = $1 then timestamptz '2027-01-01' else timestamptz '2026-01-01' end where id = any($2)`, [world.own.workOrder, [world.own.workOrder, world.given.workOrder]]);
  expect(await ids('?sort=answerDueAt&order=ASC')).toEqual(before);
  for (const sort of ['reporterName', 'costLimitCents', 'id;drop']) expect((await eyes('GET', `/work-orders?sort=${sort}`)).status).toBe(422);
});

test('a file\'s address, kept from before, leads nowhere once the workspace is no longer shared', async () => {
  const eyes = asPartner(world, world.lift);
  const path = `/attachments/${world.own.attachment}/content`;
  expect((await eyes('GET', path)).status).toBe(200);
  const share = (served: boolean) => world.api.database.query('update workspace_shares set is_served = $1 where workspace_id = $2 and partnership_id = $3', [served, world.own.workspace, world.lift.partnership.id]);
  await share(false);
  const gone = faceless(await eyes('GET', path));
  expect(gone).toBe(faceless(await eyes('GET', `/attachments/${newId()}/content`)));
  expect((await comment(world.lift.partnership.id, world.lift.own.coordinator.cookie, newId())).status).toBe(404);
  await share(true);
  expect((await eyes('GET', path)).status).toBe(200);
});

test('mails of a partner\'s order go to the right side: nobody of the rival or of another client is written to, and no inner word', async () => {
  const before = new Date();
  const { own, lift } = world;
  await asPartner(world, lift)('POST', `/work-orders/${own.workOrder}/steps`, { step: 'start' });
  await asPartner(world, lift)('PUT', `/assignments/${own.assignment}/internal`, { memberUserId: lift.own.technician.user.id });
  await asPartner(world, lift)('POST', `/work-orders/${own.workOrder}/comments`, { visibility: 'internal', body: 'Unterlagen im Büro' });
  await asClient(world)('POST', `/work-orders/${own.workOrder}/comments`, { visibility: 'internal', body: 'Nicht weitersagen' });
  await asPartner(world, lift)('POST', `/work-orders/${own.workOrder}/steps`, { step: 'complete' });
  const mails = await world.api.database.query<{ id: string; to_email: string; parameters: object; to_user_id: string | null }>('select id, to_email, parameters, to_user_id from outbound_mails where work_order_id = $1 and created_at >= $2', [own.workOrder, new Date(Math.min(before.getTime(), world.api.now().getTime()))]);
  const strangers = [world.painter.own, world.foreign.cast, world.invited.own, world.ended.own].flatMap((one) => [one.admin, one.coordinator, one.technician]).map((one) => one.user.email);
  expect(mails.length).toBeGreaterThan(0);
  expect(mails.filter((one) => strangers.includes(one.to_email))).toEqual([]);
  expect(JSON.stringify(mails)).not.toMatch(/Unterlagen im Büro|Nicht weitersagen/);
  const told = await world.api.database.query<{ recipient: string }>('select distinct recipient from digest_items where work_order_id = $1', [own.workOrder]);
  expect(told.filter((one) => one.recipient.includes(world.painter.partnership.id))).toEqual([]);
});

test('an open invitation exists for whoever has proven its address, and for nobody else by any way of the portal', async () => {
  const { api, client } = world;
  const email = `leitung-${newId()}@farbwerk.test`;
  const { id } = await anInvitation(api, client, { email, company: `Farbwerk ${newId()}` });
  const [typed, longer, other] = [await aUser(api.orm, { email, emailProvenAt: null }), await aUser(api.orm, { email: `x${email}` }), world.lift.own.admin.user];
  for (const user of [typed, longer, other]) {
    const cookie = await aSession(api.orm, user.id, api.now());
    const link = (invitation: string): Promise<Answer> => call(api, 'POST', `/me/invitations/${invitation}/send-link`, { cookie, body: {} });
    expect((await call(api, 'GET', '/me/accounts', { cookie })).body).toMatchObject({ invitations: [] });
    expect(faceless(await link(id))).toBe(faceless(await link(newId())));
  }
  expect(await mailsOf(api, id)).toEqual([`partner-invitation first ${email}`]);
  await api.database.query('update users set email_proven_at = now() where id = $1', [typed.id]);
  const shown = await call(api, 'GET', '/me/accounts', { cookie: await aSession(api.orm, typed.id, api.now()) });
  expect(shown.body).toMatchObject({ invitations: [{ id, clientName: client.organisation.name }] });
});
