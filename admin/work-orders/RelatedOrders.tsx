import { ListBase } from 'react-admin';
import { usePartnerColumns } from '../as-partner/partner-columns.tsx';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { Panel } from '../parts/Panel.tsx';
import { RecordTable } from '../parts/RecordTable.tsx';
import { Empty } from '../parts/States.tsx';
import type { OrderRow } from '../providers/types.ts';
import { DEFAULT_SORT } from './list-views.ts';
import { useOrderColumns } from './order-columns.tsx';

/** The orders of a firm, a workspace or an asset, on its page. */
export function RelatedOrders({ title, empty, filter }: { title: string; empty: string; filter: Readonly<Record<string, string>> }) {
  const asPartner = useAsPartner();
  const forPartner = usePartnerColumns().filter((column) => !['priority', 'person', 'number'].includes(column.key)).map(({ width, ...column }) => (column.key === 'order' || !width ? column : { ...column, width }));
  const forMember = useOrderColumns().filter((column) => !['priority', 'responsible'].includes(column.key) && (column.key !== 'firm' || !filter['firmId']));
  return (
    <Panel title={title} flush className="related-orders">
      <ListBase resource="work-orders" disableSyncWithLocation storeKey={false} perPage={10} sort={DEFAULT_SORT} filter={{ ...filter }} queryOptions={{ onError: () => undefined }} disableAuthentication>
        <RecordTable<OrderRow> columns={asPartner ? forPartner : forMember} linkOf={(row) => `/work-orders/${row.id}/show`} empty={<Empty text={empty} />} />
      </ListBase>
    </Panel>
  );
}
