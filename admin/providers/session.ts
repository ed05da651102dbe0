import { addressedAccount } from './address.ts';
import { forgetDrafts } from './drafts.ts';
import type { AccountChoice, Session } from './types.ts';
import { asHttpError, get, post, remove } from './http.ts';
import { hasSignedOut, noteArrival, noteLapse, noteSignOut } from './leaving.ts';

/** Who is signed in, and in which account this tab works; a tab without one starts in the last that was their own. */
let session: Promise<Session> | null = null;
let known: Session | null = null;

const ACCOUNT = 'gewerk.account';
const listeners = new Set<() => void>();

/** Who is signed in, asked once; rejects with 401 where nobody is. */
export function loadSession(): Promise<Session> {
  session ??= askWho().then(keep, (error: unknown) => {
    session = null;
    throw error;
  });
  return session;
}

/** Nobody being signed in is an answer to the question who is, and a refusal to whoever needs somebody. */
async function askWho(): Promise<Session> {
  const found = await get<Session | null>('/session');
  if (!found) throw asHttpError(401, { code: 'unauthenticated' });
  return found;
}

export async function signIn(email: string, password: string): Promise<Session> {
  return keepSession(await post<Session>('/session', { email, password }));
}

export async function signOut(): Promise<void> {
  noteSignOut();
  // Whoever leaves on purpose leaves nothing typed behind for the next at this machine; after a lapse it is still there.
  if (hasSignedOut()) forgetDrafts(sessionStorage);
  forgetSession();
  await remove('/session').catch(() => undefined);
}

export function keepSession(found: Session): Session {
  session = Promise.resolve(found);
  return keep(found);
}

/** Called when the server said that nobody is signed in: whoever signs in again goes on where they were. */
export function lapseSession(): void {
  noteLapse();
  forgetSession();
}

function forgetSession(): void {
  session = null;
  known = null;
  tell();
}

export function sessionNow(): Session | null {
  return known;
}

/** The account that the address names, else the user's own: the last one, or the first; null where they belong to none. */
export function accountId(): string | null {
  return addressedAccount() ?? ownAccountId();
}

/** The own account that somebody worked in last, or their first. */
export function ownAccountId(): string | null {
  const accounts: readonly AccountChoice[] = known?.accounts ?? [];
  const last = localStorage.getItem(ACCOUNT);
  return (accounts.find((one) => one.id === last) ?? accounts[0])?.id ?? null;
}

export function rememberAccount(id: string): void {
  localStorage.setItem(ACCOUNT, id);
}

/** The path below `/accounts/:accountId` in the account of this tab. */
export function inAccount(path: string): string {
  return `/accounts/${accountId() ?? 'none'}${path}`;
}

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(found: Session): Session {
  known = found;
  noteArrival();
  tell();
  return found;
}

function tell(): void {
  for (const listener of listeners) listener();
}
