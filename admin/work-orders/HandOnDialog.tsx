import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Assignment } from '../providers/types.ts';
import { AssigneePicker } from './assign/AssigneePicker.tsx';
import type { Choice } from './assign/choice.ts';
import { CallFirst } from './CallFirst.tsx';
import { assigneeName } from './thread-entries.ts';

const OTHER = 'other';

/** Takes an order from one firm and asks the next: one of those named beforehand, or any of the directory. */
export function HandOnDialog({ assignment, onClose }: { readonly assignment: Assignment; readonly onClose: () => void }) {
  const t = useT();
  const { nextFirms } = assignment;
  const [picked, setPicked] = useState(nextFirms[0]?.id ?? OTHER);
  const [other, setOther] = useState<Choice | null>(null);
  const [reason, setReason] = useState('');
  const run = useCommand((portal, input: { firmId: string; reason?: string }) => portal.handOn(assignment.id, input), { said: 'steer.hand_on_done' });
  const needsReason = assignment.status !== 'offered';
  const firmId = picked === OTHER ? other?.id : picked;
  const canConfirm = firmId !== undefined && (!needsReason || reason.trim() !== '');
  const confirm = (): Promise<unknown> => run.mutateAsync({ firmId: firmId ?? '', ...(needsReason ? { reason: reason.trim() } : {}) });
  return (
    <ActionDialog isOpen title={t('steer.hand_on_title')} confirm={t('steer.hand_on_send')} canConfirm={canConfirm} onClose={onClose} onConfirm={confirm}>
      {needsReason ? <CallFirst assignment={assignment} /> : null}
      <p>{t(needsReason ? 'steer.hand_on_hint_accepted' : 'steer.hand_on_hint', { who: assigneeName(assignment) })}</p>
      {nextFirms.length > 0 ? (
        <TextField select autoFocus label={t('steer.hand_on_pick')} value={picked} onChange={(event) => setPicked(event.target.value)}>
          {nextFirms.map((one) => <MenuItem key={one.id} value={one.id}>{one.company}</MenuItem>)}
          <MenuItem value={OTHER}>{t('steer.hand_on_other')}</MenuItem>
        </TextField>
      ) : <p className="second">{t('steer.hand_on_pick_hint')}</p>}
      {picked === OTHER ? <AssigneePicker workOrderId={assignment.workOrderId} only="firms" label={t('steer.hand_on_pick')} value={other} onChange={setOther} /> : null}
      {needsReason ? <TextField required multiline label={t('step.reason')} value={reason} onChange={(event) => setReason(event.target.value)} /> : null}
    </ActionDialog>
  );
}
