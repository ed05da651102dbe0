import { Migration } from '@mikro-orm/migrations';

/** An invited person is shown as they were typed until they join: whether their address had a login before is not told. */
export class Migration20261125000081_invited_as extends Migration {
  override name = 'Migration20261125000081_invited_as';

  override up(): void {
    this.addSql(`alter table memberships add invited_name text null, add invited_locale text null;`);
    this.addSql(`alter table memberships add constraint memberships_invited_locale_check check (invited_locale in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);
  }
}
