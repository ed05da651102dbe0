import { useListContext } from 'react-admin';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useMay } from '../layout/account-context.ts';
import { FilterChip } from '../parts/ListTools.tsx';
import { RecordList } from '../parts/RecordLists.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import type { Asset } from '../providers/types.ts';

export function AssetList() {
  const asPartner = useAsPartner();
  const t = useT();
  const may = useMay();
  const workspaces = useRecords('workspaces');
  const columns: Column<Asset>[] = [
    { key: 'name', label: t('assets.name'), sortBy: 'name', width: '34%', render: (row) => <><span className="strong">{row.name}</span> {row.archivedAt ? <span className="tag">{t('firms.archived')}</span> : null}<br /><span className="second">{row.number}</span></> },
    { key: 'workspace', label: t('assets.workspace'), render: (row) => row.workspaceName },
    { key: 'location', label: t('assets.location'), render: (row) => row.locationText },
    { key: 'category', label: t('assets.category'), sortBy: 'category', render: (row) => row.category },
  ];
  return <RecordList<Asset> resource="assets" title={t('assets.title')} search={t('assets.search')} empty={asPartner ? t('client.no_assets', { client: asPartner.clientName }) : t('assets.empty')} sort="name" columns={columns} filters={<WorkspaceFilter />} filterWords={(filter) => [workspaces.find((one) => one.id === filter['workspaceId'])?.name ?? t('assets.workspace')]} create={may('asset.manage') ? { label: t('assets.create'), to: '/assets/create' } : null} />;
}

function WorkspaceFilter() {
  const t = useT();
  const workspaces = useRecords('workspaces');
  const { filterValues, setFilters } = useListContext();
  const { workspaceId, ...rest } = filterValues as { workspaceId?: string };
  return <FilterChip label={t('assets.workspace')} options={workspaces.map((one) => ({ id: one.id, name: one.name }))} value={workspaceId} onChange={(id) => setFilters(id ? { ...rest, workspaceId: id } : rest)} />;
}
