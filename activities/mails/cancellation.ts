import { fill, wordsOf } from '#domain/words/index.ts';
import type { CancellationMail } from '#templates/mails/data.ts';
import { orderWords, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** Accepted work is stopped. */
export async function loadCancellationMail(context: OrderContext): Promise<CancellationMail | Skip> {
  const { assignment, workspace, mail } = context;
  if (assignment?.status !== 'cancelled') return skip(assignment ? `assignment_${assignment.status}` : 'assignment_gone');
  const { cancelReason, withdrawReason, acceptedAt, answeredByName, promisedFrom, promisedUntil } = assignment;
  const isUnshared = withdrawReason === 'share_ended';
  return {
    ...orderWords(context), siteAddress: siteAddress(workspace), reason: isUnshared ? fill(wordsOf(mail.locale).sharing.ended, { workspace: workspace.name }) : (cancelReason ?? ''), acceptedAt: acceptedAt ?? null, acceptedBy: answeredByName ?? null,
    promisedFrom: promisedFrom ?? null, promisedTo: promisedUntil ?? null,
  };
}
