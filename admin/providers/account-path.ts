/**
 * The account stands in the address: `/a/<account>/work-orders/…`. So each tab has its own, a reload stays in it, and a link
 * that is copied opens the same. Pages without an account (signing in, links of mails) stand at the root.
 */
const PREFIX = /^\/a\/([0-9a-f-]{36})(?=\/|$)/i;

/** The account that an address names; null for addresses without one. */
export function accountInPath(pathname: string): string | null {
  return PREFIX.exec(pathname)?.[1]?.toLowerCase() ?? null;
}

/** What stands before every path of an account's pages. */
export function baseOf(id: string | null): string {
  return id ? `/a/${id}` : '/';
}

/** The address of a page in an account, from outside it. */
export function addressInAccount(id: string | null, path: string): string {
  return id ? `/a/${id}${path === '/' ? '' : path}` : path;
}
