import { Migration } from '@mikro-orm/migrations';

const ORGANISATION = `nullif(current_setting('app.organisation_id', true), '')::uuid`;

/** Whom an out-of-office note names: for the organisation's people and its processes, never for a link. */
export class Migration20261125000011_deputy_proposals extends Migration {
  override name = 'Migration20261125000011_deputy_proposals';

  override up(): void {
    this.addSql(`create table "deputy_proposals" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "assignment_id" uuid not null, "absent_contact_id" uuid not null, "inbound_mail_id" uuid null, "email" text null, "name" text null, "away_until" date null, "created_at" timestamptz not null, "decision" text null, "decided_at" timestamptz null, "decided_by_user_id" uuid null, primary key ("id"));`);
    this.addSql(`create index "deputy_proposals_organisation_id_assignment_id_index" on "deputy_proposals" ("organisation_id", "assignment_id");`);
    this.addSql(`alter table "deputy_proposals" add constraint "deputy_proposals_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "deputy_proposals" add constraint "deputy_proposals_decision_check" check ("decision" in ('asked', 'dismissed', 'outdated'));`);
    // One question at a time.
    this.addSql(`create unique index deputy_proposals_one_open on deputy_proposals (organisation_id, assignment_id) where decided_at is null;`);
    this.addKeys();
    this.addSql(`grant select, insert, update, delete on deputy_proposals to gewerk_member, gewerk_system;`);
    this.addSql(`alter table deputy_proposals enable row level security;`);
    this.addSql(`alter table deputy_proposals force row level security;`);
    const own = `organisation_id = ${ORGANISATION}`;
    this.addSql(`create policy member_own on deputy_proposals to gewerk_member using (${own}) with check (${own});`);
    this.addSql(`create policy system_own on deputy_proposals to gewerk_system using (${own}) with check (${own});`);
  }

  private addKeys(): void {
    const keys: Readonly<Record<string, string>> = { work_order_id: 'work_orders', assignment_id: 'assignments', absent_contact_id: 'firm_contacts', inbound_mail_id: 'inbound_mails' };
    for (const [column, target] of Object.entries(keys)) {
      this.addSql(`alter table deputy_proposals add constraint deputy_proposals_${column}_foreign foreign key (organisation_id, ${column}) references ${target} (organisation_id, id) on delete restrict deferrable initially deferred;`);
    }
    this.addSql(`alter table deputy_proposals add constraint deputy_proposals_organisation_id_foreign foreign key (organisation_id) references organisations (id) on delete restrict deferrable initially deferred;`);
    this.addSql(`alter table deputy_proposals add constraint deputy_proposals_decided_by_user_id_foreign foreign key (decided_by_user_id) references users (id) on delete restrict deferrable initially deferred;`);
  }
}
