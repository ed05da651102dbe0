import { findLogin, refreshHash } from '#db/users/commands/passwords.ts';
import { endSession, startSession } from '#db/users/commands/sessions.ts';
import { checkPassword, hashPassword } from '#db/users/passwords.ts';
import { DomainError } from '#domain/errors.ts';
import { addressKey } from '../middleware/limits.ts';
import type { Access, Caller, Transact } from '../route.ts';
import { presentSession } from './present.ts';
import type { SessionRecord } from './schema.ts';

export type Visitor = Pick<Caller<Access>, 'deps' | 'address' | 'agent' | 'now' | 'cookie'> & {
  readonly signedIn: { readonly sessionId: string; readonly userId: string } | null;
  readonly transact: Transact;
};

/**
 * Proves who somebody is by address and password, within the limits; returns the user's id. An unknown address costs the
 * same work and gets the same `sign_in_failed`.
 */
export async function provePassword(visitor: Visitor, email: string, password: string): Promise<string> {
  const { limits } = visitor.deps;
  const tries = [
    ['signInAddress', addressKey(visitor.address)],
    ['signInAccountMinute', email],
    ['signInAccountHour', email],
  ] as const;
  for (const [name, key] of tries) await limits.consume(name, key);
  const login = await visitor.transact((em) => findLogin(em, email));
  const check = await checkPassword(password, login?.passwordHash ?? null);
  if (!login || !check.isRight) throw new DomainError('sign_in_failed');
  for (const [name, key] of tries) await limits.giveBack(name, key);
  if (check.needsRehash) {
    const fresh = await hashPassword(password);
    await visitor.transact((em) => refreshHash(em, login.user.id, fresh));
  }
  return login.user.id;
}

/** Starts a session with a token of its own, ends the one that the browser had, and sets the cookie. */
export async function signIn(visitor: Visitor, userId: string): Promise<SessionRecord> {
  const { signedIn, address, agent, now } = visitor;
  const { token, session } = await visitor.transact(async (em) => {
    if (signedIn) await endSession(em, signedIn.userId, signedIn.sessionId, now);
    const fresh = await startSession(em, userId, { address, agent }, now);
    return { token: fresh, session: await presentSession(em, userId) };
  });
  visitor.cookie.set(token);
  return session;
}
