import { assertGoodPassword } from '#domain/passwords.ts';
import type { Em } from '../../orm.ts';
import { AccountToken, Credential, User } from '../entity.ts';
import { hashPassword } from '../passwords.ts';
import { endAllSessions } from './sessions.ts';

/** Checks a new password against the rule and hashes it; takes a while, so call it outside a transaction. */
export async function prepareNewPassword(password: string, known: readonly string[]): Promise<string> {
  assertGoodPassword(password, known);
  return hashPassword(password);
}

/** Sets a user's password: every session ends and every open link to reset it dies. */
export async function setPassword(em: Em, userId: string, passwordHash: string, now: Date): Promise<void> {
  await em.upsert(Credential, { userId, passwordHash, changedAt: now });
  await endAllSessions(em, userId, now);
  await em.nativeUpdate(AccountToken, { userId, purpose: 'reset_password', usedAt: null }, { usedAt: now });
}

/** Replaces a hash of older parameters after the password was right; nothing else changes. */
export async function refreshHash(em: Em, userId: string, passwordHash: string): Promise<void> {
  await em.nativeUpdate(Credential, { userId }, { passwordHash });
}

/** Whether the user has ever set a password. */
export async function hasPassword(em: Em, userId: string): Promise<boolean> {
  return (await em.findOne(Credential, { userId }, { fields: ['userId'] })) !== null;
}

export type Login = { readonly user: User; readonly passwordHash: string | null };

/** A user by address with the stored hash; null when nobody has that address. */
export async function findLogin(em: Em, email: string): Promise<Login | null> {
  const user = await em.findOne(User, { email });
  if (!user) return null;
  const credential = await em.findOne(Credential, { userId: user.id });
  return { user, passwordHash: credential?.passwordHash ?? null };
}
