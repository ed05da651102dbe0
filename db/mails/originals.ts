import { createHash } from 'node:crypto';
import type { FileStore } from '../files.ts';
import { systemEm, type Orm } from '../orm.ts';
import { sqlArray } from '../sql-array.ts';
import { noteInboundMail, type TakenMail } from './intake.ts';

const BATCH = 500;
const KEY = /^inbound\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.json$/;

/** An original in the file store that no mail's row names. */
export type LostOriginal = { readonly id: string; readonly rawKey: string; readonly changedAt: Date };

/** Originals older than a moment without a row: the database was away, or the process ended, between object and row. */
export async function* lostOriginals(files: FileStore, orm: Orm, before: Date): AsyncGenerator<LostOriginal> {
  let batch: LostOriginal[] = [];
  for await (const { key, changedAt } of files.list('inbound')) {
    const id = KEY.exec(key)?.[1];
    if (!id || changedAt >= before) continue;
    batch.push({ id, rawKey: key, changedAt });
    if (batch.length < BATCH) continue;
    yield* await withoutRow(orm, batch);
    batch = [];
  }
  yield* await withoutRow(orm, batch);
}

async function withoutRow(orm: Orm, originals: readonly LostOriginal[]): Promise<LostOriginal[]> {
  if (originals.length === 0) return [];
  const rows = await systemEm(orm).transactional((em) =>
    em.execute<{ id: string }[]>('select known_originals(?::uuid[]) as id', [sqlArray(originals.map((one) => one.id))]));
  const known = new Set(rows.map((row) => row.id));
  return originals.filter((one) => !known.has(one.id));
}

/**
 * Takes an original in as the webhook would have. `recovered`: it was in no row under any id, so its mail had been lost;
 * `known`: the provider's next attempt brought the mail, or it was dropped, and the object is removed.
 */
export async function takeInOriginal(files: FileStore, orm: Orm, original: LostOriginal, now: Date): Promise<'recovered' | 'known'> {
  const bytes = await files.getBytes(original.rawKey);
  const mail: TakenMail = { id: original.id, rawKey: original.rawKey, size: bytes.length, receivedAt: original.changedAt, ...identityOf(bytes) };
  const isNew = await systemEm(orm).transactional((em) => noteInboundMail(em, mail, now));
  if (!isNew) await files.remove(original.rawKey);
  return isNew ? 'recovered' : 'known';
}

function identityOf(bytes: Uint8Array): Pick<TakenMail, 'providerId' | 'fault'> {
  const json = parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  const providerId = json?.['MessageID'];
  if (typeof providerId === 'string' && providerId) return { providerId, fault: null };
  return { providerId: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, fault: json ? 'no_message_id' : 'no_json' };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
