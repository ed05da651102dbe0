import { askForReset } from '../sign-in/reset.ts';
import { page } from './context.ts';
import type { InvitationContext, InvitationHandler } from './invitation-context.ts';
import { goBelow, invitationNotice, isSaid, standingOf, toInvitation } from './invitation.ts';
import { masked } from './who.ts';

/** `GET …/passwort`: for whoever has a login and not its password; or that the link to set a new one is on its way. */
export const passwordPage: InvitationHandler = (context) => {
  const { base, view } = context;
  const standing = standingOf(context);
  if (standing) return standing;
  if (!asksPassword(context)) return goBelow(context, 'annehmen');
  const email = masked(view.partnership.invitedEmail);
  return isSaid(context, 'sent') ? invitationNotice(context, 'password_sent', { email, isOpen: true }) : page('invitation-password', { ...base, email });
};

/** `POST …/passwort`: the mail goes to the invited address, never to a typed one; its link comes back to this invitation. */
export const askNewPassword: InvitationHandler = async (context) => {
  const { view, visitor, opened } = context;
  if (standingOf(context)) return toInvitation(context);
  if (!asksPassword(context)) return goBelow(context, 'annehmen');
  const { organisationId, partnershipId } = opened.actor;
  await askForReset(visitor, view.partnership.invitedEmail, { organisationId, partnershipId });
  return goBelow(context, 'passwort', 'sent');
};

function asksPassword({ view, signedIn }: InvitationContext): boolean {
  return view.hasLogin && !signedIn;
}
