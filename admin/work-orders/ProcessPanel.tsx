import { Button } from '@mui/material';
import { Panel } from '../parts/Panel.tsx';
import { BellIcon, ChevronRightIcon, ClockIcon, HourglassIcon, OpenIcon, PhoneIcon, ProcessIcon, UndoIcon, WarningIcon } from '../parts/icons.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment, Order, PlannedLine, ProcessPanel as Process } from '../providers/types.ts';
import { useOrderDialog } from './order-actions.tsx';
import { actionWord, attentionWord, nowWord, skipWord, splitPlan, waitsSentence } from './process-words.ts';
import { DeputyProposal, Reachability } from './Reachability.tsx';
import type { SteerAction } from './SteerDialogs.tsx';
import { assigneeName, currentAssignment, isFreeAgain } from './thread-entries.ts';

/** *Ablauf*: what it waits for, what was, is and will be done by itself, and what a person can do instead. */
export function ProcessPanel({ order }: { order: Order }) {
  const t = useT();
  const open = useOrderDialog();
  const assignment = currentAssignment(order.assignments);
  if (!assignment || isFreeAgain(order, assignment)) {
    return (
      <Panel title={t('order.process')} icon={<ProcessIcon fontSize="small" />}>
        {assignment ? <EndedNote assignment={assignment} /> : null}
        <p>{t('process.no_process')}</p>
        {order.can['assign'] ? <Button fullWidth variant="contained" style={{ marginTop: 10 }} onClick={() => open({ kind: 'assign' })}>{t('process.assign')}</Button> : null}
      </Panel>
    );
  }
  return (
    <Panel title={t('order.process')} icon={<ProcessIcon fontSize="small" />} end={<ProcessTag assignment={assignment} />} className="process-panel">
      <p className="strong process-sentence">{waitsSentence(assignment, t)}</p>
      <Deadline process={assignment.process} />
      {assignment.process ? <Plan process={assignment.process} /> : null}
      <Reachability assignment={assignment} />
      <DeputyProposal assignment={assignment} />
      <Actions assignment={assignment} />
      {assignment.process?.temporalUrl ? <a href={assignment.process.temporalUrl} target="_blank" rel="noreferrer" className="icon-line process-temporal"><OpenIcon />{t('process.temporal')}</a> : null}
    </Panel>
  );
}

/** How the last request ended, when nobody is asked any more. */
function EndedNote({ assignment }: { assignment: Assignment }) {
  const words = useWords();
  return <p className="second">{words.assignmentStatus[assignment.status]}: {assigneeName(assignment)}</p>;
}

function ProcessTag({ assignment }: { assignment: Assignment }) {
  const t = useT();
  const code = assignment.process?.waitsFor.code ?? 'nothing';
  if (assignment.process?.needsAttention || code === 'person' || code === 'bounced') return <span className="tag is-danger"><WarningIcon />{t('process.attention')}</span>;
  if (code === 'nothing') return <span className="tag">{t('process.ended')}</span>;
  return <span className="tag is-waiting"><HourglassIcon />{t('process.waits')}</span>;
}

function Deadline({ process }: { process: Process | null }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const code = process?.waitsFor.code;
  if (!process) return null;
  const why = attentionWord(process.attentionReason, words);
  if (why) return <p className="second danger">{why}</p>;
  if (!process.answerBy || !['sending', 'delivery', 'answer', 'person', 'bounced', 'paused'].includes(code ?? '')) {
    return process.waitsFor.until ? <p className="second">{t(process.waitsFor.isLate ? 'process.was' : 'process.until', { at: format.nearEnd(process.waitsFor.until) })}</p> : null;
  }
  const left = Date.parse(process.answerBy) - format.now.getTime();
  return (
    <p className="second">
      {t('process.deadline')} <b>{format.dateTime(process.answerBy)}</b>, <span className={left < 0 ? 'danger strong' : ''}>{t(left < 0 ? 'process.late' : 'process.left', { span: format.span(left) })}</span>
    </p>
  );
}

/** Past is filled, now amber, next a ring, off dashed; each state is said in words for readers too. */
function Plan({ process }: { process: Process }) {
  const t = useT();
  const { shown, isNothingAfter } = splitPlan(process.planned);
  if (shown.length === 0) return null;
  const isEnded = process.waitsFor.code === 'nothing';
  return (
    <ol className="plan">
      {shown.map((line, at) => <PlanLine key={line.key ?? `${line.action}${at}`} line={line} waitsFor={process.waitsFor} />)}
      {isNothingAfter && !isEnded ? <li className="plan-line is-off"><span className="plan-at">{t('process.after')}</span><span>{t('process.nothing_more')}</span></li> : null}
    </ol>
  );
}

function PlanLine({ line, waitsFor }: { line: PlannedLine; waitsFor: Process['waitsFor'] }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const note = line.state === 'skipped' ? skipWord(line.reason, words) : '';
  return (
    <li className={`plan-line is-${line.state}`}>
      <span className="plan-at">{line.state === 'now' ? t('process.now') : line.at ? <time dateTime={line.at} title={format.dateTime(line.at)}>{format.near(line.at)}</time> : line.state === 'next' ? t('process.after_delivery') : '–'}</span>
      <span className={line.state === 'now' ? 'strong' : ''}>{line.action === 'waits' ? nowWord(waitsFor.code, t, waitsFor.isLate) : actionWord(line.action, words, line.number)}{note ? <span className="second"> ({note})</span> : null}</span>
    </li>
  );
}

function Actions({ assignment }: { assignment: Assignment }) {
  const t = useT();
  const open = useOrderDialog();
  const { can } = assignment;
  const steer = (action: SteerAction) => (): void => open({ kind: 'steer', action, assignment });
  return (
    <div className="process-actions">
      {can['answer'] ? <Button className="is-wide" variant={assignment.can['correctAddress'] || assignment.can['sendAgain'] ? 'outlined' : 'contained'} startIcon={<PhoneIcon />} onClick={() => open({ kind: 'phone', assignment })}>{t('process.phone_answer')}</Button> : null}
      {can['remind'] ? <Button variant="outlined" startIcon={<BellIcon />} onClick={steer('remind')}>{t('process.remind_button')}</Button> : null}
      {can['moveDeadline'] ? <Button variant="outlined" startIcon={<ClockIcon />} onClick={steer('deadline')}>{t('process.move_deadline')}</Button> : null}
      {can['promise'] ? <Button variant="outlined" startIcon={<ClockIcon />} onClick={steer('promise')}>{t('process.promise_button')}</Button> : null}
      {can['handOn'] ? <Button variant="outlined" startIcon={<ChevronRightIcon />} onClick={steer('hand_on')}>{t('process.next_firm')}</Button> : null}
      {can['undoAcceptance'] ? <Button variant="outlined" startIcon={<UndoIcon />} onClick={steer('undo')}>{t('process.undo_button')}</Button> : null}
      {can['withdraw'] ? <Button variant="outlined" color="error" startIcon={<UndoIcon />} onClick={steer('withdraw')}>{t('process.withdraw_button')}</Button> : null}
      {can['cancel'] ? <Button variant="outlined" color="error" startIcon={<UndoIcon />} onClick={steer('cancel')}>{t('process.cancel_button')}</Button> : null}
      {can['renewLink'] ? <Button className="is-wide" onClick={steer('renew')}>{t('process.renew_button')}</Button> : null}
    </div>
  );
}
