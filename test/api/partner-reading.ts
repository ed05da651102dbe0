import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { recordEvent } from '#db/events/record.ts';
import { Observer } from '#db/observers/entity.ts';
import { systemEm } from '#db/orm.ts';
import type { EventName } from '#domain/events.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { call, type Answer } from '../support/api.ts';
import { aMembership, anAsset, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { aShare } from '../support/partners.ts';
import { switchOffPolicies } from '../support/policies.ts';
import { aFile, anOrderOf, aPartnerStage, asClient, asPartner, givenTo, kept, saying, type Stage } from './partner-stage.ts';

/**
 * A partner reads in its client's account what concerns it, and of the rest learns not even that it exists. Without
 * `rowLevelSecurity` the policies are switched off, so that the queries have to hold alone.
 */
export function readingAsPartner({ rowLevelSecurity }: { readonly rowLevelSecurity: boolean }): void {
  let stage: Stage;
  let order: WorkOrder;
  let mine: Assignment;
  let theirs: Assignment;
  let hidden: WorkOrder;

  beforeAll(async () => {
    stage = await aPartnerStage();
    if (!rowLevelSecurity) await switchOffPolicies(stage.api);
    const { api, lift, painter, client } = stage;
    const asked = await anOrderOf(stage, lift, { title: 'Türantrieb schleift', description: 'Kabine 2', dueOn: '2026-11-20', status: 'accepted', reporterName: 'Frau Mieterin', responsibleUserId: client.coordinator.user.id }, { answerBy: new Date('2026-11-26T10:00:00Z') });
    order = asked.order;
    mine = asked.assignment as Assignment;
    // The painter was asked for the same order and has said no; a late mail of theirs names them.
    theirs = await givenTo(stage, painter, order, { status: 'declined', declineNote: 'Gegenwort' });
    hidden = (await anOrderOf(stage, painter, { title: 'Treppenhaus streichen Gegenwort', status: 'accepted' })).order;
    await aWorkOrder(api.orm, client.organisation.id, client.workspace.id, { title: 'Geheimsache' });
    await saying(stage, order, 'Bitte bis Freitag');
    await saying(stage, order, 'Der ist immer zu teuer', { visibility: 'internal' });
    await saying(stage, order, 'Gegenwort sagt ab', { assignmentId: theirs.id });
    await saying(stage, order, 'Wer fährt hin', { visibility: 'internal', authorOrganisationId: lift.own.organisation.id, authorUserId: lift.own.coordinator.user.id, assignmentId: mine.id });
  });
  afterAll(() => stage.api.stop());

  const lift = (role: 'admin' | 'coordinator' | 'technician' = 'coordinator') => asPartner(stage, stage.lift, role);
  const bodyOf = <T>(answer: Answer): T => answer.body as unknown as T;
  type List = { data: { id: string; title: string; assignees: unknown[]; ownReference: string | null; ownPerson: { name: string } | null; assignmentStatus: string | null }[]; pageInfo: { total: number } };
  const list = async (query = '', role: 'admin' | 'coordinator' | 'technician' = 'coordinator'): Promise<List> => bodyOf<List>(await lift(role)('GET', `/work-orders${query}`));

  test('the account names both sides, and what the client runs inside stays out', async () => {
    const answer = await lift()('GET');
    expect(answer.body).toMatchObject({
      kind: 'partner', clientName: 'Lindenhof Verwaltung', partnerName: 'Treppner Aufzüge', isEnded: false, me: { role: 'coordinator', workspaceIds: null },
      counts: { openTickets: 1, toReview: 0, mailProblems: 0 }, heldReminders: null, can: { answer: true, passOn: true, managePartnership: false },
    });
    const { permissions } = bodyOf<{ permissions: string[] }>(answer);
    expect(permissions).toContain('comment.write');
    expect(permissions).not.toContain('work_order.assign');
    expect((await asClient(stage)('GET')).body).toMatchObject({ kind: 'member', clientName: null });
  });

  describe('the list', () => {
    test('has the partner\'s own orders and counts no others; no other firm is named', async () => {
      const found = await list();
      expect(found.data.map((one) => one.title)).toEqual(['Türantrieb schleift']);
      expect(found.pageInfo.total).toBe(1);
      expect(found.data[0]?.assignees).toEqual([{ id: mine.id, kind: 'partner', name: 'Treppner Aufzüge', status: 'accepted' }]);
      expect(JSON.stringify(found)).not.toContain('Gegenwort');
    });

    test('an id of an order that is not visible finds as little as one that does not exist', async () => {
      const [unseen, missing] = [await list(`?ids=${hidden.id}`), await list(`?ids=${newId()}`)];
      expect(unseen).toEqual(missing);
      expect(unseen.data).toEqual([]);
    });

    test('no filter asks about others: a firm that was asked, too, a person of the client, a workspace not shared', async () => {
      expect((await list(`?firmId=${stage.painter.partnership.firmId}`)).data).toEqual([]);
      expect((await list(`?firmId=${stage.lift.partnership.firmId}`)).data).toHaveLength(1);
      expect((await list(`?assigneeUserId=${stage.client.technician.user.id}`)).data).toEqual([]);
      expect((await list(`?workspaceId=${(await aWorkspace(stage.api.orm, stage.client.organisation.id)).id}`)).data).toEqual([]);
    });

    test('words are looked for in what the partner may read, its own remarks among them', async () => {
      for (const word of ['Türantrieb', 'Freitag', 'Kabine', 'fährt']) expect([word, (await list(`?q=${encodeURIComponent(word)}`)).data.length]).toEqual([word, 1]);
      for (const word of ['teuer', 'Gegenwort', 'Geheimsache']) expect([word, (await list(`?q=${encodeURIComponent(word)}`)).data.length]).toEqual([word, 0]);
    });

    test('shows own person and number, finds by them and what none of the people has', async () => {
      const { order: other, assignment } = await anOrderOf(stage, stage.lift, { title: 'Notruf prüfen', status: 'accepted' });
      await kept(stage, stage.lift, assignment as Assignment, { memberUserId: stage.lift.own.technician.user.id, ownReference: 'T-77' });
      const row = (await list(`?ids=${other.id}`)).data[0];
      expect(row).toMatchObject({ assignmentStatus: 'accepted', ownReference: 'T-77', ownPerson: { name: 'Emre Yildiz' } });
      expect((await list(`?assigneeUserId=${stage.lift.own.technician.user.id}`)).data.map((one) => one.id)).toEqual([other.id]);
      expect((await list('?unassigned=true')).data.map((one) => one.id)).toEqual([order.id]);
      expect((await list('?sort=answerDueAt&order=DESC')).data).toHaveLength(2);
      // The client sees neither person nor number.
      const atClient = await asClient(stage)('GET', `/work-orders/${other.id}`);
      expect(atClient.body).toMatchObject({ ownReference: null, ownPerson: null });
      expect(atClient.text).not.toContain('T-77');
      // A technician has what was given to them.
      expect((await list('', 'technician')).data.map((one) => one.id)).toEqual([other.id]);
      expect((await lift('technician')('GET', `/work-orders/${order.id}`)).status).toBe(404);
    });
  });

  describe('the order', () => {
    test('is shown with what is said to the partner; another firm, its answer and inner words are left out', async () => {
      const answer = await lift()('GET', `/work-orders/${order.id}`);
      const record = bodyOf<{ comments: { body: string }[]; assignments: { id: string; firm: { company: string }; contact: unknown; process: { planned: { action: string }[] } | null }[]; reporterName: string | null; responsible: { name: string }; mailRecipients: unknown[] }>(answer);
      expect(record.comments.map((one) => one.body)).toEqual(['Bitte bis Freitag', 'Wer fährt hin']);
      expect(record.assignments.map((one) => one.id)).toEqual([mine.id]);
      expect(record.assignments[0]).toMatchObject({ firm: { company: 'Treppner Aufzüge' }, contact: null });
      expect(record.reporterName).toBeNull();
      expect(record.responsible.name).toBe('Jonas Reuter');
      for (const secret of ['Gegenwort', 'teuer', 'Mieterin', '@example.test']) expect(answer.text).not.toContain(secret);
      const comments = await lift()('GET', `/work-orders/${order.id}/comments`);
      expect(bodyOf<{ pageInfo: { total: number } }>(comments).pageInfo.total).toBe(2);
      expect((await asClient(stage)('GET', `/work-orders/${order.id}`)).text).not.toContain('Wer fährt hin');
    });

    test('is not found where the partner takes no part, like one that does not exist', async () => {
      const faceless = ({ status, text }: Answer): string => `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')}`;
      for (const rest of ['', '/comments', '/attachments', '/timeline']) {
        const [unseen, missing] = [await lift()('GET', `/work-orders/${hidden.id}${rest}`), await lift()('GET', `/work-orders/${newId()}${rest}`)];
        expect(unseen.status).toBe(404);
        expect(faceless(unseen)).toBe(faceless(missing));
      }
    });

    test('is not found in a workspace that is not shared with the partner, or that it does not serve', async () => {
      const { api, client, lift: partner } = stage;
      const o = client.organisation.id;
      const [unshared, unserved] = [await aWorkspace(api.orm, o), await aWorkspace(api.orm, o)];
      await aShare(api.orm, partner, unserved.id);
      await aShare(api.orm, stage.painter, unshared.id);
      const orders = await Promise.all([unshared, unserved].map(async (place) => aWorkOrder(api.orm, o, place.id, { title: 'Verdeckt' })));
      for (const one of orders) await givenTo(stage, partner, one);
      await api.database.query('update workspace_shares set is_served = false where workspace_id = $1', [unserved.id]);
      for (const one of orders) expect((await lift()('GET', `/work-orders/${one.id}`)).status).toBe(404);
      expect((await list('?q=Verdeckt')).data).toEqual([]);
      for (const place of [unshared, unserved]) expect((await lift()('GET', `/workspaces/${place.id}`)).status).toBe(404);
    });

    test('the process panel says what comes to the partner, not what the client does next', async () => {
      const { order: open } = await anOrderOf(stage, stage.lift, { title: 'Angefragt', status: 'assigned' }, { status: 'offered', answerBy: new Date('2026-11-26T10:00:00Z'), sentAt: stage.api.now() });
      const { assignments } = bodyOf<{ assignments: { process: { planned: { action: string }[] } }[] }>(await lift()('GET', `/work-orders/${open.id}`));
      const actions = assignments[0]?.process.planned.map((one) => one.action) ?? [];
      expect(actions.length).toBeGreaterThan(0);
      for (const action of actions) expect(['remind', 'last_reminder']).toContain(action);
      expect((await list('?awaitingAnswer=true')).data.map((one) => one.id)).toEqual([open.id]);
    });

    test('the timeline tells the shared course and its own assignment, nothing of another firm', async () => {
      const { api, client } = stage;
      const actor = { kind: 'system', organisationId: client.organisation.id, process: 'test' } as const;
      const note = async (name: EventName, more: object = {}): Promise<unknown> =>
        systemEm(api.orm, client.organisation.id).transactional((em) => recordEvent(em, actor, { name, organisationId: client.organisation.id, workOrder: order, ...more }, api.now()));
      await note('work_order.started');
      await note('assignment.accepted', { assignmentId: mine.id });
      await note('assignment.declined', { assignmentId: theirs.id, data: { reason: 'no_capacity' } });
      await note('assignment.escalated', { assignmentId: mine.id });
      await note('attachment.added', { data: { visibility: 'internal' } });
      const { data } = bodyOf<{ data: { name: string; assigneeName: string | null }[] }>(await lift()('GET', `/work-orders/${order.id}/timeline`));
      expect(data.map((one) => one.name).toSorted()).toEqual(['assignment.accepted', 'work_order.started']);
      expect(data.find((one) => one.name === 'assignment.accepted')?.assigneeName).toBe('Treppner Aufzüge');
    });
  });

  test('a file is fetched as long as its order is seen, and no longer; inner files and those of other firms never', async () => {
    const { api, lift: partner } = stage;
    const { order: own, assignment } = await anOrderOf(stage, partner, { status: 'accepted' });
    const [shared, inner, other] = [await aFile(stage, own, 'plan.txt'), await aFile(stage, own, 'angebot.txt', { visibility: 'internal' }), await aFile(stage, own, 'fremd.txt', { assignmentId: theirs.id })];
    const url = `/api/v1/accounts/${partner.partnership.id}/attachments/${shared.id}/content`;
    const { attachments } = bodyOf<{ attachments: { name: string; url: string; can: object }[] }>(await lift()('GET', `/work-orders/${own.id}`));
    expect(attachments).toEqual([expect.objectContaining({ name: 'plan.txt', url, can: { remove: false } })]);
    const fetching = async (id: string): Promise<number> => (await lift()('GET', `/attachments/${id}/content`)).status;
    expect([await fetching(shared.id), await fetching(inner.id), await fetching(other.id)]).toEqual([200, 404, 404]);
    await api.database.query(`update assignments set status = 'withdrawn' where id = $1`, [assignment?.id]);
    expect((await call(api, 'GET', url, { cookie: partner.own.coordinator.cookie })).status).toBe(404);
  });

  test('assets are those that are shared, with the history of visible orders only', async () => {
    const { api, client, lift: partner } = stage;
    const o = client.organisation.id;
    const place = await aWorkspace(api.orm, o, { name: 'Nebenhaus', invoiceEmail: 'rechnung@lindenhof.test' });
    const building = await anAsset(api.orm, o, place.id, { name: 'Haustechnik' });
    const seen = await anAsset(api.orm, o, place.id, { name: 'Aufzug links', parentId: building.id });
    const unseen = await anAsset(api.orm, o, place.id, { name: 'Aufzug rechts' });
    await aShare(api.orm, partner, place.id, [seen.id]);
    const { data, pageInfo } = bodyOf<{ data: { id: string; parentId: string | null; parentName: string | null }[]; pageInfo: { total: number } }>(await lift()('GET', `/assets?workspaceId=${place.id}`));
    expect(data).toEqual([expect.objectContaining({ id: seen.id, parentId: null, parentName: null })]);
    expect(pageInfo.total).toBe(1);
    expect((await lift()('GET', `/assets/${unseen.id}`)).status).toBe(404);
    await aWorkOrder(api.orm, o, place.id, { title: 'Nicht für uns', assetId: seen.id });
    const own = await aWorkOrder(api.orm, o, place.id, { title: 'Für uns', assetId: seen.id });
    await givenTo(stage, partner, own);
    expect((await list(`?assetId=${seen.id}`)).data.map((one) => one.title)).toEqual(['Für uns']);
    const workspace = bodyOf<{ counts: object; invoiceEmail: string | null }>(await lift()('GET', `/workspaces/${place.id}`));
    expect(workspace).toMatchObject({ counts: { openOrders: 1, assets: 1 }, invoiceEmail: null });
    // An order about an asset that is not shared is seen without it.
    const about = await aWorkOrder(api.orm, o, place.id, { assetId: unseen.id });
    await givenTo(stage, partner, about);
    const record = await lift()('GET', `/work-orders/${about.id}`);
    expect(record.body).toMatchObject({ asset: null });
    expect(record.text).not.toContain('Aufzug rechts');
  });

  test('the dashboard says what waits for the partner', async () => {
    const dashboard = bodyOf<{ kind: string; tiles: Record<string, { count: number }>; overdue: { id: string }[] }>(await lift()('GET', '/dashboard'));
    expect(dashboard.kind).toBe('partner');
    for (const [tile, query] of [['awaitingAnswer', '?awaitingAnswer=true'], ['overdue', '?overdue=true'], ['unassigned', '?unassigned=true'], ['atWork', '?status=accepted,in_progress,waiting'], ['toCheck', '?status=done']] as const) {
      expect([tile, dashboard.tiles[tile]?.count]).toEqual([tile, (await list(query)).pageInfo.total]);
    }
    expect(dashboard.overdue.map((one) => one.id)).toEqual([order.id]);
  });

  test('what the client keeps for itself does not exist for partners, whatever they are at home; what a role may not is refused', async () => {
    for (const path of ['/firms', '/users', '/mails', '/to-review', '/escalation-policy', '/partnerships', `/assignees?workOrderId=${order.id}`]) {
      expect([path, (await lift('admin')('GET', path)).status]).toEqual([path, 404]);
    }
    expect((await lift('admin')('POST', '/work-orders', { title: 'x', workspaceId: stage.client.workspace.id })).status).toBe(404);
    expect((await lift('technician')('PUT', '/partnership/served', { workspaces: [] })).status).toBe(403);
    // The same path in an own account: there is no partnership to set.
    expect((await asClient(stage)('PUT', '/partnership/served', { workspaces: [] })).status).toBe(404);
  });

  test('only people of the partner enter, each by the partnership\'s id, and nobody before it was accepted', async () => {
    const { api, lift: partner, painter, client } = stage;
    const status = async (account: string, cookie: string): Promise<number> => (await call(api, 'GET', `/accounts/${account}`, { cookie })).status;
    expect(await status(partner.partnership.id, partner.own.technician.cookie)).toBe(200);
    expect(await status(partner.partnership.id, painter.own.admin.cookie)).toBe(404);
    expect(await status(partner.partnership.id, client.admin.cookie)).toBe(404);
    expect(await status(client.organisation.id, partner.own.admin.cookie)).toBe(404);
    const set = async (value: string): Promise<unknown> => api.database.query('update partnerships set status = $2 where id = $1', [partner.partnership.id, value]);
    await set('withdrawn');
    expect(await status(partner.partnership.id, partner.own.admin.cookie)).toBe(404);
    await set('ended');
    expect((await lift('admin')('GET')).body).toMatchObject({ isEnded: true, can: { comment: false } });
    expect((await lift('admin')('GET', '/assets')).body).toMatchObject({ data: [] });
    expect((await lift('admin')('POST', `/work-orders/${order.id}/comments`, { visibility: 'shared', body: 'Noch etwas' })).status).toBe(403);
    await set('accepted');
    await api.database.query('update memberships set removed_at = now() where user_id = $1', [partner.own.technician.user.id]);
    expect(await status(partner.partnership.id, partner.own.technician.cookie)).toBe(404);
    await api.database.query('update memberships set removed_at = null where user_id = $1', [partner.own.technician.user.id]);
  });

  test('an observer sees the order and what all sides share on it, but neither assignments nor inner words', async () => {
    const { api, client, painter } = stage;
    const o = client.organisation.id;
    const { order: watched, assignment } = await anOrderOf(stage, stage.lift, { title: 'Beobachtet', status: 'accepted' });
    const remark = await saying(stage, watched, 'Vom Aufzugbauer', { assignmentId: assignment?.id ?? null });
    await saying(stage, watched, 'Nur unter uns', { visibility: 'internal' });
    const eyes = asPartner(stage, painter);
    expect((await eyes('GET', `/work-orders/${watched.id}`)).status).toBe(404);
    const observer = await systemEm(api.orm, o).transactional(async (em) =>
      em.create(Observer, { id: newId(), organisationId: o, workOrderId: watched.id, partnershipId: painter.partnership.id, createdAt: api.now() }));
    const answer = await eyes('GET', `/work-orders/${watched.id}`);
    expect(answer.body).toMatchObject({ title: 'Beobachtet', assignments: [], assignees: [], assignmentId: null, steps: [], comments: [{ id: remark.id }], can: { edit: false, assign: false } });
    expect(answer.text).not.toContain('Treppner');
    expect(answer.text).not.toContain('unter uns');
    await api.database.query('update observers set left_at = now() where id = $1', [observer.id]);
    expect((await eyes('GET', `/work-orders/${watched.id}`)).status).toBe(404);
  });

  test('somebody of both sides is in each account who they are there', async () => {
    const { api, client, lift: partner } = stage;
    const { user, cookie } = partner.own.admin;
    await aMembership(api.orm, client.organisation.id, user.id, 'coordinator');
    const titles = async (account: string): Promise<string[]> => bodyOf<List>(await call(api, 'GET', `/accounts/${account}/work-orders`, { cookie })).data.map((one) => one.title);
    expect(await titles(client.organisation.id)).toContain('Geheimsache');
    expect(await titles(partner.partnership.id)).not.toContain('Geheimsache');
    await api.database.query('update memberships set removed_at = now() where user_id = $1 and organisation_id = $2', [user.id, client.organisation.id]);
    expect((await call(api, 'GET', `/accounts/${client.organisation.id}/work-orders`, { cookie })).status).toBe(404);
    expect(await titles(partner.partnership.id)).toContain('Türantrieb schleift');
  });
}
