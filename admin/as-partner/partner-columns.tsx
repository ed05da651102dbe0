import { LockIcon } from '../parts/icons.ts';
import { DueDate, DueDay } from '../parts/Moments.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { PriorityTag, StatusChip } from '../parts/StatusChip.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OrderRow } from '../providers/types.ts';
import { OrderName } from '../work-orders/OrderName.tsx';

/** The columns of orders as their contractor sees them; what carries the lock is its own. */
export function usePartnerColumns(): Column<OrderRow>[] {
  const t = useT();
  return [
    { key: 'order', label: t('client.col_order'), sortBy: 'title', width: '23%', render: (row) => <OrderName row={row} /> },
    { key: 'status', label: t('list.col_status'), sortBy: 'status', width: '170px', render: (row) => <StatusChip status={row.status} waitingReason={row.waitingReason} waitingNote={row.waitingNote} /> },
    { key: 'priority', label: t('list.col_priority'), sortBy: 'priority', width: '122px', render: (row) => <PriorityTag priority={row.priority} /> },
    { key: 'answer', label: t('list.col_answer'), sortBy: 'answerDueAt', width: '170px', render: (row) => <AnswerOrDate row={row} /> },
    { key: 'due', label: t('list.col_due'), sortBy: 'dueOn', width: '92px', render: (row) => (row.dueOn ? <DueDay day={row.dueOn} isOverdue={row.isOverdue} /> : null) },
    { key: 'person', label: t('client.own_person'), width: '13%', render: (row) => <span className="icon-line"><LockIcon className="hint" aria-hidden />{row.ownPerson ? row.ownPerson.name : <span className="second">{t('client.nobody')}</span>}</span> },
    { key: 'number', label: t('client.own_number'), width: '128px', isSecondary: true, render: (row) => row.ownReference },
  ];
}

/** Until when an answer is wanted, when we come, or that no date was named yet. */
export function AnswerOrDate({ row }: { row: OrderRow }) {
  const t = useT();
  const format = useFormat();
  if (row.assignmentStatus === 'offered' && row.answerBy) return <span className="answer-by">{t('assign.answer_by')} <DueDate at={row.answerBy} /></span>;
  if (row.status === 'waiting' && row.waitingUntil) return <span className="second">{t('list.until', { day: format.nearDay(row.waitingUntil) })}</span>;
  if (row.promisedFrom && row.assignmentStatus === 'accepted') return <span title={format.window(row.promisedFrom, row.promisedUntil)}>{format.nearWindow(row.promisedFrom, row.promisedUntil)}</span>;
  return row.assignmentStatus === 'accepted' && row.status === 'accepted' ? <span className="waiting">{t('client.no_date')}</span> : null;
}
