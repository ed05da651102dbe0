import { LockMode } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { ROLES, type Locale, type Role } from '#domain/statuses.ts';
import { newId } from '../../columns.ts';
import { recordEvent } from '../../events/record.ts';
import { queueMail } from '../../mails/queue.ts';
import type { Em } from '../../orm.ts';
import { takeFromLeaver, takeRulesFrom } from '../../partnerships/leaving.ts';
import { OFFICE } from '../../partnerships/people.ts';
import { Workspace } from '../../workspaces/entity.ts';
import { Membership, User } from '../entity.ts';

export type Invitation = {
  /** Lower-case. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** null = all workspaces. */
  readonly workspaceIds: readonly string[] | null;
  readonly locale: Locale;
};

/**
 * Invites somebody by mail; they are a member once they have opened its link. Who has a login keeps it and its name, which nobody here is told before.
 * Throws `email_taken` for somebody who belongs to the organisation or is invited already.
 */
export async function inviteMember(em: Em, actor: MemberActor, input: Invitation, now: Date): Promise<Membership> {
  assertMayGrant(actor, input.role);
  await assertWorkspaces(em, actor, input.workspaceIds);
  const user =
    (await em.findOne(User, { email: input.email })) ??
    em.create(User, { id: newId(), email: input.email, name: input.name, locale: input.locale, createdAt: now });
  const earlier = await em.findOne(Membership, { organisationId: actor.organisationId, userId: user.id });
  if (earlier && !earlier.removedAt) throw new DomainError('email_taken', { field: 'email' });
  const membership = earlier ?? newMembership(em, actor, user.id, input.role, now);
  Object.assign(membership, { role: input.role, workspaceIds: input.workspaceIds ? [...input.workspaceIds] : null, removedAt: null, joinedAt: null, invitedAt: now, invitedName: input.name, invitedLocale: input.locale });
  await em.flush();
  await mailInvitation(em, actor, membership, { user, name: input.name }, now);
  await recordEvent(em, actor, { name: 'user.invited', organisationId: actor.organisationId, subjectId: membership.id }, now);
  await em.flush();
  return membership;
}

function newMembership(em: Em, actor: MemberActor, userId: string, role: Role, now: Date): Membership {
  return em.create(Membership, { id: newId(), organisationId: actor.organisationId, userId, role, workspaceIds: null, createdAt: now });
}

/** Mails the invitation once more, with a fresh link and a fresh term. Throws `conflict` for who has joined already. */
export async function inviteAgain(em: Em, actor: MemberActor, membershipId: string, now: Date): Promise<Membership> {
  const { membership } = await lockMembership(em, actor, membershipId);
  if (membership.joinedAt) throw new DomainError('conflict', { reason: 'joined' });
  const user = await em.findOneOrFail(User, { id: membership.userId });
  membership.invitedAt = now;
  await mailInvitation(em, actor, membership, { user, name: membership.invitedName ?? null }, now);
  await em.flush();
  return membership;
}

/** The link is made when the mail is sent (`issueAccountToken`, purpose `join`), so that only its hash is ever stored. */
async function mailInvitation(
  em: Em,
  actor: MemberActor,
  membership: Membership,
  { user, name }: { readonly user: User; readonly name: string | null },
  now: Date,
): Promise<void> {
  await queueMail(
    em,
    {
      template: 'user-invitation',
      organisationId: actor.organisationId,
      to: { email: user.email, name, userId: user.id, locale: user.locale },
      party: null,
      cause: 'user.invited',
      parameters: { membershipId: membership.id, userId: user.id, inviterUserId: actor.userId },
    },
    now,
  );
}

export type MemberChange = {
  readonly role?: Role | undefined;
  readonly workspaceIds?: readonly string[] | null | undefined;
};

/** Changes role or workspaces; throws `last_admin` and, for a role above the actor's own, `forbidden`. */
export async function changeMember(em: Em, actor: MemberActor, membershipId: string, input: MemberChange, now: Date): Promise<Membership> {
  const { membership, isLastAdmin } = await lockMembership(em, actor, membershipId);
  if (input.role !== undefined && input.role !== membership.role) {
    assertMayGrant(actor, input.role);
    assertMayGrant(actor, membership.role);
    if (isLastAdmin) throw new DomainError('last_admin');
    membership.role = input.role;
  }
  if (input.workspaceIds !== undefined) {
    await assertWorkspaces(em, actor, input.workspaceIds);
    membership.workspaceIds = input.workspaceIds ? [...input.workspaceIds] : null;
  }
  await recordEvent(em, actor, { name: 'user.changed', organisationId: actor.organisationId, subjectId: membership.id, data: { role: membership.role } }, now);
  await em.flush();
  if (!OFFICE.includes(membership.role)) await takeRulesFrom(em, actor, membership.userId, now);
  return membership;
}

/**
 * Takes somebody out of the organisation, from the next request on; what they wrote stays, what they had to do for its
 * clients is nobody's. Throws `last_admin`.
 */
export async function removeMember(em: Em, actor: MemberActor, membershipId: string, now: Date): Promise<void> {
  const { membership, isLastAdmin } = await lockMembership(em, actor, membershipId);
  assertMayGrant(actor, membership.role);
  if (isLastAdmin) throw new DomainError('last_admin');
  membership.removedAt = now;
  await recordEvent(em, actor, { name: 'user.removed', organisationId: actor.organisationId, subjectId: membership.id }, now);
  await em.flush();
  await takeFromLeaver(em, actor, membership.userId, now);
}

type Locked = { readonly membership: Membership; readonly isLastAdmin: boolean };

/**
 * The membership with all administrators of the organisation, locked in one order: so two of them can neither remove each
 * other at the same moment nor wait for each other.
 */
async function lockMembership(em: Em, actor: MemberActor, id: string): Promise<Locked> {
  const locked = await em.find(
    Membership,
    { organisationId: actor.organisationId, removedAt: null, $or: [{ id }, { role: 'admin', joinedAt: { $ne: null } }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' }, refresh: true },
  );
  const membership = locked.find((one) => one.id === id);
  if (!membership) throw new DomainError('not_found', { membershipId: id });
  const others = locked.filter((one) => one.id !== id && one.role === 'admin' && one.joinedAt);
  return { membership, isLastAdmin: membership.role === 'admin' && others.length === 0 };
}

/** Nobody grants, changes or takes a role above their own; `ROLES` stands in descending order. */
function assertMayGrant(actor: MemberActor, role: Role): void {
  if (ROLES.indexOf(role) < ROLES.indexOf(actor.role)) throw new DomainError('forbidden', { role });
}

async function assertWorkspaces(em: Em, actor: MemberActor, ids: readonly string[] | null): Promise<void> {
  if (!ids) return;
  const found = await em.count(Workspace, { organisationId: actor.organisationId, id: { $in: [...ids] } });
  if (found !== new Set(ids).size) throw new DomainError('not_found', { field: 'workspaceIds' });
}
