import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Role } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { countLimit, pageInfoOf, type Page, type PageAsked } from '../page.ts';
import type { Membership, User } from './entity.ts';

/** A member or invited person with their user, as lists show them. */
export type Member = Pick<Membership, 'id' | 'userId' | 'role' | 'workspaceIds'> &
  Pick<User, 'name' | 'email' | 'phone' | 'locale'> & {
    readonly invitedAt: Date | null;
    readonly joinedAt: Date | null;
    readonly lastSignedInAt: Date | null;
  };

export type MemberFilter = PageAsked & {
  readonly sort: 'name' | 'email' | 'role' | 'joinedAt';
  readonly order: 'ASC' | 'DESC';
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly role?: readonly Role[] | undefined;
};

/**
 * Somebody who had a login before they were invited is, until they join, no more than what was typed: else an invitation
 * would tell any organisation a stranger's name and phone number, and that they have a login at all. Nor does a sort.
 */
const STRANGER = '(m.joined_at is null and u.created_at < m.created_at)';
const NAME = `case when ${STRANGER} then coalesce(m.invited_name, u.email) else u.name end`;
const COLUMNS = `m.id, m.user_id as "userId", m.role, m.workspace_ids as "workspaceIds", m.invited_at as "invitedAt", m.joined_at as "joinedAt",
  ${NAME} as name, u.email, case when ${STRANGER} then null else u.phone end as phone, case when ${STRANGER} then coalesce(m.invited_locale, u.locale) else u.locale end as locale,
  case when ${STRANGER} then null else u.last_signed_in_at end as "lastSignedInAt"`;
const SORTS: Readonly<Record<MemberFilter['sort'], string>> = { name: NAME, email: 'u.email', role: 'm.role', joinedAt: 'm.joined_at' };

/** Members of the organisation, the invited ones among them. At most some hundred rows, so the words are compared on all. */
export async function findMembers(em: Em, actor: MemberActor, asked: MemberFilter): Promise<Page<Member>> {
  const { sql, values } = filterOf(actor, asked);
  const order = asked.order === 'ASC' ? 'asc' : 'desc';
  const rows = await em.execute<Member[]>(
    `select ${COLUMNS} from memberships m join users u on u.id = m.user_id where ${sql}
     order by ${SORTS[asked.sort]} ${order} nulls last, m.id ${order} limit ? offset ?`,
    [...values, asked.perPage + 1, (asked.page - 1) * asked.perPage],
  );
  const counted = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from (select 1 from memberships m join users u on u.id = m.user_id where ${sql} limit ${countLimit}) as counted`,
    values,
  );
  return {
    data: rows.slice(0, asked.perPage).map(withDates),
    pageInfo: pageInfoOf(asked, counted[0]?.n ?? 0, rows.length > asked.perPage),
  };
}

/** One member or invited person by membership; throws `not_found`. */
export async function getMember(em: Em, actor: MemberActor, membershipId: string): Promise<Member> {
  const rows = await em.execute<Member[]>(
    `select ${COLUMNS} from memberships m join users u on u.id = m.user_id where m.organisation_id = ? and m.removed_at is null and m.id = ?`,
    [actor.organisationId, membershipId],
  );
  const row = rows[0];
  if (!row) throw new DomainError('not_found', { membershipId });
  return withDates(row);
}

function filterOf(actor: MemberActor, asked: MemberFilter): { sql: string; values: unknown[] } {
  const parts = ['m.organisation_id = ?', 'm.removed_at is null'];
  const values: unknown[] = [actor.organisationId];
  const add = (sql: string, given: readonly unknown[]): void => {
    parts.push(sql);
    values.push(...given);
  };
  if (asked.ids) add(`(m.id in (${marks(asked.ids)}) or m.user_id in (${marks(asked.ids)}))`, [...asked.ids, ...asked.ids]);
  if (asked.role) add(`m.role in (${marks(asked.role)})`, asked.role);
  for (const word of (asked.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)) {
    add(`strpos(lower(${NAME} || ' ' || u.email), ?) > 0`, [word]);
  }
  return { sql: parts.join(' and '), values };
}

function marks(list: readonly unknown[]): string {
  return list.length > 0 ? list.map(() => '?').join(', ') : 'null';
}

/** Plain SQL hands instants over as the driver reads them. */
function withDates(row: Member): Member {
  const date = (value: unknown): Date | null => (value ? new Date(value as string) : null);
  return { ...row, invitedAt: date(row.invitedAt), joinedAt: date(row.joinedAt), lastSignedInAt: date(row.lastSignedInAt) };
}
