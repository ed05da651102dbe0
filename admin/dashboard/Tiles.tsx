import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { localDay } from '#domain/format/dates.ts';
import { useMay } from '../layout/account-context.ts';
import { BouncedIcon, CalendarIcon, HourglassIcon, InboxIcon, WarningIcon } from '../parts/icons.ts';
import { endOfWeek } from '../parts/near.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Dashboard } from '../providers/types.ts';

type Scope = Readonly<Record<string, string>>;

/** The address of the list of tickets with these filters. */
export function ordersLink(filter: Readonly<Record<string, unknown>>, sort?: string, order: 'ASC' | 'DESC' = 'ASC'): string {
  return `/work-orders?filter=${encodeURIComponent(JSON.stringify(filter))}${sort ? `&sort=${sort}&order=${order}` : ''}`;
}

/** Five numbers, each the link to what it counts. */
export function Tiles({ data, scope }: { data: Dashboard; scope: Scope }) {
  const t = useT();
  const may = useMay();
  const { now, zone } = useFormat();
  const today = localDay(now, zone);
  const { awaitingAnswer, overdue, toReview, bounced, dueThisWeek } = data.tiles;
  return (
    <ul className="tiles">
      <Tile to={ordersLink({ ...scope, awaitingAnswer: true }, 'answerDueAt')} tone="waiting" icon={<HourglassIcon />} count={awaitingAnswer.count} label={t('dashboard.awaiting')} hint={t('dashboard.awaiting_late', { count: awaitingAnswer.late })} />
      <Tile to={ordersLink({ ...scope, overdue: true }, 'dueOn')} tone="danger" icon={<WarningIcon />} count={overdue.count} label={t('dashboard.overdue')} hint={overdue.oldestDays ? t('dashboard.overdue_since', { smart_count: overdue.oldestDays }) : t('dashboard.overdue_none')} />
      {may('to_review.read') ? <Tile to="/to-review" tone="accepted" icon={<InboxIcon />} count={toReview.count} label={t('dashboard.review')} hint={t('dashboard.review_sure', { count: toReview.withSuggestion })} /> : null}
      {may('mail_log.read') ? <Tile to={`/mails?filter=${encodeURIComponent(JSON.stringify({ direction: 'out', needsAttention: true }))}`} tone="danger" icon={<BouncedIcon />} count={bounced.count} label={t('dashboard.bounced')} hint={t(bounced.count > 0 ? 'dashboard.bounced_hint' : 'dashboard.bounced_none')} /> : null}
      <Tile to={ordersLink({ ...scope, dueFrom: today, dueUntil: endOfWeek(today) }, 'dueOn')} tone="closed" icon={<CalendarIcon />} count={dueThisWeek.count} label={t('dashboard.week')} hint={t('dashboard.week_today', { count: dueThisWeek.today })} />
    </ul>
  );
}

type TileProps = { readonly to: string; readonly tone: string; readonly icon: ReactNode; readonly count: number; readonly label: string; readonly hint: string };

/** A number that is the link to what it counts. */
export function Tile({ to, tone, icon, count, label, hint }: TileProps) {
  return (
    <li>
      <Link to={to} className="panel tile">
        <span className="tile-icon" style={{ color: `var(--${tone})`, background: `var(--${tone}-bg)` }} aria-hidden>{icon}</span>
        <span><span className="tile-count">{count}</span> <span className="strong">{label}</span><br /><span className="second">{hint}</span></span>
      </Link>
    </li>
  );
}
