import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Assignment } from '#db/assignments/entity.ts';
import { call } from '../support/api.ts';
import { aMembership, aSession, aUser } from '../support/builders.ts';
import { aPartnerStage, anOrderOf, asClient, asPartner, kept, type Stage } from './partner-stage.ts';

/** What is left of somebody of a partner at its clients, once the partner has taken them out of its account. */
let stage: Stage;
const lift = (...given: Parameters<ReturnType<typeof asPartner>>) => asPartner(stage, stage.lift)(...given);
const query = <T extends object>(sql: string, ...values: unknown[]) => stage.api.database.query<T>(sql, values);
const own = (method: string, path: string, body?: unknown) =>
  call(stage.api, method, `/accounts/${stage.lift.own.organisation.id}${path}`, { cookie: stage.lift.own.admin.cookie, ...(body === undefined ? {} : { body }) });

beforeAll(async () => {
  stage = await aPartnerStage();
});
afterAll(() => stage?.api.stop());

async function aColleague(role: 'coordinator' | 'technician' = 'technician') {
  const user = await aUser(stage.api.orm, { name: 'Ida Wegener' });
  const membership = await aMembership(stage.api.orm, stage.lift.own.organisation.id, user.id, role);
  return { user, membership, cookie: await aSession(stage.api.orm, user.id, stage.api.now()) };
}

async function anOrderGivenTo(userId: string, status: 'accepted' | 'offered' = 'accepted') {
  const { order, assignment } = await anOrderOf(stage, stage.lift, { status: status === 'accepted' ? 'accepted' : 'assigned' }, { status, acceptedAt: status === 'accepted' ? stage.api.now() : null });
  await kept(stage, stage.lift, assignment!, { memberUserId: userId, ownReference: 'TA-12' });
  return { order, assignment: assignment as Assignment };
}

const row = async (assignmentId: string) => (await query<{ member_user_id: string | null; own_reference: string | null }>('select member_user_id, own_reference from internal_assignments where assignment_id = $1', assignmentId))[0];

test('whoever is taken out of a partner\'s account has no work at its clients any more; the process looks again and the office is asked at once', async () => {
  const { user, membership } = await aColleague();
  const { order, assignment } = await anOrderGivenTo(user.id);
  await query('delete from outbox');
  const inbox = async () => ((await lift('GET', '/work-orders?inbox=true&perPage=100')).body as { data: { id: string }[] }).data.map((one) => one.id);
  expect(await inbox()).not.toContain(order.id);
  expect((await own('DELETE', `/users/${membership.id}`)).status).toBe(204);
  expect(await row(assignment.id)).toEqual({ member_user_id: null, own_reference: 'TA-12' });
  expect(await inbox()).toContain(order.id);
  expect(await query('select 1 from outbox where workflow_id = $1', `assignment:${assignment.id}`)).not.toHaveLength(0);
  const nudges = await query<{ to_email: string }>(`select to_email from outbound_mails where assignment_id = $1 and template = 'nudge' order by to_email`, assignment.id);
  expect(nudges.map((one) => one.to_email)).toEqual([stage.lift.own.admin.user.email, stage.lift.own.coordinator.user.email].toSorted());
  // What the process would ask a day later has been asked.
  expect(await query(`select outcome from assignment_steps where key = $1`, `assignment:${assignment.id}:nudge:1`)).toEqual([{ outcome: 'done' }]);
});

test('the client reads that the work is nobody\'s again, by the company\'s name alone', async () => {
  const { user, membership } = await aColleague();
  const { order } = await anOrderGivenTo(user.id);
  await own('DELETE', `/users/${membership.id}`);
  const client = asClient(stage);
  const page = (await client('GET', `/work-orders/${order.id}`)).body as { assignments: { isPassedOn: boolean }[] };
  expect(page.assignments[0]).toMatchObject({ isPassedOn: false });
  const timeline = await client('GET', `/work-orders/${order.id}/timeline`);
  expect((timeline.body as { data: { name: string; actorName: string }[] }).data).toContainEqual(expect.objectContaining({ name: 'assignment.person_removed', actorName: 'Treppner Aufzüge' }));
  expect(timeline.text).not.toMatch(/Ida Wegener|TA-12/);
  expect(timeline.text).not.toContain(stage.lift.own.admin.user.name);
});

test('a request not answered yet is nobody\'s, too, without a nudge; of an order that is over the record stays', async () => {
  const { user, membership } = await aColleague();
  const asked = await anOrderGivenTo(user.id, 'offered');
  const over = await anOrderGivenTo(user.id);
  await query(`update work_orders set status = 'closed' where id = $1`, over.order.id);
  await own('DELETE', `/users/${membership.id}`);
  expect((await row(asked.assignment.id))?.member_user_id).toBeNull();
  expect((await row(over.assignment.id))?.member_user_id).toBe(user.id);
  expect(await query(`select 1 from outbound_mails where assignment_id = any($1) and template = 'nudge'`, [asked.assignment.id, over.assignment.id])).toEqual([]);
});

test('work of another colleague and of another partner stays as it is', async () => {
  const { user, membership } = await aColleague();
  const { assignment } = await anOrderGivenTo(stage.lift.own.technician.user.id);
  const { assignment: painted } = await anOrderOf(stage, stage.painter);
  await kept(stage, stage.painter, painted!, { memberUserId: user.id });
  await own('DELETE', `/users/${membership.id}`);
  expect((await row(assignment.id))?.member_user_id).toBe(stage.lift.own.technician.user.id);
  expect((await row(painted!.id))?.member_user_id).toBe(user.id);
});

test('given to somebody at the very moment they left, it stands in the inbox as nobody\'s', async () => {
  const { user, membership } = await aColleague();
  await own('DELETE', `/users/${membership.id}`);
  const { order } = await anOrderGivenTo(user.id);
  const inbox = (await lift('GET', '/work-orders?inbox=true&perPage=100')).body as { data: { id: string }[] };
  expect(inbox.data.map((one) => one.id)).toContain(order.id);
});

test('no rule sends orders to whoever has left or no longer hands work out', async () => {
  const leaver = await aColleague('coordinator');
  const admin = asPartner(stage, stage.lift, 'admin');
  const rules = async () => ((await admin('GET', '/partnership')).body as { rules: unknown[] }).rules;
  const set = () => admin('PUT', '/partnership/dispatch-rules', { rules: [{ workspaceId: null, memberUserId: leaver.user.id }] });
  expect((await set()).status).toBe(200);
  expect((await own('PATCH', `/users/${leaver.membership.id}`, { role: 'technician' })).status).toBe(200);
  expect(await rules()).toEqual([]);
  await own('PATCH', `/users/${leaver.membership.id}`, { role: 'coordinator' });
  expect((await set()).status).toBe(200);
  expect((await own('DELETE', `/users/${leaver.membership.id}`)).status).toBe(204);
  expect(await rules()).toEqual([]);
  const seen = await query(`select 1 from events where name = 'partnership.changed' and subject_id = $1 and author_organisation_id is distinct from $2`, stage.lift.partnership.id, stage.lift.own.organisation.id);
  expect(seen).toEqual([]);
});
