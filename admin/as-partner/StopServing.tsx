import { Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useT } from '../parts/speech.ts';
import { useServed } from './ServedWorkspaces.tsx';

/** On a workspace's page: we no longer look after it. */
export function StopServing({ workspaceId, name }: { workspaceId: string; name: string }) {
  const t = useT();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const save = useServed(workspaceId);
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>{t('client.stop_serving')}</Button>
      <ActionDialog isOpen={isAsking} isDanger title={t('client.stop_serving_title', { name })} confirm={t('client.not_served')} onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await save.mutateAsync({ isServed: false, ...(reason.trim() ? { reason: reason.trim() } : {}) });
          // What we do not serve does not exist for us, and its page goes.
          void navigate('/workspaces');
        }}>
        <p>{t('client.served_hint')}</p>
        <TextField autoFocus label={t('client.not_served_why')} value={reason} onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} />
      </ActionDialog>
    </>
  );
}
