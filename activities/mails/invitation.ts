import { LockMode } from '@mikro-orm/postgresql';
import { mintInvitationLink } from '#db/partnerships/invitation-links.ts';
import { hasRunningOrders, namesOf, sharedNames } from '#db/partnerships/invitation-view.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { Firm } from '#db/firms/entity.ts';
import { OutboundMail } from '#db/mails/entity.ts';
import type { Organisation } from '#db/organisations/entity.ts';
import { User } from '#db/users/entity.ts';
import { wordsOf } from '#domain/words/index.ts';
import { undeliverableWord } from '#domain/words/mail-reasons.ts';
import type { InvitationAnsweredMail, InvitationWithdrawnMail, PartnerInvitationMail } from '#templates/mails/data.ts';
import { partnershipUrl } from '../position.ts';
import { baseOf, secretUrl, skip, type MailContext, type Skip } from './context.ts';

const KINDS: Readonly<Record<string, PartnerInvitationMail['kind']>> = { first: 'first', remind: 'reminder', last_reminder: 'reminder', new_link: 'new_link' };

type Subject = { readonly partnership: Partnership; readonly organisation: Organisation; readonly inviter: User | null };

/** Invites a company, or reminds it; the link is made here, so that it is nowhere but in the mail. `parameters`: round, kind. */
export async function loadPartnerInvitationMail(context: MailContext): Promise<PartnerInvitationMail | Skip> {
  const { em, mail, now } = context;
  const subject = await subjectOf(context);
  if (!subject) return skip('invitation_gone');
  const { partnership, organisation, inviter } = subject;
  if (partnership.status !== 'invited') return skip(`invitation_${partnership.status}`);
  if (partnership.round !== mail.parameters['round'] || partnership.invitedEmail !== mail.toEmail) return skip('invitation_resent');
  if (partnership.validUntil <= now) return skip('invitation_expired');
  const token = mintInvitationLink(em, partnership, mail.id, now);
  const link = secretUrl(context, 'i', token);
  return {
    ...baseOf(context, { coordinator: inviter }),
    whyLink: `${link}/warum`,
    kind: KINDS[String(mail.parameters['kind'])] ?? 'first',
    inviterName: inviter?.name ?? organisation.name,
    message: partnership.message ?? null,
    workspaceNames: await sharedNames(em, partnership),
    invitationLink: link,
    validUntil: partnership.validUntil,
    invitedEmail: partnership.invitedEmail,
    isKnownContractor: await hasRunningOrders(em, partnership),
  };
}

/** The invitation is taken back; who never got it need not hear of it. `parameters`: round, reason. */
export async function loadInvitationWithdrawnMail(context: MailContext): Promise<InvitationWithdrawnMail | Skip> {
  const { em, mail } = context;
  const subject = await subjectOf(context);
  if (!subject) return skip('invitation_gone');
  const { partnership, inviter } = subject;
  if (partnership.status !== 'withdrawn') return skip(`invitation_${partnership.status}`);
  const sent = { organisationId: partnership.organisationId, partnershipId: partnership.id, template: 'partner-invitation', toEmail: mail.toEmail };
  const told = await em.count(OutboundMail, { ...sent, status: { $in: ['sending', 'unclear', 'sent', 'delivered'] } });
  if (told === 0) return skip('never_asked');
  return {
    ...baseOf(context, { coordinator: inviter }),
    invitedAt: partnership.roundStartedAt,
    reason: textOf(mail.parameters['reason']),
    isKnownContractor: await hasRunningOrders(em, partnership),
  };
}

/** Tells whoever has invited. `parameters`: outcome, and by it reason, orderCount, addedWorkspaceIds, byUserId. */
export async function loadInvitationAnsweredMail(context: MailContext): Promise<InvitationAnsweredMail | Skip> {
  const { em, mail, settings } = context;
  const subject = await subjectOf(context);
  if (!subject) return skip('invitation_gone');
  const { partnership } = subject;
  const { organisationId } = partnership;
  const outcome = mail.parameters['outcome'] as InvitationAnsweredMail['outcome'];
  const firm = await em.findOne(Firm, { organisationId, id: partnership.firmId });
  const byUserId = outcome === 'withdrawn' ? textOf(mail.parameters['byUserId']) : partnership.acceptedByUserId;
  const answerer = byUserId ? await em.findOne(User, { id: byUserId }) : null;
  const bounce = undeliverableWord(wordsOf(mail.locale), textOf(mail.parameters['reason']));
  const added = mail.parameters['addedWorkspaceIds'];
  const addedIds = Array.isArray(added) ? added.map(String) : [];
  return {
    ...baseOf(context),
    outcome,
    partnerName: firm?.company ?? partnership.invitedEmail,
    invitedEmail: partnership.invitedEmail,
    invitedAt: partnership.roundStartedAt,
    answeredBy: answerer?.name ?? partnership.invitedName ?? partnership.invitedEmail,
    answeredAt: partnership.acceptedAt ?? partnership.closedAt ?? null,
    reason: outcome === 'bounced' ? bounce || null : (partnership.declineReason ?? null),
    otherEmail: partnership.otherEmail ?? null,
    workspaceNames: await sharedNames(em, partnership, addedIds),
    addedWorkspaceNames: (await namesOf(em, organisationId, addedIds)) || null,
    orderCount: Number(mail.parameters['orderCount'] ?? 0),
    partnerLink: partnershipUrl(settings, partnership),
  };
}

/** Held until the mail is claimed: a link that is made while the invitation goes to somebody else would not die with the others. */
async function subjectOf({ em, mail, organisation }: MailContext): Promise<Subject | null> {
  const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  const partnership = organisation && mail.partnershipId ? await em.findOne(Partnership, { organisationId: organisation.id, id: mail.partnershipId }, held) : null;
  if (!partnership || !organisation) return null;
  return { partnership, organisation, inviter: await em.findOne(User, { id: partnership.invitedByUserId }) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value ? value : null;
}
