import type { FileStore } from './files.ts';
import type { Em } from './orm.ts';
import { sqlArray } from './sql-array.ts';

const BATCH = 500;

/** Objects of an organisation that no living row names and that are older than a moment: their request broke off half-way, or the file was taken away. */
export async function orphanFiles(files: FileStore, em: Em, organisationId: string, before: Date): Promise<string[]> {
  const orphans: string[] = [];
  for (const folder of ['files', 'previews']) {
    let batch: string[] = [];
    for await (const { key, changedAt } of files.list(`${organisationId}/${folder}`)) {
      if (changedAt >= before) continue;
      batch.push(key);
      if (batch.length < BATCH) continue;
      orphans.push(...(await unnamed(em, organisationId, batch)));
      batch = [];
    }
    orphans.push(...(await unnamed(em, organisationId, batch)));
  }
  return orphans;
}

async function unnamed(em: Em, organisationId: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await em.transactional((tx) =>
    tx.execute<{ key: string }[]>(
      `select file_key as key from attachments where organisation_id = ? and file_key = any(?::text[]) and removed_at is null
       union select preview_key from attachments where organisation_id = ? and preview_key = any(?::text[]) and removed_at is null`,
      [organisationId, sqlArray(keys), organisationId, sqlArray(keys)],
    ));
  const named = new Set(rows.map((row) => row.key));
  return keys.filter((key) => !named.has(key));
}
