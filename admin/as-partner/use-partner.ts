import { useMaybeAccount } from '../layout/account-context.ts';

export type InClientAccount = { readonly clientName: string; readonly partnerName: string; readonly isEnded: boolean };

/** Set while somebody works in the account of a client, as its partner; null in an own account. */
export function useAsPartner(): InClientAccount | null {
  const account = useMaybeAccount()?.account;
  if (account?.kind !== 'partner') return null;
  return { clientName: account.clientName ?? account.organisation.name, partnerName: account.partnerName ?? '', isEnded: account.isEnded };
}
