import type { CancellationMail } from '#templates/mails/data.ts';
import { orderWords, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** Accepted work is stopped. */
export async function loadCancellationMail(context: OrderContext): Promise<CancellationMail | Skip> {
  const { assignment, workspace } = context;
  if (assignment?.status !== 'cancelled') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  const { cancelReason, acceptedAt, answeredByName, promisedFrom, promisedUntil } = assignment;
  return {
    ...orderWords(context), siteAddress: siteAddress(workspace), reason: cancelReason ?? '', acceptedAt: acceptedAt ?? null, acceptedBy: answeredByName ?? null,
    promisedFrom: promisedFrom ?? null, promisedTo: promisedUntil ?? null,
  };
}
