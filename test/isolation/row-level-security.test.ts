import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { emFor, gateEm, systemEm, type Em } from '#db/orm.ts';
import type { LinkActor, MemberActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aFirm, anAssignment, aWorkOrder } from '../support/builders.ts';
import { aCast } from '../support/cast.ts';
import { aWorld, type World } from './world.ts';

/** What the database holds by itself, where every query of ours forgets its filter. */
let api: TestApi;
let own: World;
let foreign: World;
let tables: string[];

beforeAll(async () => {
  api = await startApi();
  own = await aWorld(api, 'eigenwort');
  foreign = await aWorld(api, 'fremdwort');
  const rows = await api.database.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`,
  );
  tables = rows.map((one) => one.name);
});
afterAll(() => api.stop());

function member(world: World): MemberActor {
  return { kind: 'member', organisationId: world.cast.organisation.id, userId: world.cast.admin.user.id, role: 'admin', workspaceIds: null };
}

function link(world: World): LinkActor {
  const { workOrder, assignment } = world.ids;
  return { kind: 'link', organisationId: world.cast.organisation.id, workOrderId: workOrder, linkId: workOrder, assignmentId: assignment, observerId: null, contactId: null, otherName: null };
}

const organisationsIn = async (em: Em, table: string): Promise<(string | null)[]> =>
  (await em.execute<{ id: string | null }[]>(`select distinct organisation_id as id from ${table}`)).map((one) => one.id);

/** An order with a firm, the coordinator, one who watches and one who speaks; each has a mail, the outsiders a file that is still coming. */
async function aCrowd(): Promise<{ contractor: LinkActor; watcher: LinkActor; forFiles: LinkActor }> {
  const cast = await aCast(api.orm, api.now(), `Verwaltung ${newId()}`);
  const organisationId = cast.organisation.id;
  const order = await aWorkOrder(api.orm, organisationId, cast.workspace.id);
  const firm = await aFirm(api.orm, organisationId);
  const assignment = await anAssignment(api.orm, organisationId, order.id, { firmId: firm.id });
  const add = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const whole = { id: newId(), organisation_id: organisationId, work_order_id: order.id, created_at: new Date(), ...row };
    const names = Object.keys(whole);
    await api.database.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_name, at) => `$${at + 1}`).join(', ')})`, Object.values(whole));
    return whole.id;
  };
  const observer = (email: string) => add('observers', { email, choice: 'at_once', can_comment: true, is_proposed: false });
  const mail = (email: string, to: Record<string, unknown>) => add('outbound_mails', { template: 'x', parameters: '{}', to_email: email, locale: 'de-DE', cause: 'x', status: 'sent', attempts: 1, is_possible_duplicate: false, ...to });
  const upload = (name: string, of: Record<string, unknown>) => add('uploads', { name, size: 1, received: 0, parts_key: 'x', expires_at: new Date(), ...of });
  const [watching, speaking] = [await observer('watcher@x.test'), await observer('speaker@x.test')];
  await add('comments', { author_organisation_id: organisationId, visibility: 'shared', door: 'link', body: 'Hallo', author_observer_id: speaking, is_restored: false });
  await mail('firm@x.test', { assignment_id: assignment.id });
  await mail('coordinator@x.test', { assignment_id: assignment.id, to_user_id: cast.coordinator.user.id });
  await mail('watcher@x.test', { to_observer_id: watching });
  await mail('speaker@x.test', { to_observer_id: speaking });
  const askedForFiles = await mail('files@x.test', {});
  const linkId = await add('access_links', { purpose: 'file_request', token_hash: newId(), mail_id: askedForFiles });
  await upload('firm.jpg', { assignment_id: assignment.id });
  await upload('watcher.jpg', { observer_id: watching });
  await upload('speaker.jpg', { observer_id: speaking });
  const actor: LinkActor = { kind: 'link', organisationId, workOrderId: order.id, linkId: order.id, assignmentId: null, observerId: null, contactId: null, otherName: null };
  return { contractor: { ...actor, assignmentId: assignment.id }, watcher: { ...actor, observerId: watching }, forFiles: { ...actor, linkId } };
}

/** Tables that no query of a member may even name: work of the system. */
const NOT_FOR_MEMBERS = new Set<string>();

describe('a query without any filter', () => {
  test('of a member sees rows of their organisation only, in every table', async () => {
    const seen: string[] = [];
    for (const table of tables.filter((one) => !NOT_FOR_MEMBERS.has(one))) {
      const ids = await emFor(api.orm, member(own)).transactional((em) => organisationsIn(em, table));
      expect([table, ids.filter((id) => id !== own.cast.organisation.id)]).toEqual([table, []]);
      if (ids.length > 0) seen.push(table);
    }
    expect(seen).toEqual(expect.arrayContaining(['assets', 'assignments', 'attachments', 'comments', 'firm_contacts', 'firms', 'inbound_mails', 'memberships', 'observers', 'outbound_mails', 'work_orders', 'workspaces']));
  });

  test('of a member who belongs to several organisations sees their own memberships there, and nothing else', async () => {
    const { user } = own.cast.admin;
    await api.database.query(`insert into memberships (id, organisation_id, user_id, role, created_at) values (gen_random_uuid(), $1, $2, 'technician', now())`, [foreign.cast.organisation.id, user.id]);
    const rows = await emFor(api.orm, member(own)).transactional((em) => em.execute<{ user_id: string; organisation_id: string }[]>('select user_id, organisation_id from memberships'));
    expect(rows.filter((one) => one.organisation_id !== own.cast.organisation.id)).toEqual([{ user_id: user.id, organisation_id: foreign.cast.organisation.id }]);
    await api.database.query('delete from memberships where user_id = $1 and organisation_id = $2', [user.id, foreign.cast.organisation.id]);
  });

  test('of a public link sees its one order, its shared words, and no other order of the same organisation', async () => {
    await aWorkOrder(api.orm, own.cast.organisation.id, own.cast.workspace.id, { title: 'Andere Meldung' });
    const em = emFor(api.orm, link(own));
    const orders = await em.transactional((tx) => tx.execute<{ id: string }[]>('select id from work_orders'));
    expect(orders.map((one) => one.id)).toEqual([own.ids.workOrder]);
    for (const table of ['comments', 'attachments']) {
      expect(await emFor(api.orm, link(own)).transactional((tx) => tx.execute(`select 1 from ${table}`))).toEqual([]);
    }
    for (const table of ['inbound_mails', 'assets', 'users_secret', 'sessions', 'credentials']) {
      await expect(emFor(api.orm, link(own)).transactional((tx) => tx.execute(`select 1 from ${table}`))).rejects.toThrow(/permission denied|does not exist/);
    }
  });

  test('of a public link sees mails, observers and uploads of its own side, not those of others on the same order', async () => {
    const { contractor, watcher, forFiles } = await aCrowd();
    const seen = (actor: LinkActor, what: string) => emFor(api.orm, actor).transactional(async (em) => (await em.execute<{ it: string }[]>(`select ${what}`)).map((one) => one.it).toSorted((a, b) => a.localeCompare(b)));
    const mails = 'to_email as it from outbound_mails';
    expect([await seen(contractor, mails), await seen(watcher, mails), await seen(forFiles, mails)]).toEqual([['firm@x.test'], ['watcher@x.test'], ['files@x.test']]);
    // Who speaks is named beside what they said; who only watches is nobody's business.
    const observers = 'email as it from observers';
    expect([await seen(contractor, observers), await seen(watcher, observers)]).toEqual([['speaker@x.test'], ['speaker@x.test', 'watcher@x.test']]);
    const uploads = 'name as it from uploads';
    expect([await seen(contractor, uploads), await seen(watcher, uploads), await seen(forFiles, uploads)]).toEqual([['firm.jpg'], ['watcher.jpg'], []]);
  });

  test('of a public link changes no observer but itself, and writes neither mails nor observers', async () => {
    const { contractor, watcher } = await aCrowd();
    const changed = (actor: LinkActor) => emFor(api.orm, actor).transactional((em) => em.execute<{ id: string }[]>(`update observers set choice = 'none' returning id`));
    expect([await changed(contractor), await changed(watcher)]).toEqual([[], [{ id: watcher.observerId }]]);
    for (const sql of ['insert into outbound_mails (id) values (gen_random_uuid())', 'insert into observers (id) values (gen_random_uuid())', 'select 1 from mail_threads']) {
      await expect(emFor(api.orm, watcher).transactional((em) => em.execute(sql))).rejects.toThrow(/permission denied/);
    }
  });

  test('of the system inside one organisation sees that one only, but for the tables of ids', async () => {
    const across = new Set(['access_links', 'reply_addresses', 'mail_references', 'memberships', 'processes']);
    for (const table of tables.filter((one) => !across.has(one))) {
      const ids = await systemEm(api.orm, own.cast.organisation.id).transactional((em) => organisationsIn(em, table));
      expect([table, ids.filter((id) => id !== null && id !== own.cast.organisation.id)]).toEqual([table, []]);
    }
  });

  test('of the system outside any organisation sees no tenant row', async () => {
    for (const table of ['work_orders', 'comments', 'firms', 'firm_contacts', 'attachments', 'assets', 'workspaces', 'events', 'observers']) {
      expect([table, await gateEm(api.orm).transactional((em) => organisationsIn(em, table))]).toEqual([table, []]);
    }
  });
});

describe('a change without any filter', () => {
  test('touches no row of another organisation', async () => {
    const changed = await emFor(api.orm, member(own)).transactional(async (em) => {
      const rows = await em.execute<{ organisation_id: string }[]>(`update firms set notes = 'changed' returning organisation_id`);
      await em.execute('delete from observers');
      return rows;
    });
    expect(new Set(changed.map((one) => one.organisation_id))).toEqual(new Set([own.cast.organisation.id]));
    expect(await api.database.query('select 1 from observers where organisation_id = $1', [foreign.cast.organisation.id])).toHaveLength(1);
    expect(await api.database.query(`select 1 from firms where notes = 'changed' and organisation_id = $1`, [foreign.cast.organisation.id])).toHaveLength(0);
  });

  test('can not put a row into another organisation, nor move one there', async () => {
    const insert = `insert into firms (id, organisation_id, company, access, trades, standing, needs_no_acceptance, created_at, updated_at) values (gen_random_uuid(), ?, 'x', 'email', '[]', 'normal', false, now(), now())`;
    await expect(emFor(api.orm, member(own)).transactional((em) => em.execute(insert, [foreign.cast.organisation.id]))).rejects.toThrow(/row-level security/);
    await expect(emFor(api.orm, member(own)).transactional((em) => em.execute('update firms set organisation_id = ?', [foreign.cast.organisation.id]))).rejects.toThrow(/row-level security/);
  });

  test('can not make a row point into another organisation, even where the database checks keys past its policies', async () => {
    const move = (em: Em) => em.execute('update assets set workspace_id = ?', [foreign.ids.workspace]);
    await expect(emFor(api.orm, member(own)).transactional(move)).rejects.toThrow(/foreign key/);
  });
});

describe('the application\'s login', () => {
  test('has no rights of its own: a query outside a role is refused', async () => {
    await expect(api.orm.em.fork().execute('select 1 from work_orders')).rejects.toThrow(/permission denied/);
  });

  test('can not become the owner', async () => {
    const [row] = await api.database.query<{ owner: string }>('select current_user as owner');
    await expect(api.orm.em.fork().execute(`set role "${row?.owner}"`)).rejects.toThrow(/permission denied/);
  });

  test('sessions and passwords are for the system role alone', async () => {
    for (const table of ['sessions', 'credentials', 'rate_limits']) {
      await expect(emFor(api.orm, member(own)).transactional((em) => em.execute(`select 1 from ${table}`))).rejects.toThrow(/permission denied/);
    }
  });

  test('the search function finds words of the session\'s organisation only', async () => {
    const search = (world: World, q: string) => emFor(api.orm, member(world)).transactional((em) => em.execute<{ id: string }[]>('select work_order_id as id from search_work_orders(?, 10)', [q]));
    expect(await search(own, 'fremdwort')).toEqual([]);
    expect((await search(own, 'eigenwort')).map((one) => one.id)).toEqual([own.ids.workOrder]);
    await expect(emFor(api.orm, member(own)).transactional((em) => em.execute('select 1 from search_documents'))).rejects.toThrow(/permission denied/);
  });
});

test('400 mixed queries on few connections never see each other\'s rows', async () => {
  const wrong: unknown[] = [];
  const one = async (world: World, fails: boolean): Promise<void> => {
    await emFor(api.orm, member(world))
      .transactional(async (em) => {
        const rows = await em.execute<{ company: string }[]>('select company from firms');
        if (rows.some((row) => !row.company.includes(world.canary))) wrong.push(rows);
        if (fails) throw new Error('on purpose');
      })
      .catch((error: Error) => (error.message === 'on purpose' ? undefined : wrong.push(error.message)));
  };
  await Promise.all(Array.from({ length: 400 }, (_nothing, n) => one(n % 2 ? own : foreign, n % 7 === 0)));
  expect(wrong).toEqual([]);
});
