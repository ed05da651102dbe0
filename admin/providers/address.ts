/**
 * The account stands in the address: `/a/<account>/work-orders/…`. So each tab has its own, a reload stays in it, and a link
 * that is copied opens the same. Pages without an account (signing in, links of mails) stand at the root.
 */
const PREFIX = /^\/a\/([0-9a-f-]{36})(?=\/|$)/i;
const listeners = new Set<() => void>();

/** The account that an address names; null for addresses without one. */
export function accountInPath(pathname: string): string | null {
  return PREFIX.exec(pathname)?.[1]?.toLowerCase() ?? null;
}

/** What stands before every path of an account's pages. */
export function baseOf(id: string | null): string {
  return id ? `/a/${id}` : '/';
}

/** The path inside its account. */
export function pathInAccount(pathname: string): string {
  return pathname.replace(PREFIX, '') || '/';
}

/** The address of a page in an account, from outside it. */
export function addressInAccount(id: string | null, path: string): string {
  return id ? `/a/${id}${path === '/' ? '' : path}` : path;
}

export function addressedAccount(): string | null {
  return accountInPath(window.location.pathname);
}

/** Goes to a page of another account (or, with null, out of all); the portal starts anew there, so that nothing of the old one stays. */
export function moveToAccount(id: string | null, path = '/', isReplacing = false): void {
  const address = addressInAccount(id, path);
  if (isReplacing) window.history.replaceState(null, '', address);
  else window.history.pushState(null, '', address);
  for (const listener of listeners) listener();
}

/** Hears when the address may name another account: by a move, or by the browser's back and forward. */
export function subscribeAddress(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}
