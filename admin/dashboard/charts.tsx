import { Link } from 'react-router-dom';
import type { WorkOrderStatus } from '#domain/statuses.ts';
import { say } from '#domain/words/index.ts';
import { Panel } from '../parts/Panel.tsx';
import { Empty } from '../parts/States.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Dashboard } from '../providers/types.ts';
import { ordersLink } from './Tiles.tsx';
import { RUNNING } from '../work-orders/list-views.ts';

const TARGET_HOURS = 8;
const HEIGHT = 120;
const BAR = 44;
/** Below this many in eight weeks a median is a hint at most. */
const FEW_ANSWERS = 10;

/** Median answer time of eight weeks, each with how many answers it is of: a bar of a single one is drawn as such. */
export function AnswerTimes({ weeks }: { weeks: Dashboard['answerTimes'] }) {
  const t = useT();
  const format = useFormat();
  const most = Math.max(TARGET_HOURS * 1.2, ...weeks.map((one) => one.medianBusinessHours ?? 0));
  const y = (hours: number): number => HEIGHT - (hours / most) * (HEIGHT - 18);
  const width = weeks.length * BAR;
  const total = weeks.reduce((sum, one) => sum + one.answers, 0);
  const said = weeks.map((one) => {
    const week = weekOf(one.week, t);
    return one.medianBusinessHours === null ? t('dashboard.answers_none_said', { week }) : t('dashboard.answers_said', { week, hours: format.number(one.medianBusinessHours, 1), count: one.answers });
  });
  return (
    <Panel title={t('dashboard.answer_time')} end={<span className="second">{t('dashboard.median')}</span>}>
      {total === 0 ? <Empty text={t('dashboard.no_answers')} /> : (
        <>
          <svg viewBox={`0 0 ${width + 8} ${HEIGHT + 32}`} className="chart" role="img" aria-label={`${t('dashboard.answer_time')}: ${said.join(', ')}`}>
            {weeks.map((one, at) => <Week key={one.week} week={one} at={at} y={y} isNow={at === weeks.length - 1} />)}
            <line x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} className="axis" />
            <line x1="0" x2={width} y1={y(TARGET_HOURS)} y2={y(TARGET_HOURS)} className="target" />
            <text x={width} y={y(TARGET_HOURS) - 5} className="target-word">{t('dashboard.target', { hours: TARGET_HOURS })}</text>
          </svg>
          <p className="second chart-note">{t('dashboard.answers_all', { smart_count: total })}{total < FEW_ANSWERS ? `. ${t('dashboard.answers_few')}` : ''}</p>
        </>
      )}
    </Panel>
  );
}

function Week({ week, at, y, isNow }: { week: Dashboard['answerTimes'][number]; at: number; y: (hours: number) => number; isNow: boolean }) {
  const t = useT();
  const format = useFormat();
  const hours = week.medianBusinessHours;
  const middle = at * BAR + BAR / 2;
  // A median of nothing but answers out of hours is 0: a line on the axis, not a missing bar.
  const top = hours === null ? HEIGHT : Math.min(y(hours), HEIGHT - 2);
  return (
    <g>
      {hours === null ? null : (
        <>
          <rect x={at * BAR + 10} y={top} width={BAR - 20} height={HEIGHT - top} rx="2" className={`${isNow ? 'bar-now' : 'bar-then'} ${week.answers === 1 ? 'is-single' : ''}`} />
          <text x={middle} y={top - 4}>{format.number(hours, 1)}</text>
        </>
      )}
      <text x={middle} y={HEIGHT + 14}>{weekOf(week.week, t)}</text>
      <text x={middle} y={HEIGHT + 26} className="chart-n">{week.answers > 0 ? t('dashboard.answers_n', { count: week.answers }) : '–'}</text>
    </g>
  );
}

function weekOf(week: string, t: ReturnType<typeof useT>): string {
  return t('dashboard.week_short', { week: Number(week.split('W')[1] ?? 0) });
}

const SHOWN: readonly WorkOrderStatus[] = ['open', 'assigned', 'accepted', 'in_progress', 'waiting', 'done'];
const TONES: Readonly<Record<string, string>> = { open: 'hint', assigned: 'waiting', accepted: 'accepted', in_progress: 'progress', waiting: 'hold', done: 'done' };

/** Open work by workspace and status; each row is the link to its list. */
export function OpenWork({ rows }: { rows: Dashboard['openWork'] }) {
  const t = useT();
  const words = useWords();
  const sums = rows.map((row) => SHOWN.reduce((sum, status) => sum + (row.counts[status] ?? 0), 0));
  const most = Math.max(1, ...sums);
  const present = SHOWN.filter((status) => rows.some((row) => (row.counts[status] ?? 0) > 0));
  return (
    <Panel title={t('dashboard.open_work')} end={<span className="second">{t('dashboard.per_workspace')}</span>}>
      {rows.length === 0 ? <Empty text={t('dashboard.no_work')} /> : (
        <>
          <ul className="work-rows">
            {rows.map((row, at) => (
              <li key={row.workspaceId}>
                <Link to={ordersLink({ workspaceId: row.workspaceId, status: RUNNING })} className="one-line work-name">{row.name}</Link>
                <span className="work-bar" style={{ width: `${((sums[at] ?? 0) / most) * 100}%` }}>
                  {SHOWN.filter((status) => (row.counts[status] ?? 0) > 0).map((status) => (
                    <span key={status} style={{ flexGrow: row.counts[status] ?? 0, background: `var(--${TONES[status] ?? 'hint'})` }} title={`${say(words.workOrderStatus, status)}: ${row.counts[status] ?? 0}`}>{row.counts[status]}</span>
                  ))}
                </span>
                <span className="second">{sums[at]}</span>
              </li>
            ))}
          </ul>
          <ul className="work-legend">
            {present.map((status) => <li key={status}><span style={{ background: `var(--${TONES[status] ?? 'hint'})` }} />{say(words.workOrderStatus, status)}</li>)}
          </ul>
        </>
      )}
    </Panel>
  );
}
