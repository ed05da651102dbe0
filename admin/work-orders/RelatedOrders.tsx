import { ListBase } from 'react-admin';
import { Panel } from '../parts/Panel.tsx';
import { RecordTable } from '../parts/RecordTable.tsx';
import { Empty } from '../parts/States.tsx';
import type { OrderRow } from '../providers/types.ts';
import { DEFAULT_SORT } from './list-views.ts';
import { useOrderColumns } from './order-columns.tsx';

/** The orders of a firm, a workspace or an asset, on its page. */
export function RelatedOrders({ title, empty, filter }: { title: string; empty: string; filter: Readonly<Record<string, string>> }) {
  const columns = useOrderColumns().filter((column) => column.key !== 'responsible' && (column.key !== 'firm' || !filter['firmId']));
  return (
    <Panel title={title} flush>
      <ListBase resource="work-orders" disableSyncWithLocation storeKey={false} perPage={10} sort={DEFAULT_SORT} filter={{ ...filter }} queryOptions={{ onError: () => undefined }} disableAuthentication>
        <RecordTable<OrderRow> columns={columns} linkOf={(row) => `/work-orders/${row.id}/show`} empty={<Empty text={empty} />} />
      </ListBase>
    </Panel>
  );
}
