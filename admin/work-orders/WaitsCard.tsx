import { Button } from '@mui/material';
import { PhoneIcon } from '../parts/icons.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Order } from '../providers/types.ts';
import { useOrderDialog } from './order-actions.tsx';
import { DeputyProposal, Reachability } from './Reachability.tsx';
import { actionWord, waitsSentence } from './process-words.ts';
import { currentAssignment, isFreeAgain, telOf } from './thread-entries.ts';

/** On a phone, first of all: what it waits for, and *Anrufen* within reach of the thumb. */
export function WaitsCard({ order }: { order: Order }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const open = useOrderDialog();
  const assignment = currentAssignment(order.assignments);
  if (!assignment || isFreeAgain(order, assignment)) {
    return order.can['assign'] ? (
      <section className="panel waits-card">
        <p className="strong">{t('process.no_process')}</p>
        <div className="waits-buttons"><Button variant="contained" onClick={() => open({ kind: 'assign' })}>{t('process.assign')}</Button></div>
      </section>
    ) : null;
  }
  const { process } = assignment;
  if (!process || process.waitsFor.code === 'nothing') return null;
  const next = process.planned.find((line) => line.state === 'next');
  const phone = assignment.contact?.phone ?? assignment.firm?.phone;
  const said = [
    process.waitsFor.until ? t('process.until', { at: format.nearEnd(process.waitsFor.until) }) : '',
    next ? `${t('process.after')}: ${actionWord(next.action, words, next.number)}` : '',
  ].filter(Boolean);
  return (
    <section className="panel waits-card">
      <p className="strong">{waitsSentence(assignment, t)}</p>
      <p className="second">{said.join(' · ')}</p>
      <Reachability assignment={assignment} hasCall />
      <DeputyProposal assignment={assignment} />
      <div className="waits-buttons">
        {phone ? <Button variant="contained" startIcon={<PhoneIcon />} href={telOf(phone)}>{t('process.call')}</Button> : null}
        {assignment.can['answer'] ? <Button variant="outlined" onClick={() => open({ kind: 'phone', assignment })}>{t('process.phone_short')}</Button> : null}
      </div>
    </section>
  );
}
