import { Button } from '@mui/material';
import { Link, useNavigate } from 'react-router-dom';
import { CheckCircleIcon } from '../parts/icons.ts';
import { DueDay } from '../parts/Moments.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Empty } from '../parts/States.tsx';
import { PriorityTag } from '../parts/StatusChip.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OrderRow } from '../providers/types.ts';
import { AnswerOrDate } from './partner-columns.tsx';

type Props = { readonly title: string; readonly rows: readonly OrderRow[]; readonly total: number; readonly to: string; readonly empty: string; readonly action: string };

/** Orders that wait for the same thing, most pressing first, each with the one likeliest action. */
export function PressingOrders({ title, rows, total, to, empty, action }: Props) {
  const t = useT();
  return (
    <Panel title={title} count={total} flush end={<Link to={to}>{t('action.show_all')}</Link>}>
      {rows.length === 0 ? <Empty text={empty} icon={<CheckCircleIcon />} /> : (
        <table className="owes is-pressing">
          <thead><tr><th>{t('client.col_order')}</th><th>{t('list.col_priority')}, {t('list.col_due')}</th><th>{t('list.col_answer')}</th><th><span className="hidden-text">{t('action.open')}</span></th></tr></thead>
          <tbody>{rows.map((row) => <PressingRow key={row.id} row={row} action={action} />)}</tbody>
        </table>
      )}
    </Panel>
  );
}

function PressingRow({ row, action }: { row: OrderRow; action: string }) {
  const navigate = useNavigate();
  const to = `/work-orders/${row.id}/show`;
  return (
    <tr onClick={(event) => { if (!(event.target instanceof Element && event.target.closest('a, button'))) void navigate(to); }}>
      <td><Link to={to} className="owes-link"><span className="strong one-line">{row.title}</span><span className="second one-line">{[row.number, row.workspaceName, row.ownReference].filter(Boolean).join(' · ')}</span></Link></td>
      <td><span className="one-line"><PriorityTag priority={row.priority} /></span>{row.dueOn ? <span className="second one-line"><DueDay day={row.dueOn} isOverdue={row.isOverdue} /></span> : null}</td>
      <td><span className="one-line"><AnswerOrDate row={row} /></span><Late row={row} /></td>
      <td className="owes-action"><Button variant="outlined" component={Link} to={to}>{action}</Button></td>
    </tr>
  );
}

function Late({ row }: { row: OrderRow }) {
  const t = useT();
  const format = useFormat();
  const late = row.assignmentStatus === 'offered' && row.answerBy ? format.now.getTime() - Date.parse(row.answerBy) : 0;
  return late > 0 ? <span className="danger one-line">{t('dashboard.since', { span: format.span(late) })}</span> : null;
}
