import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Firm, FirmContact } from '#db/firms/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

// One order whose request a firm has, made anew before each test of the file that imports this.
export type Assignment = {
  id: string; status: string; kind: string; firm: { id: string } | null; answerBy: string | null; answeredByName: string | null; answerDoor: string | null; promisedFrom: string | null; promisedUntil: string | null;
  nextFirms: { id: string }[]; steps: string[]; can: { [name: string]: boolean }; withdrawReason: string | null; cancelReason: string | null; declineReason: string | null; proposedAnswer: object | null;
  sendingBlockedBy: string | null; resendMailId: string | null; deputy: { email: string; name: string | null; awayUntil: string | null; isOtherCompany: boolean } | null;
  process: { workflowId: string; waitsFor: { code: string; until: string | null }; answerBy: string | null; planned: { action: string; state: string }[]; temporalUrl: string | null; needsAttention: boolean } | null;
};
export type Order = { status: string; answerDueAt: string | null; assignments: Assignment[]; mailRecipients: { name: string; isUndeliverable: boolean }[] };
export type Who = 'admin' | 'coordinator' | 'technician';

export let api: TestApi;
export let cast: Cast;
export let order: WorkOrder;
export let firm: Firm;
export let contact: FirmContact;
export let next: Firm;
export let id: string;

beforeAll(async () => {
  // A Wednesday, 10:00 in Berlin.
  api = await startApi({ now: new Date('2026-11-25T09:00:00Z') });
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  order = await aWorkOrder(api.orm, cast.organisation.id, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id });
  firm = await aFirm(api.orm, cast.organisation.id, { company: 'Maler Huber' });
  contact = await aContact(api.orm, cast.organisation.id, firm.id, { name: 'Sepp Huber' });
  next = await aFirm(api.orm, cast.organisation.id, { company: 'Farben Blau' });
  await aContact(api.orm, cast.organisation.id, next.id);
  id = (await ask({ firmId: firm.id, nextFirmIds: [next.id], message: 'Bitte bald' })).assignments[0]!.id;
});
afterAll(() => api.stop());

export const on = (rest: string): string => account(cast, `/work-orders/${order.id}${rest}`);
export async function ask(body: object): Promise<Order> {
  return (await call(api, 'POST', on('/assignments'), { cookie: cast.coordinator.cookie, body })).body as Order;
}
export const steer = (verb: string, body: object = {}, who: Who = 'coordinator', assignmentId = id) => call(api, 'POST', account(cast, `/assignments/${assignmentId}/${verb}`), { cookie: cast[who].cookie, body });
export const steered = async (verb: string, body: object = {}): Promise<Assignment> => {
  const answer = await steer(verb, body);
  expect([verb, answer.status]).toEqual([verb, 200]);
  return (answer.body as Order).assignments.find((one) => one.id === id)!;
};
export const read = async (): Promise<Order> => (await call(api, 'GET', on(''), { cookie: cast.coordinator.cookie })).body as Order;
export const mails = async (): Promise<string[]> => (await api.database.query<{ template: string }>('select template from outbound_mails where work_order_id = $1 order by created_at, id', [order.id])).map((one) => one.template);
export const orderRow = async (): Promise<object> => (await api.database.query('select status, waiting_reason, waiting_note, waiting_until from work_orders where id = $1', [order.id]))[0]!;
export const names = async (): Promise<string[]> => (await api.database.query<{ name: string }>(`select name from events where work_order_id = $1 order by id`, [order.id])).map((one) => one.name);
export const woken = async (): Promise<number> => (await api.database.query('select 1 from outbox where workflow_id = $1', [`assignment:${id}`])).length;
