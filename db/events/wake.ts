import { workflowIdOf } from '#domain/processes.ts';
import type { ProcessKind } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import type { Em } from '../orm.ts';
import { OutboxRow } from '../processes/entity.ts';

/** Has the courier wake one process; several wishes for the same process are one signal more, nothing else. */
export function wake(
  em: Em,
  process: { kind: ProcessKind; ids: readonly string[]; organisationId: string | null; workOrderNumber?: string | null; eventId?: string | null },
  now: Date,
): void {
  em.create(OutboxRow, {
    id: newId(),
    organisationId: process.organisationId,
    kind: process.kind,
    workflowId: workflowIdOf(process.kind, ...process.ids),
    workOrderNumber: process.workOrderNumber ?? null,
    eventId: process.eventId ?? null,
    createdAt: now,
  });
}
