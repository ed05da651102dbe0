import { Migration } from '@mikro-orm/migrations';

/** What an order's page reads of a conversation that has grown long: one page of each kind, never all of it. */
export class Migration20261125000020_conversation_indexes extends Migration {
  override name = 'Migration20261125000020_conversation_indexes';

  override up(): void {
    this.addSql(`create index comments_page on comments (organisation_id, work_order_id, created_at, id);`);
    this.addSql(`create index attachments_page on attachments (organisation_id, work_order_id, created_at, id) where removed_at is null and not is_hidden;`);
    // Without what is said, which no timeline shows and of which there is most.
    this.addSql(`create index events_page on events (organisation_id, work_order_id, occurred_at, id) where name <> 'comment.added';`);
    this.addSql(`create index events_of_comment on events (organisation_id, subject_id) where name = 'comment.added';`);
    this.addSql(`create index outbound_mails_of_request on outbound_mails (organisation_id, assignment_id) where template = 'assignment';`);
  }
}
