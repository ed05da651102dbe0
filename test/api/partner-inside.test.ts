import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { forgetLeftReaders, nextDailyReaders } from '#db/events/untold.ts';
import { newId } from '#db/columns.ts';
import { recordBounce } from '#db/mails/log.ts';
import { systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { uploadTo } from '../support/files.ts';
import { aPartnerStage, anOrderOf, asClient, asPartner, givenTo, type Stage } from './partner-stage.ts';

type Said = { body: string; visibility: string; author: { name: string; firmName: string | null }; attachments: { id: string; name: string; uploadedByName: string | null }[] };
type Order = {
  id: string; comments: Said[]; attachments: { id: string; name: string }[]; mailRecipients: { kind: string; name: string; firmName: string | null }[];
  assignments: { isPassedOn: boolean; person: { name: string } | null; ownReference: string | null; answeredByName: string | null }[];
};
type Events = { data: { name: string; actorName: string | null }[] };

let stage: Stage;
let order: WorkOrder;
let assignment: Assignment;

beforeAll(async () => {
  stage = await aPartnerStage();
});
beforeEach(async () => {
  const made = await anOrderOf(stage, stage.lift, { responsibleUserId: stage.client.coordinator.user.id, status: 'accepted' }, { acceptedAt: stage.api.now(), answeredByUserId: stage.lift.own.coordinator.user.id, answeredByName: 'Jonas Reuter' });
  order = made.order;
  assignment = made.assignment!;
  await stage.api.database.query('update partnerships set shows_people = false');
});
afterAll(() => stage?.api.stop());

const rows = <T extends object>(sql: string, ...values: unknown[]) => stage.api.database.query<T>(sql, [order.id, ...values]);
const client = (...given: Parameters<ReturnType<typeof asClient>>) => asClient(stage)(...given);
const lift = (...given: Parameters<ReturnType<typeof asPartner>>) => asPartner(stage, stage.lift)(...given);
const technician = () => asPartner(stage, stage.lift, 'technician');
const seen = async (who: typeof lift): Promise<Order> => (await who('GET', `/work-orders/${order.id}`)).body as Order;
const give = (memberUserId: string | null, more: object = {}) => lift('PUT', `/assignments/${assignment.id}/internal`, { memberUserId, ...more });
const say = (who: typeof lift, body: string, visibility = 'shared', more: object = {}) => who('POST', `/work-orders/${order.id}/comments`, { body, visibility, ...more });
/** Keys of those who are to be told by digest. */
const told = async (): Promise<string[]> => (await rows<{ recipient: string }>('select distinct recipient from digest_items where work_order_id = $1 order by 1')).map((one) => one.recipient);
const key = (role: 'admin' | 'coordinator' | 'technician') => `partner:${stage.lift.partnership.id}:${stage.lift.own[role].user.id}`;
const inside = () => `user:${stage.client.coordinator.user.id}`;

test('given to a technician, they see it and are told by mail; taken away, they don\'t, and are told that, too', async () => {
  expect((await technician()('GET', `/work-orders/${order.id}`)).status).toBe(404);
  expect(((await give(stage.lift.own.technician.user.id, { ownReference: 'TA-7' })).body as Order).assignments[0]).toMatchObject({ isPassedOn: true, person: { name: 'Emre Yildiz' }, ownReference: 'TA-7' });
  expect((await technician()('GET', `/work-orders/${order.id}`)).status).toBe(200);
  expect((await give(stage.lift.own.admin.user.id)).status).toBe(200);
  expect((await technician()('GET', `/work-orders/${order.id}`)).status).toBe(404);
  const mails = await rows<{ to_email: string; given: boolean }>(`select to_email, (parameters->>'isGiven')::boolean as given from outbound_mails where work_order_id = $1 and template = 'internal-assignment' order by created_at, id`);
  const { technician: one, admin: other } = stage.lift.own;
  expect(mails.map((mail) => [mail.to_email, mail.given])).toEqual([[one.user.email, true], [one.user.email, false], [other.user.email, true]]);
});

test('nobody of another firm can be given it, and only the office gives', async () => {
  expect((await give(stage.painter.own.technician.user.id)).status).toBe(404);
  expect((await give(stage.client.technician.user.id)).status).toBe(404);
  await give(stage.lift.own.technician.user.id);
  expect((await technician()('PUT', `/assignments/${assignment.id}/internal`, { memberUserId: null })).status).toBe(403);
  expect((await asPartner(stage, stage.painter)('PUT', `/assignments/${assignment.id}/internal`, { memberUserId: null })).status).toBe(404);
  expect((await client('PUT', `/assignments/${assignment.id}/internal`, { memberUserId: null })).status).toBe(404);
});

test('the client sees that it was passed on; to whom, and any of the partner\'s names, only where the partner shows them', async () => {
  await give(stage.lift.own.technician.user.id, { ownReference: 'TA-7' });
  await say(technician(), 'Wir kommen um acht.');
  const hidden = await seen(client);
  expect(hidden.assignments[0]).toMatchObject({ isPassedOn: true, person: null, ownReference: null, answeredByName: 'Treppner Aufzüge' });
  expect(hidden.comments.at(-1)!.author).toMatchObject({ name: 'Treppner Aufzüge', firmName: null });
  expect(JSON.stringify(hidden)).not.toMatch(/Emre Yildiz|TA-7/);
  const timeline = (await client('GET', `/work-orders/${order.id}/timeline`)).body as Events;
  expect(timeline.data.find((one) => one.name === 'assignment.passed_on')).toMatchObject({ actorName: 'Treppner Aufzüge' });
  expect((await asPartner(stage, stage.lift, 'admin')('PATCH', '/partnership', { showsPeople: true })).body).toMatchObject({ showsPeople: true });
  const shown = await seen(client);
  expect(shown.assignments[0]).toMatchObject({ person: { name: 'Emre Yildiz' }, ownReference: null, answeredByName: 'Jonas Reuter' });
  expect(shown.comments.at(-1)!.author).toMatchObject({ name: 'Emre Yildiz', firmName: 'Treppner Aufzüge' });
});

test('what a partner says shared reaches the client and its own people, but never its author', async () => {
  await give(stage.lift.own.technician.user.id);
  await rows('delete from digest_items where work_order_id = $1');
  expect((await say(technician(), 'Fertig bis Mittag')).status).toBe(201);
  expect(await told()).toEqual([key('coordinator'), inside()].toSorted());
  expect((await seen(asPartner(stage, stage.painter))).comments).toBeUndefined();
});

test('what a partner says inside stays inside: not on the client\'s page, in its digests, its search or its timeline', async () => {
  await give(stage.lift.own.technician.user.id);
  await rows('delete from digest_items where work_order_id = $1');
  expect((await say(lift, 'Zwergelstern nachbestellen', 'internal')).status).toBe(201);
  expect(await told()).toEqual([key('technician')]);
  expect((await seen(technician())).comments.map((one) => one.body)).toContain('Zwergelstern nachbestellen');
  for (const path of [`/work-orders/${order.id}`, `/work-orders/${order.id}/comments`, `/work-orders/${order.id}/timeline`, '/work-orders?q=Zwergelstern']) {
    expect((await client('GET', path)).text).not.toContain('Zwergelstern nachbestellen');
  }
  expect(((await client('GET', '/work-orders?q=Zwergelstern')).body as { data: unknown[] }).data).toEqual([]);
});

test('what the client says inside is none of the partner\'s', async () => {
  expect((await say(client, 'Brummelquark zu teuer', 'internal')).status).toBe(201);
  expect(await told()).toEqual([inside()]);
  expect((await lift('GET', `/work-orders/${order.id}`)).text).not.toContain('Brummelquark');
});

test('with two firms on an order neither hears what the other says', async () => {
  await givenTo(stage, stage.painter, order);
  await say(lift, 'Nur für den Auftraggeber');
  expect((await told()).filter((one) => one.startsWith(`partner:${stage.painter.partnership.id}`))).toEqual([]);
  expect((await asPartner(stage, stage.painter)('GET', `/work-orders/${order.id}`)).text).not.toContain('Nur für den Auftraggeber');
});

test('a partner that only watches reads the words of another, but no name of its people or its company', async () => {
  await stage.api.database.query('update partnerships set shows_people = true');
  await stage.api.database.query(`insert into observers (id, organisation_id, work_order_id, partnership_id, choice, can_comment, is_proposed, created_at)
    values (gen_random_uuid(), $1, $2, $3, 'at_once', true, false, now())`, [order.organisationId, order.id, stage.painter.partnership.id]);
  const rename = (name: string) => stage.api.database.query('update users set name = $1 where id = $2', [name, stage.lift.own.coordinator.user.id]);
  await rename('Nora Seilhaus');
  await say(lift, 'Seil getauscht');
  await uploadTo(stage.api, `/accounts/${stage.lift.partnership.id}/work-orders/${order.id}/attachments`, { cookie: stage.lift.own.coordinator.cookie, files: [{ name: 'seil.txt', bytes: 'Seil' }], fields: { visibility: 'shared' } });
  const watching = asPartner(stage, stage.painter);
  const page = await watching('GET', `/work-orders/${order.id}`);
  const timeline = await watching('GET', `/work-orders/${order.id}/timeline`);
  expect((page.body as Order).comments.at(-1)).toMatchObject({ body: 'Seil getauscht', author: { name: '', firmName: null } });
  expect((page.body as Order).attachments.map((one) => one.name)).toContain('seil.txt');
  expect((timeline.body as Events).data.map((one) => one.name)).toContain('attachment.added');
  for (const answer of [page, timeline]) expect(answer.text).not.toMatch(/Seilhaus|Treppner/);
  await rename('Jonas Reuter');
});

test('of what a partner decides its client reads the company, and whoever accepted, while they are there, as its contact', async () => {
  const of = `/partnerships/${stage.lift.partnership.id}`;
  const { admin } = stage.lift.own;
  await stage.api.database.query(`insert into events (id, organisation_id, name, occurred_at, door, subject_id, actor_user_id, author_organisation_id, data) values
    (gen_random_uuid(), $1, 'partnership.served_changed', now(), 'portal', $2, $3, null, '{}'), (gen_random_uuid(), $1, 'partnership.changed', now(), 'portal', $2, $3, $4, '{}')`,
  [order.organisationId, stage.lift.partnership.id, stage.lift.own.coordinator.user.id, stage.lift.own.organisation.id]);
  const read = async () => (await client('GET', of)).body as { history: { name: string; by: string | null }[]; contact: { name: string | null; email: string | null } };
  const before = await read();
  expect(before.history.map((one) => [one.name, one.by])).toEqual([['partnership.served_changed', 'Treppner Aufzüge']]);
  expect(before.contact).toMatchObject({ name: admin.user.name, email: admin.user.email });
  await stage.api.database.query('update memberships set removed_at = now() where user_id = $1', [admin.user.id]);
  expect((await read()).contact).toMatchObject({ organisationName: 'Treppner Aufzüge', name: null, email: null });
  await stage.api.database.query('update memberships set removed_at = null where user_id = $1', [admin.user.id]);
});

test('work that was given to somebody who has left is nobody\'s again', async () => {
  const { user } = stage.lift.own.technician;
  await give(user.id);
  expect((await seen(client)).assignments[0]).toMatchObject({ isPassedOn: true });
  await stage.api.database.query('update memberships set removed_at = now() where user_id = $1', [user.id]);
  expect((await seen(client)).assignments[0]).toMatchObject({ isPassedOn: false });
  await stage.api.database.query('update memberships set removed_at = null where user_id = $1', [user.id]);
});

test('where the mail that gave the work to somebody came back, whoever hands it out is told, the client is not', async () => {
  const { technician: one, coordinator } = stage.lift.own;
  await give(one.user.id);
  const [mail] = await rows<{ id: string }>(`update outbound_mails set status = 'sent' where work_order_id = $1 and template = 'internal-assignment' returning id`);
  const now = stage.api.now();
  const bounce = { recordType: 'Bounce', providerId: 'p-1', mailId: mail!.id, organisationId: order.organisationId, traceId: newId(), at: now, typeCode: 1, reason: 'HardBounce', isInactive: true } as const;
  await systemEm(stage.api.orm, order.organisationId).transactional((em) => recordBounce(em, bounce, now));
  const others = await rows<{ template: string; to_email: string; parameters: object }>('select template, to_email, parameters from outbound_mails where work_order_id = $1 and id <> $2', mail!.id);
  expect(others).toEqual([{ template: 'internal-assignment', to_email: coordinator.user.email, parameters: { isGiven: false, unreachedUserId: one.user.id } }]);
  expect(await rows(`select 1 from events where work_order_id = $1 and name = 'assignment.bounced'`)).toEqual([]);
  expect((await client('GET', `/mails?workOrderId=${order.id}`)).body).toMatchObject({ data: [] });
});

test('a file given by the link, before the firm had an account, keeps for its people the name that was typed', async () => {
  const add = (assignmentId: string | null, name: string) => stage.api.database.query(
    `insert into attachments (id, organisation_id, author_organisation_id, work_order_id, assignment_id, visibility, door, file_key, name, content_type, size, sha256, uploaded_by_name, is_hidden, created_at)
     values (gen_random_uuid(), $1, $1, $2, $3, 'shared', 'link', 'k', $4, 'text/plain', 1, 'x', 'Kurt Ahrend', false, now())`, [order.organisationId, order.id, assignmentId, name]);
  await add(assignment.id, 'schacht.txt');
  await add(null, 'mieter.txt');
  const names = async (path: string) => {
    const { body } = await lift('GET', path);
    const files = ((body as { data?: unknown }).data ?? (body as Order).attachments) as { name: string; uploadedByName: string | null }[];
    return Object.fromEntries(files.map((one) => [one.name, one.uploadedByName]));
  };
  for (const path of [`/work-orders/${order.id}`, `/work-orders/${order.id}/attachments`]) expect(await names(path)).toEqual({ 'schacht.txt': 'Kurt Ahrend', 'mieter.txt': null });
});

test('files of a partner: shared ones the client gets, internal ones it doesn\'t; each side takes away its own', async () => {
  const path = (account: string) => `/accounts/${account}/work-orders/${order.id}/attachments`;
  const cookie = stage.lift.own.coordinator.cookie;
  const shared = await uploadTo(stage.api, path(stage.lift.partnership.id), { cookie, files: [{ name: 'schacht.txt', bytes: 'Schacht' }], fields: { visibility: 'shared' } });
  const own = await uploadTo(stage.api, path(stage.lift.partnership.id), { cookie, files: [{ name: 'preise.txt', bytes: 'Preise' }], fields: { visibility: 'internal' } });
  expect([shared.status, own.status]).toEqual([201, 201]);
  expect((await seen(client)).attachments.map((one) => one.name)).toEqual(['schacht.txt']);
  const files = (await seen(lift)).attachments;
  expect(files.map((one) => one.name).toSorted()).toEqual(['preise.txt', 'schacht.txt']);
  const clients = await uploadTo(stage.api, path(stage.client.organisation.id), { cookie: stage.client.admin.cookie, files: [{ name: 'plan.txt', bytes: 'Plan' }], fields: { visibility: 'shared' } });
  expect(clients.status).toBe(201);
  const plan = (await seen(lift)).attachments.find((one) => one.name === 'plan.txt')!;
  expect((await lift('DELETE', `/attachments/${plan.id}`)).status).toBe(403);
  expect((await lift('DELETE', `/attachments/${files.find((one) => one.name === 'preise.txt')!.id}`)).status).toBe(204);
  // A file that the client keeps inside can't be drawn into a message by its id.
  const inner = await uploadTo(stage.api, path(stage.client.organisation.id), { cookie: stage.client.admin.cookie, files: [{ name: 'intern.txt', bytes: 'Intern' }], fields: { visibility: 'internal' } });
  const [row] = await rows<{ id: string }>(`select id from attachments where work_order_id = $1 and name = 'intern.txt'`);
  expect([inner.status, (await say(lift, 'Geklaut', 'shared', { attachmentIds: [row!.id] })).status]).toEqual([201, 422]);
});

test('the composer names whom a message is mailed to: the client by its name, a partner by its company', async () => {
  expect((await seen(client)).mailRecipients).toEqual(expect.arrayContaining([{ kind: 'partner', name: 'Treppner Aufzüge', firmName: null, isUndeliverable: false }]));
  // A partner that only watches is named as well, and told, unless it is not to be.
  const watch = (choice: string) => stage.api.database.query(`insert into observers (id, organisation_id, work_order_id, partnership_id, choice, can_comment, is_proposed, created_at)
    values (gen_random_uuid(), $1, $2, $3, $4, true, false, now()) on conflict do nothing`, [order.organisationId, order.id, stage.painter.partnership.id, choice]);
  await watch('at_once');
  expect((await seen(client)).mailRecipients.map((one) => one.name)).toContain('Malerbetrieb Gegenwort');
  await say(client, 'Für alle');
  expect((await told()).filter((one) => one.startsWith(`partner:${stage.painter.partnership.id}:`))).toHaveLength(2);
  await give(stage.lift.own.technician.user.id);
  expect((await seen(lift)).mailRecipients.map((one) => [one.kind, one.name])).toEqual([['client', 'Lindenhof Verwaltung'], ['user', 'Emre Yildiz']]);
});

test('rules and colleagues are the partner\'s own: its administrator sets them, its office reads them, its client never does', async () => {
  const admin = asPartner(stage, stage.lift, 'admin');
  const coordinator = stage.lift.own.coordinator.user;
  const rules = [{ workspaceId: null, memberUserId: coordinator.id }, { workspaceId: stage.client.workspace.id, email: 'Dispo@Treppner.test' }];
  expect((await lift('PUT', '/partnership/dispatch-rules', { rules })).status).toBe(403);
  expect((await admin('PUT', '/partnership/dispatch-rules', { rules })).body).toMatchObject({ rules: [{ workspaceId: null, memberName: 'Jonas Reuter', email: null }, { workspaceId: stage.client.workspace.id, memberUserId: null, email: 'dispo@treppner.test' }] });
  expect((await lift('GET', '/partnership')).body).toMatchObject({ clientName: 'Lindenhof Verwaltung', partnerName: 'Treppner Aufzüge', rules: [{}, {}], can: { change: false } });
  for (const bad of [
    [{ workspaceId: null, memberUserId: stage.lift.own.technician.user.id }],
    [{ workspaceId: null, memberUserId: stage.client.coordinator.user.id }],
    [{ workspaceId: stage.painter.own.workspace.id, email: 'a@b.test' }],
  ]) expect((await admin('PUT', '/partnership/dispatch-rules', { rules: bad })).status).toBe(404);
  for (const bad of [[{ workspaceId: null }], [{ workspaceId: null, email: 'a@b.test' }, { workspaceId: null, email: 'c@d.test' }]]) expect((await admin('PUT', '/partnership/dispatch-rules', { rules: bad })).status).toBe(422);
  expect(((await lift('GET', '/colleagues')).body as { data: { name: string }[] }).data.map((one) => one.name)).toEqual(['Emre Yildiz', 'Jonas Reuter', 'Katrin Vogt']);
  for (const path of ['/colleagues', '/partnership']) expect((await client('GET', path)).status).toBe(404);
  expect((await technician()('GET', '/partnership')).status).toBe(403);
  expect(await admin('PUT', '/partnership/dispatch-rules', { rules: [] })).toMatchObject({ status: 200, body: { rules: [] } });
});

test('who of a partner wants news once a day gets them by the daily round, until they leave', async () => {
  const technicianId = stage.lift.own.technician.user.id;
  await give(technicianId);
  await stage.api.database.query(`update memberships set notify_choice = 'daily' where user_id = $1`, [technicianId]);
  await say(lift, 'Morgen um acht');
  const daily = async () => systemEm(stage.api.orm, order.organisationId).transactional((em) => nextDailyReaders(em, order.organisationId, '', 50));
  expect(await daily()).toContainEqual({ recipient: key('technician'), workOrderIds: expect.arrayContaining([order.id]) });
  expect(await stage.api.database.query('select 1 from outbox where workflow_id like $1', [`digest:${order.id}:${key('technician')}`])).toEqual([]);
  await stage.api.database.query('update memberships set removed_at = now() where user_id = $1', [technicianId]);
  expect(await daily()).toEqual([]);
  expect(await forgetLeftReaders(stage.api.orm, order.organisationId)).toBeGreaterThan(0);
  expect((await told()).includes(key('technician'))).toBe(false);
  await stage.api.database.query(`update memberships set removed_at = null, notify_choice = 'at_once' where user_id = $1`, [technicianId]);
});
