// The bare limit: Node's own http server and one `pg` pool, the same SQL on the same data, nothing else.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 10 });
const folder = process.env['BENCH_FOLDER'] ?? '';

const PAGE = `select id, number, kind, title, status, waiting_reason, waiting_note, waiting_until, priority, workspace_id, asset_id, due_on, answer_due_at,
    responsible_user_id, is_safety_relevant, created_at, updated_at
  from work_orders where organisation_id = $1 and status = $2 order by created_at desc, id desc limit 26`;
const COUNT = 'select count(*)::int as n from (select id from work_orders where organisation_id = $1 and status = $2 limit 10001) as counted';
const ORDER = 'select * from work_orders where organisation_id = $1 and id = $2';
const COMMENTS = 'select * from comments where organisation_id = $1 and work_order_id = $2 order by created_at, id';
const COUNTER = `insert into work_order_counters (organisation_id, kind, year, last) values ($1, 'ticket', 2026, 1)
  on conflict (organisation_id, kind, year) do update set last = work_order_counters.last + 1 returning last`;
const INSERT = 'insert into work_orders (id, organisation_id, number, title, workspace_id, created_at, updated_at) values ($1, $2, $3, $4, $5, now(), now())';
const MAIL = `insert into inbound_mails (id, provider_id, raw_key, size, status, reason, received_at) values ($1, $2, $3, $4, 'rejected', 'bench', now()) on conflict (provider_id) do nothing`;
const OUTBOX = `insert into outbox (id, kind, workflow_id, created_at, claimed_until) values ($1, 'inbound', $2, now(), 'infinity')`;

type Route = (query: URLSearchParams, body: () => Promise<string>) => Promise<unknown>;

const ROUTES: Readonly<Record<string, Route>> = {
  '/list': async (query) => {
    const values = [query.get('organisation'), query.get('status')];
    const page = await pool.query(PAGE, values);
    const count = await pool.query<{ n: number }>(COUNT, values);
    return { data: page.rows.slice(0, 25), total: count.rows[0]?.n };
  },
  '/order': async (query) => {
    const values = [query.get('organisation'), query.get('id')];
    const order = await pool.query(ORDER, values);
    const comments = await pool.query(COMMENTS, values);
    return { ...order.rows[0], comments: comments.rows };
  },
  '/create': async (query, body) => {
    const { title, workspaceId } = JSON.parse(await body()) as { title: string; workspaceId: string };
    const organisationId = query.get('organisation');
    return inTransaction(async (client) => {
      const { rows } = await client.query<{ last: number }>(COUNTER, [organisationId]);
      const id = randomUUID();
      await client.query(INSERT, [id, organisationId, `M-2026-${String(rows[0]?.last).padStart(5, '0')}`, title, workspaceId]);
      return { id };
    });
  },
  '/inbound': async (_query, body) => {
    const text = await body();
    const id = randomUUID();
    const { MessageID } = JSON.parse(text) as { MessageID: string };
    await writeFile(join(folder, id), text);
    return inTransaction(async (client) => {
      await client.query(MAIL, [id, MessageID, id, text.length]);
      await client.query(OUTBOX, [randomUUID(), `inbound:${id}`]);
      return { id };
    });
  },
};

async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = ROUTES[url.pathname];
  if (!route) {
    response.writeHead(404).end();
    return;
  }
  route(url.searchParams, () => read(request)).then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(process.env['BENCH_PORT']), '127.0.0.1', () => console.log('bare server ready'));
