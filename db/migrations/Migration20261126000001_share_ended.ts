import { Migration } from '@mikro-orm/migrations';

/** A request that is taken back with a workspace's share says so. */
export class Migration20261126000001_share_ended extends Migration {
  override name = 'Migration20261126000001_share_ended';

  override up(): void {
    this.addSql(`alter table "assignments" drop constraint "assignments_withdraw_reason_check";`);
    this.addSql(`alter table "assignments" add constraint "assignments_withdraw_reason_check" check ("withdraw_reason" in ('given_to_other', 'no_answer', 'no_longer_needed', 'partnership_ended', 'share_ended'));`);
  }
}
