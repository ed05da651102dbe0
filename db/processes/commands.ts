import type { ProcessKind } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';

/** Where a process stands; written by its activities, read by the panel, the reconciler and operators. */
export type ProcessState = {
  readonly workflowId: string;
  readonly organisationId: string | null;
  readonly kind: ProcessKind;
  readonly workOrderId: string | null;
  readonly workOrderNumber: string | null;
  /** The assignment, mail, inbound mail, file request; of a digest, the order. */
  readonly subjectId: string;
  readonly step: string;
  readonly nextDueAt: Date | null;
  readonly nextAction: string | null;
  readonly level: number;
  readonly needsAttention: boolean;
  readonly attentionReason: string | null;
  readonly isEnded: boolean;
};

/** Notes where a process stands; the last word wins, and a process that runs again is no longer ended. */
export async function saveProcess(em: Em, state: ProcessState, now: Date): Promise<void> {
  const endedAt = state.isEnded ? now : null;
  await em.execute(
    `insert into processes (workflow_id, organisation_id, kind, work_order_id, work_order_number, subject_id, step, next_due_at,
                            next_action, level, needs_attention, attention_reason, started_at, updated_at, ended_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (workflow_id) do update set organisation_id = excluded.organisation_id, work_order_id = excluded.work_order_id,
       work_order_number = excluded.work_order_number, step = excluded.step, next_due_at = excluded.next_due_at,
       next_action = excluded.next_action, level = excluded.level, needs_attention = excluded.needs_attention,
       attention_reason = excluded.attention_reason, updated_at = excluded.updated_at, ended_at = excluded.ended_at`,
    [
      state.workflowId, state.organisationId, state.kind, state.workOrderId, state.workOrderNumber, state.subjectId, state.step,
      state.nextDueAt, state.nextAction, state.level, state.needsAttention, state.attentionReason, now, now, endedAt,
    ],
  );
}

/** A silence longer than this is an outage: answer times are extended by it. */
export const OUTAGE_AFTER_MS = 120_000;

/**
 * Notes a sign of life of `courier` or `worker`. Where the last one is too long ago, the gap is written down as an
 * outage and returned; with several processes alive under one name, only the silence of all of them is one.
 */
export async function beat(em: Em, name: string, now: Date, newOutageId: string): Promise<{ from: Date; to: Date } | null> {
  const rows = await em.execute<{ at: Date | string }[]>('select at from heartbeats where name = ? for update', [name]);
  await em.execute(
    'insert into heartbeats (name, at) values (?, ?) on conflict (name) do update set at = greatest(heartbeats.at, excluded.at)',
    [name, now],
  );
  const last = rows[0] ? new Date(rows[0].at) : null;
  if (!last || now.getTime() - last.getTime() <= OUTAGE_AFTER_MS) return null;
  await addOutage(em, newOutageId, last, now);
  return { from: last, to: now };
}

/** Writes down an outage, of the automation as a whole or of one organisation whose mail was paused. */
export async function addOutage(em: Em, id: string, from: Date, to: Date, organisationId: string | null = null): Promise<void> {
  await em.execute('insert into outages (id, organisation_id, started_at, ended_at) values (?, ?, ?, ?)', [id, organisationId, from, to]);
}
