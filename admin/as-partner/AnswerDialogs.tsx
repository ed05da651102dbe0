import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { DECLINE_REASONS, type DeclineReason } from '#domain/statuses.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment } from '../providers/types.ts';
import type { AnswerInput } from '../providers/verbs.ts';
import { DateWindow, windowOf, type WindowFields } from '../work-orders/DateWindow.tsx';
import { useAsPartner } from './use-partner.ts';

type Props = { readonly assignment: Assignment; readonly onClose: () => void };
const REFRESHES = ['work-orders', 'client-orders', 'accounts'] as const;

/** Takes the work on; when we come may be said at once. */
export function AcceptDialog({ assignment, onClose }: Props) {
  const t = useT();
  const { zone } = useFormat();
  const client = useAsPartner()?.clientName ?? '';
  const [window, setWindow] = useState<WindowFields>({ day: '', from: '', until: '' });
  const answer = useCommand((portal, input: AnswerInput) => portal.recordAnswer(assignment.id, input), { refreshes: REFRESHES, said: 'client.accepted' });
  const promised = windowOf(window, zone);
  return (
    <ActionDialog isOpen title={t('client.accept_title')} confirm={t('client.accept')} onClose={onClose}
      onConfirm={() => answer.mutateAsync({ step: 'accept', ...(promised ? { promisedFrom: promised.from, promisedUntil: promised.until } : {}) })}>
      <p>{t('client.accept_hint', { client })}</p>
      <h3 className="form-section">{t('order.promised')} <span className="second">{t('state.optional')}</span></h3>
      <DateWindow fields={window} onChange={setWindow} />
    </ActionDialog>
  );
}

/** Says no, or gives accepted work back: with a reason, and the client looks for somebody else. */
export function DeclineDialog({ assignment, onClose }: Props) {
  const t = useT();
  const words = useWords();
  const client = useAsPartner()?.clientName ?? '';
  const [reason, setReason] = useState<DeclineReason>('no_capacity');
  const [note, setNote] = useState('');
  const navigate = useNavigate();
  // As it was when the question was put: a colleague's yes meanwhile makes a no late, and not a giving back.
  const [isGivenBack] = useState(assignment.status === 'accepted');
  const answer = useCommand((portal, input: AnswerInput) => portal.recordAnswer(assignment.id, input), { refreshes: REFRESHES, said: isGivenBack ? 'client.given_back' : 'client.declined' });
  return (
    <ActionDialog isOpen isDanger title={t(isGivenBack ? 'client.give_back_title' : 'client.decline_title')} confirm={t(isGivenBack ? 'client.give_back_send' : 'client.decline_send')} onClose={onClose}
      onConfirm={async () => {
        await answer.mutateAsync({ step: 'decline', isGivenBack, reason, ...(note.trim() ? { note: note.trim() } : {}) });
        // What we said no to does not concern us any more, and its page goes.
        void navigate('/work-orders');
      }}>
      <p>{t(isGivenBack ? 'client.give_back_hint' : 'client.decline_hint', { client })}</p>
      <TextField select autoFocus label={t('step.reason')} value={reason} onChange={(event) => setReason(event.target.value as DeclineReason)}>
        {DECLINE_REASONS.map((one) => <MenuItem key={one} value={one}>{words.declineReason[one]}</MenuItem>)}
      </TextField>
      <TextField multiline minRows={2} label={t('client.decline_note')} value={note} onChange={(event) => setNote(event.target.value)} slotProps={{ htmlInput: { maxLength: 2_000 } }} />
    </ActionDialog>
  );
}
