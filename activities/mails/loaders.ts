import type { MailData, MailName } from '#templates/render.ts';
import { loadResetPasswordMail, loadUserInvitationMail } from './account.ts';
import { loadAcceptanceConfirmedMail } from './acceptance-confirmed.ts';
import { loadAcceptanceUndoneMail } from './acceptance-undone.ts';
import { loadAnswerMail } from './answer.ts';
import { loadAnswerForwardedMail } from './answer-forwarded.ts';
import { loadAssignmentMail } from './assignment.ts';
import { loadCancellationMail } from './cancellation.ts';
import { loadClosedMail } from './closed.ts';
import { loadCommentDigestMail } from './comment-digest.ts';
import { isPartners, partnerHasLeft, skip, withOrder, type MailContext, type OrderContext, type Skip } from './context.ts';
import { loadCouldNotMatchMail } from './could-not-match.ts';
import { loadDailyDigestMail } from './daily-digest.ts';
import { loadDateChangedMail } from './date-changed.ts';
import { loadDeclineConfirmedMail } from './decline-confirmed.ts';
import { loadDoneQuestionMail } from './done-question.ts';
import { loadEscalationMail } from './escalation.ts';
import { loadFileTooLargeMail } from './file-too-large.ts';
import { loadInvitationAnsweredMail, loadInvitationWithdrawnMail, loadPartnerInvitationMail } from './invitation.ts';
import { loadLateAcceptanceMail } from './late-acceptance.ts';
import { loadNewLinkMail } from './new-link.ts';
import { loadObserverAddedMail } from './observer-added.ts';
import { loadOnSiteNoticeMail } from './on-site-notice.ts';
import { loadInternalAssignmentMail } from './internal-assignment.ts';
import { loadNudgeMail } from './nudge.ts';
import { loadLastReminderMail, loadReminderMail } from './reminder.ts';
import { loadPartnershipEndingMail } from './partnership-ending.ts';
import { loadStepRefusedMail } from './step-refused.ts';
import { loadWithdrawalMail } from './withdrawal.ts';

type Loader<Name extends MailName> = (context: MailContext) => Promise<MailData[Name] | Skip>;

function ofOrder<Data>(load: (context: OrderContext) => Promise<Data | Skip>): (context: MailContext) => Promise<Data | Skip> {
  return async (context) => {
    const order = await withOrder(context);
    if (!order) return skip('order_gone');
    return isPartners(order.mail) && (await partnerHasLeft(order, order.order.workspaceId)) ? skip('recipient_left') : load(order);
  };
}

/** Where each mail gets its data from, after the state is checked again. */
export const MAIL_LOADERS: { readonly [Name in MailName]: Loader<Name> } = {
  assignment: ofOrder(loadAssignmentMail),
  reminder: ofOrder(loadReminderMail),
  'last-reminder': ofOrder(loadLastReminderMail),
  withdrawal: ofOrder(loadWithdrawalMail),
  cancellation: ofOrder(loadCancellationMail),
  'acceptance-undone': ofOrder(loadAcceptanceUndoneMail),
  'observer-added': ofOrder(loadObserverAddedMail),
  'comment-digest': ofOrder(loadCommentDigestMail),
  'daily-digest': loadDailyDigestMail,
  'file-too-large': ofOrder(loadFileTooLargeMail),
  'could-not-match': loadCouldNotMatchMail,
  answer: loadAnswerMail,
  escalation: ofOrder(loadEscalationMail),
  'late-acceptance': ofOrder(loadLateAcceptanceMail),
  'acceptance-confirmed': ofOrder(loadAcceptanceConfirmedMail),
  'decline-confirmed': ofOrder(loadDeclineConfirmedMail),
  'answer-forwarded': ofOrder(loadAnswerForwardedMail),
  'step-refused': ofOrder(loadStepRefusedMail),
  'date-changed': ofOrder(loadDateChangedMail),
  'done-question': ofOrder(loadDoneQuestionMail),
  nudge: ofOrder(loadNudgeMail),
  'internal-assignment': ofOrder(loadInternalAssignmentMail),
  'on-site-notice': ofOrder(loadOnSiteNoticeMail),
  closed: ofOrder(loadClosedMail),
  'new-link': ofOrder(loadNewLinkMail),
  'reset-password': loadResetPasswordMail,
  'user-invitation': loadUserInvitationMail,
  'partner-invitation': loadPartnerInvitationMail,
  'invitation-withdrawn': loadInvitationWithdrawnMail,
  'invitation-answered': loadInvitationAnsweredMail,
  'partnership-ending': loadPartnershipEndingMail,
};
