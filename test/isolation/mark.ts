import type { TestApi } from '../support/api.ts';
import type { Thing } from './world.ts';

const TABLES: Partial<Record<Thing, string>> = {
  workspace: 'workspaces', asset: 'assets', workOrder: 'work_orders', assignment: 'assignments', comment: 'comments', attachment: 'attachments', outboundMail: 'outbound_mails', firm: 'firms',
};
/** Texts that something reads as a key. */
const KEYS = ['file_key', 'preview_key', 'sha256', 'content_type', 'message_id', 'provider_id', 'template', 'cause', 'once_key'];

/** Writes a canary word into every text column of the given things, as far as no rule of the column forbids it. */
export async function mark({ database }: TestApi, word: string, situations: readonly Partial<Record<Thing, string>>[]): Promise<void> {
  for (const [thing, table] of Object.entries(TABLES) as [Thing, string][]) {
    const ids = situations.flatMap((one) => one[thing] ?? []);
    const columns = await database.query<{ name: string }>(
      `select a.attname as name from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype and a.attname <> all($2)
         and not exists (select 1 from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c' and a.attnum = any(k.conkey))
         and not exists (select 1 from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any(i.indkey))`,
      [table, KEYS],
    );
    const changes = columns.map(({ name }) => `"${name}" = coalesce("${name}" || ' ', '') || '${word}'`);
    await database.query(`update ${table} set ${changes.join(', ')} where id = any($1)`, [ids]);
  }
}
