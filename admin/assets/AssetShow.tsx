import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { ArchiveButton } from '../parts/RecordLists.tsx';
import { OneRecord } from '../parts/OneRecord.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { EditIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Asset } from '../providers/types.ts';
import { RelatedOrders } from '../work-orders/RelatedOrders.tsx';
import '../parts/record-page.css';

export function AssetShow() {
  return <OneRecord<Asset> resource="assets">{(asset) => <AssetPage asset={asset} />}</OneRecord>;
}

function AssetPage({ asset }: { asset: Asset }) {
  const t = useT();
  const asPartner = useAsPartner();
  const format = useFormat();
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t('assets.number'), asset.number],
    [t('assets.workspace'), <Link key="workspace" to={`/workspaces/${asset.workspaceId}/show`}>{asset.workspaceName}</Link>],
    [t('assets.location'), asset.locationText],
    [t('assets.parent'), asset.parentId ? <Link key="parent" to={`/assets/${asset.parentId}/show`}>{asset.parentName}</Link> : null],
    [t('assets.category'), asset.category], [t('assets.manufacturer'), asset.manufacturer], [t('assets.model'), asset.model], [t('assets.serial'), asset.serialNumber],
    [t('assets.installed'), asset.installedOn ? format.date(asset.installedOn) : null], [t('assets.warranty'), asset.warrantyUntil ? format.date(asset.warrantyUntil) : null],
    [t('assets.notes'), asset.notes ? <span key="notes" className="pre">{asset.notes}</span> : null],
  ];
  const actions = (
    <>
      {asset.can['edit'] ? <Button variant="outlined" startIcon={<EditIcon />} component={Link} to={`/assets/${asset.id}`}>{t('action.edit')}</Button> : null}
      <ArchiveButton resource="assets" record={asset} name={asset.name} label={t('assets.archive_title', { name: asset.name })} hint={t('assets.archive_hint')} />
    </>
  );
  return (
    <>
      <PageHead title={asset.name} crumbs={[{ label: t('assets.title'), to: '/assets' }]} end={asset.number} actions={actions} beside={asset.archivedAt ? <span className="tag">{t('firms.archived')}</span> : null} />
      <div className="record-page">
        <RelatedOrders title={t(asPartner ? 'client.orders' : 'assets.orders')} empty={asPartner ? t('client.no_orders', { client: asPartner.clientName }) : t('assets.no_orders')} filter={{ assetId: asset.id }} />
        <aside>
          <Panel title={t('order.details')}>
            <dl className="facts">{facts.filter(([, value]) => Boolean(value)).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
          </Panel>
        </aside>
      </div>
    </>
  );
}
