import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { STRANGERS } from '#db/seed/demo/strangers.ts';
import { parseWorkflowId } from '#domain/processes.ts';
import type { Mailbox } from '#tools/mailbox/client.ts';
import type { StartResult } from '#tools/start/result.ts';

/** The demo's mails that wait for a person are no remainder of the story. */
const OF_STRANGERS = STRANGERS.map((address) => `'${address}'`).join(', ');

/** Partnerships whose process waits: for an answer to the invitation, or for the last day. */
const AWAITED = `(status = 'invited' or (status = 'accepted' and ends_on is not null))`;

/** What is left over once everything should be at rest; every line is something that is stuck. */
const RESTLESS: Readonly<Record<string, string>> = {
  'outbox row': 'select workflow_id as what from outbox',
  'mail on its way': `select id || ' ' || template || ' ' || status as what from outbound_mails where status in ('queued', 'sending', 'sent', 'unclear')`,
  'mail not read': `select id || ' ' || status as what from inbound_mails where status in ('stored', 'held') and coalesce(from_email, '') not in (${OF_STRANGERS})`,
  'news not told': 'select id::text as what from digest_items where mail_id is null',
  // Those of assignments and open invitations wait for people.
  'process not ended': `select workflow_id || ' ' || step as what from processes where kind <> 'assignment' and ended_at is null
    and subject_id not in (select id from partnerships where ${AWAITED})`,
  'process that needs somebody': `select workflow_id as what from processes where needs_attention and kind <> 'assignment'
    and subject_id not in (select id from inbound_mails where from_email in (${OF_STRANGERS}))`,
};

/** Breaks of the invariants of nothing lost, nothing doubled; each query gives one line per break. */
const BROKEN: Readonly<Record<string, string>> = {
  'I1 an inbound mail is one comment': `
    select m.id || ' ' || m.status || ' ' || count(c.id) as what from inbound_mails m left join comments c on c.inbound_mail_id = m.id
     where m.work_order_id = $1 group by m.id having m.status <> 'processed' or count(c.id) <> 1`,
  'I3 an assignment has one mail, which the provider has': `
    select a.id || ' ' || count(m.id) as what from assignments a left join outbound_mails m on m.assignment_id = a.id and m.template = 'assignment' and m.provider_id is not null
     where a.work_order_id = $1 and a.kind = 'email' group by a.id having count(m.id) <> 1`,
  'I3 nobody is mailed twice about the same': `
    select template || ' ' || count(*) as what from outbound_mails where work_order_id = $1 and template <> 'comment-digest' group by template, to_email having count(*) > 1`,
  'I6 a status change has one event': `
    select expected.name || ' ' || count(e.id) as what
      from unnest(array['work_order.created', 'assignment.offered', 'work_order.assigned', 'assignment.delivered', 'assignment.accepted', 'work_order.accepted',
                        'work_order.completed', 'assignment.completed', 'work_order.closed']) as expected(name) left join events e on e.name = expected.name and e.work_order_id = $1
     group by expected.name having count(e.id) <> 1`,
  'I12 a comment has its files': `
    select c.id || ' ' || count(a.id) as what from comments c left join attachments a on a.comment_id = c.id and a.removed_at is null
     where c.work_order_id = $1 group by c.id, c.body
    having c.missing_files is not null or count(a.id) <> coalesce((select (e.data->>'files')::int from events e where e.name = 'comment.added' and e.subject_id = c.id), -1)`,
  'I13 a recipient is told once of an event': `
    select recipient || ' ' || count(*) as what from digest_items where work_order_id = $1 group by event_id, recipient having count(*) > 1`,
  'I12 a file of a mail or message belongs to a comment': 'select id::text as what from attachments where work_order_id = $1 and comment_id is null and removed_at is null',
};

/** Counts by SQL, in the store and at the provider what has become of an order; looks past every rule of the application. */
export class Ledger {
  readonly #result: StartResult;
  readonly #mailbox: Mailbox;

  constructor(result: StartResult, mailbox: Mailbox) {
    this.#result = result;
    this.#mailbox = mailbox;
  }

  /** What is still under way or stuck, installation-wide. */
  async restless(): Promise<string[]> {
    return this.#lines(RESTLESS, []);
  }

  /** Every broken invariant of an order, in words; empty when all is well. */
  async broken(orderId: string): Promise<string[]> {
    return [...(await this.#lines(BROKEN, [orderId])), ...(await this.#mails(orderId)), ...(await this.#files()), ...(await this.#processes())];
  }

  /** I3, I4: the provider has each mail once, or twice where we say so ourselves. */
  async #mails(orderId: string): Promise<string[]> {
    const mails = await this.#query<{ id: string; to_email: string; template: string; status: string; is_possible_duplicate: boolean }>(
      'select id, to_email, template, status, is_possible_duplicate from outbound_mails where work_order_id = $1', [orderId]);
    const found = await Promise.all(mails.map(async (mail) => {
      const copies = (await this.#mailbox.mailsNow(mail.to_email, { metadata: { mail_id: mail.id } })).length;
      const expected = mail.status === 'skipped' ? [0] : mail.is_possible_duplicate ? [1, 2] : [1];
      return expected.includes(copies) ? [] : [`I4 a mail goes out once: ${mail.template} ${mail.status} has ${copies} copies`];
    }));
    return found.flat();
  }

  /** I11: every row has its bytes, unchanged; every object has its row, but originals whose mail the next attempt brought: those wait a day for upkeep. */
  async #files(): Promise<string[]> {
    const rows = await this.#query<{ file_key: string; preview_key: string | null; sha256: string; size: number }>(
      'select file_key, preview_key, sha256, size from attachments where removed_at is null', []);
    const raw = await this.#query<{ raw_key: string; provider_id: string }>('select raw_key, provider_id from inbound_mails', []);
    const store = join(this.#result.dataFolder, 'files');
    const wrong = await Promise.all(rows.map(async ({ file_key: key, sha256, size }) => {
      const bytes = await readFile(join(store, key)).catch(() => null);
      return bytes?.length === size && createHash('sha256').update(bytes).digest('hex') === sha256 ? [] : [`I11 a row has its bytes: ${key}`];
    }));
    const named = new Set([...rows.flatMap((row) => [row.file_key, row.preview_key]), ...raw.map((row) => row.raw_key)]);
    const objects = (await readdir(store, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(store.length + 1));
    const known = new Set(raw.map((row) => row.provider_id));
    const unnamed = objects.filter((key) => !named.has(key));
    const lost = await Promise.all(unnamed.map(async (key) => !key.startsWith('inbound/') || (await isLost(join(store, key), known))));
    return [...wrong.flat(), ...unnamed.filter((_key, at) => lost[at]).map((key) => `I11 an object has its row: ${key}`)];
  }

  /** I8: a process runs for each open assignment and each invitation or ending that is awaited, for nothing else, and the database knows of it. */
  async #processes(): Promise<string[]> {
    const open = await this.#query<{ id: string }>(
      `select a.id from assignments a join work_orders o on o.id = a.work_order_id where a.status in ('offered', 'accepted', 'done') and o.status not in ('closed', 'cancelled')`, []);
    const awaited = await this.#query<{ id: string }>(`select id from partnerships where ${AWAITED}`, []);
    const wanted = new Set([...open.map(({ id }) => `assignment:${id}`), ...awaited.map(({ id }) => `invitation:${id}`)]);
    const known = new Set((await this.#query<{ workflow_id: string }>('select workflow_id from processes where ended_at is null', [])).map((row) => row.workflow_id));
    const running = await this.#running();
    return [
      ...[...wanted].filter((id) => !running.has(id)).map((id) => `I8 what is awaited has a process: ${id}`),
      ...[...running].filter((id) => !wanted.has(id)).map((id) => `I8 nothing runs for what is over: ${id}`),
      ...[...wanted].filter((id) => !known.has(id)).map((id) => `I8 the database knows of every process: ${id}`),
      ...[...known].filter((id) => !wanted.has(id)).map((id) => `I8 the database knows of no other process: ${id}`),
    ];
  }

  async #running(): Promise<Set<string>> {
    const connection = await Connection.connect({ address: this.#result.temporalAddress });
    try {
      const ids = new Set<string>();
      for await (const one of new Client({ connection }).workflow.list({ query: 'ExecutionStatus = "Running"' })) {
        // Our own schedules' rounds come and go.
        if (parseWorkflowId(one.workflowId)) ids.add(one.workflowId);
      }
      return ids;
    } finally {
      await connection.close();
    }
  }

  /** In one statement, so of one moment: news that becomes a mail between two looks would be seen by neither. */
  async #lines(queries: Readonly<Record<string, string>>, values: unknown[]): Promise<string[]> {
    const each = Object.entries(queries).map(([name, sql]) => `select ${pg.escapeLiteral(`${name}: `)} || what as line from (${sql}) as found`);
    return (await this.#query<{ line: string }>(each.join(' union all '), values)).map(({ line }) => line);
  }

  async #query<T extends object>(sql: string, values: unknown[]): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.#result.databaseUrl });
    // The server that goes away under us is what is being tested.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<T>(sql, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Whether an original is the only trace of its mail; a body that broke off was never taken, and is sent again. */
async function isLost(path: string, known: ReadonlySet<string>): Promise<boolean> {
  const text = await readFile(path, 'utf8');
  try {
    const { MessageID: id } = JSON.parse(text) as { MessageID?: string };
    return !id || !known.has(id);
  } catch {
    return false;
  }
}
