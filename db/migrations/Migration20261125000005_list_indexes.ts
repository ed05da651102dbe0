import { Migration } from '@mikro-orm/migrations';
import { PRIORITIES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';

const DUE = `('open', 'assigned', 'accepted', 'in_progress', 'waiting')`;

/** The same words as in `db/work-orders/queries.ts`, or the index is not found. */
function rankOf(column: string, values: readonly string[]): string {
  return `(case ${column} ${values.map((value, at) => `when '${value}' then ${at}`).join(' ')} end)`;
}

/** Indexes that an entity can't describe, or that lists need only at size: one for each filter and sort that is offered. */
export class Migration20261125000005_list_indexes extends Migration {
  override up(): void {
    const orders: Readonly<Record<string, string>> = {
      by_title: '(organisation_id, title, id)',
      by_change: '(organisation_id, updated_at, id)',
      by_urgency: `(organisation_id, ${rankOf('priority', PRIORITIES)}, id)`,
      by_progress: `(organisation_id, ${rankOf('status', WORK_ORDER_STATUSES)}, id)`,
      by_due_last: '(organisation_id, due_on desc nulls last, id desc)',
      by_answer_due_last: '(organisation_id, answer_due_at desc nulls last, id desc)',
      still_due: `(organisation_id, due_on, id) where status in ${DUE}`,
      of_kind: '(organisation_id, kind, created_at, id)',
      of_asset: '(organisation_id, asset_id, created_at, id) where asset_id is not null',
      of_responsible: '(organisation_id, responsible_user_id, created_at, id) where responsible_user_id is not null',
      of_reporter: '(organisation_id, reporter_user_id) where reporter_user_id is not null',
    };
    for (const [name, columns] of Object.entries(orders)) this.addSql(`create index work_orders_${name} on work_orders ${columns};`);
    this.addSql(`create index outbound_mails_to on outbound_mails (organisation_id, to_email);`);
    this.addSql(`create index outbound_mails_resent on outbound_mails (organisation_id, resend_of_mail_id) where resend_of_mail_id is not null;`);
    this.addSql(`create index inbound_mails_by_time on inbound_mails (organisation_id, received_at, id);`);
    this.addSql(`create index inbound_mails_from on inbound_mails (organisation_id, from_email);`);
    this.addSql(`create index inbound_mails_of_order on inbound_mails (organisation_id, work_order_id);`);
  }
}
