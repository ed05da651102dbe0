import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAction, type Route } from '#api/route.ts';
import { ROUTES } from '#api/routes.ts';
import { newId } from '#db/columns.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { aFile, asClient, asPartner, givenTo, saying } from '../api/partner-stage.ts';
import { aContact, aFirm, anAsset, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { ask, nameOf, thingOf } from './asking.ts';
import { reachable } from './leaks.ts';
import { aLimitedCoordinator, aPartnerWorld, type Ids, type PartnerWorld } from './partner-world.ts';

/** What is nobody's business is told by nothing: no count, no total, no order of a list, no page of it, no refusal changes with it. */
const BOTH = { policies: true, filters: true } as const;
const READS = ROUTES.filter(({ spec, kind }) => spec.method === 'get' && kind !== 'stream' && (isAction(spec.access) || spec.access === 'session'));

let world: PartnerWorld;
let limited: string;

beforeAll(async () => {
  world = await aPartnerWorld();
  limited = await aLimitedCoordinator(world);
});
afterAll(() => world?.api.stop());

type Eyes = { readonly cookie: string; readonly account: string; readonly own: (route: Route) => readonly string[] };
type Sorts = { readonly options?: readonly string[]; readonly def?: { readonly innerType?: Sorts } };

/** The ways to ask for a list: by each sort, a page of one row, a page beyond the end. */
function queriesOf({ spec }: Route): string[] {
  const shape = (spec.query as { shape?: Record<string, Sorts> } | undefined)?.shape ?? {};
  const sorts = shape['sort']?.options ?? shape['sort']?.def?.innerType?.options ?? [];
  const pages = 'perPage' in shape ? ['?perPage=1&page=2', '?perPage=1&page=90'] : [];
  return ['', ...pages, ...sorts.map((sort) => `?sort=${sort}&order=ASC`)];
}

async function everythingSeen({ cookie, account, own }: Eyes): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const route of READS) {
    for (const id of thingOf(route) ? own(route) : [null]) {
      await Promise.all(queriesOf(route).map(async (query) => {
        const { status, text } = await ask(world.api, route, cookie, { account, id, query });
        seen.set(`${nameOf(route)} ${id ?? ''}${query}`, `${status} ${text}`);
      }));
    }
  }
  return seen;
}

/** What has changed in somebody's eyes while something happened. */
async function changesBy(eyes: Eyes, work: () => Promise<unknown>): Promise<string[]> {
  const before = await everythingSeen(eyes);
  await work();
  const after = await everythingSeen(eyes);
  expect(before.size).toBeGreaterThan(30);
  return [...after].flatMap(([name, text]) => (before.get(name) === text ? [] : [name]));
}

/** A day of work that is nobody else's business, in a place of its own. */
async function aDay(organisationId: string, workspaceId: string, give: (order: WorkOrder) => Promise<unknown>, hasAssets = true): Promise<void> {
  const { orm } = world.api;
  for (const [title, status] of [['AAA zuerst', 'accepted'], ['ZZZ zuletzt', 'open'], ['MMM erledigt', 'done']] as const) {
    const asset = hasAssets ? await anAsset(orm, organisationId, workspaceId, { name: title, category: title }) : null;
    const order = await aWorkOrder(orm, organisationId, workspaceId, { title, status, priority: 'urgent', dueOn: '2026-11-01', assetId: asset?.id ?? null, answerDueAt: new Date('2026-11-02T08:00:00Z') });
    await give(order);
  }
  const firm = await aFirm(orm, organisationId, { company: `AAA ${newId()}`, trades: ['AAA'] });
  await aContact(orm, organisationId, firm.id);
}

const ofPartner = (role: 'coordinator' | 'technician'): Eyes => ({
  cookie: world.lift.own[role].cookie, account: world.lift.partnership.id, own: (route) => reachable(world, BOTH, role, thingOf(route)).own,
});

describe('the list, the counts and the pages of', () => {
  test.each(['coordinator', 'technician'] as const)('a partner\'s %s stay as they are while its client works with others', async (role) => {
    const { client, painter, own, hidden } = world;
    const place = await aWorkspace(world.api.orm, client.organisation.id);
    const mine = await aWorkOrderOf(own.workOrder);
    const changes = await changesBy(ofPartner(role), async () => {
      await aDay(client.organisation.id, place.id, (order) => givenTo(world, painter, order));
      await aDay(client.organisation.id, client.workspace.id, (order) => givenTo(world, painter, order, { status: 'offered' }), false);
      await saying(world, mine, 'Unter uns', { visibility: 'internal' });
      await saying(world, mine, 'An die anderen', { assignmentId: hidden['rivalOnMine']?.assignment ?? null });
      await aFile(world, mine, 'innen.txt', { visibility: 'internal' });
    });
    expect(changes).toEqual([]);
  });

  test.each(['coordinator', 'technician'] as const)('a partner\'s %s stay as they are, to the byte, while others write on its own order what it does not hear', async (role) => {
    const { client, own } = world;
    const changedAt = async () => (await world.api.database.query<{ updated_at: Date }>('select updated_at from work_orders where id = $1', [own.workOrder]))[0]?.updated_at;
    await world.api.database.query(`update work_orders set updated_at = '2026-01-01' where id = $1`, [own.workOrder]);
    const before = await changedAt();
    const changes = await changesBy(ofPartner(role), async () => {
      expect((await asClient(world)('POST', `/work-orders/${own.workOrder}/comments`, { body: 'Nur unter uns', visibility: 'internal' })).status).toBe(201);
      expect((await asClient(world)('POST', `/work-orders/${own.workOrder}/observers`, { userId: client.technician.user.id })).status).toBe(201);
    });
    expect(changes).toEqual([]);
    // What the client sees of it, is a change for the client.
    expect(await changedAt()).not.toEqual(before);
  });

  test('a client stay as they are while a partner speaks with its own people', async () => {
    const { client, own, lift } = world;
    const eyes: Eyes = { cookie: client.admin.cookie, account: client.organisation.id, own: (route) => [own[thingOf(route) ?? 'user']].flatMap((id) => id ?? []) };
    expect(await changesBy(eyes, async () => {
      expect((await asPartner(world, lift)('POST', `/work-orders/${own.workOrder}/comments`, { body: 'Nur unter uns', visibility: 'internal' })).status).toBe(201);
    })).toEqual([]);
  });

  test('a coordinator of one workspace stay as they are while the others of the same client are worked in, but for what all share', async () => {
    const { client, own } = world;
    const place = await aWorkspace(world.api.orm, client.organisation.id);
    const eyes: Eyes = { cookie: limited, account: client.organisation.id, own: (route) => [own[thingOf(route) ?? 'user']].flatMap((id) => id ?? []) };
    const changes = await changesBy(eyes, async () => aDay(client.organisation.id, place.id, (order) => saying(world, order, 'x')));
    expect(changes.filter((name) => !/^get \/(firms|trades)/.test(name))).toEqual([]);
  });

  test('a client stay as they are while another client works', async () => {
    const { client, own, foreign } = world;
    const { organisation, workspace } = foreign.cast;
    const eyes: Eyes = { cookie: client.admin.cookie, account: client.organisation.id, own: (route) => [own[thingOf(route) ?? 'user']].flatMap((id) => id ?? []) };
    expect(await changesBy(eyes, () => aDay(organisation.id, workspace.id, async () => undefined))).toEqual([]);
  });
});

async function aWorkOrderOf(id: string | undefined): Promise<WorkOrder> {
  const [row] = await world.api.database.query<{ organisation_id: string; workspace_id: string }>('select organisation_id, workspace_id from work_orders where id = $1', [id]);
  return { id: id ?? '', organisationId: row?.organisation_id ?? '', workspaceId: row?.workspace_id ?? '' } as WorkOrder;
}

describe('what must be unique', () => {
  /** A value that another account has, and one that nobody has: the same answer, but for the value. */
  const pairs = (): [method: string, path: string, body: (value: string) => object, taken: string, free: string][] => {
    const { foreign } = world;
    return [
      ['POST', '/users', (email) => ({ email, name: 'Neue Person', role: 'technician' }), foreign.cast.coordinator.user.email, `frei-${newId()}@example.test`],
      ['POST', '/firms', (company) => ({ company, contacts: [{ name: 'Jemand', email: 'jemand@firma.test' }] }), `Firma ${foreign.canary}`, 'Firma frei'],
      ['POST', '/firms', (email) => ({ company: 'Firma zwei', contacts: [{ name: 'Jemand', email }] }), foreign.cast.admin.user.email, `frei-${newId()}@example.test`],
      ['POST', '/partnerships', (email) => ({ email, company: `Firma ${email}`, name: 'Jemand' }), foreign.cast.technician.user.email, `frei-${newId()}@example.test`],
      ['POST', '/workspaces', (name) => ({ name, shortName: name.slice(0, 20) }), foreign.cast.workspace.name, 'Anlage frei'],
      ['POST', '/assets', (number) => ({ workspaceId: world.client.workspace.id, name: 'Aufzug', number }), 'FREMD-1', 'FREI-1'],
    ];
  };

  test('tells nothing of other accounts: a value taken there is answered like a free one', async () => {
    await world.api.database.query(`update assets set number = 'FREMD-1' where id = $1`, [world.foreign.ids.asset]);
    for (const [method, path, body, taken, free] of pairs()) {
      const answers = [];
      for (const value of [taken, free]) {
        const { status, text } = await asClient(world)(method, path, body(value));
        answers.push(`${status} ${text.replaceAll(value, '<value>').replaceAll(value.slice(0, 20), '<value>').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')}`);
      }
      expect([path, answers[0]]).toEqual([path, answers[1]]);
      expect(answers[0]).toMatch(/^20[0-2] /);
    }
  });
});

describe('files', () => {
  const asked: Readonly<Record<string, string>>[] = [{ range: 'bytes=0-0' }, { 'if-none-match': '*' }, { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }, { 'if-range': 'x', range: 'bytes=0-' }];

  test('a part of it, or whether it has changed, is no more told than the whole: not theirs = missing', async () => {
    const { lift, hidden, foreign, own } = world;
    const eyes = lift.own.coordinator.cookie;
    const fileAt = (id: string | undefined, what: string): string => `${world.api.url}/api/v1/accounts/${lift.partnership.id}/attachments/${id}/${what}`;
    const ids = [...Object.values(hidden).flatMap((one: Ids) => one.attachment ?? []), foreign.ids.attachment];
    for (const what of ['content', 'preview']) {
      for (const method of ['GET', 'HEAD']) {
        for (const headers of asked) {
          const get = async (id: string): Promise<string> => {
            const { status, headers: sent, ...answer } = await fetch(fileAt(id, what), { method, headers: { cookie: eyes, ...headers } }).then(async (got) => ({ status: got.status, headers: got.headers, text: await got.text() }));
            return JSON.stringify([status, answer.text.replaceAll(id, '<id>'), ...['etag', 'last-modified', 'content-range', 'content-length', 'accept-ranges', 'content-disposition'].map((name) => sent.get(name))]);
          };
          const missing = await get(newId());
          expect(missing).toMatch(/^\[404,/);
          expect([what, method, headers, ...new Set(await Promise.all(ids.map(get)))]).toEqual([what, method, headers, missing]);
        }
      }
    }
    const whole = await fetch(fileAt(own.attachment, 'content'), { headers: { cookie: eyes, 'if-none-match': '*', range: 'bytes=0-0' } });
    expect([whole.status, await whole.text(), whole.headers.get('etag')]).toEqual([200, 'x', null]);
  });
});
