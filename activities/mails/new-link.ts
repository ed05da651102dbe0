import type { NewLinkMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, skip, type OrderContext, type Skip } from './context.ts';

/** A fresh link to the address on file. */
export async function loadNewLinkMail(context: OrderContext): Promise<NewLinkMail | Skip> {
  const { assignment } = context;
  if (!assignment || !['offered', 'accepted', 'done'].includes(assignment.status)) return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  return { ...orderWords(context), orderLink: pageLink(context) };
}
