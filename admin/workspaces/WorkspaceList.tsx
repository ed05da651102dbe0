import { Link } from 'react-router-dom';
import { NotServed } from '../as-partner/ServedWorkspaces.tsx';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useMay } from '../layout/account-context.ts';
import { RecordList } from '../parts/RecordLists.tsx';
import { useT } from '../parts/speech.ts';
import type { Column } from '../parts/RecordTable.tsx';
import type { Workspace } from '../providers/types.ts';
import { assetsIn } from './assets-in.ts';

export function WorkspaceList() {
  const t = useT();
  const asPartner = useAsPartner();
  const may = useMay();
  const columns: Column<Workspace>[] = [
    { key: 'name', label: t('workspaces.name'), sortBy: 'name', width: '34%', render: (row) => <><span className="strong">{row.name}</span> {row.archivedAt ? <span className="tag">{t('firms.archived')}</span> : null}<br /><span className="second">{row.shortName}</span></> },
    { key: 'address', label: t('workspaces.address'), sortBy: 'city', render: (row) => [row.street, [row.postalCode, row.city].filter(Boolean).join(' ')].filter(Boolean).join(', ') },
    { key: 'orders', label: t(asPartner ? 'client.orders' : 'workspaces.orders'), render: (row) => <span title={t('list.all_open')}>{row.counts.openOrders} {t('dashboard.open').toLowerCase()}</span> },
    { key: 'assets', label: t('assets.title'), render: (row) => <Link to={assetsIn(row.id)}>{t('workspaces.asset_count', { smart_count: row.counts.assets })}</Link> },
  ];
  return (
    <>
      <RecordList<Workspace> resource="workspaces" title={t('workspaces.title')} search={t('workspaces.search')} empty={asPartner ? t('client.no_workspaces', { client: asPartner.clientName }) : t('workspaces.empty')} sort="name" columns={columns} create={may('workspace.manage') ? { label: t('workspaces.create'), to: '/workspaces/create' } : null} />
      {may('own_partnership.read') ? <NotServed /> : null}
    </>
  );
}
