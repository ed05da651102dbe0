import { Button } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { ListBase, useListContext, type RaRecord } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAccount } from '../layout/account-context.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { AddIcon } from './icons.ts';
import { ListSearch } from './ListTools.tsx';
import { PageHead } from './PageHead.tsx';
import { RecordTable, type Column } from './RecordTable.tsx';
import { Empty } from './States.tsx';
import type { PortalDataProvider } from '../providers/data.ts';
import { useCommand } from './portal.ts';
import { useT } from './speech.ts';

type RecordListProps<Row> = {
  readonly resource: string; readonly title: string; readonly search: string; readonly empty: string; readonly sort: string;
  readonly columns: readonly Column<Row>[]; readonly create?: { readonly label: string; readonly to: string } | null; readonly filters?: ReactNode;
  readonly action?: ReactNode; readonly linkOf?: (row: Row) => string | null; readonly order?: 'ASC' | 'DESC'; readonly isUnsearched?: boolean;
  readonly defaultFilter?: Readonly<Record<string, unknown>>;
  /** The set filters in words, for the empty list. */
  readonly filterWords?: (filter: Readonly<Record<string, unknown>>) => readonly (string | null | undefined)[];
  /** What stands below the sentence of an empty list. */
  readonly emptyHint?: string;
};

/** The list of a simple resource: search, its filters, one action. */
export function RecordList<Row extends RaRecord>(props: RecordListProps<Row>) {
  const { accountId } = useAccount();
  const { resource, sort, order = 'ASC', defaultFilter } = props;
  return (
    <ListBase resource={resource} storeKey={`${accountId}.${resource}`} perPage={25} sort={{ field: sort, order }} queryOptions={{ onError: () => undefined }} disableAuthentication
      {...(defaultFilter ? { filterDefaultValues: { ...defaultFilter } } : {})}>
      <ListScreen {...props} />
    </ListBase>
  );
}

function ListScreen<Row extends RaRecord>({ resource, title, search, empty, columns, create, filters, action, linkOf, isUnsearched, defaultFilter, filterWords, emptyHint }: RecordListProps<Row>) {
  const t = useT();
  const { total, filterValues, setFilters } = useListContext<Row>();
  const add = create ? <Button variant="contained" startIcon={<AddIcon />} component={Link} to={create.to}>{create.label}</Button> : (action ?? null);
  const { q, ...rest } = filterValues as { q?: string };
  const isFiltered = Object.keys(rest).some((name) => (rest as Record<string, unknown>)[name] !== defaultFilter?.[name]);
  const filtered = [q ? `„${q}“` : null, ...(isFiltered ? (filterWords?.(rest) ?? [t('action.filter')]) : [])].filter(Boolean).join(', ') || null;
  return (
    <>
      <PageHead title={title} count={total} actions={add} />
      <section className="panel">
        <div className="list-tools">{isUnsearched ? null : <ListSearch label={search} />}{filters}</div>
        <RecordTable<Row> columns={columns} linkOf={linkOf ?? ((row) => `/${resource}/${String(row.id)}/show`)} filtered={filtered} onClearFilters={() => setFilters({ ...defaultFilter })} empty={<Empty text={empty}>{emptyHint ? <p className="second">{emptyHint}</p> : null}{add}</Empty>} />
      </section>
    </>
  );
}

/** Archives a record after asking, or brings it back at once. */
export function ArchiveButton({ resource, record, name, hint, label }: { resource: string; record: { id: string; can: Readonly<Record<string, boolean>> }; name: string; hint: string; label: string }) {
  const t = useT();
  const [isAsking, setIsAsking] = useState(false);
  const bringBack = (portal: PortalDataProvider, id: string): Promise<unknown> => portal.update(resource, { id, data: { isArchived: false } });
  const archive = useCommand((portal, id: string) => portal.delete(resource, { id }), { refreshes: [resource], said: 'firms.archived_done', undo: (_, id) => (portal) => bringBack(portal, id) });
  const restore = useCommand(bringBack, { refreshes: [resource], said: 'state.saved', saysFailure: true });
  if (record.can['restore']) return <Button variant="outlined" onClick={() => restore.mutate(record.id)}>{t('action.restore')}</Button>;
  if (!record.can['archive']) return null;
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>{t('action.archive')} …</Button>
      <ActionDialog isOpen={isAsking} isDanger title={label} confirm={t('action.archive')} onClose={() => setIsAsking(false)} onConfirm={() => archive.mutateAsync(record.id)}>
        <p>{hint}</p><span className="hidden-text">{name}</span>
      </ActionDialog>
    </>
  );
}
