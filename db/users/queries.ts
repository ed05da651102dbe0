import type { MemberActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';
import { Organisation } from '../organisations/entity.ts';
import { Membership, Session, type User } from './entity.ts';

export const IDLE_MS = 12 * 3_600_000;
const TOUCH_EVERY_MS = 60_000;

/** Whoever a session belongs to; `role` is null where they are no member of the organisation that was asked for. */
export type SessionHolder = {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: User['locale'];
  readonly isOperator: boolean;
  readonly role: Membership['role'] | null;
  readonly workspaceIds: string[] | null;
};

type HolderRow = { session_id: string; last_seen_at: string | Date; expires_at: string | Date; user_id: string; email: string; name: string; locale: User['locale']; is_operator: boolean; role: Membership['role'] | null; workspace_ids: string[] | null };

/**
 * The holder of a session that is still alive, with their membership of an organisation (null: of none); remembers that
 * it was seen, at most once a minute. One statement, as every request asks for it.
 */
export async function findSessionHolder(em: Em, tokenHash: string, organisationId: string | null, now: Date): Promise<SessionHolder | null> {
  const [row] = await em.execute<HolderRow[]>(
    `select s.id as session_id, s.last_seen_at, s.expires_at, u.id as user_id, u.email, u.name, u.locale, u.is_operator, m.role, m.workspace_ids
       from sessions s join users u on u.id = s.user_id
       left join memberships m on m.user_id = u.id and m.organisation_id = ?::uuid and m.removed_at is null and m.joined_at is not null
      where s.token_hash = ? and s.ended_at is null`,
    [organisationId, tokenHash],
  );
  if (!row) return null;
  const unseenMs = now.getTime() - new Date(row.last_seen_at).getTime();
  if (new Date(row.expires_at) <= now || unseenMs >= IDLE_MS) return null;
  if (unseenMs >= TOUCH_EVERY_MS) await em.nativeUpdate(Session, { id: row.session_id }, { lastSeenAt: now });
  return {
    sessionId: row.session_id, userId: row.user_id, email: row.email, name: row.name, locale: row.locale, isOperator: row.is_operator,
    role: row.role, workspaceIds: row.workspace_ids,
  };
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
