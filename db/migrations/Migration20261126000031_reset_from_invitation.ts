import { Migration } from '@mikro-orm/migrations';

/** A new password that is asked for on an invitation's page leads back to that invitation. */
export class Migration20261126000031_reset_from_invitation extends Migration {
  override name = 'Migration20261126000031_reset_from_invitation';

  override up(): void {
    this.addSql(`alter table "account_tokens" add "partnership_id" uuid null;`);
    this.addSql(`alter table account_tokens add constraint account_tokens_partnership_id_foreign foreign key (organisation_id, partnership_id) references partnerships (organisation_id, id) on delete restrict deferrable initially deferred;`);
    this.addSql(`alter table account_tokens add constraint account_tokens_invitation_check check (partnership_id is null or (purpose = 'reset_password' and organisation_id is not null));`);
  }

  override down(): void {
    this.addSql(`alter table "account_tokens" drop column "partnership_id";`);
  }
}
