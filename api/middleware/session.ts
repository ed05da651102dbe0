import { createHash, randomBytes } from 'node:crypto';
import { gateEm, type Orm } from '#db/orm.ts';
import { findLiveSession, findMemberActor } from '#db/users/queries.ts';
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

/** A new secret of 256 bits, for links and cookies; only `hashToken` of it is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of a token; a plain hash is enough for 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Session and, where an account is named, membership: one short transaction before the request's own. */
export async function identify(
  orm: Orm,
  token: string | null,
  organisationId: string | null,
  now: Date,
): Promise<{ signedIn: SignedIn; member: MemberActor | null } | null> {
  if (!token) return null;
  return gateEm(orm).transactional(async (em) => {
    const found = await findLiveSession(em, hashToken(token), now);
    if (!found) return null;
    const { session, user } = found;
    const signedIn: SignedIn = {
      sessionId: session.id,
      userId: user.id,
      email: user.email,
      name: user.name,
      locale: user.locale,
      isOperator: user.isOperator,
    };
    return { signedIn, member: organisationId ? await findMemberActor(em, user.id, organisationId) : null };
  });
}
