import { Migration } from '@mikro-orm/migrations';

const COMPOSITE_KEYS: readonly [table: string, column: string, target: string][] = [
  ['partnerships', 'firm_id', 'firms'],
  ['workspace_shares', 'partnership_id', 'partnerships'],
  ['workspace_shares', 'workspace_id', 'workspaces'],
  ['asset_shares', 'partnership_id', 'partnerships'],
  ['asset_shares', 'workspace_share_id', 'workspace_shares'],
  ['asset_shares', 'asset_id', 'assets'],
  ['participations', 'partnership_id', 'partnerships'],
  ['participations', 'work_order_id', 'work_orders'],
  ['internal_assignments', 'partnership_id', 'partnerships'],
  ['internal_assignments', 'work_order_id', 'work_orders'],
  ['internal_assignments', 'assignment_id', 'assignments'],
  ['dispatch_rules', 'partnership_id', 'partnerships'],
  ['dispatch_rules', 'workspace_id', 'workspaces'],
  ['assignments', 'partnership_id', 'partnerships'],
  ['observers', 'partnership_id', 'partnerships'],
  ['access_links', 'partnership_id', 'partnerships'],
  ['reply_addresses', 'partnership_id', 'partnerships'],
  ['outbound_mails', 'partnership_id', 'partnerships'],
];

const TENANT_TABLES = ['partnerships', 'workspace_shares', 'asset_shares', 'participations', 'internal_assignments', 'dispatch_rules'] as const;

const USER_COLUMNS: readonly [table: string, column: string][] = [
  ['partnerships', 'invited_by_user_id'],
  ['partnerships', 'accepted_by_user_id'],
  ['partnerships', 'ended_by_user_id'],
  ['internal_assignments', 'member_user_id'],
  ['internal_assignments', 'assigned_by_user_id'],
  ['dispatch_rules', 'member_user_id'],
];

/** Whose rows belong to the organisation of their author, not to that of the order. */
const ORGANISATION_COLUMNS: readonly [table: string, column: string][] = [
  ['partnerships', 'partner_organisation_id'],
  ['internal_assignments', 'author_organisation_id'],
  ['dispatch_rules', 'author_organisation_id'],
  ['comments', 'author_organisation_id'],
  ['attachments', 'author_organisation_id'],
  ['events', 'author_organisation_id'],
];

const ORGANISATION = `nullif(current_setting('app.organisation_id', true), '')::uuid`;
const PARTNERSHIP = `nullif(current_setting('app.partnership_id', true), '')::uuid`;
const PARTNER = `nullif(current_setting('app.partner_organisation_id', true), '')::uuid`;
const INVITATION = `nullif(current_setting('app.invitation_id', true), '')::uuid`;
const OWN = `organisation_id = ${ORGANISATION}`;

/** Inner queries see what their own table's policy for partners lets through; none of them asks back, so nothing recurs. */
const seesOrder = (table: string): string => `exists (select 1 from work_orders o where o.id = ${table}.work_order_id)`;
/** What is said with one firm is none of another's business; an observer hears every side. */
const heardBy = (table: string): string => `(${table}.assignment_id is null
  or exists (select 1 from assignments a where a.id = ${table}.assignment_id)
  or exists (select 1 from participations p where p.work_order_id = ${table}.work_order_id and p.role = 'observer'))`;
const sharedOrOwn = (table: string): string => `((${table}.visibility = 'shared' and ${heardBy(table)}) or ${table}.author_organisation_id = ${PARTNER})`;

/** What somebody of a partner reads in a client's account. The role writes nothing: commands act as the system once they have found their subject through these. */
const PARTNER_READS: Readonly<Record<string, string>> = {
  partnerships: `id = ${PARTNERSHIP} and partner_organisation_id = ${PARTNER} and status in ('accepted', 'ended')`,
  workspace_shares: `partnership_id = ${PARTNERSHIP} and exists (select 1 from partnerships p where p.id = workspace_shares.partnership_id)`,
  asset_shares: `partnership_id = ${PARTNERSHIP} and exists (select 1 from partnerships p where p.id = asset_shares.partnership_id)`,
  participations: `partnership_id = ${PARTNERSHIP} and exists (select 1 from partnerships p where p.id = participations.partnership_id)`,
  workspaces: `exists (select 1 from workspace_shares s where s.workspace_id = workspaces.id)`,
  work_orders: `exists (select 1 from participations p where p.work_order_id = work_orders.id)
    and exists (select 1 from workspace_shares s where s.workspace_id = work_orders.workspace_id and s.is_served)`,
  assets: `exists (select 1 from partnerships p where p.status = 'accepted') and exists (select 1 from workspace_shares s
    where s.workspace_id = assets.workspace_id and s.is_served
      and (s.scope = 'all' or exists (select 1 from asset_shares a where a.workspace_share_id = s.id and a.asset_id = assets.id)))`,
  assignments: `partnership_id = ${PARTNERSHIP} and ${seesOrder('assignments')}`,
  assignment_steps: `exists (select 1 from assignments a where a.id = assignment_steps.assignment_id)`,
  internal_assignments: `partnership_id = ${PARTNERSHIP} and author_organisation_id = ${PARTNER} and ${seesOrder('internal_assignments')}`,
  dispatch_rules: `partnership_id = ${PARTNERSHIP} and author_organisation_id = ${PARTNER} and exists (select 1 from partnerships p where p.id = dispatch_rules.partnership_id)`,
  observers: `partnership_id = ${PARTNERSHIP} and ${seesOrder('observers')}`,
  comments: `${seesOrder('comments')} and ${sharedOrOwn('comments')}`,
  attachments: `${sharedOrOwn('attachments')} and case when attachments.work_order_id is not null then ${seesOrder('attachments')}
    else exists (select 1 from assets t where t.id = attachments.asset_id) end`,
  events: `${seesOrder('events')} and ${heardBy('events')} and (author_organisation_id is null or author_organisation_id = ${PARTNER})`,
  outbound_mails: `partnership_id = ${PARTNERSHIP} and ${seesOrder('outbound_mails')}`,
  processes: `exists (select 1 from assignments a where a.id = processes.subject_id)`,
};

/** Policies for partners, their tables, keys and triggers; what a partner keeps for itself is closed to its client. */
export class Migration20261125000031_partner_policies extends Migration {
  override up(): void {
    this.addKeys();
    this.addUniques();
    this.addTableGrants();
    this.addPartnerReads();
    this.closeToTheOtherSide();
    this.addInvitee();
    this.addParticipationTriggers();
    this.rebuildSearch();
  }

  private addKeys(): void {
    for (const [table, column, target] of COMPOSITE_KEYS) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key (organisation_id, ${column}) ` +
          `references "${target}" (organisation_id, id) on delete restrict deferrable initially deferred;`,
      );
    }
    const plain: [string, string, string][] = [
      ...TENANT_TABLES.map((table): [string, string, string] => [table, 'organisation_id', 'organisations']),
      ...ORGANISATION_COLUMNS.map(([table, column]): [string, string, string] => [table, column, 'organisations']),
      ...USER_COLUMNS.map(([table, column]): [string, string, string] => [table, column, 'users']),
    ];
    for (const [table, column, target] of plain) {
      this.addSql(`alter table "${table}" add constraint "${table}_${column}_foreign" foreign key (${column}) references ${target} (id) on delete restrict deferrable initially deferred;`);
    }
    this.addSql(`alter table access_links add constraint access_links_about_check check ((work_order_id is null) = (purpose = 'invitation') and (partnership_id is null) = (purpose <> 'invitation'));`);
    this.addSql(`alter table partnerships add constraint partnerships_other_organisation_check check (partner_organisation_id <> organisation_id);`);
    this.addSql(`alter table partnerships add constraint partnerships_accepted_check check (status not in ('accepted', 'ended') or (partner_organisation_id is not null and accepted_at is not null));`);
  }

  private addUniques(): void {
    this.addSql(`create unique index partnerships_one_per_firm on partnerships (organisation_id, firm_id) where status in ('invited', 'accepted');`);
    this.addSql(`create unique index partnerships_one_per_partner on partnerships (organisation_id, partner_organisation_id) where status = 'accepted';`);
    this.addSql(`create unique index partnerships_one_invitation on partnerships (organisation_id, invited_email) where status = 'invited';`);
    this.addSql(`create unique index observers_one_per_partner on observers (organisation_id, work_order_id, partnership_id) where partnership_id is not null and left_at is null;`);
    this.addSql(`create unique index dispatch_rules_one_per_place on dispatch_rules (organisation_id, partnership_id, workspace_id) nulls not distinct;`);
  }

  private addTableGrants(): void {
    this.addSql(`grant usage on schema public to gewerk_partner;`);
    for (const table of TENANT_TABLES) {
      this.addSql(`alter table ${table} enable row level security;`);
      this.addSql(`alter table ${table} force row level security;`);
      this.addSql(`grant select, insert, update, delete on ${table} to gewerk_member, gewerk_system;`);
      this.addSql(`create policy system_own on ${table} to gewerk_system using (${OWN}) with check (${OWN});`);
    }
    for (const table of ['partnerships', 'workspace_shares', 'asset_shares', 'participations']) {
      this.addSql(`create policy member_own on ${table} to gewerk_member using (${OWN}) with check (${OWN});`);
    }
    // A session of no account yet finds the partnerships of its user's organisations, and the courier's processes theirs.
    this.addSql(`create policy system_finds on partnerships for select to gewerk_system using (true);`);
    // Partnerships and shares are seen from both sides.
    this.addSql(`create policy member_of_partner on partnerships for select to gewerk_member using (partner_organisation_id = ${ORGANISATION});`);
    this.addSql(`create policy member_of_partner on workspace_shares for select to gewerk_member using (exists (select 1 from partnerships p where p.id = workspace_shares.partnership_id and p.partner_organisation_id = ${ORGANISATION}));`);
  }

  private addPartnerReads(): void {
    for (const [table, condition] of Object.entries(PARTNER_READS)) {
      this.addSql(`grant select on ${table} to gewerk_partner;`);
      this.addSql(`create policy partner_reads on ${table} for select to gewerk_partner using (${OWN} and ${condition});`);
    }
    this.addSql(`grant select on memberships to gewerk_partner;`);
    this.addSql(`create policy partner_colleagues on memberships for select to gewerk_partner using (organisation_id = ${PARTNER});`);
    this.addSql(`grant select on organisations, users, heartbeats, outages, installation to gewerk_partner;`);
  }

  /** The client's people don't read what a partner keeps for itself; whom the work was given to only where the partner shows it. */
  private closeToTheOtherSide(): void {
    for (const table of ['comments', 'attachments']) {
      const mine = `${OWN} and (visibility = 'shared' or author_organisation_id = ${ORGANISATION})`;
      this.addSql(`drop policy member_own on ${table};`);
      this.addSql(`create policy member_own on ${table} to gewerk_member using (${mine}) with check (${mine});`);
    }
    const seen = `${OWN} and (author_organisation_id is null or author_organisation_id = ${ORGANISATION})`;
    this.addSql(`drop policy member_own on events;`);
    this.addSql(`create policy member_own on events to gewerk_member using (${seen}) with check (${seen});`);
    for (const table of ['internal_assignments', 'dispatch_rules']) {
      this.addSql(`create policy member_author on ${table} to gewerk_member using (author_organisation_id = ${ORGANISATION}) with check (author_organisation_id = ${ORGANISATION});`);
    }
    this.addSql(`create policy member_shown on internal_assignments for select to gewerk_member using (${OWN} and exists (select 1 from partnerships p where p.id = internal_assignments.partnership_id and p.shows_people));`);
  }

  /** The holder of an invitation's link reads that invitation; what they answer is written by the system. */
  private addInvitee(): void {
    const INVITEE_READS: Readonly<Record<string, string>> = {
      partnerships: `id = ${INVITATION}`,
      access_links: `partnership_id = ${INVITATION}`,
      workspace_shares: `partnership_id = ${INVITATION}`,
      workspaces: `exists (select 1 from workspace_shares s where s.workspace_id = workspaces.id and s.partnership_id = ${INVITATION})`,
    };
    this.addSql(`grant select on partnerships, workspace_shares to gewerk_link;`);
    for (const [table, condition] of Object.entries(INVITEE_READS)) {
      this.addSql(`create policy invitee_reads on ${table} for select to gewerk_link using (${OWN} and ${condition});`);
    }
  }

  private addParticipationTriggers(): void {
    this.addSql(`create function follow_assignment() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      begin
        if new.partnership_id is null or new.status not in ('offered', 'accepted', 'done') then
          if tg_op = 'UPDATE' and old.partnership_id is not null then delete from participations where id = new.id; end if;
        else
          insert into participations (id, organisation_id, partnership_id, work_order_id, role)
          values (new.id, new.organisation_id, new.partnership_id, new.work_order_id, 'contractor') on conflict (id) do nothing;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger assignment_participation after insert or update of status, partnership_id on assignments for each row execute function follow_assignment();`);
    this.addSql(`create function follow_observer() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      begin
        if new.partnership_id is null or new.left_at is not null or new.is_proposed then
          if tg_op = 'UPDATE' and old.partnership_id is not null then delete from participations where id = new.id; end if;
        else
          insert into participations (id, organisation_id, partnership_id, work_order_id, role)
          values (new.id, new.organisation_id, new.partnership_id, new.work_order_id, 'observer') on conflict (id) do nothing;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger observer_participation after insert or update of left_at, is_proposed, partnership_id on observers for each row execute function follow_observer();`);
  }

  /** One document per audience: internal words stay with the side that wrote them, one firm's with that firm. */
  private rebuildSearch(): void {
    this.addSql(`alter table search_documents add side_organisation_id uuid, add assignment_id uuid;`);
    this.addSql(`update search_documents d set side_organisation_id = d.organisation_id where d.audience = 'internal';`);
    this.addSql(`update search_documents d set assignment_id = c.assignment_id from comments c where c.id = d.source_id;`);
    this.addSql(`create or replace function index_comment() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        insert into search_documents (organisation_id, work_order_id, audience, side_organisation_id, assignment_id, source_id, words)
        values (new.organisation_id, new.work_order_id, new.visibility, case new.visibility when 'internal' then new.author_organisation_id end,
                new.assignment_id, new.id, gewerk_words('D', new.body))
        on conflict (work_order_id, source_id) do update set words = excluded.words;
        return null;
      end $$;`);
    this.addSql(`create or replace function search_work_orders(query text, most integer) returns table (work_order_id uuid, rank real)
      language sql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan as $$
        with words as (select search_query(query) as q)
        select d.work_order_id, max(ts_rank(d.words, words.q)) as rank
          from search_documents d, words
         where d.organisation_id = ${ORGANISATION} and d.words @@ words.q
           and (d.audience = 'shared' or (d.side_organisation_id = ${ORGANISATION} and current_setting('app.sees_internal', true) is distinct from 'false'))
         group by d.work_order_id order by rank desc, d.work_order_id desc limit most $$;`);
    // The caller gives the orders and assignments that it sees under its own policies: the function knows none.
    this.addSql(`create function search_partner_orders(query text, orders uuid[], own_assignments uuid[], most integer) returns table (work_order_id uuid, rank real)
      language sql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan as $$
        with words as (select search_query(query) as q)
        select d.work_order_id, max(ts_rank(d.words, words.q)) as rank
          from search_documents d, words
         where d.organisation_id = ${ORGANISATION} and d.work_order_id = any(orders) and d.words @@ words.q
           and ((d.audience = 'shared' and (d.assignment_id is null or d.assignment_id = any(own_assignments))) or d.side_organisation_id = ${PARTNER})
         group by d.work_order_id order by rank desc, d.work_order_id desc limit most $$;`);
    this.addSql(`revoke all on function search_partner_orders(text, uuid[], uuid[], integer) from public;`);
    this.addSql(`grant execute on function search_partner_orders(text, uuid[], uuid[], integer) to gewerk_partner;`);
    this.addSql(`grant execute on function gewerk_words("char", text), number_words(text), search_query(text) to gewerk_partner;`);
  }
}
