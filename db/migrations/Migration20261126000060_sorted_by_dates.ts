import { Migration } from '@mikro-orm/migrations';

/**
 * Who sorts by a date sorts by the id next: without it in the index, all rows that have no such date (closed ones have no
 * *answer by*) were read and sorted for one page.
 */
export class Migration20261126000060_sorted_by_dates extends Migration {
  override name = 'Migration20261126000060_sorted_by_dates';

  override up(): void {
    for (const date of ['due_on', 'answer_due_at']) {
      this.addSql(`create index "work_orders_organisation_id_${date}_id_index" on "work_orders" ("organisation_id", "${date}", "id");`);
      this.addSql(`drop index "work_orders_organisation_id_${date}_index";`);
    }
  }
}
