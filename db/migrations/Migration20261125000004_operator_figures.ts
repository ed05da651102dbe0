import { Migration } from '@mikro-orm/migrations';

/** What the health page counts across all tenants: columns of ids, statuses and instants, never a text. */
const FIGURES: Readonly<Record<string, string>> = {
  assignments: 'id, organisation_id, status, work_order_id, offered_at',
  outbound_mails: 'id, organisation_id, status, created_at',
  inbound_mails: 'id, organisation_id, status, received_at',
};

export class Migration20261125000004_operator_figures extends Migration {
  override name = 'Migration20261125000004_operator_figures';

  override up(): void {
    for (const [table, columns] of Object.entries(FIGURES)) {
      this.addSql(`grant select (${columns}) on ${table} to gewerk_operator;`);
      this.addSql(`create policy operator_counts on ${table} for select to gewerk_operator using (true);`);
    }
    this.addSql(`create index assignments_open on assignments (status) where status in ('offered', 'accepted', 'done');`);
    this.addSql(`create index outbound_mails_problems on outbound_mails (created_at) where status in ('refused', 'unclear', 'bounced');`);
    this.addSql(`create index inbound_mails_held on inbound_mails (organisation_id) where status = 'held';`);
  }
}
