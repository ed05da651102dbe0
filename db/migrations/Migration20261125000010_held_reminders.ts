import { Migration } from '@mikro-orm/migrations';

/** A flood of reminders is asked about: who lets it go writes down until when, the operator for everybody through the installation's row. */
export class Migration20261125000010_held_reminders extends Migration {
  override name = 'Migration20261125000010_held_reminders';

  override up(): void {
    this.addSql(`alter table "installation" add "reminders_released_until" timestamptz null, add "held_reminders_decision" text null, add "held_reminders_decided_by_user_id" uuid null;`);
    this.addSql(`alter table "installation" add constraint "installation_held_reminders_decision_check" check ("held_reminders_decision" in ('release', 'drop'));`);
    this.addSql(`alter table "organisations" add "reminders_released_until" timestamptz null;`);
    this.addSql(`create index outbound_mails_flood on outbound_mails (organisation_id, created_at) where status = 'queued' and status_reason = 'flood';`);
    this.addSql(`create index processes_held on processes (organisation_id) where kind = 'mail' and step = 'held' and ended_at is null;`);
  }
}
