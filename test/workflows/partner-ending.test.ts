import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { reconcile } from '#activities/reconciler.ts';
import { decideOnOrders, endAsPartner, endPartnership, withdrawEnding } from '#db/partnerships/end.ts';
import { emFor } from '#db/orm.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import type { MemberActor } from '#domain/actors.ts';
import { addDays, localDate } from '#domain/calendar/local-time.ts';
import { afterLastDay } from '#domain/invitation/ending.ts';
import { anAssignment, aWorkOrder } from '../support/builders.ts';
import { adminOf } from '../support/cast.ts';
import { aPartner, aShare, partnerActor, type PartnerCast } from '../support/partners.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { openStage, reachesStep, type Stage, until } from './stage.ts';

const BERLIN = { timeZone: 'Europe/Berlin' };
const DAYS = 14;
let stage: Stage;
let admin: MemberActor;
let counter = 0;

beforeAll(async () => {
  stage = await openStage();
  admin = adminOf(stage.cast);
});
afterAll(() => stage?.close());

const workflowOf = ({ partnership }: PartnerCast): string => `invitation:${partnership.id}`;
const handleOf = (partner: PartnerCast) => stage.temporal.client.workflow.getHandle(workflowOf(partner));
const row = async ({ partnership }: PartnerCast): Promise<Record<string, unknown>> => (await stage.query<Record<string, unknown>>('select * from partnerships where id = $1', [partnership.id]))[0] ?? {};
const reaches = (partner: PartnerCast, step: string): Promise<true> =>
  reachesStep(stage, workflowOf(partner), step);

/** A partner that is at work on one order, and the end of the collaboration announced. */
async function anEnding() {
  counter += 1;
  const o = stage.cast.organisation.id;
  const partner = await aPartner(stage.orm, stage.cast, new Date(), { name: `Wartung ${counter}` });
  await aShare(stage.orm, partner, stage.cast.workspace.id);
  const order = await aWorkOrder(stage.orm, o, stage.cast.workspace.id, { status: 'accepted' });
  const { firmId, id: partnershipId } = partner.partnership;
  await anAssignment(stage.orm, o, order.id, { kind: 'partner', firmId, partnershipId, status: 'accepted' });
  const endsOn = addDays(localDate(new Date(), BERLIN), DAYS);
  const input = { id: partnershipId, endsOn, reason: 'Der Vertrag läuft aus', orders: [{ workOrderId: order.id, decision: 'finish' as const }] };
  await emFor(stage.orm, admin).transactional((em) => endPartnership(em, admin, input, new Date()));
  await reaches(partner, 'last_day');
  return { partner, order, over: afterLastDay(endsOn, BERLIN) };
}

test('the process waits for the last day, then for the last order, and tells both sides', async () => {
  const { partner, order, over } = await anEnding();
  const announced = await stage.mailbox.mailTo(partner.own.admin.user.email, { tag: 'partnership-ending' });
  expect(announced.subject).toMatch(/^Die Zusammenarbeit mit Lindenhof Verwaltung endet am /);
  expect(announced.text).toContain('Grund:\n\n  Der Vertrag läuft aus');
  expect(announced.text).toContain(`/go/${partner.partnership.id}`);
  await forwardTo(stage.temporal, workflowOf(partner), new Date(over.getTime() - 1000));
  expect(await row(partner)).toMatchObject({ status: 'accepted', ended_at: null });
  await forwardTo(stage.temporal, workflowOf(partner), new Date(over.getTime() + 1000));
  await reaches(partner, 'last_orders');
  expect(await row(partner)).toMatchObject({ status: 'accepted', ended_at: expect.any(Date) });
  const told = await stage.mailbox.mailTo(stage.cast.admin.user.email, { subject: `Die Zusammenarbeit mit Wartung ${counter} ist beendet` });
  expect(told.text).toContain('Aufträge, die noch fertig gemacht werden: 1.');
  await stage.mailbox.mailTo(partner.own.admin.user.email, { since: announced });
  for (const step of ['complete', 'close'] as const) {
    await emFor(stage.orm, admin).transactional((em) => stepWorkOrder(em, admin, { workOrderId: order.id, step }, new Date()));
  }
  expect(await handleOf(partner).result()).toEqual({ status: 'ended' });
  expect(await row(partner)).toMatchObject({ status: 'ended' });
});

test('taken back, nothing ends; the reconciler knows that an ending should run', async () => {
  const { partner } = await anEnding();
  await handleOf(partner).terminate('by hand');
  await until('the list to know it', async () => {
    for await (const _one of stage.temporal.client.workflow.list({ query: `ExecutionStatus = "Running" and WorkflowId = "${workflowOf(partner)}"` })) return false;
    return true;
  });
  expect((await reconcile(stage.deps, new Date(Date.now() + 5 * 60_000), () => undefined)).started).toBeGreaterThanOrEqual(1);
  await until('it to run', async () => (await handleOf(partner).describe()).status.name === 'RUNNING');
  await emFor(stage.orm, admin).transactional((em) => withdrawEnding(em, admin, partner.partnership.id, new Date()));
  expect(await handleOf(partner).result()).toEqual({ status: 'accepted' });
  expect(await row(partner)).toMatchObject({ status: 'accepted', ends_on: null, ended_at: null });
  const kept = await stage.mailbox.mailTo(partner.own.admin.user.email, { subject: 'Die Zusammenarbeit mit Lindenhof Verwaltung geht weiter' });
  expect(kept.text).toContain('zurückgenommen');
});

test('what the client decides after the partner has ended holds on the last day; a request without an answer goes back, and nothing is waited for', async () => {
  counter += 1;
  const o = stage.cast.organisation.id;
  const partner = await aPartner(stage.orm, stage.cast, new Date(), { name: `Wartung ${counter}` });
  await aShare(stage.orm, partner, stage.cast.workspace.id);
  const { firmId, id: partnershipId } = partner.partnership;
  const work = await aWorkOrder(stage.orm, o, stage.cast.workspace.id, { status: 'accepted' });
  await anAssignment(stage.orm, o, work.id, { kind: 'partner', firmId, partnershipId, status: 'accepted' });
  const asked = await aWorkOrder(stage.orm, o, stage.cast.workspace.id, { status: 'assigned' });
  await anAssignment(stage.orm, o, asked.id, { kind: 'partner', firmId, partnershipId, status: 'offered', answerBy: new Date(Date.now() + 60 * 86_400_000) });
  const endsOn = addDays(localDate(new Date(), BERLIN), DAYS);
  const theirs = partnerActor(partner, 'admin');
  const orders = [work, asked].map((one) => ({ workOrderId: one.id, decision: 'finish' as const }));
  await emFor(stage.orm, theirs).transactional((em) => endAsPartner(em, theirs, { endsOn, orders }, new Date()));
  await reaches(partner, 'last_day');
  const back = [{ workOrderId: work.id, decision: 'take_back' as const }];
  await emFor(stage.orm, admin).transactional((em) => decideOnOrders(em, admin, { id: partnershipId, orders: back }, new Date()));
  await forwardTo(stage.temporal, workflowOf(partner), new Date(afterLastDay(endsOn, BERLIN).getTime() + 1000));
  expect(await handleOf(partner).result()).toEqual({ status: 'ended' });
  expect(await stage.query('select distinct status from work_orders where id in ($1, $2)', [work.id, asked.id])).toEqual([{ status: 'open' }]);
  const told = await stage.mailbox.mailTo(stage.cast.admin.user.email, { subject: `Die Zusammenarbeit mit Wartung ${counter} ist beendet` });
  expect(told.text).toContain('wieder offen sind und die Sie neu vergeben können: 1.');
});
