import { Button } from '@mui/material';
import { useState } from 'react';
import { FactList, type Fact } from '../parts/FactList.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { LOCALE_CHOICES } from '../providers/i18n.ts';
import type { PartnershipDetails } from '../providers/partner-types.ts';
import { InvitationDialog, type InvitationAction } from './InvitationDialogs.tsx';

type Props = { readonly partnership: PartnershipDetails };

/** The invitation as it was sent, and what can be done with it. */
export function InvitationTab({ partnership }: Props) {
  const t = useT();
  const format = useFormat();
  const facts: Fact[] = [
    [t('partners.email'), partnership.invitedEmail],
    [t('partners.name'), partnership.invitedName],
    [t('partners.other_email'), partnership.otherEmail],
    [t('partners.invited'), t('partners.invited_by', { name: partnership.invitedByName ?? '–', at: format.near(partnership.invitedAt) })],
    [t('partners.last_reminder'), partnership.lastRemindedAt ?? partnership.remindedAt ? format.near(partnership.lastRemindedAt ?? partnership.remindedAt ?? '') : null],
    [t('partners.valid'), partnership.status === 'invited' ? format.nearEnd(partnership.validUntil) : null],
    [t('partners.accepted_at'), partnership.acceptedAt ? [format.near(partnership.acceptedAt), partnership.acceptedByName].filter(Boolean).join(', ') : null],
    [t('partners.closed_at'), partnership.closedAt ? format.near(partnership.closedAt) : null],
    [t('step.reason'), partnership.declineReason],
    [t('firms.language'), LOCALE_CHOICES.find((one) => one.id === partnership.locale)?.name],
    [t('partners.message'), partnership.message ? <span className="pre">{partnership.message}</span> : null],
  ];
  return (
    <Panel title={t('partners.tab_invitation')}>
      <FactList facts={facts} />
      <InvitationActions partnership={partnership} />
    </Panel>
  );
}

function InvitationActions({ partnership }: Props) {
  const t = useT();
  const [action, setAction] = useState<InvitationAction | null>(null);
  const { can } = partnership;
  const button = (name: InvitationAction, isAllowed: boolean | undefined, look: 'contained' | 'outlined' = 'outlined') => (isAllowed ? (
    <Button variant={look} color={name === 'withdraw' ? 'error' : 'primary'} onClick={() => setAction(name)}>{t(`partners.do_${name}`)}</Button>
  ) : null);
  return (
    <div className="form-actions">
      {button('other', can['confirmOther'], 'contained')}
      {button('resend', can['resend'], can['confirmOther'] ? 'outlined' : 'contained')}
      {button('extend', can['extend'])}
      {button('withdraw', can['withdraw'])}
      {action ? <InvitationDialog action={action} partnership={partnership} onClose={() => setAction(null)} /> : null}
    </div>
  );
}
