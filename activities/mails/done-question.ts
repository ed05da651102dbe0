import type { DoneQuestionMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, skip, type OrderContext, type Skip } from './context.ts';

/** Asks whether the work is done; skipped once that is known. */
export async function loadDoneQuestionMail(context: OrderContext): Promise<DoneQuestionMail | Skip> {
  const { assignment, order } = context;
  if (assignment?.status !== 'accepted') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  if (['done', 'closed', 'cancelled'].includes(order.status)) return skip(`order_${order.status}`);
  return { ...orderWords(context), orderLink: pageLink(context) };
}
