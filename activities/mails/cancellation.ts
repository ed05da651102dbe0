import type { CancellationMail } from '#templates/mails/data.ts';
import { orderWords, skip, type OrderContext, type Skip } from './context.ts';

/** Accepted work is stopped. */
export async function loadCancellationMail(context: OrderContext): Promise<CancellationMail | Skip> {
  const { assignment } = context;
  if (assignment?.status !== 'cancelled') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  return { ...orderWords(context), reason: assignment.cancelReason ?? '' };
}
