import type { DateChangedMail } from '#templates/mails/data.ts';
import { mayAnswer, orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** New dates, as they are when the mail leaves. `parameters.what`: answerBy, dueOn or promisedDate. */
export async function loadDateChangedMail(context: OrderContext): Promise<DateChangedMail | Skip> {
  const { assignment, mail, order, workspace } = context;
  if (!assignment || !['offered', 'accepted'].includes(assignment.status)) return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  const { what } = mail.parameters;
  if (what === 'answerBy' && assignment.status !== 'offered') return skip('answered_already');
  const isPromise = what === 'promisedDate';
  return {
    ...orderWords(context),
    siteAddress: siteAddress(workspace),
    answerBy: what === 'answerBy' ? (assignment.answerByOverride ?? assignment.answerBy ?? null) : null,
    dueDate: what === 'dueOn' ? (order.dueOn ?? null) : null,
    promisedFrom: isPromise ? (assignment.promisedFrom ?? null) : null,
    promisedTo: isPromise ? (assignment.promisedUntil ?? null) : null,
    orderLink: pageLink(context),
    mayAnswer: await mayAnswer(context),
  };
}
