import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Panel } from '../parts/Panel.tsx';
import { BouncedIcon, MailIcon, PauseIcon, WarningIcon } from '../parts/icons.ts';
import { daysBetween } from '../parts/near.ts';
import { useMailReason, useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { localDay } from '#domain/format/dates.ts';
import type { HeldMailRow, MailRow, OrderRow } from '../providers/types.ts';

/** What is past its day; `to` is the list with all of it. */
export function Overdue({ rows, total, to }: { rows: readonly OrderRow[]; total: number; to: string }) {
  const t = useT();
  return (
    <Panel title={t('dashboard.overdue_title')} count={total} isDanger flush end={<Link to={to}>{t('action.show_all')}</Link>}>
      <Lines empty={t('dashboard.overdue_empty')}>{rows.map((row) => <OverdueLine key={row.id} row={row} />)}</Lines>
    </Panel>
  );
}

function OverdueLine({ row }: { row: OrderRow }) {
  const t = useT();
  const words = useWords();
  const { now, zone } = useFormat();
  const days = row.dueOn ? daysBetween(row.dueOn, localDay(now, zone)) : 0;
  const reason = row.waitingReason && row.waitingReason !== 'other' ? words.holdReason[row.waitingReason] : (row.waitingNote ?? '');
  const said = row.status === 'waiting' ? t('dashboard.waits_for', { reason }) : t('dashboard.overdue_days', { smart_count: days });
  return (
    <Line icon={row.status === 'waiting' ? <PauseIcon className="waiting" /> : <WarningIcon className="danger" />} to={`/work-orders/${row.id}/show`} title={row.title}
      second={[row.number, said, row.ownPerson?.name ?? row.assignees[0]?.name].filter(Boolean).join(' · ')} />
  );
}

type SideOrdersProps = { readonly title: string; readonly rows: readonly OrderRow[]; readonly total: number; readonly to: string; readonly empty: string; readonly icon: ReactNode };

/** Orders with their day and, of a partner, its person. */
export function SideOrders({ title, rows, total, to, empty, icon }: SideOrdersProps) {
  const t = useT();
  const format = useFormat();
  return (
    <Panel title={title} count={total} flush end={<Link to={to}>{t('action.show_all')}</Link>}>
      <Lines empty={empty}>
        {rows.map((row) => (
          <Line key={row.id} icon={icon} to={`/work-orders/${row.id}/show`} title={row.title} second={[row.number, row.dueOn ? format.nearDay(row.dueOn) : null, row.ownPerson?.name].filter(Boolean).join(' · ')} />
        ))}
      </Lines>
    </Panel>
  );
}

export function ToReview({ rows, total }: { rows: readonly HeldMailRow[]; total: number }) {
  const t = useT();
  return (
    <Panel title={t('dashboard.review_title')} count={total} flush end={<Link to="/to-review">{t('action.show_all')}</Link>}>
      <Lines empty={t('dashboard.review_empty')}>
        {rows.map((row) => (
          <Line key={row.id} icon={<MailIcon style={{ color: 'var(--accepted)' }} />} to={`/to-review/${row.id}/show`} title={row.subject ?? '–'} second={row.fromName ?? row.fromEmail ?? t('dashboard.unknown')}
            end={<Button variant="outlined" component={Link} to={`/to-review/${row.id}/show`}>{t(row.suggestion ? 'dashboard.assign' : 'dashboard.look')}</Button>} />
        ))}
      </Lines>
    </Panel>
  );
}

export function Bounced({ rows, total }: { rows: readonly MailRow[]; total: number }) {
  const t = useT();
  const reasonWord = useMailReason();
  return (
    <Panel title={t('dashboard.bounced_title')} count={total} isDanger flush end={<Link to={`/mails?filter=${encodeURIComponent(JSON.stringify({ direction: 'out', needsAttention: true }))}`}>{t('nav.mails')}</Link>}>
      <Lines empty={t('dashboard.bounced_empty')}>
        {rows.map((row) => (
          <Line key={row.id} icon={<BouncedIcon className="danger" />} to={`/mails/${row.id}/show`} title={row.toEmail ?? '–'} second={[reasonWord(row.statusReason), row.workOrderNumber].filter(Boolean).join(' · ')}
            end={<Button variant="outlined" component={Link} to={row.workOrderId ? `/work-orders/${row.workOrderId}/show` : `/mails/${row.id}/show`}>{t('dashboard.look')}</Button>} />
        ))}
      </Lines>
    </Panel>
  );
}

function Lines({ empty, children }: { empty: string; children: readonly ReactNode[] }) {
  return children.length === 0 ? <p className="side-empty second">{empty}</p> : <ul className="side-list">{children}</ul>;
}

type LineProps = { readonly icon: ReactNode; readonly to: string; readonly title: string; readonly second: string; readonly end?: ReactNode };

function Line({ icon, to, title, second, end }: LineProps) {
  return (
    <li>
      <span className="side-icon" aria-hidden>{icon}</span>
      <Link to={to} className="side-link"><span className="strong one-line">{title}</span><span className="second one-line">{second}</span></Link>
      {end}
    </li>
  );
}
