import type { MemberActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';
import { Organisation } from '../organisations/entity.ts';
import { Membership, Session, User } from './entity.ts';

export const IDLE_MS = 12 * 3_600_000;
const TOUCH_EVERY_MS = 60_000;

export type SignedInSession = { readonly session: Session; readonly user: User };

/** The session behind a token's hash, if it is still alive; remembers that it was seen, at most once a minute. */
export async function findLiveSession(em: Em, tokenHash: string, now: Date): Promise<SignedInSession | null> {
  const session = await em.findOne(Session, { tokenHash, endedAt: null });
  if (!session || session.expiresAt <= now || now.getTime() - session.lastSeenAt.getTime() >= IDLE_MS) return null;
  const user = await em.findOne(User, { id: session.userId });
  if (!user) return null;
  if (now.getTime() - session.lastSeenAt.getTime() >= TOUCH_EVERY_MS) session.lastSeenAt = now;
  return { session, user };
}

/** A user as member of an organisation, or null: not invited, not joined yet, or removed. */
export async function findMemberActor(em: Em, userId: string, organisationId: string): Promise<MemberActor | null> {
  const membership = await em.findOne(Membership, {
    userId,
    organisationId,
    removedAt: null,
    joinedAt: { $ne: null },
  });
  if (!membership) return null;
  return { kind: 'member', organisationId, userId, role: membership.role, workspaceIds: membership.workspaceIds ?? null };
}

/** The actor's own membership. */
export async function getOwnMembership(em: Em, actor: MemberActor): Promise<Membership> {
  return em.findOneOrFail(Membership, { organisationId: actor.organisationId, userId: actor.userId });
}

export type OwnAccount = { readonly id: string; readonly name: string; readonly role: Membership['role'] };

/** The accounts a user belongs to, by name; `em` is the gate's. */
export async function findAccounts(em: Em, userId: string): Promise<OwnAccount[]> {
  const memberships = await em.find(Membership, { userId, removedAt: null, joinedAt: { $ne: null } });
  const organisations = await em.find(
    Organisation,
    { id: { $in: memberships.map((one) => one.organisationId) } },
    { orderBy: { name: 'asc', id: 'asc' } },
  );
  const roles = new Map(memberships.map((one) => [one.organisationId, one.role]));
  return organisations.map(({ id, name }) => ({ id, name, role: roles.get(id) ?? 'technician' }));
}

/** The user's living sessions, the last used first. */
export async function findOwnSessions(em: Em, userId: string, now: Date): Promise<Session[]> {
  const idleSince = new Date(now.getTime() - IDLE_MS);
  return em.find(
    Session,
    { userId, endedAt: null, expiresAt: { $gt: now }, lastSeenAt: { $gt: idleSince } },
    { orderBy: { lastSeenAt: 'desc', id: 'desc' } },
  );
}

/** Whether a session still lives, without counting as its use. */
export async function isSessionAlive(em: Em, sessionId: string, now: Date): Promise<boolean> {
  const session = await em.findOne(Session, { id: sessionId, endedAt: null });
  return session !== null && session.expiresAt > now && now.getTime() - session.lastSeenAt.getTime() < IDLE_MS;
}
