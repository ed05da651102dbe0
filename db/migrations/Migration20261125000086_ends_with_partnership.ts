import { Migration } from '@mikro-orm/migrations';

/** A request that is taken back because the partnership ends was told as given to another firm, which it was not. */
export class Migration20261125000086_ends_with_partnership extends Migration {
  override name = 'Migration20261125000086_ends_with_partnership';

  override up(): void {
    this.addSql(`alter table "assignments" drop constraint "assignments_withdraw_reason_check";`);
    this.addSql(`alter table "assignments" add constraint "assignments_withdraw_reason_check" check ("withdraw_reason" in ('given_to_other', 'no_answer', 'no_longer_needed', 'partnership_ended'));`);
  }
}
