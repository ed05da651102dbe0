import type { AccountChoice, Session } from './types.ts';
import { get, post, remove } from './http.ts';

/**
 * Who is signed in, and in which account this tab works. The account is kept per tab, so that two tabs may stand
 * in two accounts; a new tab starts where the last one was.
 */
let session: Promise<Session> | null = null;
let known: Session | null = null;

const ACCOUNT = 'gewerk.account';
const listeners = new Set<() => void>();

export function loadSession(): Promise<Session> {
  session ??= get<Session>('/session').then(keep, (error: unknown) => {
    session = null;
    throw error;
  });
  return session;
}

export async function signIn(email: string, password: string): Promise<Session> {
  return keepSession(await post<Session>('/session', { email, password }));
}

export async function signOut(): Promise<void> {
  forgetSession();
  await remove('/session').catch(() => undefined);
}

export function keepSession(found: Session): Session {
  session = Promise.resolve(found);
  return keep(found);
}

/** Called when the server said that nobody is signed in. */
export function forgetSession(): void {
  session = null;
  known = null;
  tell();
}

export function sessionNow(): Session | null {
  return known;
}

/** The account of this tab, or the first of the user's own; null where they belong to none. */
export function accountId(): string | null {
  const wanted = sessionStorage.getItem(ACCOUNT) ?? localStorage.getItem(ACCOUNT);
  if (!known) return wanted;
  const accounts: readonly AccountChoice[] = known.accounts;
  return (accounts.find((one) => one.id === wanted) ?? accounts[0])?.id ?? null;
}

export function selectAccount(id: string): void {
  sessionStorage.setItem(ACCOUNT, id);
  localStorage.setItem(ACCOUNT, id);
  tell();
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
  tell();
  return found;
}

function tell(): void {
  for (const listener of listeners) listener();
}
