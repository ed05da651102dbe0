import type { AnchorHTMLAttributes } from 'react';
import { addressInAccount } from '../providers/account-path.ts';
import { moveToAccount } from '../providers/address.ts';

type AccountLinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly account: string; readonly path?: string };

/** A link into another account; a plain click starts the portal there, with a key it opens in a tab of its own. */
export function AccountLink({ account, path = '/', onClick, ...rest }: AccountLinkProps) {
  return (
    <a {...rest} href={addressInAccount(account, path)} onClick={(event) => {
      onClick?.(event);
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      event.preventDefault();
      moveToAccount(account, path);
    }} />
  );
}
