import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { DispatchRule, WorkspaceShare } from '#db/partnerships/entity.ts';
import { systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { aContact, aFirm, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aPartner, type PartnerCast } from '../support/partners.ts';
import { aPartnerStage, asClient, asPartner, type Stage } from './partner-stage.ts';

type Assigned = { id: string; kind: string; status: string; partnershipId: string | null; contact: unknown; answeredByName: string | null; isPassedOn: boolean; person: { name: string } | null; can: Record<string, boolean> };
type Order = {
  status: string; assignments: Assigned[]; steps: string[]; comments: { body: string; visibility: string; author: { name: string; firmName: string | null } }[];
  mailRecipients: { kind: string; name: string }[];
};

let stage: Stage;
let order: WorkOrder;

beforeAll(async () => {
  stage = await aPartnerStage();
});
beforeEach(async () => {
  order = await aWorkOrder(stage.api.orm, stage.client.organisation.id, stage.client.workspace.id, { title: 'Tür klemmt', responsibleUserId: stage.client.coordinator.user.id });
});
afterAll(() => stage?.api.stop());

const rows = <T extends object>(sql: string, ...values: unknown[]) => stage.api.database.query<T>(sql, [order.id, ...values]);
const client = (...given: Parameters<ReturnType<typeof asClient>>) => asClient(stage)(...given);
const lift = (...given: Parameters<ReturnType<typeof asPartner>>) => asPartner(stage, stage.lift)(...given);
const people = ({ own }: PartnerCast) => [own.admin.user.email, own.coordinator.user.email].toSorted();

async function ask(partner: PartnerCast = stage.lift, more: object = {}): Promise<Assigned> {
  const answer = await client('POST', `/work-orders/${order.id}/assignments`, { firmId: partner.partnership.firmId, ...more });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return (answer.body as Order).assignments[0]!;
}

async function accepted(): Promise<Assigned> {
  const asked = await ask();
  expect((await lift('POST', `/assignments/${asked.id}/answer`, { step: 'accept' })).status).toBe(200);
  return asked;
}

test('a partner is asked in its own portal: a mail to each of its office, in the person\'s language, and no secret link', async () => {
  const asked = await ask();
  expect(asked).toMatchObject({ kind: 'partner', status: 'offered', partnershipId: stage.lift.partnership.id, contact: null });
  const mails = await rows<{ to_email: string; to_user_id: string; partnership_id: string }>(`select to_email, to_user_id, partnership_id from outbound_mails where work_order_id = $1 and template = 'assignment' order by to_email`);
  expect(mails.map((one) => one.to_email)).toEqual(people(stage.lift));
  expect(mails.every((one) => one.to_user_id && one.partnership_id === stage.lift.partnership.id)).toBe(true);
  expect(await rows('select 1 from access_links where work_order_id = $1')).toEqual([]);
});

test.each([
  ['a person of its own', (partner: PartnerCast) => ({ memberUserId: partner.own.admin.user.id }), (partner: PartnerCast) => [partner.own.admin.user.email]],
  ['a shared mailbox', () => ({ email: 'dispo@treppner.test' }), () => ['dispo@treppner.test']],
])('the partner\'s rule sends them to %s', async (_name, who, expected) => {
  const { organisationId, id: partnershipId } = stage.lift.partnership;
  await stage.api.database.query('delete from dispatch_rules');
  await systemEm(stage.api.orm, organisationId).transactional(async (em) => {
    em.create(DispatchRule, { id: newId(), organisationId, partnershipId, authorOrganisationId: stage.lift.own.organisation.id, workspaceId: null, ...who(stage.lift), createdAt: stage.api.now() });
  });
  await ask();
  const mails = await rows<{ to_email: string }>(`select to_email from outbound_mails where work_order_id = $1`);
  expect(mails.map((one) => one.to_email)).toEqual(expected(stage.lift));
  await stage.api.database.query('delete from dispatch_rules');
});

test('a workspace that is not shared, or not served, is refused until it is shared; only who may, shares it on the way', async () => {
  const workspace = await aWorkspace(stage.api.orm, stage.client.organisation.id);
  order = await aWorkOrder(stage.api.orm, stage.client.organisation.id, workspace.id);
  const body = { firmId: stage.lift.partnership.firmId };
  const path = `/work-orders/${order.id}/assignments`;
  expect(await client('POST', path, body)).toMatchObject({ status: 409, body: { code: 'workspace_not_shared' } });
  expect(await asClient(stage, 'coordinator')('POST', path, { ...body, sharesWorkspace: true })).toMatchObject({ status: 409, body: { code: 'workspace_not_shared' } });
  expect((await client('POST', `${path}/preview`, body)).body).toMatchObject({ warnings: expect.arrayContaining(['workspace_not_shared']), to: [{ name: 'Treppner Aufzüge', email: null }] });
  expect((await client('POST', path, { ...body, sharesWorkspace: true })).status).toBe(201);
  expect((await lift('GET', `/work-orders/${order.id}`)).status).toBe(200);
  await systemEm(stage.api.orm, order.organisationId).transactional((em) => em.nativeUpdate(WorkspaceShare, { workspaceId: workspace.id, organisationId: order.organisationId }, { isServed: false }));
  const next = await aWorkOrder(stage.api.orm, stage.client.organisation.id, workspace.id);
  expect(await client('POST', `/work-orders/${next.id}/assignments`, { ...body, sharesWorkspace: true })).toMatchObject({ status: 409, body: { code: 'workspace_not_shared' } });
});

test('whoever of the partner accepts, is who: their name, no question; a colleague learns by whom', async () => {
  const asked = await ask();
  const answer = await lift('POST', `/assignments/${asked.id}/answer`, { step: 'accept', promisedFrom: '2026-12-02T07:00:00.000Z' });
  expect([answer.status, (answer.body as Order).status]).toEqual([200, 'accepted']);
  expect(await rows('select status, answered_by_user_id, answer_door from assignments where work_order_id = $1')).toEqual([{ status: 'accepted', answered_by_user_id: stage.lift.own.coordinator.user.id, answer_door: 'portal' }]);
  // Whoever clicked needs no letter; the colleague who was asked as well gets one.
  const confirmed = await rows<{ to_email: string }>(`select to_email from outbound_mails where work_order_id = $1 and template = 'acceptance-confirmed'`);
  expect(confirmed.map((one) => one.to_email)).toEqual([stage.lift.own.admin.user.email]);
  expect((await lift('POST', `/assignments/${asked.id}/answer`, { step: 'accept' })).status).toBe(200);
  const colleague = await asPartner(stage, stage.lift, 'admin')('POST', `/assignments/${asked.id}/answer`, { step: 'accept' });
  expect(colleague).toMatchObject({ status: 409, body: { code: 'answered_by_colleague' } });
});

test('a no that was meant for the request comes too late after a yes, a colleague\'s or one\'s own in another tab: the work stays accepted', async () => {
  const asked = await accepted();
  const no = { step: 'decline', reason: 'no_capacity' };
  expect(await asPartner(stage, stage.lift, 'admin')('POST', `/assignments/${asked.id}/answer`, no)).toMatchObject({ status: 409, body: { code: 'answered_by_colleague' } });
  expect(await lift('POST', `/assignments/${asked.id}/answer`, no)).toMatchObject({ status: 409, body: { code: 'step_not_allowed' } });
  expect(await rows('select status, answered_by_user_id from assignments where work_order_id = $1')).toEqual([{ status: 'accepted', answered_by_user_id: stage.lift.own.coordinator.user.id }]);
});

test('refused, the order is gone from the partner\'s eyes, and open for others', async () => {
  const asked = await ask();
  const answer = await lift('POST', `/assignments/${asked.id}/answer`, { step: 'decline', reason: 'no_capacity' });
  expect(answer).toMatchObject({ status: 200, body: { steps: [], can: {}, assignments: [{ status: 'declined', can: {} }] } });
  expect((await lift('GET', `/work-orders/${order.id}`)).status).toBe(404);
  expect(((await client('GET', `/work-orders/${order.id}`)).body as Order).status).toBe('open');
});

test('too late is forwarded to the client, who takes it as theirs', async () => {
  const asked = await ask();
  const long = `'2026-11-01T09:00:00Z'`;
  await rows(`update assignments set offered_at = ${long}, sent_at = ${long}, delivered_at = ${long}, answer_by = '2026-11-05T09:00:00Z' where work_order_id = $1`);
  expect((await lift('POST', `/assignments/${asked.id}/answer`, { step: 'accept' })).status).toBe(200);
  expect(((await client('GET', `/work-orders/${order.id}`)).body as Order).assignments[0]).toMatchObject({ status: 'offered', proposedAnswer: { why: 'too_late', byName: 'Treppner Aufzüge' } });
  expect((await client('POST', `/assignments/${asked.id}/proposal`, { isTaken: true })).status).toBe(200);
  expect(await rows('select status, answered_by_user_id from assignments where work_order_id = $1')).toEqual([{ status: 'accepted', answered_by_user_id: stage.lift.own.coordinator.user.id }]);
});

test('the partner\'s people work on it: start, hold, done; a technician once it is theirs, and nobody of another partner', async () => {
  const asked = await accepted();
  const technician = asPartner(stage, stage.lift, 'technician');
  const step = (who: typeof technician, name: string, more: object = {}) => who('POST', `/work-orders/${order.id}/steps`, { step: name, ...more });
  expect((await step(technician, 'start')).status).toBe(404);
  expect((await step(asPartner(stage, stage.painter), 'start')).status).toBe(404);
  await lift('PUT', `/assignments/${asked.id}/internal`, { memberUserId: stage.lift.own.technician.user.id });
  expect((await step(technician, 'start')).body).toMatchObject({ status: 'in_progress' });
  expect((await step(technician, 'hold', { waitingReason: 'material' })).body).toMatchObject({ status: 'waiting' });
  expect((await step(technician, 'complete')).body).toMatchObject({ status: 'done', assignments: [{ status: 'done' }] });
  expect((await step(technician, 'close')).status).toBe(409);
});

test('accepted work is given back with a reason, by the office or by whoever has it: open again at the client, whose responsible is told', async () => {
  for (const role of ['coordinator', 'technician'] as const) {
    order = await aWorkOrder(stage.api.orm, stage.client.organisation.id, stage.client.workspace.id, { title: 'Tür klemmt', responsibleUserId: stage.client.coordinator.user.id });
    const asked = await accepted();
    const { technician, admin } = stage.lift.own;
    await lift('PUT', `/assignments/${asked.id}/internal`, { memberUserId: technician.user.id });
    const who = asPartner(stage, stage.lift, role);
    expect(((await who('GET', `/work-orders/${order.id}`)).body as Order).assignments[0]?.can).toMatchObject({ giveBack: true, promise: true, answer: false });
    const path = `/assignments/${asked.id}/answer`;
    expect(await who('POST', path, { step: 'decline', isGivenBack: true, reason: 'no_capacity', note: 'Aufzug ist zu alt' })).toMatchObject({ status: 200, body: { can: {}, assignments: [{ status: 'declined', can: {} }] } });
    expect((await who('GET', `/work-orders/${order.id}`)).status).toBe(404);
    const seen = (await client('GET', `/work-orders/${order.id}`)).body;
    expect(seen).toMatchObject({ status: 'open', can: { assign: true }, assignments: [{ status: 'declined', declineReason: 'no_capacity', declineNote: 'Aufzug ist zu alt' }] });
    const news = await rows<{ recipient: string; name: string }>('select d.recipient, e.name from digest_items d join events e on e.id = d.event_id where d.work_order_id = $1');
    expect(news).toContainEqual({ recipient: `user:${stage.client.coordinator.user.id}`, name: 'work_order.reopened' });
    // Whoever else of the partner knew of it hears so; who did it, needs no letter.
    const told = await rows<{ to_email: string }>(`select to_email from outbound_mails where work_order_id = $1 and template = 'decline-confirmed' order by 1`);
    expect(told.map((one) => one.to_email)).toEqual([admin, ...(role === 'technician' ? [stage.lift.own.coordinator] : [technician])].map((one) => one.user.email).toSorted());
  }
});

test('a technician of the partner names the date of what was given to them, and answers for nothing else', async () => {
  const asked = await ask();
  const technician = asPartner(stage, stage.lift, 'technician');
  const promise = () => technician('POST', `/assignments/${asked.id}/promised-date`, { promisedFrom: '2026-12-02T07:00:00.000Z' });
  const answer = (step: string) => technician('POST', `/assignments/${asked.id}/answer`, { step, ...(step === 'decline' ? { reason: 'other' } : {}) });
  const give = (memberUserId: string) => lift('PUT', `/assignments/${asked.id}/internal`, { memberUserId });
  expect([(await promise()).status, (await answer('decline')).status]).toEqual([404, 404]);
  await give(stage.lift.own.technician.user.id);
  // Not theirs to accept or refuse.
  expect([(await answer('accept')).status, (await answer('decline')).status, (await promise()).status]).toEqual([403, 403, 403]);
  await lift('POST', `/assignments/${asked.id}/answer`, { step: 'accept' });
  expect(await promise()).toMatchObject({ status: 200, body: { assignments: [{ promisedFrom: '2026-12-02T07:00:00.000Z' }] } });
  expect((await rows<{ actor_user_id: string }>(`select actor_user_id from events where work_order_id = $1 and name = 'assignment.promised_date_set'`))[0]?.actor_user_id).toBe(stage.lift.own.technician.user.id);
  // An earlier assignment of the same order lets them see it, and gives them no say in the one that a colleague has.
  await client('POST', `/assignments/${asked.id}/cancellation`, { reason: 'Doch nicht' });
  const next = await accepted();
  await lift('PUT', `/assignments/${next.id}/internal`, { memberUserId: stage.lift.own.admin.user.id });
  expect((await technician('GET', `/work-orders/${order.id}`)).status).toBe(200);
  expect((await technician('POST', `/assignments/${next.id}/promised-date`, { promisedFrom: '2026-12-02T07:00:00.000Z' })).status).toBe(403);
  expect((await technician('POST', `/assignments/${next.id}/answer`, { step: 'decline', reason: 'other' })).status).toBe(403);
});

test('by the phone the client takes an answer down for the partner, and steers its request like any other', async () => {
  const asked = await ask();
  expect(asked.can).toMatchObject({ answer: true, withdraw: true, remind: true, moveDeadline: true, handOn: true, renewLink: false });
  expect(await client('POST', `/assignments/${asked.id}/link-renewal`, {})).toMatchObject({ status: 409 });
  expect((await client('POST', `/assignments/${asked.id}/answer`, { step: 'accept', byName: 'Frau Treppner' })).status).toBe(200);
  expect(await rows('select answer_door, answered_by_name from assignments where work_order_id = $1')).toEqual([{ answer_door: 'phone', answered_by_name: 'Frau Treppner' }]);
  expect((await client('POST', `/assignments/${asked.id}/cancellation`, { reason: 'Doch nicht' })).status).toBe(200);
  const mails = await rows<{ template: string }>(`select distinct template from outbound_mails where work_order_id = $1 order by 1`);
  expect(mails.map((one) => one.template)).toEqual(['acceptance-confirmed', 'assignment', 'cancellation']);
  expect((await lift('GET', `/work-orders/${order.id}`)).status).toBe(404);
});

test('the work is handed on from a partner to a firm by mail, and from it to the next partner', async () => {
  const firm = await aFirm(stage.api.orm, stage.client.organisation.id);
  await aContact(stage.api.orm, stage.client.organisation.id, firm.id);
  const asked = await ask(stage.lift, { nextFirmIds: [firm.id, stage.painter.partnership.firmId] });
  const second = ((await client('POST', `/assignments/${asked.id}/hand-on`, {})).body as Order).assignments[0]!;
  expect(second.kind).toBe('email');
  const third = ((await client('POST', `/assignments/${second.id}/hand-on`, {})).body as Order).assignments[0]!;
  expect(third).toMatchObject({ kind: 'partner', partnershipId: stage.painter.partnership.id });
});

test('a partnership that is not accepted is none: its firm is asked by mail', async () => {
  const other = await aPartner(stage.api.orm, stage.client, stage.api.now(), { name: 'Ehemals & Partner', status: 'withdrawn' });
  await aContact(stage.api.orm, stage.client.organisation.id, other.partnership.firmId);
  expect(await ask(other)).toMatchObject({ kind: 'email', partnershipId: null });
});

test('why a mail came, its reader reads in the portal; a colleague or the client\'s other partner does not', async () => {
  await ask();
  const [mail] = await rows<{ id: string }>('select id from outbound_mails where work_order_id = $1 and to_user_id = $2', stage.lift.own.coordinator.user.id);
  const path = `/mails/${mail!.id}/cause`;
  expect(await lift('GET', path)).toMatchObject({ status: 200, body: { template: 'assignment', workOrder: { number: order.number } } });
  for (const who of [asPartner(stage, stage.lift, 'admin'), asPartner(stage, stage.lift, 'technician'), asPartner(stage, stage.painter)]) expect((await who('GET', path)).status).toBe(404);
});
