import { FormControlLabel, Radio, RadioGroup, TextField } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { PartnershipDetails } from '../providers/partner-types.ts';
import { extensionDays } from './extension.ts';

export type InvitationAction = 'extend' | 'resend' | 'withdraw' | 'other';
type Props = { readonly partnership: PartnershipDetails; readonly onClose: () => void };

const DIALOGS: Record<InvitationAction, (props: Props) => ReactNode> = { extend: ExtendDialog, resend: ResendDialog, withdraw: WithdrawDialog, other: OtherAddressDialog };
const REFRESHES = ['partnerships', 'firms'] as const;

/** What can be done with an open or ended invitation; outgoing mail is confirmed with the address. */
export function InvitationDialog({ action, ...props }: Props & { readonly action: InvitationAction }) {
  const Dialog = DIALOGS[action];
  return <Dialog {...props} />;
}

function ExtendDialog({ partnership, onClose }: Props) {
  const t = useT();
  const { zone, now, date } = useFormat();
  const { earliest, proposed } = extensionDays(partnership.validUntil, now, zone);
  const [day, setDay] = useState(proposed);
  const isLater = day >= earliest;
  const run = useCommand((portal, until: string) => portal.extendInvitation(partnership.id, until), { refreshes: REFRESHES, said: 'partners.extended' });
  return (
    <ActionDialog isOpen title={t('partners.extend_title')} confirm={t('partners.do_extend')} canConfirm={isLater} onClose={onClose} onConfirm={() => run.mutateAsync(day)} maxWidth="xs">
      <TextField autoFocus type="date" label={t('partners.valid')} value={day} onChange={(event) => setDay(event.target.value)} error={!isLater} helperText={isLater ? t('partners.extend_hint') : t('partners.extend_later', { day: date(earliest) })} slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: earliest } }} />
    </ActionDialog>
  );
}

function ResendDialog({ partnership, onClose }: Props) {
  const t = useT();
  const [email, setEmail] = useState(partnership.invitedEmail);
  const run = useCommand((portal, to: string) => portal.resendInvitation(partnership.id, to === partnership.invitedEmail ? undefined : to), { refreshes: REFRESHES, said: 'partners.resent' });
  const to = email.trim();
  return (
    <ActionDialog isOpen title={t('partners.resend_title')} confirm={t('partners.resend_send')} canConfirm={/^\S+@\S+\.\S+$/.test(to)} onClose={onClose} onConfirm={() => run.mutateAsync(to)} footer={t('assign.mails_to', { email: to })}>
      <p>{t('partners.resend_hint')}</p>
      <TextField autoFocus type="email" label={t('partners.email')} value={email} onChange={(event) => setEmail(event.target.value)} />
    </ActionDialog>
  );
}

function WithdrawDialog({ partnership, onClose }: Props) {
  const t = useT();
  const [reason, setReason] = useState('');
  const run = useCommand((portal, why: string) => portal.withdrawInvitation(partnership.id, why || undefined), { refreshes: REFRESHES, said: 'partners.withdrawn' });
  return (
    <ActionDialog isOpen isDanger title={t('partners.withdraw_title', { name: partnership.company })} confirm={t('partners.withdraw_send')} onClose={onClose} onConfirm={() => run.mutateAsync(reason.trim())} footer={partnership.invitedEmail}>
      <p>{t('partners.withdraw_hint')}</p>
      <TextField autoFocus multiline minRows={2} label={`${t('step.reason')} (${t('state.optional')})`} value={reason} onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} />
    </ActionDialog>
  );
}

/** The invitee named somebody else: the inviter says whether that person is invited instead. */
function OtherAddressDialog({ partnership, onClose }: Props) {
  const t = useT();
  const email = partnership.otherEmail ?? '';
  const [isConfirmed, setIsConfirmed] = useState(true);
  const run = useCommand((portal, choice: boolean) => portal.decideOtherAddress(partnership.id, choice), { refreshes: REFRESHES, said: isConfirmed ? 'partners.resent' : 'state.saved' });
  return (
    <ActionDialog isOpen title={t('partners.other_title')} confirm={t(isConfirmed ? 'partners.other_send' : 'partners.other_keep')} onClose={onClose} onConfirm={() => run.mutateAsync(isConfirmed)}
      footer={isConfirmed ? t('assign.mails_to', { email }) : null}>
      <p>{t('partners.other_hint', { invited: partnership.invitedEmail, email })}</p>
      <RadioGroup value={isConfirmed ? 'yes' : 'no'} onChange={(_, value) => setIsConfirmed(value === 'yes')} aria-label={t('partners.other_title')}>
        <FormControlLabel value="yes" control={<Radio />} label={t('partners.other_yes', { email })} />
        <FormControlLabel value="no" control={<Radio />} label={t('partners.other_no', { invited: partnership.invitedEmail })} />
      </RadioGroup>
    </ActionDialog>
  );
}
