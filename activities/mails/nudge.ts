import { passedOn } from '#db/partnerships/passed-on.ts';
import type { NudgeMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** A partner's office is asked to name a person; skipped once it has. */
export async function loadNudgeMail(context: OrderContext): Promise<NudgeMail | Skip> {
  const { em, assignment, order, workspace, organisation } = context;
  if (assignment?.status !== 'accepted') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  if (['done', 'closed', 'cancelled'].includes(order.status)) return skip(`order_${order.status}`);
  if ((await passedOn(em, organisation.id, [assignment])).has(assignment.id)) return skip('person_named');
  return {
    ...orderWords(context), siteAddress: siteAddress(workspace), dueDate: order.dueOn ?? null,
    promisedFrom: assignment.promisedFrom ?? null, promisedTo: assignment.promisedUntil ?? null, orderLink: pageLink(context),
  };
}
