import { ListBase, useListContext } from 'react-admin';
import { WORK_ORDER_STATUSES, PRIORITIES, type WorkOrderStatus } from '#domain/statuses.ts';
import { say } from '#domain/words/index.ts';
import { useAccount, useMay } from '../layout/account-context.ts';
import { FilterChip, ListSearch, SwitchChip } from '../parts/ListTools.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RecordTable } from '../parts/RecordTable.tsx';
import { Empty } from '../parts/States.tsx';
import { useRecords } from '../parts/records.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { OrderRow } from '../providers/types.ts';
import { DEFAULT_SORT, isAllRunning, RUNNING, type OrderFilter } from '../work-orders/list-views.ts';
import { DueChip, useFilterWords } from '../work-orders/OrderFilters.tsx';
import { ExportOrders } from './ExportOrders.tsx';
import { usePartnerColumns } from './partner-columns.tsx';
import { useAsPartner } from './use-partner.ts';
import '../work-orders/order-list.css';
import './as-partner.css';

/** The orders of one client, as far as the partner takes part in them. */
export function PartnerOrderList() {
  const { accountId } = useAccount();
  // Of a partnership that has ended there is the record, and nothing that runs.
  const isEnded = useAsPartner()?.isEnded === true;
  return (
    <ListBase resource="work-orders" storeKey={`${accountId}.work-orders`} perPage={25} sort={DEFAULT_SORT} filterDefaultValues={isEnded ? {} : { status: RUNNING }} queryOptions={{ onError: () => undefined }} disableAuthentication>
      <Screen />
    </ListBase>
  );
}

function Screen() {
  const t = useT();
  const { session } = useAccount();
  const asPartner = useAsPartner();
  const columns = usePartnerColumns();
  const { total, filterValues, setFilters } = useListContext<OrderRow>();
  const filtered = useFilterWords(filterValues as OrderFilter, session.user.id);
  return (
    <>
      <PageHead title={t('client.orders')} count={total} actions={<ExportOrders title={t('client.orders')} />} />
      <section className="panel order-table">
        <Filters />
        <RecordTable<OrderRow> columns={columns} linkOf={(row) => `/work-orders/${row.id}/show`} filtered={filtered} onClearFilters={() => setFilters({})}
          empty={<Empty text={t('client.no_orders', { client: asPartner?.clientName ?? '' })} />} />
      </section>
      <p className="second list-foot">{t('client.list_hint')}</p>
    </>
  );
}

function Filters() {
  const t = useT();
  const words = useWords();
  const may = useMay();
  const workspaces = useRecords('workspaces');
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as OrderFilter;
  const set = (name: keyof OrderFilter) => (value: string | undefined): void => {
    const { [name]: _before, ...rest } = filter;
    setFilters(value === undefined ? rest : { ...rest, [name]: value });
  };
  // Nobody's open order is a partner's.
  const statuses = WORK_ORDER_STATUSES.filter((one) => one !== ('open' satisfies WorkOrderStatus)).map((id) => ({ id, name: say(words.workOrderStatus, id) }));
  return (
    <div className="list-tools">
      <ListSearch label={t('client.search')} />
      <FilterChip label={t('list.filter_status')} isMultiple options={statuses} value={filter.status} onChange={set('status')} shown={isAllRunning(filter.status) ? t('list.filter_all_running') : undefined} />
      <FilterChip label={t('list.filter_workspace')} options={workspaces.map((one) => ({ id: one.id, name: one.name }))} value={filter.workspaceId} onChange={set('workspaceId')} />
      <FilterChip label={t('list.filter_priority')} isMultiple options={PRIORITIES.map((id) => ({ id, name: words.priority[id] }))} value={filter.priority} onChange={set('priority')} />
      {may('assignment.pass_on') ? <><SwitchChip name="awaitingAnswer" label={t('client.awaiting')} /><SwitchChip name="unassigned" label={t('client.unassigned')} /></> : null}
      <DueChip />
      <SwitchChip name="overdue" label={t('list.overdue')} />
      {Object.keys(filter).length > 0 && !(Object.keys(filter).length === 1 && isAllRunning(filter.status)) ? (
        <button type="button" className="linklike strong" onClick={() => setFilters({ status: RUNNING })}>{t('list.clear')}</button>
      ) : null}
    </div>
  );
}
