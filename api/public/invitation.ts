import { OutboundMail } from '#db/mails/entity.ts';
import { systemEm } from '#db/orm.ts';
import { declineInvitation, nameOtherPerson, requestInvitationLink } from '#db/partnerships/answer-invitation.ts';
import { endSession } from '#db/users/commands/sessions.ts';
import { DomainError } from '#domain/errors.ts';
import type { FormFault, InvitationNoticePage } from '#templates/render.ts';
import { EmailAddress } from '../schema.ts';
import { page, type PageAnswer } from './context.ts';
import type { InvitationContext, InvitationHandler } from './invitation-context.ts';
import { masked } from './who.ts';

/** `GET /i/:token`: who invites, what is shared, and the ways to answer; or how it stands. */
export const invitationPage: InvitationHandler = (context) => standingOf(context) ?? shown(context);

/** `GET …/ablehnen` */
export const declinePage: InvitationHandler = (context) => standingOf(context) ?? page('invitation-decline', { ...context.base, reason: '', faults: [] });

/** `POST …/ablehnen`: a sentence must be ticked, since machines that check mails also send forms, as they stand. */
export const decline: InvitationHandler = async (context) => {
  const { transact, opened, form, now, base } = context;
  if (standingOf(context)) return toInvitation(context);
  const reason = form.text('reason').slice(0, 500) || null;
  if (form.line('sure') !== 'yes') return page('invitation-decline', { ...base, reason: reason ?? '', faults: [{ field: 'sure', word: 'declineUnsure' }] }, 422);
  await transact((em) => declineInvitation(em, opened.actor, { reason }, now)).catch(unlessAnswered);
  return toInvitation(context);
};

/** `GET …/andere-person` */
export const otherPersonPage: InvitationHandler = (context) => standingOf(context) ?? page('invitation-other', { ...context.base, email: '', faults: [] });

/** `POST …/andere-person`: nobody is written to before the inviter says so. */
export const nameOther: InvitationHandler = async (context) => {
  const { transact, opened, form, now, base } = context;
  if (standingOf(context)) return toInvitation(context);
  const typed = form.line('email', 254);
  const email = EmailAddress.safeParse(typed);
  const again = (word: FormFault['word']): PageAnswer => page('invitation-other', { ...base, email: typed, faults: [{ field: 'email', word }] }, 422);
  if (!email.success) return again('emailWrong');
  try {
    await transact((em) => nameOtherPerson(em, opened.actor, { email: email.data }, now));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid_input') return again('emailSame');
    if (error instanceof DomainError && error.code === 'own_address') return again('emailOfClient');
    unlessAnswered(error);
  }
  return toInvitation(context);
};

/** `POST …/link-erneuern`: the answer is the same however things stand. */
export const renewInvitation: InvitationHandler = async (context) => {
  const { transact, opened, deps, now } = context;
  await deps.limits.consume('linkRenewal', opened.link.id);
  await transact((em) => requestInvitationLink(em, opened.actor, now));
  return goBelow(context, 'link-erneuern', 'sent');
};

/** `GET …/link-erneuern`: that it was asked for. */
export const renewedPage: InvitationHandler = (context) => (isSaid(context, 'sent') ? invitationNotice(context, 'requested') : invitationPage(context));

/** `POST …/abmelden`: whoever is signed in as somebody else may go on as themselves. */
export const signOut: InvitationHandler = async (context) => {
  const { signedIn, visitor, now } = context;
  if (signedIn) await visitor.transact((em) => endSession(em, signedIn.userId, signedIn.sessionId, now));
  visitor.cookie.clear();
  return toInvitation(context);
};

/** `GET …/warum`: why the mail with this very link was sent, however the invitation stands. */
export const whyInvited: InvitationHandler = async (context) => {
  const { deps, opened, view } = context;
  const { organisationId, mailId } = opened.link;
  const mail = mailId ? await systemEm(deps.orm, organisationId).transactional((em) => em.findOne(OutboundMail, { organisationId, id: mailId })) : null;
  if (!mail) throw new DomainError('link_unknown');
  return invitationNotice(context, 'why', {
    name: view.inviter?.name ?? view.organisation.name, at: view.partnership.roundStartedAt, email: masked(mail.toEmail), isOpen: view.state === 'open',
  });
};

/** What stands in the way of an answer: one was given, the time is over, or somebody else is signed in. null while it is open. */
export function standingOf(context: InvitationContext): PageAnswer | null {
  const { view, signedIn } = context;
  const { partnership, acceptedBy } = view;
  switch (view.state) {
    case 'accepted':
    case 'ended':
      return invitationNotice(context, view.state, { name: acceptedBy?.name ?? null, at: partnership.acceptedAt ?? null, accountLink: accountLink(partnership.id) });
    case 'other_named':
      return invitationNotice(context, 'other_named', { email: masked(partnership.otherEmail ?? '') });
    case 'open': {
      const isOther = signedIn !== null && signedIn.email !== partnership.invitedEmail;
      return isOther ? invitationNotice(context, 'other_user', { email: masked(partnership.invitedEmail), userEmail: signedIn.email }) : null;
    }
    default:
      return invitationNotice(context, view.state);
  }
}

/** Back to the invitation's own page, which says how it stands now. */
export function toInvitation(context: InvitationContext): PageAnswer {
  return goBelow(context, '');
}

/** To a step of the invitation, in the language asked for; `said` is what its page will say has happened. */
export function goBelow({ base }: InvitationContext, step: '' | 'annehmen' | 'link-erneuern' | 'passwort', said?: 'sent'): PageAnswer {
  const query = new URLSearchParams({ ...(said ? { ok: said } : {}), ...(base.askedLanguage ? { lang: base.askedLanguage } : {}) }).toString();
  return { goTo: `${base.basePath}${step && `/${step}`}${query && `?${query}`}` };
}

/** Whether the page is to say that this has happened. */
export function isSaid({ req }: InvitationContext, said: 'sent'): boolean {
  return req.query['ok'] === said;
}

/** Where the partner's people work for this client, in the portal. */
export function accountLink(partnershipId: string): string {
  return `/go/${partnershipId}`;
}

/** An answer that came a moment too late changes nothing: the page says what was first. */
export function unlessAnswered(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'invitation_not_open') throw error;
}

const STATUS: Readonly<Partial<Record<InvitationNoticePage['kind'], number>>> = { withdrawn: 410, expired: 410, old: 410, ended: 410, other_user: 409 };
const NO_FACTS = { name: null, at: null, email: null, userEmail: null, accountLink: null, isOpen: false } as const;

/** A page that says one thing about the invitation. */
export function invitationNotice({ base, view }: InvitationContext, kind: InvitationNoticePage['kind'], facts: Partial<InvitationNoticePage> = {}): PageAnswer {
  return page('invitation-notice', { ...base, ...NO_FACTS, isMailPaused: view.isMailPaused, ...facts, kind }, STATUS[kind] ?? 200);
}

function shown({ base, view, signedIn }: InvitationContext): PageAnswer {
  const { partnership, organisation, inviter, sites, addedSites, isKnownContractor } = view;
  return page('invitation', {
    ...base,
    inviterName: inviter?.name ?? organisation.name,
    message: partnership.message ?? null,
    validUntil: partnership.validUntil,
    email: masked(partnership.invitedEmail),
    sites: sites.map(({ name, assetCount }) => ({ name, assetCount })),
    addedSites,
    isKnownContractor,
    signedInEmail: signedIn?.email ?? null,
  });
}
