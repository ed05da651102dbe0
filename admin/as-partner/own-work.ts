import type { MessageKey } from '../messages/shape.ts';
import type { Assignment, Order } from '../providers/types.ts';
import { currentAssignment } from '../work-orders/thread-entries.ts';

/** A partner reads no directory, so the firm that was asked has no name there: it is the partner itself. */
export function withOwnName(order: Order, partnerName: string): Order {
  const assignments = order.assignments.map((one) => (one.firm ? one : { ...one, firm: { id: '', company: partnerName, phone: null } }));
  return { ...order, assignments };
}

/** The partner's own assignment that the page is about. */
export function ownAssignment(order: Pick<Order, 'assignments' | 'assignmentId'>): Assignment | null {
  return order.assignments.find((one) => one.id === order.assignmentId) ?? currentAssignment(order.assignments);
}

/** What the client waits for, said to the partner; what has ended says how. */
export function ownSentence(order: Pick<Order, 'status'>, assignment: Pick<Assignment, 'status' | 'promisedFrom'>): MessageKey {
  if (assignment.status === 'offered') return 'client.waits_answer';
  if (assignment.status === 'done' || order.status === 'done') return order.status === 'closed' ? 'client.waits_nothing' : 'client.waits_check';
  if (assignment.status !== 'accepted') return 'client.waits_nothing';
  if (order.status === 'waiting') return 'client.waits_hold';
  if (order.status === 'in_progress') return 'client.waits_done';
  return assignment.promisedFrom ? 'client.waits_visit' : 'client.waits_date';
}
