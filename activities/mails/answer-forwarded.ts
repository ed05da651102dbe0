import type { AnswerForwardedMail } from '#templates/mails/data.ts';
import { orderWords, skip, type OrderContext, type Skip } from './context.ts';

/** A yes after the deadline was passed on; skipped once the coordinator has confirmed it, as that is a mail of its own. */
export async function loadAnswerForwardedMail(context: OrderContext): Promise<AnswerForwardedMail | Skip> {
  return context.assignment?.proposedAnswer ? orderWords(context) : skip('decided_already');
}
