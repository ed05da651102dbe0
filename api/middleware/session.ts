import { gateEm, type Orm } from '#db/orm.ts';
import { hashSecret } from '#db/users/secrets.ts';
import { findSessionHolder } from '#db/users/queries.ts';
import type { AccountActor } from '#domain/actors.ts';
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

/** Session and, where an account is named, who they are in it: one short transaction before the request's own. */
export async function identify(
  orm: Orm,
  token: string | null,
  accountId: string | null,
  now: Date,
): Promise<{ signedIn: SignedIn; account: AccountActor | null } | null> {
  if (!token) return null;
  return gateEm(orm).transactional(async (em) => {
    const found = await findSessionHolder(em, hashSecret(token), accountId, now);
    if (!found) return null;
    const { account, ...signedIn } = found;
    return { signedIn, account };
  });
}
