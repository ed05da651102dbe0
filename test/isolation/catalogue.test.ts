import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.ts';

/** Tables that belong to no tenant, by name; every other one must carry an organisation and be secured. */
const WITHOUT_TENANT = [
  'account_tokens', 'credentials', 'heartbeats', 'installation', 'mikro_orm_migrations', 'organisations', 'outages', 'outbox', 'rate_limits', 'sessions', 'users',
];
/** Reached by functions of the search only, with no grants at all. */
const UNGRANTED = ['search_documents', 'search_places'];
/** Whose rows may lack an organisation: mails that nobody has been found for, mails of the installation. */
const MAY_BE_UNOWNED = ['inbound_mails', 'mail_events', 'outbound_mails', 'processes'];
/** Their own key is made of the organisation already. */
const COMPOSITE_PRIMARY = ['work_order_counters'];

let api: TestApi;
let tables: { name: string; rls: boolean; force: boolean; roles: string[]; nullable: boolean | null }[];

beforeAll(async () => {
  api = await startApi();
  tables = await api.database.query(
    `select c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as force,
       array(select distinct r.rolname::text from pg_policy p join pg_roles r on r.oid = any(p.polroles) where p.polrelid = c.oid order by 1) as roles,
       (select not a.attnotnull from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id') as nullable
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
  );
});
afterAll(() => api.stop());

const tenantTables = (): typeof tables => tables.filter((one) => !WITHOUT_TENANT.includes(one.name) && !UNGRANTED.includes(one.name));

test('every table carries an organisation or is named as one that does not', () => {
  expect(tenantTables().filter((one) => one.nullable === null).map((one) => one.name)).toEqual([]);
  expect(tenantTables().filter((one) => one.nullable).map((one) => one.name)).toEqual(MAY_BE_UNOWNED);
});

test('every tenant table has row-level security, forced, with a policy for members and for the system', () => {
  const open = tenantTables().filter((one) => !one.rls || !one.force || !one.roles.includes('gewerk_member') || !one.roles.includes('gewerk_system'));
  expect(open.map((one) => one.name)).toEqual([]);
});

test('tables without a tenant are reached only by the roles that need them', async () => {
  const grants = await api.database.query<{ table_name: string; who: string[] }>(
    `select table_name, array_agg(distinct grantee::text order by grantee::text) as who from information_schema.role_table_grants
     where table_schema = 'public' and grantee like 'gewerk_%' and table_name in ('sessions', 'credentials', 'rate_limits', 'search_documents', 'search_places', 'mikro_orm_migrations') group by 1 order by 1`,
  );
  expect(grants).toEqual(['credentials', 'rate_limits', 'sessions'].map((table_name) => ({ table_name, who: ['gewerk_system'] })));
});

test('every key between tenant tables carries the organisation', async () => {
  const names = tenantTables().map((one) => one.name);
  const single = await api.database.query<{ name: string }>(
    `select conname as name from pg_constraint k join pg_class s on s.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and s.relname = any($1) and t.relname = any($1)
       and not exists (select 1 from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey) and a.attname = 'organisation_id')`,
    [names],
  );
  expect(single).toEqual([]);
});

test('every column that names a row of a tenant table has such a key', async () => {
  const targets: Readonly<Record<string, string>> = {
    workspace_id: 'workspaces', asset_id: 'assets', firm_id: 'firms', contact_id: 'firm_contacts', work_order_id: 'work_orders', assignment_id: 'assignments',
    comment_id: 'comments', observer_id: 'observers', inbound_mail_id: 'inbound_mails', attachment_id: 'attachments', file_request_id: 'file_requests', thread_id: 'mail_threads',
    partnership_id: 'partnerships', workspace_share_id: 'workspace_shares',
  };
  const bare = await api.database.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relname = any($1) and a.attname = any($2) and not a.attisdropped
       and not exists (select 1 from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any(k.conkey) and array_length(k.conkey, 1) = 2) order by 1, 2`,
    [tenantTables().map((one) => one.name), Object.keys(targets)],
  );
  // Notes of the system and look-ups by id, where a row may outlive or precede what it names.
  const known = ['inbound_mails.comment_id', 'mail_references.assignment_id', 'mail_references.contact_id', 'mail_references.observer_id', 'processes.work_order_id'];
  expect(bare.map((one) => `${one.table}.${one.column}`)).toEqual(known);
});

test('every tenant table that others may point to is unique by organisation and id', async () => {
  const rows = await api.database.query<{ name: string }>(
    `select distinct t.relname as name from pg_constraint k join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and t.relname = any($1) and array_length(k.confkey, 1) <> 2`,
    [tenantTables().map((one) => one.name).filter((one) => !COMPOSITE_PRIMARY.includes(one))],
  );
  expect(rows).toEqual([]);
});

test('partners only read: the role has no right but select, and none to what a client keeps for itself', async () => {
  const grants = await api.database.query<{ right: string; tables: string[] }>(
    `select privilege_type as right, array_agg(table_name::text order by table_name) as tables from information_schema.role_table_grants where grantee = 'gewerk_partner' group by 1`,
  );
  expect(grants.map((one) => one.right)).toEqual(['SELECT']);
  const shared = ['heartbeats', 'installation', 'organisations', 'outages', 'users'];
  const readable = tables.filter((one) => one.roles.includes('gewerk_partner')).map((one) => one.name);
  expect(grants[0]?.tables).toEqual([...readable, ...shared].toSorted());
  for (const closed of ['firms', 'firm_contacts', 'inbound_mails', 'access_links', 'search_documents', 'search_places', 'escalation_policies', 'idempotency_keys']) expect(readable).not.toContain(closed);
});

test('no policy is for everybody, each is for a role', async () => {
  const open = await api.database.query(`select tablename, policyname from pg_policies where schemaname = 'public' and roles = '{public}'`);
  expect(open).toEqual([]);
});

test('no view reads past the policies', async () => {
  const views = await api.database.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions @> array['security_invoker=true'], false)`,
  );
  expect(views).toEqual([]);
});

test('functions with the owner\'s rights fix their search path', async () => {
  const loose = await api.database.query(
    `select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and not exists (select 1 from unnest(coalesce(proconfig, '{}')) c where c like 'search_path=%')`,
  );
  expect(loose).toEqual([]);
});

test('the login of the application is bound: no superuser, no bypass, owner of nothing', async () => {
  const [row] = await api.database.query(
    `select rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole, (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = 'gewerk_app'`,
  );
  expect(row).toEqual({ rolsuper: false, rolbypassrls: false, rolinherit: false, rolcreatedb: false, rolcreaterole: false, owned: 0 });
});
