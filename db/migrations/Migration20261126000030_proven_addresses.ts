import { Migration } from '@mikro-orm/migrations';

/** An invitation is shown in the portal to whoever has proven its address; whoever was the first administrator has only typed theirs. */
export class Migration20261126000030_proven_addresses extends Migration {
  override name = 'Migration20261126000030_proven_addresses';

  override up(): void {
    this.addSql(`alter table "users" add "email_proven_at" timestamptz null;`);
    this.addSql(`update users u set email_proven_at = (select max(t.used_at) from account_tokens t where t.user_id = u.id and t.purpose in ('reset_password', 'join'));`);
  }

  override down(): void {
    this.addSql(`alter table "users" drop column "email_proven_at";`);
  }
}
