import { IconButton } from '@mui/material';
import { type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { Panel } from '../parts/Panel.tsx';
import { EditIcon } from '../parts/icons.ts';
import { DueDay } from '../parts/Moments.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Order } from '../providers/types.ts';
import { Observers } from './Observers.tsx';
import { telOf } from './thread-entries.ts';

/** All that is known of the order, and who is kept informed. */
export function DetailsPanel({ order }: { order: Order }) {
  const t = useT();
  const asPartner = useAsPartner();
  const edit = order.can['edit'] ? <IconButton component={Link} to={`/work-orders/${order.id}`} aria-label={t('action.edit')}><EditIcon style={{ fontSize: 17 }} /></IconButton> : null;
  return (
    <Panel title={t('order.details')} end={edit}>
      <Facts order={order} />
      {asPartner && order.observers.length === 0 ? null : <Observers order={order} />}
    </Panel>
  );
}

function Facts({ order }: { order: Order }) {
  const t = useT();
  const format = useFormat();
  const asPartner = useAsPartner();
  const { workspace } = order;
  const address = [workspace.street, [workspace.postalCode, workspace.city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('order.description'), order.description ? <span className="pre">{order.description}</span> : null],
    [t('order.place'), <><Link to={`/workspaces/${workspace.id}/show`}>{workspace.name}</Link>{order.locationText ? `, ${order.locationText}` : ''}{address ? <><br /><span className="second">{address}</span></> : null}</>],
    [t('order.asset'), order.asset ? <Link to={`/assets/${order.asset.id}/show`}>{order.asset.number} {order.asset.name}</Link> : null],
    [t('order.on_site'), order.onSiteName || order.onSitePhone ? <>{order.onSiteName}{order.onSitePhone ? <>{order.onSiteName ? ', ' : ''}<a href={telOf(order.onSitePhone)}>{order.onSitePhone}</a></> : null}{order.onSiteHours ? <><br /><span className="second">{order.onSiteHours}</span></> : null}</> : null],
    [t('order.access'), order.accessNote],
    [t('order.due_on'), order.dueOn ? <DueDay day={order.dueOn} isOverdue={order.isOverdue} /> : null],
    [t('order.cost_limit'), order.costLimitCents === null ? null : t('order.cost_value', { amount: format.money(order.costLimitCents, order.currency) })],
    [t('order.warranty'), order.earlierOrder ? <Link to={`/work-orders/${order.earlierOrder.id}/show`}>{t('order.warranty_of', { number: order.earlierOrder.number })}</Link> : null],
    [t('order.category'), order.category],
    [t(asPartner ? 'client.client_reference' : 'order.client_reference'), order.clientReference],
    [t(asPartner ? 'client.contractor_reference' : 'order.contractor_reference'), order.contractorReference],
    [t(asPartner ? 'client.responsible' : 'order.responsible'), order.responsible?.name],
    [t('order.reporter'), order.reporterName],
    [t('order.created'), format.near(order.createdAt)],
  ];
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}
