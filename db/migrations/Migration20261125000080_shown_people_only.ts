import { Migration } from '@mikro-orm/migrations';

/** Whom the work was given to, where the partner shows it: of the rest of such a row a client's people have no business. */
const SHOWN = 'id, organisation_id, author_organisation_id, partnership_id, work_order_id, assignment_id, member_user_id';

/** A client's people read who of a partner is at work, never the partner's own number, nor who handed it out and when. */
export class Migration20261125000080_shown_people_only extends Migration {
  override name = 'Migration20261125000080_shown_people_only';

  override up(): void {
    // A partner writes these rows as the system, and reads them by its own role: no member of any organisation needs more.
    this.addSql(`drop policy member_author on internal_assignments;`);
    this.addSql(`revoke all on internal_assignments from gewerk_member;`);
    this.addSql(`grant select (${SHOWN}) on internal_assignments to gewerk_member;`);
  }
}
