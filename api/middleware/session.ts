import { gateEm, type Orm } from '#db/orm.ts';
import { hashSecret } from '#db/users/secrets.ts';
import { findSessionHolder } from '#db/users/queries.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { Locale } from '#domain/statuses.ts';

/** Who is behind the session cookie. */
export type SignedIn = {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  readonly isOperator: boolean;
};

/** Session and, where an account is named, membership: one short transaction before the request's own. */
export async function identify(
  orm: Orm,
  token: string | null,
  organisationId: string | null,
  now: Date,
): Promise<{ signedIn: SignedIn; member: MemberActor | null } | null> {
  if (!token) return null;
  return gateEm(orm).transactional(async (em) => {
    const found = await findSessionHolder(em, hashSecret(token), organisationId, now);
    if (!found) return null;
    const { role, workspaceIds, ...signedIn } = found;
    const { userId } = signedIn;
    return { signedIn, member: organisationId && role ? { kind: 'member', organisationId, userId, role, workspaceIds } : null };
  });
}
