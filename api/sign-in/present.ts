import type { Em } from '#db/orm.ts';
import { User } from '#db/users/entity.ts';
import { findAccounts } from '#db/users/queries.ts';
import { plain } from '../present.ts';
import type { SessionRecord } from './schema.ts';

/** A user as they see themselves. */
export function presentUser(user: User): SessionRecord['user'] {
  const row = plain(user);
  return { id: row.id, name: row.name, email: row.email, phone: row.phone, locale: row.locale, isOperator: row.isOperator };
}

/** What the portal needs right after signing in. */
export async function presentSession(em: Em, userId: string): Promise<SessionRecord> {
  const user = await em.findOneOrFail(User, { id: userId });
  const accounts = await findAccounts(em, userId);
  return { user: presentUser(user), accounts: accounts.map((one) => ({ ...one, kind: 'member' as const })) };
}
