import type { TimeSpan } from '#domain/escalation/plan.ts';
import type { Em } from '../orm.ts';
import { OUTAGE_AFTER_MS } from './commands.ts';
import { Heartbeat, type ProcessRow } from './entity.ts';

/**
 * An outage that is not written down yet: courier or worker have been silent for too long, up to now. The process that
 * looks first after it must reckon with it, whoever writes it down.
 */
export async function ongoingOutage(em: Em, now: Date): Promise<TimeSpan | null> {
  const beats = await em.find(Heartbeat, { name: { $in: ['courier', 'worker'] } });
  const silent = beats.filter((one) => now.getTime() - one.at.getTime() > OUTAGE_AFTER_MS).map((one) => one.at.getTime());
  return silent.length === 0 ? null : { from: new Date(Math.min(...silent)), to: now };
}

export type KnownProcess = Pick<ProcessRow, 'workflowId' | 'kind' | 'organisationId' | 'workOrderNumber' | 'step' | 'updatedAt'>;

/** Processes that the database takes for running. */
export async function openProcesses(em: Em): Promise<KnownProcess[]> {
  const rows = await em.execute<Record<string, unknown>[]>(
    'select workflow_id, kind, organisation_id, work_order_number, step, updated_at from processes where ended_at is null',
  );
  return rows.map((row) => ({
    workflowId: row['workflow_id'] as string,
    kind: row['kind'] as KnownProcess['kind'],
    organisationId: row['organisation_id'] as string | null,
    workOrderNumber: row['work_order_number'] as string | null,
    step: row['step'] as string,
    updatedAt: new Date(row['updated_at'] as string | Date),
  }));
}
