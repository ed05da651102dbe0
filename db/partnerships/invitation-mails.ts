import type { EventName } from '#domain/events.ts';
import { newId } from '../columns.ts';
import type { NewMail } from '../mails/queue.ts';
import { queueMail } from '../mails/queue.ts';
import type { Em } from '../orm.ts';
import { Membership, User } from '../users/entity.ts';
import type { Partnership } from './entity.ts';

/** Which mail to the invitee: the first of a round, a reminder, or a new link that was asked for. */
export type InvitationMailKind = 'first' | 'remind' | 'last_reminder' | 'new_link';

/** What the inviter is told. */
export type InvitationOutcome = 'accepted' | 'declined' | 'expired' | 'bounced' | 'other_address' | 'asked_again' | 'withdrawn';

const CAUSES: Readonly<Record<InvitationMailKind, EventName>> = {
  first: 'partnership.invited', remind: 'partnership.reminded', last_reminder: 'partnership.reminded', new_link: 'partnership.link_requested',
};

const TOLD: Readonly<Record<InvitationOutcome, EventName>> = {
  accepted: 'partnership.accepted', declined: 'partnership.declined', expired: 'partnership.expired', bounced: 'partnership.bounced',
  other_address: 'partnership.other_address_named', asked_again: 'partnership.asked_again', withdrawn: 'partnership.withdrawn',
};

/** Writes a mail to the invited address; its link is made when it is sent. */
export async function mailInvitee(em: Em, partnership: Partnership, kind: InvitationMailKind, now: Date): Promise<void> {
  const { id, round } = partnership;
  const which = kind === 'new_link' ? `${kind}:${newId()}` : kind;
  await queueMail(em, {
    ...toInvitee(partnership),
    template: 'partner-invitation',
    cause: CAUSES[kind],
    onceKey: `invitation:${id}:${round}:${which}`,
    parameters: { partnershipId: id, round, kind },
  }, now);
}

/** Tells the invitee that the invitation is taken back; not sent where they never heard of it. */
export async function mailWithdrawal(em: Em, partnership: Partnership, reason: string | null, now: Date): Promise<void> {
  const { id, round } = partnership;
  await queueMail(em, {
    ...toInvitee(partnership),
    template: 'invitation-withdrawn',
    cause: 'partnership.withdrawn',
    onceKey: `invitation:${id}:${round}:withdrawn`,
    parameters: { partnershipId: id, round, reason },
  }, now);
}

function toInvitee(partnership: Partnership): Pick<NewMail, 'organisationId' | 'partnershipId' | 'to' | 'party'> {
  const { organisationId, id, invitedEmail, invitedName, locale } = partnership;
  return { organisationId, partnershipId: id, to: { email: invitedEmail, name: invitedName ?? null, locale }, party: null };
}

/**
 * Tells whoever has invited, else the administrators, what became of it; `once` names what it may be told of once only.
 * Whoever has done it themselves (`byUserId` of `more`) knows. Returns whether it is news to anybody.
 */
export async function tellInviter(em: Em, partnership: Partnership, outcome: InvitationOutcome, once: string, now: Date, more: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
  const { organisationId, id } = partnership;
  const readers = (await invitersOf(em, partnership)).filter((user) => user.id !== more['byUserId']);
  let isNews = false;
  for (const user of readers) {
    const mail = await queueMail(em, {
      template: 'invitation-answered',
      organisationId,
      partnershipId: id,
      to: { email: user.email, name: user.name, userId: user.id, locale: user.locale },
      party: null,
      cause: TOLD[outcome],
      onceKey: `invitation:${id}:${once}:${user.id}`,
      parameters: { ...more, partnershipId: id, outcome },
    }, now);
    isNews ||= mail !== null;
  }
  return isNews;
}

/** The inviter while they belong to the organisation and may see partners; else its administrators. */
export async function invitersOf(em: Em, partnership: Partnership): Promise<User[]> {
  const inviters = await clientPeople(em, partnership, { userId: partnership.invitedByUserId, role: { $in: ['admin', 'coordinator'] } });
  return inviters.length > 0 ? inviters : clientAdministrators(em, partnership);
}

/** Whoever may bind the client. */
export async function clientAdministrators(em: Em, partnership: Partnership): Promise<User[]> {
  return clientPeople(em, partnership, { role: 'admin' });
}

async function clientPeople(em: Em, { organisationId }: Partnership, where: object): Promise<User[]> {
  const memberships = await em.find(Membership, { organisationId, removedAt: null, joinedAt: { $ne: null }, ...where });
  return em.find(User, { id: { $in: memberships.map((one) => one.userId) } }, { orderBy: { id: 'asc' } });
}
