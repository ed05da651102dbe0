import type { AcceptanceConfirmedMail } from '#templates/mails/data.ts';
import { firmOf, orderWords, pageLink, skip, type OrderContext, type Skip } from './context.ts';

/** Says that the yes has arrived; skipped where it was undone meanwhile. */
export async function loadAcceptanceConfirmedMail(context: OrderContext): Promise<AcceptanceConfirmedMail | Skip> {
  const { assignment, now } = context;
  if (!assignment || !['accepted', 'done'].includes(assignment.status)) return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  return {
    ...orderWords(context),
    acceptedBy: assignment.answeredByName ?? (await firmOf(context))?.company ?? '',
    acceptedAt: assignment.acceptedAt ?? now,
    promisedFrom: assignment.promisedFrom ?? null,
    promisedTo: assignment.promisedUntil ?? null,
    orderLink: pageLink(context),
  };
}
