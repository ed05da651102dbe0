import { Organisation } from '#db/organisations/entity.ts';
import type { Em } from '#db/orm.ts';
import { hasPassword } from '#db/users/commands/passwords.ts';
import { findAccountToken } from '#db/users/commands/tokens.ts';
import { User } from '#db/users/entity.ts';
import { SHORTEST_PASSWORD } from '#domain/passwords.ts';
import type { AccountTokenRecord } from './schema.ts';

/** An account link, looked at without using it up. */
export type OpenedToken = AccountTokenRecord & {
  readonly userId: string | null;
  readonly organisationId: string | null;
  /** From whose page a new password was asked for. */
  readonly invitation: { readonly organisationId: string; readonly partnershipId: string } | null;
};

export async function openToken(em: Em, token: string, now: Date): Promise<OpenedToken> {
  const row = await findAccountToken(em, token, now);
  const user = row.userId ? await em.findOne(User, { id: row.userId }) : null;
  const organisation = row.organisationId ? await em.findOne(Organisation, { id: row.organisationId }) : null;
  return {
    purpose: row.purpose,
    userId: row.userId ?? null,
    organisationId: row.organisationId ?? null,
    invitation: row.organisationId && row.partnershipId ? { organisationId: row.organisationId, partnershipId: row.partnershipId } : null,
    email: user?.email ?? null,
    name: user?.name ?? null,
    organisationName: organisation?.name ?? null,
    isNewUser: !user || !(await hasPassword(em, user.id)),
    minPasswordLength: SHORTEST_PASSWORD,
  };
}
