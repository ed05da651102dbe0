import { Migration } from '@mikro-orm/migrations';

/** Who of a partner answered, and to whom of a partner a mail went. */
export class Migration20261125000050_partner_answers extends Migration {
  override name = 'Migration20261125000050_partner_answers';

  override up(): void {
    this.addSql(`alter table "assignments" add "answered_by_user_id" uuid null;`);
    this.addSql(`alter table "mail_references" add "partnership_id" uuid null;`);
    this.addSql(`alter table assignments add constraint assignments_answered_by_user_id_foreign foreign key (answered_by_user_id) references users (id) on delete restrict deferrable initially deferred;`);
    this.addSql(`alter table mail_references add constraint mail_references_partnership_id_foreign foreign key (organisation_id, partnership_id) references partnerships (organisation_id, id) on delete restrict deferrable initially deferred;`);
  }

  override down(): void {
    this.addSql(`alter table "mail_references" drop column "partnership_id";`);
    this.addSql(`alter table "assignments" drop column "answered_by_user_id";`);
  }
}
