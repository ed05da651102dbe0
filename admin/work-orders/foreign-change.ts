import type { AssignmentStatus, WorkOrderStatus } from '#domain/statuses.ts';
import type { Order } from '../providers/types.ts';
import { assigneeName } from './thread-entries.ts';

export type ForeignChange =
  | { readonly kind: 'assignment'; readonly who: string; readonly status: AssignmentStatus }
  | { readonly kind: 'order'; readonly status: WorkOrderStatus };

/** What changed in how an order stands, the assignment's answer before the order's status that follows it; null for anything else. */
export function foreignChange(before: Pick<Order, 'status' | 'assignments'>, now: Pick<Order, 'status' | 'assignments'>): ForeignChange | null {
  for (const assignment of now.assignments) {
    const known = before.assignments.find((one) => one.id === assignment.id);
    if (known && known.status !== assignment.status) {
      return { kind: 'assignment', who: assignment.answeredByName ?? assigneeName(assignment), status: assignment.status };
    }
  }
  return before.status === now.status ? null : { kind: 'order', status: now.status };
}
