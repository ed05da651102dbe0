import type { PartnerActor } from '#domain/actors.ts';
import type { Role } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';

/** The account of a client that a user may enter as somebody of a partner. */
export type ClientAccount = { readonly actor: PartnerActor; readonly clientName: string; readonly timeZone: string };

/** More clients than this one office hardly has; whoever does sees the first by name. */
export const MOST_CLIENTS = 200;

type Row = { id: string; client_id: string; partner_id: string; role: Role; status: string; name: string; time_zone: string };

/** The clients of the organisations that a user belongs to, by name; `em` is the gate's. */
export async function findClientAccounts(em: Em, userId: string): Promise<ClientAccount[]> {
  const rows = await em.execute<Row[]>(
    `select p.id, p.organisation_id as client_id, p.partner_organisation_id as partner_id, m.role, p.status, o.name, o.time_zone
       from memberships m join partnerships p on p.partner_organisation_id = m.organisation_id and p.status in ('accepted', 'ended')
       join organisations o on o.id = p.organisation_id
      where m.user_id = ? and m.removed_at is null and m.joined_at is not null
      order by lower(o.name), o.name, p.id limit ?`,
    [userId, MOST_CLIENTS],
  );
  return rows.map((row) => ({
    clientName: row.name, timeZone: row.time_zone,
    actor: {
      kind: 'partner', organisationId: row.client_id, partnershipId: row.id, partnerOrganisationId: row.partner_id,
      userId, role: row.role, isEnded: row.status === 'ended',
    },
  }));
}

export type OpenInvitation = { readonly id: string; readonly clientName: string; readonly validUntil: Date };

/**
 * Invitations that wait for a user, the oldest first; `em` is the gate's. Only what goes to an address that is proven to be
 * theirs: whoever was the first administrator has typed one that may be anybody's.
 */
export async function findInvitationsTo(em: Em, userId: string, now: Date): Promise<OpenInvitation[]> {
  const rows = await em.execute<{ id: string; name: string; valid_until: string | Date }[]>(
    `select p.id, o.name, p.valid_until from users u join partnerships p on p.invited_email = u.email join organisations o on o.id = p.organisation_id
      where u.id = ? and u.email_proven_at is not null and p.status = 'invited' and p.valid_until > ? order by p.invited_at, p.id limit 20`,
    [userId, now],
  );
  return rows.map((row) => ({ id: row.id, clientName: row.name, validUntil: new Date(row.valid_until) }));
}
