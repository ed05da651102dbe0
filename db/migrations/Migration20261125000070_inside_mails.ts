import { Migration } from '@mikro-orm/migrations';

const OWN = `organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid`;

/** What a reply address was given for, so that an answer to a partner's own matters never comes before its client. */
export class Migration20261125000070_inside_mails extends Migration {
  override name = 'Migration20261125000070_inside_mails';

  override up(): void {
    this.addSql(`alter table "inbound_mails" add "partnership_id" uuid null, add "is_internal" boolean not null default false;`);
    for (const table of ['mail_references', 'reply_addresses']) {
      this.addSql(`alter table "${table}" add "inside" text null;`);
      this.addSql(`alter table "${table}" add constraint "${table}_inside_check" check ("inside" in ('work', 'words'));`);
    }
    this.addSql(`alter table inbound_mails add constraint inbound_mails_partnership_id_foreign foreign key (organisation_id, partnership_id) references partnerships (organisation_id, id) on delete restrict deferrable initially deferred;`);
    const rule = `${OWN} and not is_internal and (comment_id is null or exists (select 1 from comments c where c.organisation_id = inbound_mails.organisation_id and c.id = inbound_mails.comment_id))`;
    this.addSql(`drop policy member_own on inbound_mails;`);
    this.addSql(`create policy member_own on inbound_mails to gewerk_member using (${rule}) with check (${rule});`);
  }

  override down(): void {
    this.addSql(`alter table inbound_mails drop constraint inbound_mails_partnership_id_foreign;`);
    this.addSql(`alter table "inbound_mails" drop column "partnership_id", drop column "is_internal";`);
    for (const table of ['mail_references', 'reply_addresses']) this.addSql(`alter table "${table}" drop column "inside";`);
  }
}
