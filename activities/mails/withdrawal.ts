import { OutboundMail } from '#db/mails/entity.ts';
import type { WithdrawalMail } from '#templates/mails/data.ts';
import { orderWords, skip, type OrderContext, type Skip } from './context.ts';

/** Whoever was never reached by the request need not hear that it is over. */
export async function loadWithdrawalMail(context: OrderContext): Promise<WithdrawalMail | Skip> {
  const { em, assignment, organisation } = context;
  if (!assignment) return skip('assignment_gone');
  if (!['withdrawn', 'expired', 'superseded'].includes(assignment.status)) return skip(`assignment_${assignment.status}`);
  const asked = await em.count(OutboundMail, {
    organisationId: organisation.id, assignmentId: assignment.id, template: 'assignment', status: { $in: ['sending', 'unclear', 'sent', 'delivered'] },
  });
  if (asked === 0) return skip('never_asked');
  return {
    ...orderWords(context),
    reason: assignment.withdrawReason ?? 'no_longer_needed',
    answerBy: assignment.answerByOverride ?? assignment.answerBy ?? null,
  };
}
