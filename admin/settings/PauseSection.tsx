import { Button } from '@mui/material';
import { useState } from 'react';
import { useAccount } from '../layout/account-context.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useCommand } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { Settings } from '../providers/types.ts';
import { WhoMayChange } from './ReadOnly.tsx';

/** Holds all outgoing mail of the organisation, or lets it go. */
export function PauseSection({ settings }: { settings: Settings }) {
  const t = useT();
  const errorText = useErrorText();
  const { account } = useAccount();
  const [isAsking, setIsAsking] = useState(false);
  const pause = useCommand((portal, isPaused: boolean) => portal.pauseMail(isPaused), { refreshes: ['settings'], said: settings.isMailPaused ? 'settings.resumed' : 'settings.paused' });
  return (
    <Panel title={t('settings.pause')}>
      {account.isInstallationMailPaused && !settings.isMailPaused ? null : <p className={`strong ${settings.isMailPaused ? 'danger' : 'good'}`}>{t(settings.isMailPaused ? 'settings.pause_on' : 'settings.pause_off')}</p>}
      {account.isInstallationMailPaused ? <p className="strong danger">{t('band.mail_paused_all')}</p> : null}
      <p className="second">{t('settings.pause_hint')}</p>
      {pause.error ? <p className="danger" role="alert">{errorText(pause.error)}</p> : null}
      {settings.can['edit'] ? (
        <div className="form-actions">
          {settings.isMailPaused ? <Button variant="contained" disabled={pause.isPending} onClick={() => pause.mutate(false)}>{t('settings.resume_button')}</Button>
            : <Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>{t('settings.pause_button')}</Button>}
        </div>
      ) : <WhoMayChange />}
      <ActionDialog isOpen={isAsking} isDanger title={t('settings.pause_title')} confirm={t('settings.pause_confirm')} onClose={() => setIsAsking(false)} onConfirm={() => pause.mutateAsync(true)}><p>{t('settings.pause_hint')}</p></ActionDialog>
    </Panel>
  );
}
