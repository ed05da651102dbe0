import { Migration } from '@mikro-orm/migrations';

/** What rounds and the operator's page read of tables that only grow. */
export class Migration20261125000012_upkeep_indexes extends Migration {
  override name = 'Migration20261125000012_upkeep_indexes';

  override up(): void {
    this.addSql(`create index digest_items_untold on digest_items (organisation_id, recipient, work_order_id, created_at) where mail_id is null;`);
    this.addSql(`create index inbound_mails_rejected_unowned on inbound_mails (received_at) where status = 'rejected' and organisation_id is null;`);
  }
}
