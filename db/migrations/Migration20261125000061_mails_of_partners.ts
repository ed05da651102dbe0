import { Migration } from '@mikro-orm/migrations';

const OWN = `organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid`;
const OF_PARTNERSHIP = `partnership_id = nullif(current_setting('app.partnership_id', true), '')::uuid`;
const USER = `nullif(current_setting('app.user_id', true), '')::uuid`;
/** Mails that may hold a partner's internal words, or say how it shares its work out. */
const PARTNERS_OWN = `partnership_id is not null and template in ('comment-digest', 'daily-digest', 'internal-assignment', 'nudge')`;

/** The client's mail log holds what was mailed on its orders, but not what a partner's people say among themselves. */
export class Migration20261125000061_mails_of_partners extends Migration {
  override name = 'Migration20261125000061_mails_of_partners';

  override up(): void {
    this.replace('outbound_mails', `${OWN} and not (${PARTNERS_OWN})`);
    // A mail that became a message is read by whoever may read the message.
    this.replace('inbound_mails', `${OWN} and (comment_id is null or exists (select 1 from comments c where c.organisation_id = inbound_mails.organisation_id and c.id = inbound_mails.comment_id))`);
    // What was mailed on an order is read while the order is; what is about several is one's own.
    this.addSql(`drop policy partner_reads on outbound_mails;`);
    this.addSql(`create policy partner_reads on outbound_mails for select to gewerk_partner using (${OWN} and ${OF_PARTNERSHIP} and (
      case when work_order_id is null then to_user_id = ${USER} else exists (select 1 from work_orders o where o.id = outbound_mails.work_order_id) end));`);
  }

  private replace(table: string, rule: string): void {
    this.addSql(`drop policy member_own on ${table};`);
    this.addSql(`create policy member_own on ${table} to gewerk_member using (${rule}) with check (${rule});`);
  }
}
