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

/** Median answer time of eight weeks, with the target line and its numbers. */
export function AnswerTimes({ weeks }: { weeks: Dashboard['answerTimes'] }) {
  const t = useT();
  const format = useFormat();
  const known = weeks.filter((one) => one.medianBusinessHours !== null);
  const most = Math.max(TARGET_HOURS * 1.2, ...known.map((one) => one.medianBusinessHours ?? 0));
  const y = (hours: number): number => HEIGHT - (hours / most) * (HEIGHT - 18);
  const width = weeks.length * BAR;
  return (
    <Panel title={t('dashboard.answer_time')} end={<span className="second">{t('dashboard.median')}</span>}>
      {known.length === 0 ? <Empty text={t('dashboard.no_answers')} /> : (
        <svg viewBox={`0 0 ${width + 8} ${HEIGHT + 20}`} className="chart" role="img" aria-label={`${t('dashboard.answer_time')}: ${weeks.map((one) => `${weekOf(one.week, t)} ${one.medianBusinessHours === null ? '–' : format.number(one.medianBusinessHours, 1)}`).join(', ')}`}>
          {weeks.map((one, at) => (
            <g key={one.week}>
              {one.medianBusinessHours === null ? null : (
                <>
                  <rect x={at * BAR + 10} y={y(one.medianBusinessHours)} width={BAR - 20} height={HEIGHT - y(one.medianBusinessHours)} rx="2" className={at === weeks.length - 1 ? 'bar-now' : 'bar-then'} />
                  <text x={at * BAR + BAR / 2} y={y(one.medianBusinessHours) - 4}>{format.number(one.medianBusinessHours, 1)}</text>
                </>
              )}
              <text x={at * BAR + BAR / 2} y={HEIGHT + 14}>{weekOf(one.week, t)}</text>
            </g>
          ))}
          <line x1="0" x2={width} y1={HEIGHT} y2={HEIGHT} className="axis" />
          <line x1="0" x2={width} y1={y(TARGET_HOURS)} y2={y(TARGET_HOURS)} className="target" />
          <text x={width} y={y(TARGET_HOURS) - 5} className="target-word">{t('dashboard.target', { hours: TARGET_HOURS })}</text>
        </svg>
      )}
    </Panel>
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
