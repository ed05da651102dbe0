import { useMaybeAccount } from '../layout/account-context.ts';

export type InClientAccount = { readonly clientName: string; readonly partnerName: string; readonly isEnded: boolean; readonly endsOn: string | null; readonly endedAt: string | null };

/** Set while somebody works in the account of a client, as its partner; null in an own account. */
export function useAsPartner(): InClientAccount | null {
  const account = useMaybeAccount()?.account;
  if (account?.kind !== 'partner') return null;
  return { clientName: account.clientName ?? account.organisation.name, partnerName: account.partnerName ?? '', isEnded: account.isEnded, endsOn: account.endsOn, endedAt: account.endedAt };
}

/** Key of the sentence for a partnership that one side ends: still to come, over with work to finish, or a record. */
export function endingWords({ isEnded, endedAt }: { readonly isEnded: boolean; readonly endedAt: string | null }): 'partner_band.ended' | 'partner_band.over' | 'partner_band.ending' {
  if (isEnded) return 'partner_band.ended';
  return endedAt ? 'partner_band.over' : 'partner_band.ending';
}
