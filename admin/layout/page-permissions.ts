import type { Action } from '#domain/permissions.ts';

/** What a page's address needs, first match; what is not listed is for everybody with an account, or decides by record. */
const NEEDS: readonly (readonly [RegExp, Action])[] = [
  [/^\/work-orders\/create$/, 'work_order.create'],
  [/^\/firms(\/[^/]+\/show)?$/, 'firm.read'],
  [/^\/firms\/[^/]+$/, 'firm.manage'],
  [/^\/partnership$/, 'own_partnership.read'],
  [/^\/partnerships(\/.+)?$/, 'partner.read'],
  [/^\/workspaces(\/[^/]+\/show)?$/, 'workspace.read'],
  [/^\/workspaces\/[^/]+$/, 'workspace.manage'],
  [/^\/assets(\/[^/]+\/show)?$/, 'asset.read'],
  [/^\/assets\/[^/]+$/, 'asset.manage'],
  [/^\/to-review(\/.+)?$/, 'to_review.read'],
  [/^\/mails$/, 'mail_log.read'],
  [/^\/users$/, 'user.read'],
  [/^\/settings(\/.+)?$/, 'settings.read'],
];

/** The permission without which a page does not exist for somebody; null where everybody may look. */
export function permissionOfPage(pathname: string): Action | null {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  return NEEDS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
