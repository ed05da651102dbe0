import { Button } from '@mui/material';
import { ListBase, useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { PartnerOrderList } from '../as-partner/PartnerOrderList.tsx';
import { useAccount, useMay } from '../layout/account-context.ts';
import { AddIcon } from '../parts/icons.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { RecordTable } from '../parts/RecordTable.tsx';
import { Empty } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import type { OrderRow } from '../providers/types.ts';
import { DEFAULT_SORT, RUNNING, type OrderFilter } from './list-views.ts';
import { OrderFilters, useFilterWords } from './OrderFilters.tsx';
import { OrderViews } from './OrderViews.tsx';
import { useOrderColumns } from './order-columns.tsx';
import './order-list.css';

/** Tickets: views on the left, filters above, two dates side by side. */
export function OrderList() {
  const { account } = useAccount();
  return account.kind === 'partner' ? <PartnerOrderList /> : <OwnOrderList />;
}

function OwnOrderList() {
  const { accountId } = useAccount();
  return (
    <ListBase resource="work-orders" storeKey={`${accountId}.work-orders`} perPage={25} sort={DEFAULT_SORT} filter={{ kind: 'ticket' }} filterDefaultValues={{ status: RUNNING }}
      queryOptions={{ onError: () => undefined }} disableAuthentication>
      <OrderListScreen />
    </ListBase>
  );
}

function OrderListScreen() {
  const t = useT();
  const may = useMay();
  const { total } = useListContext<OrderRow>();
  const create = may('work_order.create') ? (
    <Button variant="contained" startIcon={<AddIcon />} component={Link} to="/work-orders/create">{t('list.create')}</Button>
  ) : null;
  return (
    <>
      <PageHead title={t('list.title')} count={total} actions={create} />
      <div className="order-list">
        <OrderViews />
        <OrderTable create={create} />
      </div>
    </>
  );
}

function OrderTable({ create }: { create: React.ReactNode }) {
  const t = useT();
  const { session } = useAccount();
  const columns = useOrderColumns();
  const { filterValues, setFilters } = useListContext<OrderRow>();
  const filtered = useFilterWords(filterValues as OrderFilter, session.user.id);
  return (
    <section className="panel order-table">
      <OrderFilters />
      <RecordTable<OrderRow> columns={columns} linkOf={(row) => `/work-orders/${row.id}/show`} filtered={filtered}
        onClearFilters={() => setFilters({})} empty={<Empty text={t('list.empty')}>{create}</Empty>} />
    </section>
  );
}
