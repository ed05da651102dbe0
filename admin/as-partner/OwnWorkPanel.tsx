import { Button } from '@mui/material';
import { useState } from 'react';
import { say } from '#domain/words/index.ts';
import { CalendarIcon, CheckIcon, LockIcon } from '../parts/icons.ts';
import { Panel } from '../parts/Panel.tsx';
import { AssignmentChip } from '../parts/StatusChip.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment, Observer, Order } from '../providers/types.ts';
import { useRemoval } from '../work-orders/Observers.tsx';
import { useOrderDialog } from '../work-orders/order-actions.tsx';
import { AcceptDialog, DeclineDialog } from './AnswerDialogs.tsx';
import { OwnSide } from './OwnSide.tsx';
import { ownAssignment, ownSentence } from './own-work.ts';
import { useAsPartner } from './use-partner.ts';
import './as-partner.css';

/** What the client waits for from us, what we can answer, and what we keep for ourselves. */
export function OwnWorkPanel({ order, isShort }: { order: Order; isShort?: boolean }) {
  const t = useT();
  const asPartner = useAsPartner();
  const assignment = ownAssignment(order);
  // On a phone, above the conversation, it is there for who has to act.
  if (isShort && !assignment?.can['answer'] && !assignment?.can['promise']) return null;
  if (!asPartner) return null;
  if (!assignment) return <Observing order={order} />;
  return (
    <>
      <Panel title={t('client.own_work')} end={<AssignmentChip status={assignment.status} />} className="process-panel">
        <p className="strong process-sentence">{t(ownSentence(order, assignment), { client: asPartner.clientName })}</p>
        <Deadlines assignment={assignment} />
        {assignment.message && assignment.status === 'offered' ? <p className="note-box pre own-message">{assignment.message}</p> : null}
        <OwnActions assignment={assignment} />
      </Panel>
      {isShort ? null : <OwnSide order={order} assignment={assignment} icon={<LockIcon fontSize="small" />} />}
    </>
  );
}

/** Nobody asked us for anything; who no longer wants to hear of it leaves by one click. */
function Observing({ order }: { order: Order }) {
  const t = useT();
  const own = order.observers.find((one) => one.partnershipId !== null && one.can['remove']);
  return (
    <Panel title={t('client.own_work')}>
      <p>{t('client.observing')}</p>
      {own ? <LeaveButton order={order} observer={own} /> : null}
    </Panel>
  );
}

function LeaveButton({ order, observer }: { order: Order; observer: Observer }) {
  const t = useT();
  const leave = useRemoval(order.id, observer, order.assignments.length > 0);
  return <div className="process-actions own-actions"><Button className="is-wide" variant="outlined" disabled={leave.isPending} onClick={() => leave.mutate(null)}>{t('client.stop_observing')}</Button></div>;
}

function Deadlines({ assignment }: { assignment: Assignment }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const { answerBy, status, promisedFrom, promisedUntil, declineReason, declineNote, acceptedAt, answeredByName } = assignment;
  if (status === 'offered') {
    if (!answerBy) return null;
    const left = Date.parse(answerBy) - format.now.getTime();
    return <p className="second">{t('assign.answer_by')} <b>{format.dateTime(answerBy)}</b>, <span className={left < 0 ? 'danger strong' : ''}>{t(left < 0 ? 'process.late' : 'process.left', { span: format.span(left) })}</span></p>;
  }
  if (status === 'declined') return <p className="second">{[declineReason ? say(words.declineReason, declineReason) : '', declineNote ?? ''].filter(Boolean).join(': ')}</p>;
  return (
    <>
      {promisedFrom ? <p>{t('order.promised')}: <b>{format.window(promisedFrom, promisedUntil)}</b></p> : null}
      {acceptedAt ? <p className="second">{words.assignmentStatus.accepted} {format.near(acceptedAt)}{answeredByName ? ` (${answeredByName})` : ''}</p> : null}
    </>
  );
}

function OwnActions({ assignment }: { assignment: Assignment }) {
  const t = useT();
  const open = useOrderDialog();
  const [dialog, setDialog] = useState<'accept' | 'decline' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <div className="process-actions own-actions">
      {assignment.can['answer'] ? <Button variant="contained" startIcon={<CheckIcon />} onClick={() => setDialog('accept')}>{t('client.accept')}</Button> : null}
      {assignment.can['answer'] ? <Button variant="outlined" color="error" onClick={() => setDialog('decline')}>{t('client.decline')}</Button> : null}
      {assignment.can['promise'] ? <Button className="is-wide" variant={assignment.promisedFrom ? 'outlined' : 'contained'} startIcon={<CalendarIcon />} onClick={() => open({ kind: 'steer', action: 'promise', assignment })}>{t(assignment.promisedFrom ? 'client.change_date' : 'client.name_date')}</Button> : null}
      {assignment.can['giveBack'] ? <Button className="is-wide" variant="text" color="error" onClick={() => setDialog('decline')}>{t('client.give_back')}</Button> : null}
      {dialog === 'accept' ? <AcceptDialog assignment={assignment} onClose={close} /> : null}
      {dialog === 'decline' ? <DeclineDialog assignment={assignment} onClose={close} /> : null}
    </div>
  );
}
