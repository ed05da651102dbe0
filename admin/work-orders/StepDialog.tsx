import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { HOLD_REASONS, type HoldReason } from '#domain/statuses.ts';
import type { WorkOrderStep } from '#domain/transitions.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { Order } from '../providers/types.ts';
import type { StepInput } from '../providers/verbs.ts';

type StepDialogProps = { readonly order: Order; readonly step: WorkOrderStep; readonly onClose: () => void };

/** Asks what a step needs: why it is on hold and until when, why it goes back or is cancelled. */
export function StepDialog({ order, step, onClose }: StepDialogProps) {
  const t = useT();
  const make = useCommand((portal, input: StepInput) => portal.stepOrder(order.id, input), { said: 'step.done' });
  if (step === 'hold') return <HoldDialog order={order} onClose={onClose} onHold={(input) => make.mutateAsync(input)} />;
  if (step === 'close') {
    return (
      <ActionDialog isOpen title={t('step.close_title', { number: order.number })} confirm={t('step.close')} onClose={onClose} onConfirm={() => make.mutateAsync({ step })}>
        <p>{t('step.close_hint')}</p>
      </ActionDialog>
    );
  }
  return <ReasonDialog order={order} step={step} onClose={onClose} onConfirm={(reason) => make.mutateAsync({ step, reason })} />;
}

function ReasonDialog({ order, step, onClose, onConfirm }: StepDialogProps & { readonly onConfirm: (reason: string) => Promise<unknown> }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const isCancel = step === 'cancel';
  return (
    <ActionDialog isOpen isDanger={isCancel} onClose={onClose} canConfirm={reason.trim() !== ''} onConfirm={() => onConfirm(reason.trim())}
      title={isCancel ? t('step.cancel_title', { number: order.number }) : t('step.send_back_title')} confirm={t(`step.${step}`).replace(' …', '')}>
      <p>{t(isCancel ? 'step.cancel_hint' : 'step.send_back_hint')}</p>
      <TextField autoFocus required multiline minRows={2} label={t('step.reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
    </ActionDialog>
  );
}

function HoldDialog({ onClose, onHold }: { order: Order; onClose: () => void; onHold: (input: StepInput) => Promise<unknown> }) {
  const t = useT();
  const words = useWords();
  const [reason, setReason] = useState<HoldReason>('material');
  const [other, setOther] = useState('');
  const [until, setUntil] = useState('');
  const confirm = (): Promise<unknown> => onHold({
    step: 'hold', waitingReason: reason, ...(reason === 'other' ? { reason: other.trim() } : {}), ...(until ? { waitingUntil: until } : {}),
  });
  return (
    <ActionDialog isOpen title={t('step.hold_title')} confirm={t('action.save')} onClose={onClose} onConfirm={confirm} canConfirm={reason !== 'other' || other.trim() !== ''}>
      <TextField select autoFocus label={t('step.reason')} value={reason} onChange={(event) => setReason(event.target.value as HoldReason)}>
        {HOLD_REASONS.map((one) => <MenuItem key={one} value={one}>{words.holdReason[one]}</MenuItem>)}
      </TextField>
      {reason === 'other' ? <TextField label={t('step.other_reason')} required value={other} onChange={(event) => setOther(event.target.value)} /> : null}
      <TextField type="date" label={t('step.until')} value={until} onChange={(event) => setUntil(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
    </ActionDialog>
  );
}
