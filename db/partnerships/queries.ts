import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { PartnershipStatus } from '#domain/statuses.ts';
import { asSystem, type Em } from '../orm.ts';
import { countLimit, pageInfoOf, type Page, type PageAsked } from '../page.ts';
import { User } from '../users/entity.ts';
import { Workspace } from '../workspaces/entity.ts';
import type { Partnership } from './entity.ts';
import { withoutHiddenPeople } from './shown.ts';

type Columns = Pick<
  Partnership,
  'id' | 'organisationId' | 'firmId' | 'status' | 'invitedEmail' | 'invitedName' | 'locale' | 'message' | 'round' | 'invitedAt' | 'validUntil' | 'remindedAt'
  | 'lastRemindedAt' | 'bouncedAt' | 'acceptedAt' | 'acceptedByUserId' | 'closedAt' | 'declineReason' | 'otherEmail' | 'otherEmailAt' | 'showsPeople' | 'endsOn' | 'endedAt' | 'endReason' | 'endedBySide'
>;

/** A partnership with the names and counts that lists show. */
export type PartnershipRow = { readonly [K in keyof Columns]-?: Exclude<Columns[K], undefined> } & {
  readonly company: string;
  readonly standing: string;
  readonly isFirmArchived: boolean;
  readonly invitedByName: string | null;
  readonly acceptedByName: string | null;
  readonly partnerName: string | null;
  readonly workspaceCount: number;
  readonly openOrderCount: number;
};

export type PartnershipFilter = PageAsked & {
  readonly sort: 'company' | 'status' | 'invitedAt';
  readonly order: 'ASC' | 'DESC';
  readonly q?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly firmId?: string | undefined;
  readonly status?: readonly PartnershipStatus[] | undefined;
};

const SORTS: Readonly<Record<PartnershipFilter['sort'], string>> = { company: 'lower(f.company)', status: 'p.status', invitedAt: 'p.invited_at' };
const FROM = `from partnerships p join firms f on f.organisation_id = p.organisation_id and f.id = p.firm_id
  left join users i on i.id = p.invited_by_user_id left join users a on a.id = p.accepted_by_user_id left join organisations o on o.id = p.partner_organisation_id`;
const COLUMNS = `p.id, p.organisation_id as "organisationId", p.firm_id as "firmId", p.status, p.invited_email as "invitedEmail", p.invited_name as "invitedName", p.locale, p.message,
  p.round, p.invited_at as "invitedAt", p.valid_until as "validUntil", p.reminded_at as "remindedAt", p.last_reminded_at as "lastRemindedAt", p.bounced_at as "bouncedAt",
  p.accepted_at as "acceptedAt", p.accepted_by_user_id as "acceptedByUserId", p.closed_at as "closedAt", p.decline_reason as "declineReason", p.other_email as "otherEmail", p.other_email_at as "otherEmailAt",
  p.shows_people as "showsPeople", p.ends_on::text as "endsOn", p.ended_at as "endedAt", p.end_reason as "endReason", p.ended_by_side as "endedBySide",
  f.company, f.standing, f.archived_at is not null as "isFirmArchived", i.name as "invitedByName", a.name as "acceptedByName", o.name as "partnerName",
  (select count(*)::int from workspace_shares s where s.organisation_id = p.organisation_id and s.partnership_id = p.id) as "workspaceCount",
  (select count(*)::int from assignments x join work_orders w on w.organisation_id = x.organisation_id and w.id = x.work_order_id
     where x.organisation_id = p.organisation_id and x.firm_id = p.firm_id and x.status in ('offered', 'accepted', 'done') and w.status not in ('closed', 'cancelled')) as "openOrderCount"`;

/** Partnerships and invitations of the organisation; two statements, however many. */
export async function findPartnerships(em: Em, actor: MemberActor, asked: PartnershipFilter): Promise<Page<PartnershipRow>> {
  const { sql, values } = filterOf(actor, asked);
  const direction = asked.order === 'ASC' ? 'asc' : 'desc';
  const rows = await em.execute<PartnershipRow[]>(
    `select ${COLUMNS} ${FROM} where ${sql} order by ${SORTS[asked.sort]} ${direction}, p.id ${direction} limit ? offset ?`,
    [...values, asked.perPage + 1, (asked.page - 1) * asked.perPage],
  );
  const counted = await em.execute<{ n: number }[]>(`select count(*)::int as n from (select 1 ${FROM} where ${sql} limit ${countLimit}) as counted`, values);
  return { data: rows.slice(0, asked.perPage).map(withDates), pageInfo: pageInfoOf(asked, counted[0]?.n ?? 0, rows.length > asked.perPage) };
}

/** One of them; throws `not_found`. */
export async function getPartnership(em: Em, actor: MemberActor, id: string): Promise<PartnershipRow> {
  const [row] = await em.execute<PartnershipRow[]>(`select ${COLUMNS} ${FROM} where p.organisation_id = ? and p.id = ?`, [actor.organisationId, id]);
  if (!row) throw new DomainError('not_found', { partnershipId: id });
  return withDates(row);
}

function filterOf(actor: MemberActor, asked: PartnershipFilter): { sql: string; values: unknown[] } {
  const parts = ['p.organisation_id = ?'];
  const values: unknown[] = [actor.organisationId];
  const among = (column: string, list: readonly unknown[] | undefined): void => {
    if (!list) return;
    parts.push(`${column} in (${list.length > 0 ? list.map(() => '?').join(', ') : 'null'})`);
    values.push(...list);
  };
  among('p.id', asked.ids);
  among('p.status', asked.status);
  among('p.firm_id', asked.firmId ? [asked.firmId] : undefined);
  for (const word of (asked.q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5)) {
    parts.push(`strpos(lower(f.company || ' ' || p.invited_email || ' ' || coalesce(p.invited_name, '')), ?) > 0`);
    values.push(word);
  }
  return { sql: parts.join(' and '), values };
}

const DATES = ['invitedAt', 'validUntil', 'remindedAt', 'lastRemindedAt', 'bouncedAt', 'acceptedAt', 'closedAt', 'otherEmailAt', 'endedAt'] as const;

/** Plain SQL hands instants over as the driver reads them. */
function withDates(row: PartnershipRow): PartnershipRow {
  const dates = DATES.map((name) => [name, row[name] ? new Date(row[name]) : null] as const);
  return { ...row, ...Object.fromEntries(dates) };
}

export type PartnershipEvent = { readonly name: string; readonly at: Date; readonly by: string | null; readonly door: string; readonly data: Readonly<Record<string, unknown>> };

/**
 * What has happened to a partnership, oldest first, with the names of today; `by` is null for what the process did. People
 * of a partner that doesn't show them are its company, but for whoever accepted: they are its contact.
 */
export async function historyOf(em: Em, row: PartnershipRow): Promise<PartnershipEvent[]> {
  const events = await em.execute<{ name: string; at: string; userId: string | null; door: string; data: Record<string, unknown> }[]>(
    `select name, occurred_at as at, actor_user_id as "userId", door, data from events
      where organisation_id = ? and subject_id = ? and (author_organisation_id is null or author_organisation_id = ?) order by occurred_at, id limit 500`,
    [row.organisationId, row.id, row.organisationId],
  );
  const users = await em.find(User, { id: { $in: events.flatMap((one) => (one.userId ? [one.userId] : [])) } });
  const names = new Map((await withoutHiddenPeople(em, row.organisationId, users)).map((one) => [one.id, one.name]));
  const accepted = users.find((one) => one.id === row.acceptedByUserId);
  if (accepted) names.set(accepted.id, accepted.name);
  const workspaces = await em.find(Workspace, { organisationId: row.organisationId, id: { $in: events.flatMap(({ data }) => (typeof data['workspaceId'] === 'string' ? [data['workspaceId']] : [])) } });
  const workspaceNames = new Map(workspaces.map((one) => [one.id, one.name]));
  return events.map(({ name, at, userId, door, data }) => {
    // Events keep no addresses: the row knows those of its own round alone, and an earlier round may have asked somebody else.
    const isOfThisRound = data['round'] === row.round;
    const email = name === 'partnership.other_address_named' ? row.otherEmail : row.invitedEmail;
    return {
      name, at: new Date(at), door,
      data: { ...data, ...(isOfThisRound && email ? { email } : {}), ...(typeof data['workspaceId'] === 'string' ? { workspace: workspaceNames.get(data['workspaceId']) ?? null } : {}) },
      by: names.get(userId ?? '') ?? (door === 'link' && isOfThisRound ? (row.invitedName ?? row.invitedEmail) : null),
    };
  });
}

export type PartnerContact = { readonly organisationName: string; readonly name: string | null; readonly email: string | null; readonly phone: string | null };

/** Whom to reach at a partner: who has accepted, while they are there, and the company's phone number. */
export async function partnerContact(em: Em, row: PartnershipRow): Promise<PartnerContact | null> {
  // Who belongs to a partner, its client doesn't read.
  const [found] = await asSystem(em, () => em.execute<PartnerContact[]>(
    `select o.name as "organisationName", u.name, u.email, coalesce(u.phone, o.phone) as phone
       from partnerships p join organisations o on o.id = p.partner_organisation_id
       left join memberships m on m.organisation_id = o.id and m.user_id = p.accepted_by_user_id and m.removed_at is null
       left join users u on u.id = m.user_id
      where p.organisation_id = ? and p.id = ?`,
    [row.organisationId, row.id],
  ));
  return found ?? null;
}
