import { Migration } from '@mikro-orm/migrations';

/** Keys between tenant tables carry the organisation, so that no row can point into another tenant. */
const COMPOSITE_KEYS: readonly [table: string, column: string, target: string][] = [
  ['assets', 'workspace_id', 'workspaces'],
  ['assets', 'parent_id', 'assets'],
  ['firm_contacts', 'firm_id', 'firms'],
  ['work_orders', 'workspace_id', 'workspaces'],
  ['work_orders', 'asset_id', 'assets'],
  ['work_orders', 'earlier_order_id', 'work_orders'],
  ['assignments', 'work_order_id', 'work_orders'],
  ['assignments', 'firm_id', 'firms'],
  ['assignments', 'contact_id', 'firm_contacts'],
  ['assignments', 'previous_assignment_id', 'assignments'],
  ['assignments', 'answered_by_contact_id', 'firm_contacts'],
  ['assignment_steps', 'work_order_id', 'work_orders'],
  ['assignment_steps', 'assignment_id', 'assignments'],
  ['access_links', 'work_order_id', 'work_orders'],
  ['access_links', 'assignment_id', 'assignments'],
  ['access_links', 'observer_id', 'observers'],
  ['access_links', 'file_request_id', 'file_requests'],
  ['access_links', 'contact_id', 'firm_contacts'],
  ['reply_addresses', 'work_order_id', 'work_orders'],
  ['reply_addresses', 'assignment_id', 'assignments'],
  ['reply_addresses', 'observer_id', 'observers'],
  ['reply_addresses', 'contact_id', 'firm_contacts'],
  ['comments', 'work_order_id', 'work_orders'],
  ['comments', 'assignment_id', 'assignments'],
  ['comments', 'author_contact_id', 'firm_contacts'],
  ['comments', 'author_observer_id', 'observers'],
  ['comments', 'inbound_mail_id', 'inbound_mails'],
  ['attachments', 'work_order_id', 'work_orders'],
  ['attachments', 'asset_id', 'assets'],
  ['attachments', 'comment_id', 'comments'],
  ['attachments', 'assignment_id', 'assignments'],
  ['attachments', 'inbound_mail_id', 'inbound_mails'],
  ['attachments', 'uploaded_by_contact_id', 'firm_contacts'],
  ['uploads', 'work_order_id', 'work_orders'],
  ['uploads', 'assignment_id', 'assignments'],
  ['uploads', 'observer_id', 'observers'],
  ['uploads', 'file_request_id', 'file_requests'],
  ['uploads', 'attachment_id', 'attachments'],
  ['observers', 'work_order_id', 'work_orders'],
  ['file_requests', 'work_order_id', 'work_orders'],
  ['file_requests', 'comment_id', 'comments'],
  ['file_requests', 'assignment_id', 'assignments'],
  ['file_requests', 'observer_id', 'observers'],
  ['file_requests', 'contact_id', 'firm_contacts'],
  ['events', 'work_order_id', 'work_orders'],
  ['events', 'assignment_id', 'assignments'],
  ['digest_items', 'work_order_id', 'work_orders'],
  ['digest_items', 'mail_id', 'outbound_mails'],
  ['mail_threads', 'work_order_id', 'work_orders'],
  ['outbound_mails', 'work_order_id', 'work_orders'],
  ['outbound_mails', 'assignment_id', 'assignments'],
  ['outbound_mails', 'thread_id', 'mail_threads'],
  ['outbound_mails', 'to_contact_id', 'firm_contacts'],
  ['outbound_mails', 'to_observer_id', 'observers'],
  ['outbound_mails', 'resend_of_mail_id', 'outbound_mails'],
  ['mail_references', 'work_order_id', 'work_orders'],
  ['inbound_mails', 'work_order_id', 'work_orders'],
  ['inbound_mails', 'assignment_id', 'assignments'],
];

/** Tenant tables: whole rows belong to one organisation. */
const TENANT_TABLES = [
  'escalation_policies', 'memberships', 'workspaces', 'assets', 'firms', 'firm_contacts', 'work_orders',
  'work_order_counters', 'assignments', 'assignment_steps', 'access_links', 'reply_addresses', 'comments',
  'attachments', 'uploads', 'observers', 'file_requests', 'events', 'digest_items', 'mail_threads',
  'outbound_mails', 'mail_references', 'mail_events', 'inbound_mails', 'idempotency_keys',
] as const;

const USER_COLUMNS: readonly [table: string, column: string][] = [
  ['memberships', 'user_id'],
  ['credentials', 'user_id'],
  ['sessions', 'user_id'],
  ['account_tokens', 'user_id'],
  ['workspaces', 'default_responsible_user_id'],
  ['work_orders', 'reporter_user_id'],
  ['work_orders', 'responsible_user_id'],
  ['assignments', 'member_user_id'],
  ['assignments', 'offered_by_user_id'],
  ['comments', 'author_user_id'],
  ['observers', 'user_id'],
];

const ORGANISATION = `nullif(current_setting('app.organisation_id', true), '')::uuid`;
const USER = `nullif(current_setting('app.user_id', true), '')::uuid`;
const ORDER = `nullif(current_setting('app.work_order_id', true), '')::uuid`;
const ASSIGNMENT = `nullif(current_setting('app.assignment_id', true), '')::uuid`;

/** A contractor never sees what another firm wrote or sent on the same order; observers see every side. */
const NO_OTHER_FIRM = `(assignment_id is null or ${ASSIGNMENT} is null or assignment_id = ${ASSIGNMENT})`;

/** Id-only tables that the system role reads across tenants, to find the one to work in. */
const SYSTEM_READS_ACROSS = ['access_links', 'reply_addresses', 'mail_references', 'memberships'] as const;

/** What a public link may read and write of its order: condition per table, beside the organisation's. */
const LINK_TABLES: Readonly<Record<string, { reads: string; writes?: 'insert' | 'insert, update' | 'update' }>> = {
  work_orders: { reads: `id = ${ORDER}`, writes: 'update' },
  assignments: { reads: `work_order_id = ${ORDER}`, writes: 'update' },
  assignment_steps: { reads: `work_order_id = ${ORDER}` },
  access_links: { reads: `work_order_id = ${ORDER}`, writes: 'insert, update' },
  reply_addresses: { reads: `work_order_id = ${ORDER}`, writes: 'insert, update' },
  comments: { reads: `work_order_id = ${ORDER} and visibility = 'shared' and ${NO_OTHER_FIRM}`, writes: 'insert' },
  attachments: { reads: `work_order_id = ${ORDER} and visibility = 'shared' and ${NO_OTHER_FIRM}`, writes: 'insert, update' },
  uploads: { reads: `work_order_id = ${ORDER}`, writes: 'insert, update' },
  observers: { reads: `work_order_id = ${ORDER}`, writes: 'insert, update' },
  file_requests: { reads: `work_order_id = ${ORDER}`, writes: 'update' },
  events: { reads: `work_order_id = ${ORDER}`, writes: 'insert' },
  digest_items: { reads: `work_order_id = ${ORDER}`, writes: 'insert' },
  mail_threads: { reads: `work_order_id = ${ORDER}`, writes: 'insert' },
  outbound_mails: { reads: `work_order_id = ${ORDER}`, writes: 'insert' },
  workspaces: { reads: `exists (select 1 from work_orders o where o.workspace_id = workspaces.id)` },
  firms: { reads: `exists (select 1 from assignments a where a.firm_id = firms.id and a.id = ${ASSIGNMENT})` },
  firm_contacts: {
    reads: `exists (select 1 from assignments a where a.firm_id = firm_contacts.firm_id and a.id = ${ASSIGNMENT})`,
  },
  memberships: { reads: 'removed_at is null' },
  escalation_policies: { reads: 'true' },
};

export class Migration20261125000002_keys_and_policies extends Migration {
  override up(): void {
    this.addKeys();
    this.addSearch();
    this.addNotifications();
    this.addSingleOpenAssignment();
    this.grantRoles();
    this.addPolicies();
  }

  private addKeys(): void {
    for (const [table, column, target] of COMPOSITE_KEYS) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key (organisation_id, ${column}) ` +
          `references "${target}" (organisation_id, id) on delete restrict deferrable initially deferred;`,
      );
    }
    for (const table of TENANT_TABLES) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_organisation_id_foreign" foreign key (organisation_id) references organisations (id) on delete restrict deferrable initially deferred;`,
      );
    }
    for (const [table, column] of USER_COLUMNS) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key (${column}) references users (id) on delete restrict deferrable initially deferred;`,
      );
    }
    this.addSql(`insert into installation (id) values (1);`);
    this.addSql(`create table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);`);
  }

  /**
   * Full text can't use its index under row-level security (`@@` is not leakproof), so the words stand in a table that
   * no role may read; one function searches it within the session's organisation, and results are read again under the policies.
   */
  private addSearch(): void {
    this.addSql(`create table search_documents (
      organisation_id uuid not null, work_order_id uuid not null, audience text not null check (audience in ('shared', 'internal')),
      source_id uuid not null, words tsvector not null, primary key (work_order_id, source_id),
      foreign key (organisation_id, work_order_id) references work_orders (organisation_id, id) on delete cascade);`);
    this.addSql(`create index search_documents_words on search_documents using gin (words);`);
    this.addSql(`create function gewerk_words(weight "char", content text) returns tsvector language sql immutable set search_path = pg_catalog, public as $$
      select setweight(to_tsvector('german', coalesce(content, '')) || to_tsvector('english', coalesce(content, '')) || to_tsvector('simple', coalesce(content, '')), weight) $$;`);
    // `M-2026-00042` is also found by 00042 and by 42, which the parser would read as numbers with a sign.
    this.addSql(`create function number_words(number text) returns text language sql immutable set search_path = pg_catalog as $$
      select number || ' ' || replace(number, '-', ' ') || ' ' || ltrim(split_part(number, '-', 3), '0') $$;`);
    this.addSql(`create function index_work_order() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        insert into search_documents (organisation_id, work_order_id, audience, source_id, words)
        values (new.organisation_id, new.id, 'shared', new.id,
                gewerk_words('A', number_words(new.number) || ' ' || new.title) || gewerk_words('B', new.description) ||
                gewerk_words('C', coalesce(new.location_text, '') || ' ' || coalesce(new.client_reference, '') || ' ' || coalesce(new.contractor_reference, '')))
        on conflict (work_order_id, source_id) do update set words = excluded.words;
        return null;
      end $$;`);
    this.addSql(`create trigger work_order_words after insert or update of number, title, description, location_text, client_reference, contractor_reference
      on work_orders for each row execute function index_work_order();`);
    this.addSql(`create function index_comment() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        insert into search_documents (organisation_id, work_order_id, audience, source_id, words)
        values (new.organisation_id, new.work_order_id, new.visibility, new.id, gewerk_words('D', new.body))
        on conflict (work_order_id, source_id) do update set words = excluded.words;
        return null;
      end $$;`);
    this.addSql(`create trigger comment_words after insert or update of body on comments for each row execute function index_comment();`);
    // Whole words in both languages, or beginnings of words: people search while they type.
    this.addSql(`create function search_query(query text) returns tsquery language sql immutable set search_path = pg_catalog, public as $$
      select websearch_to_tsquery('german', query) || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query) ||
        coalesce((select to_tsquery('simple', string_agg(quote_literal(word) || ':*', ' & '))
                    from regexp_split_to_table(translate(query, '''\\', '  '), '\\s+') as word where char_length(word) >= 2), ''::tsquery) $$;`);
    // A plan for words that aren't known yet reads every document: 240 ms instead of 40 from a session's sixth search on.
    this.addSql(`create function search_work_orders(query text, most integer) returns table (work_order_id uuid, rank real)
      language sql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan as $$
        with words as (select search_query(query) as q)
        select d.work_order_id, max(ts_rank(d.words, words.q)) as rank
          from search_documents d, words
         where d.organisation_id = ${ORGANISATION} and d.words @@ words.q
           and (d.audience = 'shared' or current_setting('app.sees_internal', true) is distinct from 'false')
         group by d.work_order_id order by rank desc, d.work_order_id desc limit most $$;`);
    this.addSql(`revoke all on function search_work_orders(text, integer) from public;`);
    this.addSql(`grant execute on function search_work_orders(text, integer) to gewerk_member, gewerk_system;`);
  }

  /** Wakes the courier and the live streams; payloads are ids. Sent on commit, so a listener sees what it is told of. */
  private addNotifications(): void {
    this.addSql(`create function announce_outbox() returns trigger language plpgsql as $$
      begin perform pg_notify('gewerk_outbox', ''); return null; end $$;`);
    this.addSql(`create trigger outbox_announced after insert on outbox for each statement execute function announce_outbox();`);
    this.addSql(`create function announce_event() returns trigger language plpgsql as $$
      begin
        perform pg_notify('gewerk_events', json_build_object('o', new.organisation_id, 'e', new.name, 'w', new.work_order_id, 'a', new.assignment_id)::text);
        return null;
      end $$;`);
    this.addSql(`create trigger events_announced after insert on events for each row execute function announce_event();`);
  }

  /** One open assignment of an order per assignee. */
  private addSingleOpenAssignment(): void {
    this.addSql(`create unique index assignments_one_open_per_firm on assignments (organisation_id, work_order_id, firm_id)
      where firm_id is not null and status in ('offered', 'accepted', 'done');`);
    this.addSql(`create unique index assignments_one_open_per_member on assignments (organisation_id, work_order_id, member_user_id)
      where member_user_id is not null and status in ('offered', 'accepted', 'done');`);
    this.addSql(`create unique index observers_one_per_user on observers (organisation_id, work_order_id, user_id) where user_id is not null and left_at is null;`);
    this.addSql(`create unique index observers_one_per_email on observers (organisation_id, work_order_id, email) where email is not null and left_at is null;`);
    this.addSql(`create unique index inbound_mails_once_per_organisation on inbound_mails (organisation_id, work_order_id, message_id) where message_id is not null and status = 'processed';`);
  }

  private grantRoles(): void {
    this.addSql(`grant usage on schema public to gewerk_member, gewerk_link, gewerk_system, gewerk_operator;`);
    for (const table of TENANT_TABLES) {
      this.addSql(`grant select, insert, update, delete on ${table} to gewerk_member, gewerk_system;`);
    }
    for (const [table, rule] of Object.entries(LINK_TABLES)) {
      this.addSql(`grant select${rule.writes ? `, ${rule.writes}` : ''} on ${table} to gewerk_link;`);
    }
    this.addSql(`grant select, insert, update on organisations, users, account_tokens to gewerk_member, gewerk_system;`);
    this.addSql(`grant select, insert, update on credentials, sessions to gewerk_system;`);
    this.addSql(`grant select on organisations, users to gewerk_link;`);
    this.addSql(`grant select, insert, update, delete on outbox, processes to gewerk_system;`);
    this.addSql(`grant insert on outbox to gewerk_member, gewerk_link;`);
    this.addSql(`grant select on processes to gewerk_member, gewerk_link, gewerk_operator;`);
    this.addSql(`grant select, insert, update on heartbeats, outages to gewerk_system;`);
    this.addSql(`grant select on heartbeats, outages, installation to gewerk_member, gewerk_link, gewerk_system, gewerk_operator;`);
    this.addSql(`grant update on installation to gewerk_operator, gewerk_system;`);
    this.addSql(`grant select on outbox to gewerk_operator, gewerk_member, gewerk_link;`);
    this.addSql(`grant select, insert, update, delete on rate_limits to gewerk_system;`);
    this.addSql(`grant execute on function gewerk_words("char", text), number_words(text), search_query(text) to gewerk_member, gewerk_link, gewerk_system;`);
  }

  private addPolicies(): void {
    const own = `organisation_id = ${ORGANISATION}`;
    for (const table of TENANT_TABLES) {
      this.secure(table);
      this.addSql(`create policy member_own on ${table} to gewerk_member using (${own}) with check (${own});`);
      this.addSql(`create policy system_own on ${table} to gewerk_system using (${own}) with check (${own});`);
    }
    for (const [table, rule] of Object.entries(LINK_TABLES)) {
      const where = `${own} and ${rule.reads}`;
      this.addSql(`create policy link_reads on ${table} for select to gewerk_link using (${where});`);
      if (rule.writes?.includes('insert')) this.addSql(`create policy link_adds on ${table} for insert to gewerk_link with check (${where});`);
      if (rule.writes?.includes('update')) this.addSql(`create policy link_changes on ${table} for update to gewerk_link using (${where}) with check (${where});`);
    }
    for (const table of SYSTEM_READS_ACROSS) {
      this.addSql(`create policy system_finds on ${table} for select to gewerk_system using (true);`);
    }
    this.addSql(`create policy member_self on memberships for select to gewerk_member using (user_id = ${USER});`);
    // Undecided mails and mails of the installation belong to no organisation; the intake must be able to file and find them.
    for (const table of ['inbound_mails', 'outbound_mails', 'mail_events']) {
      this.addSql(`create policy system_unowned on ${table} to gewerk_system using (organisation_id is null) with check (organisation_id is null);`);
    }
    this.secure('processes');
    this.addSql(`create policy member_own on processes for select to gewerk_member using (${own});`);
    this.addSql(`create policy link_own on processes for select to gewerk_link using (${own} and work_order_id = ${ORDER});`);
    this.addSql(`create policy system_all on processes to gewerk_system using (true) with check (true);`);
    this.addSql(`create policy operator_reads on processes for select to gewerk_operator using (true);`);
  }

  private secure(table: string): void {
    this.addSql(`alter table ${table} enable row level security;`);
    this.addSql(`alter table ${table} force row level security;`);
  }
}
