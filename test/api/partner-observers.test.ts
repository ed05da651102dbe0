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
    await stage.api.database.query('delete from digest_items');
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

describe('who of a partner is mailed what it says', () => {
  type Reach = { mailRecipients: { kind: string; name: string }[]; unnamedRecipientCount: number };
  const reach = async () => (await asPartner(stage, stage.lift)('GET', `/work-orders/${order.id}`)).body as unknown as Reach;
  const choose = (observer: Known | undefined, choice: string) => asClient(stage)('PATCH', `/observers/${observer?.id}`, { choice });

  test('counts observers of the client, whoever they are, without a name or an address', async () => {
    expect((await reach()).unnamedRecipientCount).toBe(0);
    await watch({ email: 'mieterin@haus.test', name: 'Ida Berg' });
    await watch(painting());
    // Of the client's own people the client stands for all.
    await watch({ userId: stage.client.technician.user.id });
    const seen = await asPartner(stage, stage.lift)('GET', `/work-orders/${order.id}`);
    expect(seen.body).toMatchObject({ unnamedRecipientCount: 2, observers: [] });
    for (const word of ['mieterin@haus.test', 'Ida Berg', 'Malerbetrieb', stage.client.technician.user.name]) expect(seen.text).not.toContain(word);
    // Who watches as well does not count itself, and its client's page names all and counts nobody.
    expect((await theirs('GET', `/work-orders/${order.id}`)).body).toMatchObject({ unnamedRecipientCount: 1 });
    expect((await asClient(stage)('GET', `/work-orders/${order.id}`)).body).toMatchObject({ unnamedRecipientCount: 0 });
  });

  test('leaves out who is not mailed each word: by status only, not at all, or gone', async () => {
    const [tenant] = observersIn(await watch({ email: 'mieterin@haus.test' }));
    for (const [choice, count] of [['daily', 1], ['status_only', 0], ['none', 0], ['at_once', 1]] as const) {
      await choose(tenant, choice);
      expect([choice, (await reach()).unnamedRecipientCount]).toEqual([choice, count]);
    }
    await stage.api.database.query('update observers set is_proposed = true where id = $1', [tenant?.id]);
    expect((await reach()).unnamedRecipientCount).toBe(0);
    await stage.api.database.query('update observers set is_proposed = false, left_at = now() where id = $1', [tenant?.id]);
    expect((await reach()).unnamedRecipientCount).toBe(0);
  });
});

describe('whoever is kept informed from now on is told so', () => {
  const letters = () => stage.api.database.query<{ to_email: string; locale: string; to_observer_id: string }>(`select to_email, locale, to_observer_id from outbound_mails where work_order_id = $1 and template = 'observer-added' order by created_at, id`, [order.id]);
  const added = () => stage.api.database.query<{ recipient: string; name: string }>(`select d.recipient, e.name from digest_items d join events e on e.id = d.event_id where d.work_order_id = $1 and e.name like 'observer.%'`, [order.id]);
  const email = 'mieterin@haus.test';

  test('an address from outside by one mail, in its language; removed and added again by another', async () => {
    const [first] = observersIn(await watch({ email, locale: 'en-GB' }));
    await watch({ email });
    expect(await letters()).toEqual([{ to_email: email, locale: 'en-GB', to_observer_id: first?.id }]);
    await asClient(stage)('DELETE', `/observers/${first?.id}`);
    const [again] = observersIn(await watch({ email }));
    expect((await letters()).map((one) => one.to_observer_id)).toEqual([first?.id, again?.id]);
    expect(await added()).toEqual([]);
  });

  test('proposed by a mail it hears nothing, taken up by a person it does, once', async () => {
    const system = { kind: 'system', organisationId: order.organisationId, process: 'test' } as const;
    const proposed = await systemEm(stage.api.orm, order.organisationId).transactional((em) => addObserver(em, system, { workOrderId: order.id, email, isProposed: true }, stage.api.now()));
    expect(await letters()).toEqual([]);
    await asClient(stage)('PATCH', `/observers/${proposed.id}`, { isProposed: false });
    await asClient(stage)('PATCH', `/observers/${proposed.id}`, { isProposed: false });
    expect(await letters()).toMatchObject([{ to_email: email, to_observer_id: proposed.id }]);
  });

  test('a member by news, as they choose; nobody who adds themself or wants none', async () => {
    const { technician, coordinator, admin } = stage.client;
    await watch({ userId: technician.user.id, choice: 'daily' });
    expect(await added()).toEqual([{ recipient: `user:${technician.user.id}`, name: 'observer.added' }]);
    await watch({ userId: coordinator.user.id });
    await watch({ userId: admin.user.id, choice: 'none' });
    expect(await added()).toHaveLength(1);
    expect(await letters()).toEqual([]);
  });

  test('a partner by news to its office', async () => {
    await watch(painting());
    const own = [stage.painter.own.admin, stage.painter.own.coordinator].map(({ user }) => `partner:${stage.painter.partnership.id}:${user.id}`);
    expect((await added()).map((one) => one.recipient).toSorted()).toEqual(own.toSorted());
  });

  test('nobody who observes by default, from the moment the order is made', async () => {
    await stage.api.database.query('delete from outbound_mails; delete from digest_items');
    const made = await asClient(stage, 'technician')('POST', '/work-orders', { title: 'Licht flackert', workspaceId: stage.client.workspace.id });
    expect(made).toMatchObject({ status: 201, body: { observers: [{ userId: stage.client.technician.user.id }] } });
    expect(await stage.api.database.query(`select 1 from digest_items d join events e on e.id = d.event_id where e.name like 'observer.%' union all select 1 from outbound_mails where template = 'observer-added'`)).toEqual([]);
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
