import { useListContext } from 'react-admin';
import { useAccounts } from '../layout/accounts.ts';
import { FilterChip } from '../parts/ListTools.tsx';
import { useT } from '../parts/speech.ts';

/** Only one client's orders. */
export function ClientFilter() {
  const t = useT();
  const accounts = useAccounts();
  const { filterValues, setFilters } = useListContext();
  const { clientId, ...rest } = filterValues as { clientId?: string };
  const options = (accounts.data?.clients ?? []).map(({ id, name }) => ({ id, name }));
  return <FilterChip label={t('client_orders.client')} options={options} value={clientId} onChange={(next) => setFilters(next ? { ...rest, clientId: next } : rest)} />;
}
