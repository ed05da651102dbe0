import { FormControl, FormControlLabel, FormLabel, MenuItem, Radio, RadioGroup, TextField } from '@mui/material';
import { useState } from 'react';
import { DECLINE_REASONS, type DeclineReason } from '#domain/statuses.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment } from '../providers/types.ts';
import type { AnswerInput } from '../providers/verbs.ts';
import { DateWindow, windowOf, type WindowFields } from './DateWindow.tsx';
import { assigneeName } from './thread-entries.ts';

const OTHER = 'other';

/** Records what a firm said on the phone: who, yes or no, and when they come. */
export function PhoneAnswerDialog({ assignment, onClose }: { assignment: Assignment; onClose: () => void }) {
  const t = useT();
  const words = useWords();
  const { zone } = useFormat();
  const [who, setWho] = useState(assignment.contacts.length > 0 ? '' : OTHER);
  const [name, setName] = useState(assignment.member?.name ?? '');
  const [step, setStep] = useState<'accept' | 'decline'>('accept');
  const [reason, setReason] = useState<DeclineReason>('no_capacity');
  const [note, setNote] = useState('');
  const [window, setWindow] = useState<WindowFields>({ day: '', from: '', until: '' });
  const run = useCommand((portal, input: AnswerInput) => portal.recordAnswer(assignment.id, input), { said: 'steer.phone_done' });
  const promised = step === 'accept' ? windowOf(window, zone) : null;
  const isWhoKnown = who === OTHER ? name.trim() !== '' : who !== '';
  const confirm = (): Promise<unknown> => run.mutateAsync({
    step,
    ...(who === OTHER ? { byName: name.trim() } : { contactId: who }),
    ...(step === 'decline' ? { reason } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(promised ? { promisedFrom: promised.from, promisedUntil: promised.until } : {}),
  });
  return (
    <ActionDialog isOpen title={`${t('steer.phone_title')}: ${assigneeName(assignment)}`} confirm={t(step === 'accept' ? 'steer.phone_save_accept' : 'steer.phone_save_decline')}
      canConfirm={isWhoKnown} onClose={onClose} onConfirm={confirm}>
      <FormControl fullWidth>
        <FormLabel>{t('steer.phone_who')}</FormLabel>
        <RadioGroup value={who} onChange={(_, value) => setWho(value)}>
          {assignment.contacts.map((one) => <FormControlLabel key={one.id} value={one.id} control={<Radio />} label={one.name} />)}
          <FormControlLabel value={OTHER} control={<Radio />} label={t('steer.phone_other')} />
        </RadioGroup>
      </FormControl>
      {who === OTHER ? <TextField label={t('steer.phone_name')} required value={name} onChange={(event) => setName(event.target.value)} /> : null}
      <FormControl fullWidth>
        <FormLabel>{t('steer.answer')}</FormLabel>
        <RadioGroup row value={step} onChange={(_, value) => setStep(value as 'accept')}>
          <FormControlLabel value="accept" control={<Radio />} label={t('steer.phone_accepts')} />
          <FormControlLabel value="decline" control={<Radio />} label={t('steer.phone_declines')} />
        </RadioGroup>
      </FormControl>
      {step === 'accept' ? <DateWindow fields={window} onChange={setWindow} /> : (
        <TextField select label={t('step.reason')} value={reason} onChange={(event) => setReason(event.target.value as DeclineReason)}>
          {DECLINE_REASONS.map((one) => <MenuItem key={one} value={one}>{words.declineReason[one]}</MenuItem>)}
        </TextField>
      )}
      <TextField multiline label={t('steer.phone_note')} value={note} onChange={(event) => setNote(event.target.value)} />
      {assignment.contact ? <p className="second">{t('steer.phone_confirm_hint')}</p> : null}
    </ActionDialog>
  );
}
