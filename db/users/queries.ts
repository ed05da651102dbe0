import type { AccountActor, MemberActor } from '#domain/actors.ts';
import type { Em } from '../orm.ts';
import { Organisation } from '../organisations/entity.ts';
import { Membership, Session, type User } from './entity.ts';

export const IDLE_MS = 12 * 3_600_000;
const TOUCH_EVERY_MS = 60_000;

/** Whoever a session belongs to; `account` is null where nothing of theirs has the id that was asked for. */
export type SessionHolder = {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: User['locale'];
  readonly isOperator: boolean;
  readonly account: AccountActor | null;
};

type HolderRow = AccountRow & { session_id: string; last_seen_at: string | Date; expires_at: string | Date; user_id: string; email: string; name: string; locale: User['locale']; is_operator: boolean };

/**
 * The holder of a session that is still alive, as whom they are in an account (null: in none): a member of that
 * organisation, or one of the partner's people where the id is a partnership's. Remembers that the session was seen, at
 * most once a minute. One statement, as every request asks for it.
 */
export async function findSessionHolder(em: Em, tokenHash: string, accountId: string | null, now: Date): Promise<SessionHolder | null> {
  const [row] = await em.execute<HolderRow[]>(
    `select s.id as session_id, s.last_seen_at, s.expires_at, u.id as user_id, u.email, u.name, u.locale, u.is_operator, ${ACCOUNT_COLUMNS}
       from sessions s join users u on u.id = s.user_id ${ACCOUNT_JOINS}
      where s.token_hash = ? and s.ended_at is null`,
    [accountId, accountId, tokenHash],
  );
  if (!row) return null;
  const unseenMs = now.getTime() - new Date(row.last_seen_at).getTime();
  if (new Date(row.expires_at) <= now || unseenMs >= IDLE_MS) return null;
  if (unseenMs >= TOUCH_EVERY_MS) await em.nativeUpdate(Session, { id: row.session_id }, { lastSeenAt: now });
  return {
    sessionId: row.session_id, userId: row.user_id, email: row.email, name: row.name, locale: row.locale, isOperator: row.is_operator,
    account: accountOf(row.user_id, row),
  };
}

type AccountRow = {
  member_of: string | null; role: Membership['role'] | null; workspace_ids: string[] | null;
  client_id: string | null; partnership_id: string | null; partner_id: string | null; partner_role: Membership['role'] | null; partnership_status: string | null;
};

const ACCOUNT_COLUMNS = `m.organisation_id as member_of, m.role, m.workspace_ids,
  p.organisation_id as client_id, p.id as partnership_id, p.partner_organisation_id as partner_id, p.status as partnership_status, pm.role as partner_role`;
/** Of the user `u`; the account's id is given twice. */
const ACCOUNT_JOINS = `left join memberships m on m.user_id = u.id and m.organisation_id = ?::uuid and m.removed_at is null and m.joined_at is not null
  left join partnerships p on p.id = ?::uuid and p.status in ('accepted', 'ended')
  left join memberships pm on pm.user_id = u.id and pm.organisation_id = p.partner_organisation_id and pm.removed_at is null and pm.joined_at is not null`;

function accountOf(userId: string, row: AccountRow): AccountActor | null {
  if (row.member_of && row.role) return { kind: 'member', organisationId: row.member_of, userId, role: row.role, workspaceIds: row.workspace_ids };
  if (!row.client_id || !row.partnership_id || !row.partner_id || !row.partner_role) return null;
  return {
    kind: 'partner', organisationId: row.client_id, partnershipId: row.partnership_id, partnerOrganisationId: row.partner_id,
    userId, role: row.partner_role, isEnded: row.partnership_status === 'ended',
  };
}

/** A user in an account as every request finds them, or null: no longer (or not yet) a member of it or of its partner. */
export async function findAccountActor(em: Em, userId: string, accountId: string): Promise<AccountActor | null> {
  const [row] = await em.execute<AccountRow[]>(`select ${ACCOUNT_COLUMNS} from users u ${ACCOUNT_JOINS} where u.id = ?`, [accountId, accountId, userId]);
  return row ? accountOf(userId, row) : null;
}

/** The actor's own membership. */
export async function getOwnMembership(em: Em, actor: MemberActor): Promise<Membership> {
  return findOwnMembership(em, actor);
}

/** A user's membership of an organisation of theirs. */
export async function findOwnMembership(em: Em, { organisationId, userId }: { readonly organisationId: string; readonly userId: string }): Promise<Membership> {
  return em.findOneOrFail(Membership, { organisationId, userId });
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
