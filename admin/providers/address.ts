import { accountInPath, addressInAccount } from './account-path.ts';

const listeners = new Set<() => void>();

export function addressedAccount(): string | null {
  return accountInPath(window.location.pathname);
}

/** Goes to a page of another account (or, with null, out of all); the portal starts anew there, so that nothing of the old one stays. */
export function moveToAccount(id: string | null, path = '/', isReplacing = false): void {
  const address = addressInAccount(id, path);
  const isSame = addressedAccount() === id;
  if (isReplacing) window.history.replaceState(null, '', address);
  else window.history.pushState(null, '', address);
  // Within one account the router goes on; it hears of an address that it did not set itself as of the browser's buttons.
  if (isSame) window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
  else for (const listener of listeners) listener();
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
