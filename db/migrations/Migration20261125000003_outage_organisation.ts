import { Migration } from '@mikro-orm/migrations';

export class Migration20261125000003_outage_organisation extends Migration {

  override name = 'Migration20261125000003_outage_organisation';

  override up(): void | Promise<void> {
    this.addSql(`alter table "outages" add "organisation_id" uuid null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "outages" drop column "organisation_id";`);
  }

}
