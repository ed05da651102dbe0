import type { StepRefusedMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, type OrderContext, type Skip } from './context.ts';

const CAUSES = ['given_to_other', 'answered_by_colleague', 'accepted_already', 'no_longer_needed', 'closed', 'not_possible'] as const;

/** A step by mail came too late or does not fit the status. `parameters`: cause, answeredBy, answeredAt (ISO). */
export async function loadStepRefusedMail(context: OrderContext): Promise<StepRefusedMail | Skip> {
  const { mail, assignment } = context;
  const { cause, answeredBy, answeredAt } = mail.parameters;
  const isOpen = assignment !== null && ['offered', 'accepted', 'done', 'declined'].includes(assignment.status);
  return {
    ...orderWords(context),
    cause: CAUSES.find((one) => one === cause) ?? 'not_possible',
    answeredBy: typeof answeredBy === 'string' ? answeredBy || null : null,
    answeredAt: typeof answeredAt === 'string' ? new Date(answeredAt) : null,
    orderLink: isOpen ? pageLink(context) : null,
  };
}
