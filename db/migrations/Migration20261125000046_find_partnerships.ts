import { Migration } from '@mikro-orm/migrations';

/** Only a session that is in no organisation yet finds partnerships of all: whose account is it? Inside one, the system sees that one's. */
export class Migration20261125000046_find_partnerships extends Migration {
  override name = 'Migration20261125000046_find_partnerships';

  override up(): void {
    this.addSql(`drop policy system_finds on partnerships;`);
    this.addSql(`create policy system_finds on partnerships for select to gewerk_system using (nullif(current_setting('app.organisation_id', true), '') is null);`);
  }
}
