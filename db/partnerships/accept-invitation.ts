import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { InviteeActor, PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Locale } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { Firm } from '../firms/entity.ts';
import { createOrganisation } from '../organisations/commands.ts';
import { Organisation } from '../organisations/entity.ts';
import { withinOrganisation, type Em } from '../orm.ts';
import { proveAddress } from '../users/commands/joining.ts';
import { hasPassword, setPassword } from '../users/commands/passwords.ts';
import { Membership, User } from '../users/entity.ts';
import { assertAnswerable } from './answer-invitation.ts';
import { Partnership } from './entity.ts';
import { tellInviter } from './invitation-mails.ts';
import { wakeInvitation } from './invite.ts';
import { lockPartnership } from './load.ts';
import { takeOverOrders } from './take-over-orders.ts';

export type Acceptance = {
  /** Signed in, or new: then the link has proven the mailbox, and a login is made. */
  readonly user: { readonly id: string } | { readonly name: string; readonly passwordHash: string; readonly locale: Locale };
  /** One that the user administers, or the name of one to be founded. */
  readonly organisation: { readonly id: string } | { readonly name: string };
};

export type Accepted = { readonly partnership: Partnership; readonly userId: string };

/**
 * Accepts an invitation: the partnership begins, and what the company was asked for by mail goes on in its account.
 * The same user's second press changes nothing. Throws `invitation_not_open`, `invitation_for_other` for another signed-in
 * user, `email_taken` where a new login is asked for an address that has one, `partnership_exists` and `own_address`.
 */
export async function acceptInvitation(em: Em, actor: InviteeActor, input: Acceptance, now: Date): Promise<Accepted> {
  const partnership = await lockPartnership(em, actor, actor.partnershipId);
  if (partnership.status === 'accepted' && 'id' in input.user && input.user.id === partnership.acceptedByUserId) {
    return { partnership, userId: input.user.id };
  }
  await assertAnswerable(em, actor, partnership, now);
  const user = await userOf(em, partnership, input, now);
  await proveAddress(em, user.id, now);
  const partnerOrganisationId = await organisationOf(em, partnership, user, input, now);
  await assertFree(em, partnership, partnerOrganisationId);
  Object.assign(partnership, {
    status: 'accepted', partnerOrganisationId, acceptedAt: now, acceptedByUserId: user.id, otherEmail: null, otherEmailAt: null, updatedAt: now,
  });
  await flushUnique(em);
  const partner: PartnerActor = {
    kind: 'partner', organisationId: partnership.organisationId, partnershipId: partnership.id, partnerOrganisationId, userId: user.id, role: 'admin', isEnded: false,
  };
  await begin(em, partner, partnership, now);
  return { partnership, userId: user.id };
}

async function begin(em: Em, actor: PartnerActor, partnership: Partnership, now: Date): Promise<void> {
  const { organisationId, id, firmId, round } = partnership;
  const firm = await em.findOneOrFail(Firm, { organisationId, id: firmId });
  firm.access = 'partner';
  firm.updatedAt = now;
  await em.flush();
  const taken = await takeOverOrders(em, partnership, now);
  await recordEvent(em, actor, { name: 'partnership.accepted', organisationId, subjectId: id, door: 'link', data: { round, orders: taken.orderCount } }, now);
  await recordEvent(em, actor, { name: 'firm.changed', organisationId, subjectId: firmId, door: 'link' }, now);
  await tellInviter(em, partnership, 'accepted', `${round}:accepted`, now, taken);
  wakeInvitation(em, partnership, now);
  await em.flush();
}

/** Whoever accepts has the invited address: as a login that they have signed in with, or by the link, where it has none yet. */
async function userOf(em: Em, { invitedEmail }: Partnership, { user }: Acceptance, now: Date): Promise<User> {
  if ('id' in user) {
    const found = await em.findOneOrFail(User, { id: user.id });
    if (found.email !== invitedEmail) throw new DomainError('invitation_for_other');
    return found;
  }
  const { name, passwordHash, locale } = user;
  const known = await em.findOne(User, { email: invitedEmail });
  if (known && (await hasPassword(em, known.id))) throw new DomainError('email_taken', { field: 'password' });
  const made = known ?? em.create(User, { id: newId(), email: invitedEmail, name, locale, createdAt: now });
  Object.assign(made, { name, locale });
  await em.flush();
  await setPassword(em, made.id, passwordHash, now);
  return made;
}

async function organisationOf(em: Em, partnership: Partnership, user: User, { organisation }: Acceptance, now: Date): Promise<string> {
  if ('name' in organisation) {
    const invitedBy = await em.findOneOrFail(Organisation, { id: partnership.organisationId });
    return found(em, { name: organisation.name, locale: partnership.locale, userId: user.id, invitedBy }, now);
  }
  const { id } = organisation;
  if (id === partnership.organisationId) throw new DomainError('own_address', { field: 'organisation' });
  const administers = { organisationId: id, userId: user.id, role: 'admin' as const, removedAt: null, joinedAt: { $ne: null } };
  const membership = await withinOrganisation(em, id, () => em.findOne(Membership, administers, { fields: ['id'] }));
  if (!membership) throw new DomainError('not_found', { organisationId: id });
  return id;
}

/** A company that is new here: what its language suggests is set, and the user administers it. */
async function found(em: Em, input: { name: string; locale: Locale; userId: string; invitedBy: Organisation }, now: Date): Promise<string> {
  const { id } = await createOrganisation(em, { id: newId(), name: input.name, locale: input.locale, invitedBy: input.invitedBy }, now);
  await withinOrganisation(em, id, async () => {
    em.create(Membership, { id: newId(), organisationId: id, userId: input.userId, role: 'admin', workspaceIds: null, joinedAt: now, createdAt: now });
  });
  return id;
}

/** Two invitations of one client, accepted at the same moment by one organisation: the database takes the first. */
async function flushUnique(em: Em): Promise<void> {
  await em.flush().catch((error: unknown) => {
    throw error instanceof UniqueConstraintViolationException ? new DomainError('partnership_exists', { field: 'organisation' }) : error;
  });
}

async function assertFree(em: Em, { organisationId }: Partnership, partnerOrganisationId: string): Promise<void> {
  const other = await em.findOne(Partnership, { organisationId, partnerOrganisationId, status: 'accepted' }, { fields: ['id'] });
  if (other) throw new DomainError('partnership_exists', { field: 'organisation' });
}
