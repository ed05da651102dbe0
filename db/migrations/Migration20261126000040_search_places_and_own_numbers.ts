import { Migration } from '@mikro-orm/migrations';

/**
 * Orders are found by their site's name and address, and a partner finds them by the number of its own. Functions of the
 * owner read no tenant table: a site's words stand beside the documents, where no role reads them either.
 */
export class Migration20261126000040_search_places_and_own_numbers extends Migration {
  override name = 'Migration20261126000040_search_places_and_own_numbers';

  override up(): void {
    this.addPlaces();
    this.indexOrdersWithPlaces();
    this.indexOwnNumbers();
    this.fill();
  }

  private addPlaces(): void {
    this.addSql(`create table search_places (
      organisation_id uuid not null, workspace_id uuid not null primary key, words text not null,
      foreign key (organisation_id, workspace_id) references workspaces (organisation_id, id) on delete cascade);`);
    this.addSql(`create function index_workspace() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        insert into search_places (organisation_id, workspace_id, words)
        values (new.organisation_id, new.id, concat_ws(' ', new.name, new.short_name, new.street, new.postal_code, new.city))
        on conflict (workspace_id) do update set words = excluded.words;
        return null;
      end $$;`);
    // With the rights of whoever changes the site, who may change its orders, too; locked one after the other, as commands on several orders do.
    this.addSql(`create function index_orders_of_workspace() returns trigger language plpgsql set search_path = pg_catalog, public as $$
      begin
        perform 1 from work_orders where organisation_id = new.organisation_id and workspace_id = new.id order by id for no key update;
        update work_orders set workspace_id = workspace_id where organisation_id = new.organisation_id and workspace_id = new.id;
        return null;
      end $$;`);
    // Triggers fire by name: the words of the site are there when its orders are indexed.
    this.addSql(`create trigger workspace_words after insert or update of name, short_name, street, postal_code, city on workspaces for each row execute function index_workspace();`);
    this.addSql(`create trigger workspace_words_of_orders after update of name, short_name, street, postal_code, city on workspaces for each row
      when ((old.name, old.short_name, old.street, old.postal_code, old.city) is distinct from (new.name, new.short_name, new.street, new.postal_code, new.city))
      execute function index_orders_of_workspace();`);
  }

  private indexOrdersWithPlaces(): void {
    // `ST-8841` is also found by 8841, which the parser would read as a number with a sign.
    this.addSql(`create function reference_words(reference text) returns text language sql immutable set search_path = pg_catalog as $$
      select reference || ' ' || regexp_replace(reference, '[^[:alnum:]]+', ' ', 'g') $$;`);
    this.addSql(`create or replace function index_work_order() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        insert into search_documents (organisation_id, work_order_id, audience, source_id, words)
        values (new.organisation_id, new.id, 'shared', new.id,
                gewerk_words('A', number_words(new.number) || ' ' || new.title) || gewerk_words('B', new.description) ||
                gewerk_words('C', concat_ws(' ', new.location_text, reference_words(new.client_reference), reference_words(new.contractor_reference))) ||
                gewerk_words('D', (select p.words from search_places p where p.workspace_id = new.workspace_id)))
        on conflict (work_order_id, source_id) do update set words = excluded.words;
        return null;
      end $$;`);
    this.addSql(`drop trigger work_order_words on work_orders;`);
    this.addSql(`create trigger work_order_words after insert or update of number, title, description, location_text, client_reference, contractor_reference, workspace_id
      on work_orders for each row execute function index_work_order();`);
  }

  /** A document that only the side of its author finds. */
  private indexOwnNumbers(): void {
    this.addSql(`create function index_own_number() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        if new.own_reference is null then
          delete from search_documents where work_order_id = new.work_order_id and source_id = new.id;
        else
          insert into search_documents (organisation_id, work_order_id, audience, side_organisation_id, assignment_id, source_id, words)
          values (new.organisation_id, new.work_order_id, 'internal', new.author_organisation_id, new.assignment_id, new.id, gewerk_words('A', reference_words(new.own_reference)))
          on conflict (work_order_id, source_id) do update set words = excluded.words;
        end if;
        return null;
      end $$;`);
    this.addSql(`create trigger own_number_words after insert or update of own_reference on internal_assignments for each row execute function index_own_number();`);
  }

  /** What is there already. The owner is held by its own policies, too, but for this. */
  private fill(): void {
    const tables = ['workspaces', 'work_orders', 'internal_assignments'];
    for (const table of tables) this.addSql(`alter table ${table} no force row level security;`);
    this.addSql(`insert into search_places (organisation_id, workspace_id, words)
      select organisation_id, id, concat_ws(' ', name, short_name, street, postal_code, city) from workspaces;`);
    this.addSql(`update work_orders set workspace_id = workspace_id;`);
    this.addSql(`update internal_assignments set own_reference = own_reference where own_reference is not null;`);
    for (const table of tables) this.addSql(`alter table ${table} force row level security;`);
  }
}
