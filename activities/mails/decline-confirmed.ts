import { wordsOf } from '#domain/words/index.ts';
import type { DeclineConfirmedMail } from '#templates/mails/data.ts';
import { firmOf, orderWords, skip, type OrderContext, type Skip } from './context.ts';

/** Says that the no has arrived. */
export async function loadDeclineConfirmedMail(context: OrderContext): Promise<DeclineConfirmedMail | Skip> {
  const { assignment, mail, now } = context;
  if (assignment?.status !== 'declined') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  const code = assignment.declineReason;
  const reason = code && code !== 'other' ? wordsOf(mail.locale).declineReason[code] : (assignment.declineNote ?? null);
  return {
    ...orderWords(context),
    declinedBy: assignment.answeredByName ?? (await firmOf(context))?.company ?? '',
    declinedAt: assignment.endedAt ?? now,
    reason,
  };
}
