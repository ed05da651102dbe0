import { Link } from 'react-router-dom';
import { Initials } from '../parts/Panel.tsx';
import { DueDate, DueDay } from '../parts/Moments.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { PriorityTag, StatusChip } from '../parts/StatusChip.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OrderRow } from '../providers/types.ts';
import { OrderName } from './OrderName.tsx';

/** The columns of tickets, shared by all lists of them. */
export function useOrderColumns(): Column<OrderRow>[] {
  const t = useT();
  return [
    { key: 'order', label: t('list.col_order'), sortBy: 'title', render: (row) => <OrderName row={row} /> },
    { key: 'status', label: t('list.col_status'), sortBy: 'status', width: '174px', render: (row) => <StatusChip status={row.status} waitingReason={row.waitingReason} waitingNote={row.waitingNote} /> },
    { key: 'priority', label: t('list.col_priority'), sortBy: 'priority', width: '92px', render: (row) => <PriorityTag priority={row.priority} /> },
    { key: 'firm', label: t('list.col_firm'), width: '15%', render: (row) => <Assignees row={row} /> },
    { key: 'answer', label: t('list.col_answer'), sortBy: 'answerDueAt', width: '154px', render: (row) => <AnswerBy row={row} /> },
    { key: 'due', label: t('list.col_due'), sortBy: 'dueOn', width: '96px', render: (row) => (row.dueOn ? <DueDay day={row.dueOn} isOverdue={row.isOverdue} /> : null) },
    { key: 'responsible', label: t('list.col_responsible'), isUnlabelled: true, width: '48px', isSecondary: true, render: (row) => <Responsible row={row} /> },
  ];
}

function Assignees({ row }: { row: OrderRow }) {
  const t = useT();
  const names = row.assignees.map((one) => one.name);
  if (names.length === 0) return <span className="second">{t('list.nobody')}</span>;
  return <span className="one-line order-assignees" title={names.join(', ')}>{names.join(', ')}</span>;
}

/** The answer's deadline, or until when it is on hold, or the link that hands it out. */
function AnswerBy({ row }: { row: OrderRow }) {
  const t = useT();
  const format = useFormat();
  if (row.status === 'assigned' && row.answerDueAt) return <DueDate at={row.answerDueAt} />;
  if (row.status === 'waiting' && row.waitingUntil) return <span className="second">{t('list.until', { day: format.nearDay(row.waitingUntil) })}</span>;
  if (row.status === 'open' && row.can['assign']) return <Link to={`/work-orders/${row.id}/show?do=assign`}>{t('list.assign')}</Link>;
  return null;
}

function Responsible({ row }: { row: OrderRow }) {
  if (!row.responsibleName) return null;
  return <span title={row.responsibleName}><Initials name={row.responsibleName} /><span className="hidden-text">{row.responsibleName}</span></span>;
}
