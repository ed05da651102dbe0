import { HOUR_MS, issueAccountToken, TOKEN_LIFETIME_MS } from '#db/users/commands/tokens.ts';
import { Membership, User } from '#db/users/entity.ts';
import type { ResetPasswordMail, UserInvitationMail } from '#templates/mails/data.ts';
import { baseOf, secretUrl, skip, type MailContext, type Skip } from './context.ts';

/** A link to choose a new password; made here, so that it is nowhere but in the mail. `parameters`: of an invitation to go on with, organisationId and partnershipId. */
export async function loadResetPasswordMail(context: MailContext): Promise<ResetPasswordMail | Skip> {
  const { em, mail, now } = context;
  if (!mail.toUserId) return skip('user_gone');
  const [organisationId, partnershipId] = [mail.parameters['organisationId'], mail.parameters['partnershipId']].map((id) => (typeof id === 'string' ? id : null));
  const invitation = { organisationId: organisationId ?? null, partnershipId: partnershipId ?? null };
  const { token } = await issueAccountToken(em, { purpose: 'reset_password', userId: mail.toUserId, ...invitation }, now);
  return { ...baseOf(context), resetLink: secretUrl(context, 'account', token), validHours: TOKEN_LIFETIME_MS.reset_password / HOUR_MS };
}

/** Invites somebody into the organisation; skipped once they have joined or were removed. `parameters`: inviterUserId. */
export async function loadUserInvitationMail(context: MailContext): Promise<UserInvitationMail | Skip> {
  const { em, mail, organisation, now } = context;
  if (!mail.toUserId || !organisation) return skip('user_gone');
  const membership = await em.findOne(Membership, { organisationId: organisation.id, userId: mail.toUserId });
  if (!membership || membership.removedAt) return skip('membership_removed');
  if (membership.joinedAt) return skip('joined_already');
  const inviterId = mail.parameters['inviterUserId'];
  const inviter = typeof inviterId === 'string' ? await em.findOne(User, { id: inviterId }) : null;
  const { token, expiresAt } = await issueAccountToken(em, { purpose: 'join', userId: mail.toUserId, organisationId: organisation.id }, now);
  return {
    ...baseOf(context),
    inviterName: inviter?.name ?? organisation.name,
    invitedEmail: mail.toEmail,
    role: membership.role,
    invitationLink: secretUrl(context, 'account', token),
    validUntil: expiresAt,
  };
}
