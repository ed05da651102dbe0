import { Migration } from '@mikro-orm/migrations';

/** An announcement says whose side it is kept to, so that a stream tells nobody of what the other side said among itself. */
export class Migration20261125000045_announce_sides extends Migration {
  override name = 'Migration20261125000045_announce_sides';

  override up(): void {
    this.addSql(`create or replace function announce_event() returns trigger language plpgsql as $$
      begin
        perform pg_notify('gewerk_events', json_build_object('o', new.organisation_id, 'e', new.name, 'w', new.work_order_id, 'a', new.assignment_id,
          'j', new.subject_id, 's', new.author_organisation_id, 'v', new.data->>'visibility')::text);
        return null;
      end $$;`);
  }
}
