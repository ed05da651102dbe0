import { newId } from '../../columns.ts';
import type { Em } from '../../orm.ts';
import { Session, User } from '../entity.ts';
import { newSecret } from '../secrets.ts';

const LONGEST_MS = 7 * 24 * 3_600_000;

export type Browser = { readonly address: string; readonly agent: string | null };

/** Signs a user in on a new session, whatever session the browser had before; returns the token for the cookie. */
export async function startSession(em: Em, userId: string, browser: Browser, now: Date): Promise<string> {
  const { token, hash } = newSecret();
  em.create(Session, {
    id: newId(),
    userId,
    tokenHash: hash,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + LONGEST_MS),
    address: browser.address,
    agent: browser.agent,
  });
  await em.nativeUpdate(User, { id: userId }, { lastSignedInAt: now });
  await em.flush();
  return token;
}

/** Ends one session of the user; true if there was one to end. */
export async function endSession(em: Em, userId: string, sessionId: string, now: Date): Promise<boolean> {
  const ended = await em.nativeUpdate(Session, { id: sessionId, userId, endedAt: null }, { endedAt: now });
  return ended === 1;
}

/** Ends every session of the user: after a change of password or the loss of the last account. */
export async function endAllSessions(em: Em, userId: string, now: Date): Promise<void> {
  await em.nativeUpdate(Session, { userId, endedAt: null }, { endedAt: now });
}
