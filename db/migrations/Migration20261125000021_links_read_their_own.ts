import { Migration } from '@mikro-orm/migrations';

const OWN = `organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid and work_order_id = nullif(current_setting('app.work_order_id', true), '')::uuid`;
const ASSIGNMENT = `nullif(current_setting('app.assignment_id', true), '')::uuid`;
const OBSERVER = `nullif(current_setting('app.observer_id', true), '')::uuid`;
const LINK = `nullif(current_setting('app.link_id', true), '')::uuid`;

/** A link read all mails, observers and uploads of its order; now what its one page needs. */
export class Migration20261125000021_links_read_their_own extends Migration {
  override name = 'Migration20261125000021_links_read_their_own';

  override up(): void {
    // Mails to its own recipient, and the one that the link came with; writing them is the system's.
    this.replace('outbound_mails', 'link_reads', `for select to gewerk_link using (${OWN} and (
      assignment_id = ${ASSIGNMENT} and to_user_id is null or to_observer_id = ${OBSERVER} or id = (select l.mail_id from access_links l where l.id = ${LINK})))`);
    this.addSql(`drop policy link_adds on outbound_mails;`);
    this.addSql(`revoke insert on outbound_mails from gewerk_link;`);
    for (const policy of ['link_reads', 'link_adds']) this.addSql(`drop policy ${policy} on mail_threads;`);
    this.addSql(`revoke all on mail_threads from gewerk_link;`);
    // Itself, members (who may do what), and who wrote a message that is read here.
    this.replace('observers', 'link_reads', `for select to gewerk_link using (${OWN} and (
      id = ${OBSERVER} or user_id is not null or exists (select 1 from comments c where c.organisation_id = observers.organisation_id and c.author_observer_id = observers.id)))`);
    this.replace('observers', 'link_changes', `for update to gewerk_link using (${OWN} and id = ${OBSERVER}) with check (${OWN} and id = ${OBSERVER})`);
    this.addSql(`drop policy link_adds on observers;`);
    this.addSql(`revoke insert on observers from gewerk_link;`);
    // Files that are still coming, by this side.
    const side = `${OWN} and assignment_id is not distinct from ${ASSIGNMENT} and observer_id is not distinct from ${OBSERVER}`;
    this.replace('uploads', 'link_reads', `for select to gewerk_link using (${side})`);
    this.replace('uploads', 'link_adds', `for insert to gewerk_link with check (${side})`);
    this.replace('uploads', 'link_changes', `for update to gewerk_link using (${side}) with check (${side})`);
    this.addSql(`create index comments_of_observer on comments (organisation_id, author_observer_id) where author_observer_id is not null;`);
  }

  private replace(table: string, policy: string, rule: string): void {
    this.addSql(`drop policy ${policy} on ${table};`);
    this.addSql(`create policy ${policy} on ${table} ${rule};`);
  }
}
