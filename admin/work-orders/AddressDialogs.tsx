import { Checkbox, FormControlLabel, TextField } from '@mui/material';
import { useState } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { PortalDataProvider } from '../providers/data.ts';
import type { Assignment, Firm } from '../providers/types.ts';

type Props = { readonly assignment: Assignment; readonly onClose: () => void };
const REFRESHES = ['work-orders', 'firms', 'mails'];

/** Corrects the dead address where the directory has it, and sends the request there. */
export function CorrectAddressDialog({ assignment, onClose }: Props) {
  const t = useT();
  const [email, setEmail] = useState(assignment.contact?.email ?? '');
  const [sendsAgain, setSendsAgain] = useState(true);
  const run = useCommand((portal, input: { email: string; sendsAgain: boolean }) => correct(portal, assignment, input), { refreshes: REFRESHES, said: 'reach.corrected' });
  const wanted = email.trim().toLowerCase();
  const isNew = /^\S+@\S+\.\S+$/.test(wanted) && wanted !== assignment.contact?.email;
  return (
    <ActionDialog isOpen title={t('reach.correct_title', { name: assignment.contact?.name ?? '' })} confirm={t('action.save')} canConfirm={isNew} onClose={onClose} onConfirm={() => run.mutateAsync({ email: wanted, sendsAgain })}>
      <TextField autoFocus required type="email" label={t('reach.correct_label')} helperText={t('reach.correct_hint')} value={email} onChange={(event) => setEmail(event.target.value)} />
      <FormControlLabel control={<Checkbox checked={sendsAgain} onChange={(_, next) => setSendsAgain(next)} />} label={t('reach.correct_again')} />
    </ActionDialog>
  );
}

/** The directory takes a firm's contacts as a whole; the request follows only where it had not arrived. */
async function correct(portal: PortalDataProvider, { id, workOrderId, firm, contact }: Assignment, input: { email: string; sendsAgain: boolean }): Promise<void> {
  const known = (await portal.getOne('firms', { id: firm?.id })).data as unknown as Firm;
  const contacts = known.contacts.map((one) => ({ id: one.id, name: one.name, email: one.id === contact?.id ? input.email : one.email, phone: one.phone, roles: one.roles }));
  await portal.update('firms', { id: known.id, data: { contacts } });
  if (!input.sendsAgain) return;
  const order = (await portal.getOne('work-orders', { id: workOrderId })).data as unknown as { assignments: Assignment[] };
  const mailId = order.assignments.find((one) => one.id === id)?.resendMailId;
  if (mailId) await portal.resendMail(mailId);
}

/** Sends the request that did not arrive to the address of today. */
export function SendAgainDialog({ assignment, onClose }: Props) {
  const t = useT();
  const run = useCommand((portal, mailId: string) => portal.resendMail(mailId), { refreshes: REFRESHES, said: 'reach.again_done' });
  return (
    <ActionDialog isOpen title={t('reach.again_title')} confirm={t('reach.again_send')} onClose={onClose} onConfirm={() => run.mutateAsync(assignment.resendMailId ?? '')} footer={assignment.contact?.email}>
      <p>{t('reach.again_text', { email: assignment.contact?.email ?? '' })}</p>
    </ActionDialog>
  );
}
