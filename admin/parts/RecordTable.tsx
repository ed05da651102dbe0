import { Button, IconButton, MenuItem, Select, TableSortLabel } from '@mui/material';
import { useRef, type ReactNode } from 'react';
import { useListContext, type RaRecord } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useShortcut } from '../layout/shortcuts.tsx';
import { moveToAccount } from '../providers/address.ts';
import { AccountLink } from './AccountLink.tsx';
import { BackIcon, ChevronRightIcon } from './icons.ts';
import { Empty, Failed, LoadingRows } from './States.tsx';
import { useT } from './speech.ts';
import './record-table.css';

export type Column<Row> = {
  readonly key: string; readonly label: string; readonly sortBy?: string; readonly width?: string; readonly isSecondary?: boolean;
  /** The head is said to readers only. */
  readonly isUnlabelled?: boolean;
  readonly render: (row: Row) => ReactNode;
};

type RecordTableProps<Row> = {
  readonly columns: readonly Column<Row>[];
  /** The first column is the link that opens the row. */
  readonly linkOf: (row: Row) => string | null;
  /** Whose account the row's page is in, where it is not this one. */
  readonly accountOf?: ((row: Row) => string) | undefined;
  readonly empty: ReactNode;
  /** What is filtered by, in words; null = nothing. */
  readonly filtered?: string | null;
  readonly onClearFilters?: () => void;
};

/** The table of every list: skeleton, empty, filtered empty, error and rows; `j` and `k` move, Enter opens. */
export function RecordTable<Row extends RaRecord>(props: RecordTableProps<Row>) {
  const { columns, linkOf, accountOf } = props;
  const { data, isFetching, sort, setSort } = useListContext<Row>();
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  const hasRows = data !== undefined && data.length > 0;
  return (
    <>
      <div className={isFetching && hasRows ? 'fetching' : 'fetching-none'} />
      {hasRows ? (
        <div className="record-table-scroll">
          <table className="record-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.key} style={{ width: column.width }} className={column.isSecondary ? 'is-secondary' : ''} aria-sort={sort.field === column.sortBy ? (sort.order === 'ASC' ? 'ascending' : 'descending') : undefined}>
                    {column.sortBy ? (
                      <TableSortLabel active={sort.field === column.sortBy} direction={sort.order === 'ASC' ? 'asc' : 'desc'}
                        onClick={() => setSort({ field: column.sortBy ?? '', order: sort.field === column.sortBy && sort.order === 'ASC' ? 'DESC' : 'ASC' })}>
                        {column.label}
                      </TableSortLabel>
                    ) : column.isUnlabelled ? <span className="hidden-text">{column.label}</span> : column.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody ref={body}>
              {data.map((row) => <Row key={row.id} row={row} columns={columns} to={linkOf(row)} account={accountOf?.(row)} />)}
            </tbody>
          </table>
        </div>
      ) : <NoRows {...props} />}
      <Pages />
    </>
  );
}

type RowProps<Record> = { readonly row: Record; readonly columns: readonly Column<Record>[]; readonly to: string | null; readonly account: string | undefined };

function Row<Record extends RaRecord>({ row, columns, to, account }: RowProps<Record>) {
  const navigate = useNavigate();
  const open = (path: string): void => (account ? moveToAccount(account, path) : void navigate(path));
  const link = (path: string, content: ReactNode) => (account
    ? <AccountLink account={account} path={path} className="row-link">{content}</AccountLink> : <Link to={path} className="row-link">{content}</Link>);
  return (
    <tr className={to ? 'is-link' : ''} onClick={(event) => {
      const isOnControl = event.target instanceof Element && event.target.closest('a, button, input') !== null;
      if (to && !isOnControl && window.getSelection()?.isCollapsed !== false) open(to);
    }}>
      {columns.map((column, at) => (
        <td key={column.key} data-label={column.label} className={column.isSecondary ? 'is-secondary' : ''}>
          {at === 0 && to ? link(to, column.render(row)) : column.render(row)}
        </td>
      ))}
    </tr>
  );
}

function NoRows<Row extends RaRecord>({ empty, filtered, onClearFilters }: RecordTableProps<Row>) {
  const t = useT();
  const { isPending, error, refetch, total } = useListContext<Row>();
  if (error && total === undefined) return <Failed error={error} onRetry={() => void refetch?.()} />;
  if (isPending) return <LoadingRows rows={8} />;
  if (!filtered) return <>{empty}</>;
  return (
    <Empty text={t('state.filtered_empty', { filters: filtered })}>
      <Button variant="outlined" onClick={onClearFilters}>{t('state.clear_filters')}</Button>
    </Empty>
  );
}

/** `1–25 von 47`, rows per page, and two arrows. */
function Pages() {
  const t = useT();
  const { page, perPage, total, hasNextPage, hasPreviousPage, setPage, setPerPage } = useListContext();
  const translate = t as (key: string, data?: Record<string, unknown>) => string;
  if (total === undefined || total === 0) return null;
  const last = Math.min(page * perPage, total);
  return (
    <div className="pages">
      <span>{translate('ra.navigation.page_range_info', { offsetBegin: (page - 1) * perPage + 1, offsetEnd: last, total: total >= 10_000 ? '10.000+' : total })}</span>
      <span className="pages-end">
        {translate('ra.navigation.page_rows_per_page')}
        <Select variant="standard" disableUnderline value={perPage} onChange={(event) => setPerPage(Number(event.target.value))} inputProps={{ 'aria-label': translate('ra.navigation.page_rows_per_page') }}>
          {[10, 25, 50, 100].map((size) => <MenuItem key={size} value={size}>{size}</MenuItem>)}
        </Select>
        <IconButton disabled={!hasPreviousPage} onClick={() => setPage(page - 1)} aria-label={translate('ra.navigation.previous')}><BackIcon style={{ fontSize: 17 }} /></IconButton>
        <IconButton disabled={!hasNextPage} onClick={() => setPage(page + 1)} aria-label={translate('ra.navigation.next')}><ChevronRightIcon style={{ fontSize: 19 }} /></IconButton>
      </span>
    </div>
  );
}

function useRowKeys(body: { readonly current: HTMLElement | null }): void {
  const move = (by: number): void => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>('a.row-link') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  useShortcut('j', () => move(1));
  useShortcut('k', () => move(-1));
}
