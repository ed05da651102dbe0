import { Migration } from '@mikro-orm/migrations';

/** An answered mail has a status of its own; upkeep finds out which originals have a row, whoever's they are. */
export class Migration20261125000013_answered_and_originals extends Migration {
  override name = 'Migration20261125000013_answered_and_originals';

  override up(): void {
    this.addSql(`alter table "inbound_mails" drop constraint "inbound_mails_status_check";`);
    this.addSql(`alter table "inbound_mails" add constraint "inbound_mails_status_check" check ("status" in ('stored', 'processed', 'answered', 'held', 'automatic', 'bounce', 'rejected'));`);
    // The owner is held by its own policies, too, but for this one change.
    this.addSql(`alter table inbound_mails no force row level security;`);
    this.addSql(`update inbound_mails set status = 'answered' where status = 'processed' and decision = 'answered';`);
    this.addSql(`alter table inbound_mails force row level security;`);
    // A yes or no to ids that the caller knows; of dropped mails the row is a trace without an original.
    this.addSql(`create policy owner_counts_originals on inbound_mails for select to current_user using (true);`);
    this.addSql(`create function known_originals(ids uuid[]) returns setof uuid language sql stable security definer set search_path = pg_catalog, public as $$
      select id from inbound_mails where id = any(ids) and reason is distinct from 'too_old' $$;`);
    this.addSql(`revoke all on function known_originals(uuid[]) from public;`);
    this.addSql(`grant execute on function known_originals(uuid[]) to gewerk_system;`);
  }
}
