import type { Pool } from 'pg';
import { newId } from '#db/columns.ts';
import { newSecret } from '#db/users/secrets.ts';
import { DEFAULT_BUSINESS_HOURS } from '#domain/calendar/calendar.ts';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';

/** The rules that an assignment is offered under are kept with it. */
const POLICY = JSON.stringify(DEFAULT_POLICY);

/** An organisation to measure on, with a coordinator who is signed in. */
export type Stage = {
  readonly organisationId: string;
  readonly coordinatorId: string;
  readonly technicianId: string;
  readonly workspaceId: string;
  readonly firmId: string;
  readonly cookie: string;
};

const FIRMS = 100;

/** Lays an organisation down: 20 workspaces, 100 firms with a contact each, ten people. */
export async function layStage(pool: Pool): Promise<Stage> {
  const organisationId = newId();
  const { token, hash } = newSecret();
  await pool.query(`insert into organisations (id, name, mail_name, business_hours, created_at, updated_at) values ($1, 'Messstand GmbH', 'messstand', $2, now(), now())`, [
    organisationId, JSON.stringify(DEFAULT_BUSINESS_HOURS),
  ]);
  const people = await pool.query<{ id: string }>(
    `with added as (insert into users (id, email, name, created_at) select uuidv7(), 'person' || n || '@messstand.example', 'Person ' || n, now() from generate_series(1, 10) n returning id),
          joined as (insert into memberships (id, organisation_id, user_id, role, joined_at, created_at)
                     select uuidv7(), $1, id, case when row_number() over (order by id) = 1 then 'coordinator' else 'technician' end, now(), now() from added)
     select id from added order by id`,
    [organisationId],
  );
  const [coordinator, technician] = people.rows;
  await pool.query(`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at) values (uuidv7(), $1, $2, now(), now(), now() + interval '7 days')`, [coordinator?.id, hash]);
  const places = await pool.query<{ id: string }>(
    `insert into workspaces (id, organisation_id, name, short_name, street, postal_code, city, created_at, updated_at)
     select uuidv7(), $1, 'Wohnanlage ' || n, 'WA ' || n, 'Lindenweg ' || n, '99990', 'Neuquell', now(), now() from generate_series(1, 20) n returning id`, [organisationId]);
  const firms = await pool.query<{ id: string }>(
    `insert into firms (id, organisation_id, company, trades, created_at, updated_at)
     select uuidv7(), $1, 'Betrieb ' || n || ' GmbH', '["Elektro"]', now(), now() from generate_series(1, $2::int) n returning id`, [organisationId, FIRMS]);
  await pool.query(
    `insert into firm_contacts (id, organisation_id, firm_id, name, email, roles, created_at)
     select uuidv7(), $1, id, 'Kontakt ' || company, 'post' || row_number() over () || '@betrieb.example', '["dispatch"]', now() from firms where organisation_id = $1`, [organisationId]);
  return {
    organisationId, coordinatorId: coordinator?.id ?? '', technicianId: technician?.id ?? '', workspaceId: places.rows[0]?.id ?? '', firmId: firms.rows[0]?.id ?? '',
    cookie: `gewerk=${token}`,
  };
}

const TITLES = ['Aufzug steht', 'Heizung kalt', 'Rohrbruch im Keller', 'Türschloss klemmt', 'Licht im Treppenhaus', 'Dachrinne undicht', 'Rolltor hängt', 'Fenster zieht', 'Klingel stumm', 'Abfluss verstopft'];

/** Share of each status in a hundred: most of a list is history. `growTo` takes others. */
const STATUSES = { closed: 68, open: 6, assigned: 6, accepted: 5, in_progress: 5, waiting: 2, done: 4, cancelled: 4 };

/** Adds orders until there are so many, with their assignments and their words; then the planner learns what there is. */
export async function growTo(pool: Pool, { organisationId }: Stage, count: number, shares: Readonly<Record<string, number>> = STATUSES): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from work_orders where organisation_id = $1', [organisationId]);
    const from = (rows[0]?.n ?? 0) + 1;
    if (from > count) return;
    await client.query('begin');
    // Keys and words are laid down in one go below instead of row by row.
    await client.query(`set local session_replication_role = replica`);
    await client.query(ORDERS, [organisationId, from, count, TITLES, Object.entries(shares).flatMap(([status, share]) => Array.from({ length: share }, () => status))]);
    await client.query(ASSIGNMENTS, [organisationId, from, count, POLICY]);
    await client.query(WORDS, [organisationId, from, count]);
    await client.query(`insert into work_order_counters (organisation_id, kind, year, last) values ($1, 'ticket', 2026, $2::int)
      on conflict (organisation_id, kind, year) do update set last = greatest(work_order_counters.last, excluded.last)`, [organisationId, count]);
    await client.query('commit');
    await client.query('vacuum (analyze) work_orders, assignments, search_documents');
  } finally {
    client.release();
  }
}

/** Orders of three years; the n-th of them always looks the same. */
const ORDERS = `
  with places as (select array_agg(id order by id) as ids from workspaces where organisation_id = $1),
       people as (select array_agg(user_id order by user_id) as ids from memberships where organisation_id = $1)
  insert into work_orders (id, organisation_id, number, title, description, workspace_id, priority, status, due_on, responsible_user_id, reporter_user_id,
                           kind, answer_due_at, created_at, updated_at, is_safety_relevant)
  select uuidv7(), $1, 'M-2025-' || lpad(n::text, 7, '0'), ($4::text[])[1 + n % 10] || ', Haus ' || n % 97, 'Gemeldet am Telefon, bitte bald ansehen. Fall ' || n,
         places.ids[1 + n % 20], (array['low', 'normal', 'normal', 'normal', 'high', 'urgent'])[1 + n % 6], s.status,
         case when n % 3 = 0 then current_date - (n % 400) + 200 end, people.ids[1 + n % 10], people.ids[1 + (n / 10) % 10],
         case when n % 20 = 0 then 'maintenance' else 'ticket' end, case when s.status = 'assigned' then now() + (n % 500 - 50) * interval '1 hour' end,
         now() - (n % 1000) * interval '1 day' - (n % 86400) * interval '1 second', now(), n % 50 = 0
    from generate_series($2::int, $3::int) n, places, people, lateral (select ($5::text[])[1 + (n * 7) % 100] as status) s`;

const ASSIGNMENTS = `
  with partners as (select array_agg(id order by id) as ids from firms where organisation_id = $1),
       people as (select array_agg(user_id order by user_id) as ids from memberships where organisation_id = $1)
  insert into assignments (id, organisation_id, work_order_id, kind, firm_id, contact_id, member_user_id, status, next_firm_ids, shared_attachment_ids, offered_at, accepted_at, policy)
  select uuidv7(), $1, o.id, case when x.n % 10 = 0 then 'member' else 'email' end, case when x.n % 10 > 0 then partners.ids[1 + (x.n / 10) % ${FIRMS}] end,
         case when x.n % 10 > 0 then (select c.id from firm_contacts c where c.organisation_id = $1 and c.firm_id = partners.ids[1 + (x.n / 10) % ${FIRMS}] limit 1) end,
         case when x.n % 10 = 0 then people.ids[1 + (x.n / 10) % 10] end,
         case o.status when 'assigned' then 'offered' when 'done' then 'done' when 'closed' then 'done' when 'cancelled' then 'cancelled' else 'accepted' end,
         '[]', '[]', o.created_at, case when o.status <> 'assigned' then o.created_at end, $4::jsonb
    from work_orders o, partners, people, lateral (select substr(o.number, 8)::int as n) x
   where o.organisation_id = $1 and o.status <> 'open' and o.number like 'M-2025-%' and x.n between $2::int and $3::int`;

const WORDS = `
  insert into search_documents (organisation_id, work_order_id, audience, source_id, words)
  select organisation_id, id, 'shared', id, gewerk_words('A', number || ' ' || title) || gewerk_words('B', description)
    from work_orders where organisation_id = $1 and number like 'M-2025-%' and substr(number, 8)::int between $2::int and $3::int`;

/** All orders unassigned, for measuring what follows from assigning them. */
export const ALL_OPEN = { open: 100 };

/** An order whose contractor may write to a reply address of their own. */
export type Correspondence = { readonly orderId: string; readonly key: string; readonly email: string };

/** Orders that were just accepted, each with the reply address of its contractor. */
export async function layCorrespondence(pool: Pool, { organisationId }: Stage, count: number): Promise<Correspondence[]> {
  const { rows } = await pool.query<Correspondence>(
    `with chosen as (select id, row_number() over (order by id desc) as n from work_orders where organisation_id = $1 and status = 'open' order by id desc limit $2),
          taken as (update work_orders o set status = 'accepted' from chosen c where o.organisation_id = $1 and o.id = c.id),
          firm as (select f.id, c.id as contact_id, c.email, row_number() over (order by f.id) as n from firms f join firm_contacts c on c.organisation_id = f.organisation_id and c.firm_id = f.id where f.organisation_id = $1),
          asked as (insert into assignments (id, organisation_id, work_order_id, kind, firm_id, contact_id, status, next_firm_ids, shared_attachment_ids, offered_at, sent_at, delivered_at, accepted_at, policy)
                    select uuidv7(), $1, c.id, 'email', f.id, f.contact_id, 'accepted', '[]', '[]', now(), now(), now(), now(), $3::jsonb from chosen c join firm f on f.n = 1 + c.n % 100
                    returning id, work_order_id, contact_id),
          addressed as (insert into reply_addresses (id, organisation_id, work_order_id, key, assignment_id, contact_id, created_at)
                        select uuidv7(), $1, work_order_id, substr(md5(id::text), 1, 26), id, contact_id, now() from asked returning work_order_id, key, contact_id)
     select a.work_order_id as "orderId", a.key, f.email from addressed a join firm f on f.contact_id = a.contact_id`,
    [organisationId, count, POLICY],
  );
  return rows;
}

/** Requests that wait for an answer, and a wish for the process of each; returns the ids of the assignments. */
export async function layOpenAssignments(pool: Pool, { organisationId }: Stage, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with chosen as (select id, number, row_number() over (order by id) as n from work_orders where organisation_id = $1 and status = 'open' order by id limit $2),
          taken as (update work_orders o set status = 'assigned', answer_due_at = now() + interval '3 days' from chosen c where o.organisation_id = $1 and o.id = c.id),
          firm as (select f.id, c.id as contact_id, row_number() over (order by f.id) as n from firms f join firm_contacts c on c.organisation_id = f.organisation_id and c.firm_id = f.id where f.organisation_id = $1),
          asked as (insert into assignments (id, organisation_id, work_order_id, kind, firm_id, contact_id, status, next_firm_ids, shared_attachment_ids, offered_at, sent_at, delivered_at, answer_by, policy)
                    select uuidv7(), $1, c.id, 'email', f.id, f.contact_id, 'offered', '[]', '[]', now(), now(), now(), now() + interval '3 days', $3::jsonb from chosen c join firm f on f.n = 1 + c.n % 100
                    returning id, work_order_id),
          wished as (insert into outbox (id, organisation_id, kind, workflow_id, work_order_number, created_at)
                     select uuidv7(), $1, 'assignment', 'assignment:' || a.id, c.number, now() from asked a join chosen c on c.id = a.work_order_id)
     select id from asked`,
    [organisationId, count, POLICY],
  );
  return rows.map(({ id }) => id);
}

/** An order in work with 50 comments, most of them by the firm, and so many secret links to its public page. */
export async function layConversation(pool: Pool, stage: Stage, hashes: readonly string[]): Promise<{ orderId: string }> {
  const values = [stage.organisationId];
  const order = await pool.query<{ id: string }>(`select id from work_orders where organisation_id = $1 and status = 'in_progress' and number like 'M-2025-%'
    and exists (select 1 from assignments a where a.work_order_id = work_orders.id and a.firm_id is not null) order by id limit 1`, values);
  const orderId = order.rows[0]?.id ?? '';
  await pool.query(
    `insert into comments (id, organisation_id, author_organisation_id, work_order_id, assignment_id, visibility, door, body, author_user_id, author_contact_id, created_at)
     select uuidv7(), $1, $1, $2, a.id, 'shared', case when n % 3 = 0 then 'portal' else 'mail' end, 'Nachricht ' || n || ': Wir kommen am Dienstag zwischen acht und zehn Uhr und bringen das Ersatzteil mit.',
            case when n % 3 = 0 then $3::uuid end, case when n % 3 > 0 then a.contact_id end, now() - (60 - n) * interval '1 hour'
       from generate_series(1, 50) n, (select id, contact_id from assignments where work_order_id = $2 limit 1) a`, [stage.organisationId, orderId, stage.coordinatorId]);
  await pool.query(
    `insert into access_links (id, organisation_id, work_order_id, purpose, assignment_id, contact_id, token_hash, created_at)
     select uuidv7(), $1, $2, 'assignment', a.id, a.contact_id, h, now() from unnest($3::text[]) h, (select id, contact_id from assignments where work_order_id = $2 limit 1) a`,
    [stage.organisationId, orderId, hashes]);
  return { orderId };
}
