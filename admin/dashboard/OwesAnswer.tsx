import { Button } from '@mui/material';
import { Link, useNavigate } from 'react-router-dom';
import { useNotify } from 'react-admin';
import { useState } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Empty } from '../parts/States.tsx';
import { BellIcon, CheckCircleIcon, MailIcon, PhoneIcon } from '../parts/icons.ts';
import { DueDate } from '../parts/Moments.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OwedAnswer } from '../providers/types.ts';
import { actionWord } from '../work-orders/process-words.ts';
import { telOf } from '../work-orders/thread-entries.ts';
import { ordersLink } from './Tiles.tsx';

type Props = { readonly rows: readonly OwedAnswer[]; readonly total: number; readonly scope: Readonly<Record<string, string>> };

/** Each row says the deadline, what happens by itself next, and offers the one likeliest action. */
export function OwesAnswer({ rows, total, scope }: Props) {
  const t = useT();
  return (
    <Panel title={t('dashboard.owes')} count={total} flush end={<Link to={ordersLink({ ...scope, awaitingAnswer: true }, 'answerDueAt')}>{t('action.show_all')}</Link>}>
      {rows.length === 0 ? <Empty text={t('dashboard.owes_none')} icon={<CheckCircleIcon />} /> : (
        <table className="owes">
          <thead><tr><th>{t('dashboard.col_order')}</th><th>{t('dashboard.col_asked')}</th><th>{t('dashboard.col_next')}</th><th><span className="hidden-text">{t('action.open')}</span></th></tr></thead>
          <tbody>{rows.map((row) => <OwedRow key={row.assignmentId} row={row} />)}</tbody>
        </table>
      )}
    </Panel>
  );
}

function OwedRow({ row }: { row: OwedAnswer }) {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const to = `/work-orders/${row.workOrder.id}/show`;
  const asked = row.deliveredAt ? t('dashboard.delivered', { at: format.near(row.deliveredAt) }) : row.sentAt ? t('dashboard.sent', { at: format.near(row.sentAt) }) : t('dashboard.not_sent');
  return (
    <tr onClick={(event) => { if (!(event.target instanceof Element && event.target.closest('a, button, [role="dialog"]'))) void navigate(to); }}>
      <td><Link to={to} className="owes-link"><span className="strong one-line">{row.workOrder.title}</span><span className="second one-line">{row.workOrder.number} · {row.workOrder.workspaceName}</span></Link></td>
      <td><span className="strong one-line">{row.assigneeName}</span><span className="second one-line">{asked}</span></td>
      <td><span className="one-line"><Deadline row={row} /></span><NextStep row={row} /></td>
      <td className="owes-action"><LikelyAction row={row} /></td>
    </tr>
  );
}

function Deadline({ row }: { row: OwedAnswer }) {
  const t = useT();
  const format = useFormat();
  if (!row.answerBy) return <>–</>;
  const late = format.now.getTime() - Date.parse(row.answerBy);
  return <><DueDate at={row.answerBy} isPassed={row.isLate || undefined} />{row.isLate && late > 0 ? <span className="danger strong">, {unbroken(t('dashboard.since', { span: format.span(late) }))}</span> : null}</>;
}

/** In a narrow column the whole of it goes to the next line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

function NextStep({ row }: { row: OwedAnswer }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  if (!row.nextStep) return <span className="second one-line">{t('dashboard.no_step')}</span>;
  return <span className="second one-line">{format.near(row.nextStep.at)} {actionWord(row.nextStep.action, words)}</span>;
}

/** Check a soft yes; call once late; else remind. */
function LikelyAction({ row }: { row: OwedAnswer }) {
  const t = useT();
  const notify = useNotify();
  const [isAsking, setIsAsking] = useState(false);
  const remind = useCommand((portal, id: string) => portal.remind(id), { onDone: () => notify('steer.reminded', { type: 'success' }) });
  if (row.proposedAnswer) return <Button size="small" variant="outlined" color="warning" startIcon={<MailIcon />} component={Link} to={`/work-orders/${row.workOrder.id}/show`}>{t('dashboard.check_answer')}</Button>;
  if (row.isLate && row.assigneePhone) return <Button variant="contained" startIcon={<PhoneIcon />} href={telOf(row.assigneePhone)} title={row.assigneePhone}>{t('action.call')}</Button>;
  if (!row.can['remind']) return <Button variant="outlined" component={Link} to={`/work-orders/${row.workOrder.id}/show`}>{t('action.open')}</Button>;
  return (
    <>
      <Button variant="outlined" startIcon={<BellIcon />} onClick={() => setIsAsking(true)}>{t('dashboard.remind')}</Button>
      <ActionDialog isOpen={isAsking} title={t('steer.remind_title')} confirm={t('steer.remind_send')} onClose={() => setIsAsking(false)} onConfirm={() => remind.mutateAsync(row.assignmentId)}>
        <p>{t('steer.remind_text', { who: row.assigneeName })}</p>
      </ActionDialog>
    </>
  );
}
