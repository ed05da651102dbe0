import { Button } from '@mui/material';
import { useState } from 'react';
import type { HeldRemindersDecision } from '#domain/statuses.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { useCommand } from './portal.ts';
import { useT } from './speech.ts';

type Props = {
  readonly count: number;
  /** An operator decides for all organisations. */
  readonly isEverywhere?: boolean;
};

/** Send or not send what is held as an unusual flood; both ask first, with the number. */
export function HeldRemindersButtons({ count, isEverywhere }: Props) {
  const t = useT();
  const [asked, setAsked] = useState<HeldRemindersDecision | null>(null);
  const decide = useCommand(
    (portal, decision: HeldRemindersDecision) => (isEverywhere ? portal.decideAllHeldReminders(decision) : portal.decideHeldReminders(decision)),
    { refreshes: isEverywhere ? ['health'] : ['mails'], ...(isEverywhere ? {} : { said: asked === 'drop' ? 'held.dropped' : 'held.sent' }) },
  );
  const close = (): void => setAsked(null);
  return (
    <>
      <Button size="small" variant="contained" onClick={() => setAsked('release')}>{t('held.send')} …</Button>
      <Button size="small" variant="outlined" color="error" onClick={() => setAsked('drop')}>{t('held.drop')} …</Button>
      <ActionDialog isOpen={asked === 'release'} title={t('held.send_title')} confirm={t('held.send')} onClose={close} onConfirm={() => decide.mutateAsync('release')}>
        <p>{t('held.send_hint', { smart_count: count })}</p>
      </ActionDialog>
      <ActionDialog isOpen={asked === 'drop'} isDanger title={t('held.drop_title')} confirm={t('held.drop')} onClose={close} onConfirm={() => decide.mutateAsync('drop')}>
        <p>{t('held.drop_hint', { smart_count: count })}</p>
      </ActionDialog>
    </>
  );
}
