import { Migration } from '@mikro-orm/migrations';

export class Migration20261125000030_partners extends Migration {

  override name = 'Migration20261125000030_partners';

  override up(): void | Promise<void> {
    this.addSql(`create table "asset_shares" ("id" uuid not null, "organisation_id" uuid not null, "partnership_id" uuid not null, "workspace_share_id" uuid not null, "asset_id" uuid not null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "asset_shares_organisation_id_workspace_share_id_index" on "asset_shares" ("organisation_id", "workspace_share_id");`);
    this.addSql(`alter table "asset_shares" add constraint "asset_shares_organisation_id_partnership_id_asset_id_unique" unique ("organisation_id", "partnership_id", "asset_id");`);

    this.addSql(`create table "dispatch_rules" ("id" uuid not null, "organisation_id" uuid not null, "author_organisation_id" uuid not null, "partnership_id" uuid not null, "workspace_id" uuid null, "member_user_id" uuid null, "email" text null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "dispatch_rules_organisation_id_partnership_id_index" on "dispatch_rules" ("organisation_id", "partnership_id");`);
    this.addSql(`create index "dispatch_rules_author_organisation_id_index" on "dispatch_rules" ("author_organisation_id");`);

    this.addSql(`create table "internal_assignments" ("id" uuid not null, "organisation_id" uuid not null, "author_organisation_id" uuid not null, "partnership_id" uuid not null, "work_order_id" uuid not null, "assignment_id" uuid not null, "member_user_id" uuid null, "assigned_by_user_id" uuid null, "assigned_at" timestamptz null, "own_reference" text null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "internal_assignments_organisation_id_work_order_id_index" on "internal_assignments" ("organisation_id", "work_order_id");`);
    this.addSql(`create index "internal_assignments_author_organisation_id_member_587f9_index" on "internal_assignments" ("author_organisation_id", "member_user_id");`);
    this.addSql(`alter table "internal_assignments" add constraint "internal_assignments_organisation_id_assignment_id_unique" unique ("organisation_id", "assignment_id");`);

    this.addSql(`create table "participations" ("id" uuid not null, "organisation_id" uuid not null, "partnership_id" uuid not null, "work_order_id" uuid not null, "role" text not null, primary key ("id"));`);
    this.addSql(`create index "participations_organisation_id_partnership_id_work_d76d6_index" on "participations" ("organisation_id", "partnership_id", "work_order_id");`);
    this.addSql(`create index "participations_organisation_id_work_order_id_index" on "participations" ("organisation_id", "work_order_id");`);

    this.addSql(`create table "partnerships" ("id" uuid not null, "organisation_id" uuid not null, "firm_id" uuid not null, "partner_organisation_id" uuid null, "status" text not null default 'invited', "invited_email" text not null, "invited_name" text null, "locale" text not null, "message" text null, "invited_by_user_id" uuid not null, "invited_at" timestamptz not null, "round" int not null default 1, "round_started_at" timestamptz not null, "valid_until" timestamptz not null, "reminded_at" timestamptz null, "last_reminded_at" timestamptz null, "bounced_at" timestamptz null, "accepted_at" timestamptz null, "accepted_by_user_id" uuid null, "closed_at" timestamptz null, "decline_reason" text null, "other_email" text null, "other_email_at" timestamptz null, "shows_people" boolean not null default false, "ends_on" date null, "ended_at" timestamptz null, "ended_by_user_id" uuid null, "ended_by_side" text null, "end_reason" text null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "partnerships_organisation_id_status_created_at_index" on "partnerships" ("organisation_id", "status", "created_at");`);
    this.addSql(`create index "partnerships_organisation_id_firm_id_index" on "partnerships" ("organisation_id", "firm_id");`);
    this.addSql(`create index "partnerships_partner_organisation_id_status_index" on "partnerships" ("partner_organisation_id", "status");`);
    this.addSql(`create index "partnerships_invited_email_status_index" on "partnerships" ("invited_email", "status");`);
    this.addSql(`alter table "partnerships" add constraint "partnerships_organisation_id_id_unique" unique ("organisation_id", "id");`);

    this.addSql(`create table "workspace_shares" ("id" uuid not null, "organisation_id" uuid not null, "partnership_id" uuid not null, "workspace_id" uuid not null, "scope" text not null default 'all', "is_served" boolean not null default true, "not_served_reason" text null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "workspace_shares_organisation_id_workspace_id_index" on "workspace_shares" ("organisation_id", "workspace_id");`);
    this.addSql(`alter table "workspace_shares" add constraint "workspace_shares_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "workspace_shares" add constraint "workspace_shares_organisation_id_partnership_id_w_fe3fa_unique" unique ("organisation_id", "partnership_id", "workspace_id");`);

    this.addSql(`alter table "access_links" drop constraint "access_links_purpose_check";`);
    this.addSql(`alter table "access_links" add "partnership_id" uuid null;`);
    this.addSql(`alter table "access_links" alter column "work_order_id" drop not null;`);
    this.addSql(`alter table "access_links" add constraint "access_links_purpose_check" check ("purpose" in ('assignment', 'observer', 'file_request', 'invitation'));`);

    this.addSql(`alter table "assignments" add "partnership_id" uuid null;`);
    this.addSql(`create index "assignments_organisation_id_partnership_id_status_index" on "assignments" ("organisation_id", "partnership_id", "status");`);

    this.addSql(`alter table "events" add "author_organisation_id" uuid null;`);
    this.addSql(`create index "events_organisation_id_subject_id_occurred_at_index" on "events" ("organisation_id", "subject_id", "occurred_at");`);

    this.addSql(`alter table "observers" add "partnership_id" uuid null;`);

    this.addSql(`alter table "outbound_mails" add "partnership_id" uuid null;`);

    this.addSql(`alter table "outbox" drop constraint "outbox_kind_check";`);
    this.addSql(`alter table "outbox" add constraint "outbox_kind_check" check ("kind" in ('assignment', 'mail', 'inbound', 'digest', 'file-request', 'invitation'));`);

    this.addSql(`alter table "processes" drop constraint "processes_kind_check";`);
    this.addSql(`alter table "processes" add constraint "processes_kind_check" check ("kind" in ('assignment', 'mail', 'inbound', 'digest', 'file-request', 'invitation'));`);

    this.addSql(`alter table "reply_addresses" add "partnership_id" uuid null;`);

    this.addSql(`alter table "participations" add constraint "participations_role_check" check ("role" in ('contractor', 'observer'));`);

    this.addSql(`alter table "partnerships" add constraint "partnerships_status_check" check ("status" in ('invited', 'accepted', 'declined', 'expired', 'withdrawn', 'ended'));`);
    this.addSql(`alter table "partnerships" add constraint "partnerships_locale_check" check ("locale" in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);
    this.addSql(`alter table "partnerships" add constraint "partnerships_ended_by_side_check" check ("ended_by_side" in ('client', 'partner'));`);

    this.addSql(`alter table "workspace_shares" add constraint "workspace_shares_scope_check" check ("scope" in ('all', 'chosen'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "asset_shares" cascade;`);
    this.addSql(`drop table if exists "dispatch_rules" cascade;`);
    this.addSql(`drop table if exists "internal_assignments" cascade;`);
    this.addSql(`drop table if exists "participations" cascade;`);
    this.addSql(`drop table if exists "partnerships" cascade;`);
    this.addSql(`drop table if exists "workspace_shares" cascade;`);

    this.addSql(`alter table "access_links" drop constraint "access_links_purpose_check";`);
    this.addSql(`alter table "access_links" drop column "partnership_id";`);
    this.addSql(`alter table "access_links" alter column "work_order_id" set not null;`);
    this.addSql(`alter table "access_links" add constraint "access_links_purpose_check" check ("purpose" in ('assignment', 'observer', 'file_request'));`);

    this.addSql(`drop index "assignments_organisation_id_partnership_id_status_index";`);
    this.addSql(`alter table "assignments" drop column "partnership_id";`);

    this.addSql(`drop index "events_organisation_id_subject_id_occurred_at_index";`);
    this.addSql(`alter table "events" drop column "author_organisation_id";`);

    this.addSql(`alter table "observers" drop column "partnership_id";`);

    this.addSql(`alter table "outbound_mails" drop column "partnership_id";`);

    this.addSql(`alter table "outbox" drop constraint "outbox_kind_check";`);
    this.addSql(`alter table "outbox" add constraint "outbox_kind_check" check ("kind" in ('assignment', 'mail', 'inbound', 'digest', 'file-request'));`);

    this.addSql(`alter table "processes" drop constraint "processes_kind_check";`);
    this.addSql(`alter table "processes" add constraint "processes_kind_check" check ("kind" in ('assignment', 'mail', 'inbound', 'digest', 'file-request'));`);

    this.addSql(`alter table "reply_addresses" drop column "partnership_id";`);
  }

}
