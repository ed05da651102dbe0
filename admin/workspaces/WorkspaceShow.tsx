import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ArchiveButton } from '../parts/RecordLists.tsx';
import { OneRecord } from '../parts/OneRecord.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { EditIcon } from '../parts/icons.ts';
import { useRecords } from '../parts/records.ts';
import { StopServing } from '../as-partner/StopServing.tsx';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useMay } from '../layout/account-context.ts';
import { useT } from '../parts/speech.ts';
import type { Workspace } from '../providers/types.ts';
import { RelatedOrders } from '../work-orders/RelatedOrders.tsx';
import { assetsIn } from './assets-in.ts';
import { HolidayRegionName } from './HolidayRegion.tsx';
import '../parts/record-page.css';

export function WorkspaceShow() {
  return <OneRecord<Workspace> resource="workspaces">{(workspace) => <WorkspacePage workspace={workspace} />}</OneRecord>;
}

function WorkspacePage({ workspace }: { workspace: Workspace }) {
  const t = useT();
  const may = useMay();
  const asPartner = useAsPartner();
  const actions = (
    <>
      {workspace.can['edit'] ? <Button variant="outlined" startIcon={<EditIcon />} component={Link} to={`/workspaces/${workspace.id}`}>{t('action.edit')}</Button> : null}
      {may('own_partnership.manage') ? <StopServing workspaceId={workspace.id} name={workspace.name} /> : null}
      <ArchiveButton resource="workspaces" record={workspace} name={workspace.name} label={t('workspaces.archive_title', { name: workspace.name })} hint={t('workspaces.archive_hint')} />
    </>
  );
  return (
    <>
      <PageHead title={workspace.name} crumbs={[{ label: t('workspaces.title'), to: '/workspaces' }]} actions={actions} beside={workspace.archivedAt ? <span className="tag">{t('firms.archived')}</span> : null} />
      <div className="record-page">
        <RelatedOrders title={t(asPartner ? 'client.orders' : 'workspaces.orders')} empty={asPartner ? t('client.no_orders', { client: asPartner.clientName }) : t('list.empty')} filter={{ workspaceId: workspace.id }} />
        <aside><Panel title={t('order.details')}><Facts workspace={workspace} /></Panel></aside>
      </div>
    </>
  );
}

function Facts({ workspace }: { workspace: Workspace }) {
  const t = useT();
  const may = useMay();
  const asOrganisation = useAsPartner() ? null : t('workspaces.as_organisation');
  const users = useRecords('users', {}, may('user.read'));
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('workspaces.short'), workspace.shortName],
    [t('workspaces.address'), [workspace.street, [workspace.postalCode, workspace.city].filter(Boolean).join(' ')].filter(Boolean).join(', ')],
    [t('workspaces.time_zone'), workspace.timeZone ?? asOrganisation],
    [t('workspaces.holiday_region'), workspace.holidayRegion ? <HolidayRegionName key="region" code={workspace.holidayRegion} /> : asOrganisation],
    [t('workspaces.billing'), workspace.billingRecipient],
    [t('workspaces.invoice_email'), workspace.invoiceEmail],
    [t('workspaces.on_call'), workspace.onCallPhone],
    [t('order.responsible'), users.find((one) => one.userId === workspace.defaultResponsibleUserId)?.name],
  ];
  return (
    <dl className="facts">
      {facts.filter(([, value]) => Boolean(value)).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}
      <dt>{t('assets.title')}</dt><dd><Link to={assetsIn(workspace.id)}>{workspace.counts.assets}</Link></dd>
    </dl>
  );
}
