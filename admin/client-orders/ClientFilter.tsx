import { useListContext } from 'react-admin';
import { useAccount, useMay } from '../layout/account-context.ts';
import { useAccounts } from '../layout/accounts.ts';
import { FilterChip } from '../parts/ListTools.tsx';
import { useRecords } from '../parts/records.ts';
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

/** Only what one of our own people was given; they are known in an own account. */
export function PersonFilter() {
  const t = useT();
  const may = useMay();
  const { account } = useAccount();
  const isOwn = account.kind === 'member' && may('user.read');
  const users = useRecords('users', {}, isOwn);
  const { filterValues, setFilters } = useListContext();
  const { person, ...rest } = filterValues as { person?: string };
  if (!isOwn) return null;
  return <FilterChip label={t('client.own_person')} options={users.map((one) => ({ id: one.userId, name: one.name }))} value={person} onChange={(next) => setFilters(next ? { ...rest, person: next } : rest)} />;
}
