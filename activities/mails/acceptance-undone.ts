import type { AcceptanceUndoneMail } from '#templates/mails/data.ts';
import { mayAnswer, orderWords, pageLink, skip, type OrderContext, type Skip } from './context.ts';

/** An acceptance was taken back by the client; the firm is asked again. */
export async function loadAcceptanceUndoneMail(context: OrderContext): Promise<AcceptanceUndoneMail | Skip> {
  const { assignment, mail, now } = context;
  if (assignment?.status !== 'offered') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  const reason = mail.parameters['reason'];
  return {
    ...orderWords(context),
    answerBy: assignment.answerByOverride ?? assignment.answerBy ?? now,
    orderLink: pageLink(context),
    mayAnswer: await mayAnswer(context),
    reason: typeof reason === 'string' ? reason : null,
  };
}
