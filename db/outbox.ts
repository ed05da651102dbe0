import type { ProcessKind } from '#domain/statuses.ts';
import type { Em } from './orm.ts';
import { sqlArray } from './sql-array.ts';

/** A wish of a command that a process be started or woken. */
export type ClaimedRow = {
  readonly id: string;
  readonly organisationId: string | null;
  readonly kind: ProcessKind;
  readonly workflowId: string;
  readonly workOrderNumber: string | null;
  readonly eventId: string | null;
  readonly createdAt: Date;
  readonly attempts: number;
};

/** Channel on which the database announces new rows. */
export const OUTBOX_CHANNEL = 'gewerk_outbox';

/** Takes rows for a while; two couriers never hold the same one, and a courier that dies loses them by time. */
export async function claimOutbox(em: Em, most: number, leaseMs: number, now: Date): Promise<ClaimedRow[]> {
  const rows = await em.execute<Record<string, unknown>[]>(
    `update outbox set claimed_until = ?, attempts = attempts + 1
      where id in (select id from outbox where claimed_until is null or claimed_until < ? order by created_at, id limit ? for update skip locked)
      returning id, organisation_id, kind, workflow_id, work_order_number, event_id, created_at, attempts`,
    [new Date(now.getTime() + leaseMs), now, most],
  );
  return rows.map(toRow).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** The processes know of it: the rows have done their work. */
export async function deleteOutbox(em: Em, ids: readonly string[]): Promise<void> {
  await em.execute('delete from outbox where id = any(?::uuid[])', [sqlArray(ids)]);
}

/** Puts rows off; they are never given up. */
export async function postponeOutbox(em: Em, ids: readonly string[], until: Date): Promise<void> {
  await em.execute('update outbox set claimed_until = ? where id = any(?::uuid[])', [until, sqlArray(ids)]);
}

/** How long the oldest row has waited, and how many wait. */
export async function outboxBacklog(em: Em): Promise<{ readonly count: number; readonly oldestAt: Date | null }> {
  const rows = await em.execute<{ count: number; oldest: Date | string | null }[]>('select count(*)::int as count, min(created_at) as oldest from outbox');
  const oldest = rows[0]?.oldest;
  return { count: rows[0]?.count ?? 0, oldestAt: oldest ? new Date(oldest) : null };
}

function toRow(row: Record<string, unknown>): ClaimedRow {
  return {
    id: row['id'] as string,
    organisationId: row['organisation_id'] as string | null,
    kind: row['kind'] as ProcessKind,
    workflowId: row['workflow_id'] as string,
    workOrderNumber: row['work_order_number'] as string | null,
    eventId: row['event_id'] as string | null,
    createdAt: new Date(row['created_at'] as string | Date),
    attempts: row['attempts'] as number,
  };
}
