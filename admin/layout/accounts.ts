import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { usePortal } from '../parts/portal.ts';
import type { Accounts } from '../providers/partner-types.ts';

/** All accounts of the user with what is open in each; asked again when something changes, and every two minutes. */
export function useAccounts(): UseQueryResult<Accounts> {
  const portal = usePortal();
  return useQuery({ queryKey: ['accounts'], queryFn: ({ signal }) => portal.accounts(signal), staleTime: 30_000, refetchInterval: 120_000 });
}
