import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mintLink } from '#db/assignments/links.ts';
import { addObserver } from '#db/observers/commands.ts';
import { emFor, systemEm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, type Answer } from '../support/api.ts';
import { aWorkOrder, aWorkspace } from '../support/builders.ts';
import { adminOf } from '../support/cast.ts';
import { aPartner } from '../support/partners.ts';
import { anOrderOf, aPartnerStage, asClient, asPartner, saying, type Stage } from './partner-stage.ts';

let stage: Stage;
let order: WorkOrder;
beforeAll(async () => {
  stage = await aPartnerStage();
});
/** Each test has an order on which the lift company works. */
beforeEach(async () => {
  order = (await anOrderOf(stage, stage.lift, { status: 'accepted' })).order;
});
afterAll(() => stage.api.stop());

type Known = { id: string; partnershipId: string | null; name: string; choice: string; can: Record<string, boolean> };
const observersIn = (answer: Answer): Known[] => (answer.body as unknown as { observers: Known[] }).observers;
const watch = async (body: object, of = order): Promise<Answer> => asClient(stage, 'coordinator')('POST', `/work-orders/${of.id}/observers`, body);
const painting = (): { partnershipId: string } => ({ partnershipId: stage.painter.partnership.id });
/** The painter's coordinator, who only watches. */
const theirs = (method: string, path: string, body?: unknown): Promise<Answer> => asPartner(stage, stage.painter)(method, path, body);
const toldOn = async (of = order): Promise<string[]> =>
  (await stage.api.database.query<{ recipient: string }>('select distinct recipient from digest_items where work_order_id = $1', [of.id])).map((one) => one.recipient);
const mine = async (): Promise<Known> => {
  const [found] = observersIn(await theirs('GET', `/work-orders/${order.id}`));
  if (!found) throw new Error('the partner does not find itself');
  return found;
};

describe('a partner that is kept informed', () => {
  test('finds the order in its account, by the name that the client gives it, once', async () => {
    expect((await theirs('GET', `/work-orders/${order.id}`)).status).toBe(404);
    const added = await watch({ ...painting(), choice: 'daily' });
    expect(added.status).toBe(201);
    expect(observersIn(added)).toMatchObject([{ partnershipId: stage.painter.partnership.id, name: 'Malerbetrieb Gegenwort', choice: 'daily', can: { change: true, remove: true } }]);
    expect(observersIn(await watch(painting()))).toHaveLength(1);
    const seen = await theirs('GET', `/work-orders/${order.id}`);
    expect(seen).toMatchObject({ status: 200, body: { steps: [], assignments: [] } });
    expect((await theirs('POST', `/work-orders/${order.id}/steps`, { step: 'start' })).status).toBe(409);
    // The contractor hears nothing of who watches.
    expect(observersIn(await asPartner(stage, stage.lift)('GET', `/work-orders/${order.id}`))).toEqual([]);
  });

  test('is told what is shared, as its office chooses, and nothing once it has left', async () => {
    await watch(painting());
    const remark = (body: string, visibility = 'shared') => asClient(stage)('POST', `/work-orders/${order.id}/comments`, { body, visibility });
    await remark('Nur unter uns', 'internal');
    const own = `partner:${stage.painter.partnership.id}:`;
    expect((await toldOn()).filter((one) => one.startsWith(own))).toEqual([]);
    await remark('Gerüst steht');
    expect((await toldOn()).filter((one) => one.startsWith(own)).toSorted()).toEqual([stage.painter.own.admin, stage.painter.own.coordinator].map(({ user }) => `${own}${user.id}`).toSorted());
    const known = await mine();
    expect(observersIn(await theirs('PATCH', `/observers/${known.id}`, { choice: 'status_only' }))).toMatchObject([{ choice: 'status_only' }]);
    await stage.api.database.query('delete from digest_items');
    await remark('Gerüst ist weg');
    expect((await toldOn()).filter((one) => one.startsWith(own))).toEqual([]);
    expect((await theirs('DELETE', `/observers/${known.id}`)).status).toBe(204);
    expect((await theirs('GET', `/work-orders/${order.id}`)).status).toBe(404);
    expect((await theirs('DELETE', `/observers/${known.id}`)).status).toBe(404);
  });

  test('writes only where the client lets it, and decides nothing but for itself', async () => {
    const [added] = observersIn(await watch({ ...painting(), canComment: false }));
    const [other] = observersIn(await watch({ email: 'mieter@haus.test' })).filter((one) => one.partnershipId === null);
    const say = () => theirs('POST', `/work-orders/${order.id}/comments`, { body: 'Wir kommen danach', visibility: 'shared' });
    expect((await say()).status).toBe(403);
    expect((await theirs('PATCH', `/observers/${added?.id}`, { canComment: true })).status).toBe(403);
    expect((await theirs('DELETE', `/observers/${other?.id}`)).status).toBe(404);
    expect((await theirs('POST', `/work-orders/${order.id}/observers`, { email: 'noch@jemand.test' })).status).toBe(404);
    expect((await asPartner(stage, stage.painter, 'technician')('DELETE', `/observers/${added?.id}`)).status).toBe(403);
    await asClient(stage)('PATCH', `/observers/${added?.id}`, { canComment: true });
    expect((await say()).status).toBe(201);
  });

  test('learns neither firm nor persons of who does the work', async () => {
    await watch(painting());
    await asPartner(stage, stage.lift)('POST', `/work-orders/${order.id}/comments`, { body: 'Seil getauscht', visibility: 'shared' });
    await asPartner(stage, stage.lift)('POST', `/work-orders/${order.id}/steps`, { step: 'start' });
    const pages = await Promise.all(['', '/timeline', '/comments'].map((rest) => theirs('GET', `/work-orders/${order.id}${rest}`)));
    const seen = pages.map((one) => one.text).join('\n');
    expect(seen).toContain('Seil getauscht');
    for (const word of ['Treppner', stage.lift.own.coordinator.user.name, stage.lift.own.coordinator.user.id]) expect(seen).not.toContain(word);
  });

  test('must be able to see the order: the workspace is shared and served, the partnership stands', async () => {
    const elsewhere = await aWorkOrder(stage.api.orm, stage.client.organisation.id, (await aWorkspace(stage.api.orm, stage.client.organisation.id)).id);
    expect(await watch(painting(), elsewhere)).toMatchObject({ status: 409, body: { code: 'workspace_not_shared' } });
    const over = await aPartner(stage.api.orm, stage.client, stage.api.now(), { name: 'Gewesen', status: 'ended' });
    expect((await watch({ partnershipId: over.partnership.id })).status).toBe(404);
    expect((await watch({ ...painting(), email: 'beides@haus.test' })).status).toBe(422);
    expect((await asClient(stage, 'technician')('POST', `/work-orders/${order.id}/observers`, painting())).status).toBeGreaterThanOrEqual(403);
  });
});

test('an observer from outside reads the words of a partner as the contractor\'s, whoever wrote them', async () => {
  const actor = adminOf(stage.client);
  const observer = await emFor(stage.api.orm, actor).transactional((em) => addObserver(em, actor, { workOrderId: order.id, email: 'mieterin@haus.test' }, stage.api.now()));
  const token = await systemEm(stage.api.orm, actor.organisationId).transactional(async (em) =>
    mintLink(em, { organisationId: actor.organisationId, workOrderId: order.id, purpose: 'observer', observerId: observer.id }, stage.api.now()));
  await saying(stage, order, 'Wir bitten um Geduld');
  await asPartner(stage, stage.lift)('POST', `/work-orders/${order.id}/comments`, { body: 'Seil getauscht', visibility: 'shared' });
  const page = await call(stage.api, 'GET', `/../../o/${token}`);
  expect(page.text).toContain('Seil getauscht');
  expect(page.text).toContain('Auftragnehmer');
  expect(page.text).toContain(stage.client.admin.user.name);
  for (const word of ['Treppner', stage.lift.own.coordinator.user.name]) expect(page.text).not.toContain(word);
});
