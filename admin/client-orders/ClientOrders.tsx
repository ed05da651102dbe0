import { Tab, Tabs } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { ListBase, useListContext } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { PRIORITIES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { say } from '#domain/words/index.ts';
import { ExportOrders } from '../as-partner/ExportOrders.tsx';
import { usePartnerColumns } from '../as-partner/partner-columns.tsx';
import { useAccounts } from '../layout/accounts.ts';
import { FilterChip, ListSearch, SwitchChip } from '../parts/ListTools.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RecordTable, type Column } from '../parts/RecordTable.tsx';
import { Empty, NotFound } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { ClientOrder } from '../providers/partner-types.ts';
import type { OrderRow } from '../providers/types.ts';
import { isAllRunning, RUNNING } from '../work-orders/list-views.ts';
import { CalendarView } from './CalendarView.tsx';
import { ClientFilter, PersonFilter } from './ClientFilter.tsx';
import '../work-orders/order-list.css';
import './client-orders.css';

const VIEWS = ['list', 'calendar', 'inbox'] as const;
type View = (typeof VIEWS)[number];

/** The work of all clients in one place: a list, a calendar, and what waits for us. */
export function ClientOrders() {
  const t = useT();
  const { view = 'list' } = useParams();
  const isKnown = (VIEWS as readonly string[]).includes(view);
  if (!isKnown) return <NotFound />;
  return (
    <>
      <PageHead title={t('accounts.all_orders')} />
      <ViewTabs view={view as View} />
      {view === 'calendar' ? <AllCalendar /> : <OrderTable key={view} isInbox={view === 'inbox'} />}
    </>
  );
}

function ViewTabs({ view }: { view: View }) {
  const t = useT();
  const portal = usePortal();
  const waiting = useQuery({ queryKey: ['client-orders', 'inbox-count'], queryFn: async ({ signal }) => (await portal.clientOrders({ inbox: true, perPage: 1 }, signal)).pageInfo.total });
  return (
    <Tabs value={view} className="client-tabs" aria-label={t('accounts.all_orders')}>
      {VIEWS.map((one) => (
        <Tab key={one} value={one} component={Link} to={one === 'list' ? '/client-orders' : `/client-orders/${one}`}
          label={<span className="icon-line">{t(`client_orders.${one}`)}{one === 'inbox' && waiting.data ? <span className="count is-danger">{waiting.data}</span> : null}</span>} />
      ))}
    </Tabs>
  );
}

function AllCalendar() {
  const t = useT();
  const accounts = useAccounts();
  if (accounts.data?.clients.length === 0) return <Empty text={t('client_orders.no_clients')} />;
  return <CalendarView />;
}

/** The stream of one account does not tell of the others. */
const REFETCH_EVERY_MS = 60_000;
const SORTS = ['dueOn', 'priority', 'status', 'answerDueAt'];

const INBOX = { inbox: true } as const;

/** What waits for us has no status to choose: an answer, or somebody to do it. */
function OrderTable({ isInbox }: { isInbox: boolean }) {
  return (
    <ListBase resource="client-orders" storeKey={`client-orders.${isInbox ? 'inbox' : 'list'}`} perPage={25} sort={{ field: isInbox ? 'answerDueAt' : 'dueOn', order: 'ASC' }}
      {...(isInbox ? { filter: INBOX } : { filterDefaultValues: { status: RUNNING } })} queryOptions={{ onError: () => undefined, refetchInterval: REFETCH_EVERY_MS }} disableAuthentication>
      <TableScreen isInbox={isInbox} />
    </ListBase>
  );
}

function TableScreen({ isInbox }: { isInbox: boolean }) {
  const t = useT();
  const { filterValues, setFilters } = useListContext<ClientOrder>();
  const [name, ...others] = usePartnerColumns().map((column): Column<OrderRow> => {
    const { sortBy, ...rest } = column;
    return sortBy && SORTS.includes(sortBy) ? column : rest;
  });
  const columns: Column<ClientOrder>[] = [
    ...(name ? [{ ...name, width: '24%' } as Column<ClientOrder>] : []),
    { key: 'client', label: t('client_orders.client'), width: '14%', render: (row) => <span className="client-name">{row.account.name}</span> },
    ...others.filter((one) => one.key !== 'priority') as Column<ClientOrder>[],
  ];
  const { q, ...rest } = filterValues as { q?: string; status?: string };
  const isFiltered = Boolean(q) || Object.keys(rest).some((one) => one !== 'status' && one !== 'inbox') || (!isInbox && rest.status !== undefined && !isAllRunning(rest.status));
  return (
    <section className="panel order-table">
      <div className="list-tools"><ListSearch label={t('client.search')} /><ClientFilter /><PersonFilter />{isInbox ? null : <StatusFilter />}<PriorityFilter />
        {isInbox ? <><SwitchChip name="awaitingAnswer" label={t('client.awaiting')} /><SwitchChip name="unassigned" label={t('client.unassigned')} /></> : null}
        <SwitchChip name="overdue" label={t('list.overdue')} />
        <span className="list-end"><ExportOrders title={t('accounts.all_orders')} {...(isInbox ? { filter: INBOX } : {})} /></span>
      </div>
      <RecordTable<ClientOrder> columns={columns} linkOf={(row) => `/work-orders/${row.id}/show`} accountOf={(row) => row.account.id}
        filtered={isFiltered ? t('client_orders.filters') : null} onClearFilters={() => setFilters(isInbox ? {} : { status: RUNNING })}
        empty={<Empty text={t(isInbox ? 'client_orders.inbox_empty' : 'client_orders.empty')} />} />
    </section>
  );
}

function StatusFilter() {
  const t = useT();
  const words = useWords();
  const { filterValues, setFilters } = useListContext();
  const { status, ...rest } = filterValues as { status?: string };
  const options = WORK_ORDER_STATUSES.filter((one) => one !== 'open').map((id) => ({ id, name: say(words.workOrderStatus, id) }));
  return <FilterChip label={t('list.filter_status')} isMultiple options={options} value={status} shown={isAllRunning(status) ? t('list.filter_all_running') : undefined} onChange={(next) => setFilters(next ? { ...rest, status: next } : rest)} />;
}

function PriorityFilter() {
  const t = useT();
  const words = useWords();
  const { filterValues, setFilters } = useListContext();
  const { priority, ...rest } = filterValues as { priority?: string };
  return <FilterChip label={t('list.filter_priority')} isMultiple options={PRIORITIES.map((id) => ({ id, name: words.priority[id] }))} value={priority} onChange={(next) => setFilters(next ? { ...rest, priority: next } : rest)} />;
}
