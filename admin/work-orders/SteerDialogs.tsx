import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { WITHDRAW_CHOICES, type WithdrawReason } from '#domain/statuses.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { asLocalInput, fromLocalInput } from '../parts/near.ts';
import { useCommand } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment } from '../providers/types.ts';
import { DateWindow, windowOf, type WindowFields } from './DateWindow.tsx';
import { HandOnDialog } from './HandOnDialog.tsx';
import { CallFirst } from './CallFirst.tsx';
import { assigneeName } from './thread-entries.ts';

export type SteerAction = 'remind' | 'deadline' | 'withdraw' | 'cancel' | 'undo' | 'hand_on' | 'promise' | 'renew';
type SteerProps = { readonly assignment: Assignment; readonly onClose: () => void };

const DIALOGS: Record<SteerAction, (props: SteerProps) => React.ReactNode> = {
  remind: RemindDialog, deadline: DeadlineDialog, withdraw: WithdrawDialog, cancel: CancelDialog, undo: UndoDialog, hand_on: HandOnDialog, promise: PromiseDialog, renew: RenewDialog,
};

/** Everything that a coordinator does to a running assignment; outgoing mail is confirmed with the name. */
export function SteerDialog({ action, ...props }: SteerProps & { readonly action: SteerAction }) {
  const Dialog = DIALOGS[action];
  return <Dialog {...props} />;
}

function RemindDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const run = useCommand((portal, id: string) => portal.remind(id), { said: 'steer.reminded' });
  const who = [assignment.contact?.name, assigneeName(assignment)].filter(Boolean).join(', ');
  return (
    <ActionDialog isOpen title={t('steer.remind_title')} confirm={t('steer.remind_send')} onClose={onClose} onConfirm={() => run.mutateAsync(assignment.id)} footer={assignment.contact?.email}>
      <p>{t('steer.remind_text', { who })}</p>
    </ActionDialog>
  );
}

function DeadlineDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const { zone } = useFormat();
  const [value, setValue] = useState(() => (assignment.answerBy ? asLocalInput(new Date(assignment.answerBy), zone) : ''));
  const run = useCommand((portal, answerBy: string) => portal.moveDeadline(assignment.id, answerBy), { said: 'steer.deadline_done' });
  const moment = fromLocalInput(value, zone);
  return (
    <ActionDialog isOpen title={t('steer.deadline_title')} confirm={t('process.move_deadline')} canConfirm={moment !== null} onClose={onClose} onConfirm={() => run.mutateAsync(moment?.toISOString() ?? '')}>
      <TextField autoFocus type="datetime-local" label={t('steer.deadline_label')} value={value} onChange={(event) => setValue(event.target.value)} helperText={t('steer.deadline_hint')} slotProps={{ inputLabel: { shrink: true } }} />
    </ActionDialog>
  );
}

function WithdrawDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const words = useWords();
  const who = assigneeName(assignment);
  const [reason, setReason] = useState<WithdrawReason>('given_to_other');
  const run = useCommand((portal, why: WithdrawReason) => portal.withdraw(assignment.id, why), { said: 'steer.withdraw_done' });
  return (
    <ActionDialog isOpen isDanger title={t('steer.withdraw_title', { who })} confirm={t('steer.withdraw_send')} onClose={onClose} onConfirm={() => run.mutateAsync(reason)} footer={assignment.contact?.email}>
      <p>{t('steer.withdraw_hint', { who })}</p>
      <ReasonField reason={reason} onChange={setReason} words={words.withdrawReason} />
    </ActionDialog>
  );
}

function ReasonField({ reason, onChange, words }: { reason: WithdrawReason; onChange: (reason: WithdrawReason) => void; words: Readonly<Record<WithdrawReason, string>> }) {
  const t = useT();
  return (
    <TextField select label={t('step.reason')} value={reason} onChange={(event) => onChange(event.target.value as WithdrawReason)}>
      {WITHDRAW_CHOICES.map((one) => <MenuItem key={one} value={one}>{words[one]}</MenuItem>)}
    </TextField>
  );
}

function CancelDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const who = assigneeName(assignment);
  const [reason, setReason] = useState('');
  const run = useCommand((portal, why: string) => portal.cancelAssignment(assignment.id, why), { said: 'steer.cancel_done' });
  return (
    <ActionDialog isOpen isDanger title={t('steer.cancel_title', { who })} confirm={t('steer.cancel_send')} canConfirm={reason.trim() !== ''} onClose={onClose} onConfirm={() => run.mutateAsync(reason.trim())} footer={assignment.contact?.email}>
      <CallFirst assignment={assignment} />
      <TextField autoFocus required multiline minRows={2} label={t('step.reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
    </ActionDialog>
  );
}

function UndoDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const run = useCommand((portal, id: string) => portal.undoAcceptance(id), { said: 'steer.undo_done' });
  return (
    <ActionDialog isOpen isDanger title={t('steer.undo_title')} confirm={t('steer.undo_confirm')} onClose={onClose} onConfirm={() => run.mutateAsync(assignment.id)}>
      <p>{t('steer.undo_hint', { who: assigneeName(assignment) })}</p>
    </ActionDialog>
  );
}

function PromiseDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const { zone } = useFormat();
  const [fields, setFields] = useState<WindowFields>({ day: '', from: '', until: '' });
  const run = useCommand((portal, input: { from: string; until: string }) => portal.promiseDate(assignment.id, { promisedFrom: input.from, promisedUntil: input.until }), { said: 'steer.promise_done' });
  const window = windowOf(fields, zone);
  return (
    <ActionDialog isOpen title={t('steer.promise_title')} confirm={t('action.save')} canConfirm={window !== null} onClose={onClose} onConfirm={() => run.mutateAsync(window ?? { from: '', until: '' })}>
      <DateWindow fields={fields} onChange={setFields} />
    </ActionDialog>
  );
}

function RenewDialog({ assignment, onClose }: SteerProps) {
  const t = useT();
  const run = useCommand((portal, id: string) => portal.renewLink(id), { said: 'steer.renew_done' });
  return (
    <ActionDialog isOpen title={t('steer.renew_title')} confirm={t('steer.renew_send')} onClose={onClose} onConfirm={() => run.mutateAsync(assignment.id)}>
      <p>{t('steer.renew_text', { email: assignment.contact?.email ?? '' })}</p>
    </ActionDialog>
  );
}
