import { Migration } from '@mikro-orm/migrations';

/** Who watches by an address alone wrote under that address, which partners and contractors then read. */
export class Migration20261125000085_nameless_observers extends Migration {
  override name = 'Migration20261125000085_nameless_observers';

  override up(): void {
    for (const table of ['comments', 'attachments']) this.addSql(`alter table ${table} no force row level security;`);
    this.addSql(`update comments set author_name = null where author_observer_id is not null and author_name like '%@%';`);
    this.addSql(`update attachments a set uploaded_by_name = null from comments c where c.id = a.comment_id and c.author_observer_id is not null and a.uploaded_by_name like '%@%';`);
    for (const table of ['comments', 'attachments']) this.addSql(`alter table ${table} force row level security;`);
  }
}
