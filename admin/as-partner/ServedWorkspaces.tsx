import { Button, FormControlLabel, Switch, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '../parts/Panel.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { OwnPartnership } from '../providers/partner-types.ts';
import './as-partner.css';

type Served = OwnPartnership['workspaces'][number];

/** The shared workspaces; one that is not served gets no orders, and the client reads why. */
export function ServedWorkspaces({ partnership }: { partnership: OwnPartnership }) {
  const t = useT();
  return (
    <Panel title={t('client.served')}>
      <p className="second">{t('client.served_hint')}</p>
      {partnership.workspaces.length === 0 ? <p>{t('client.served_none')}</p> : (
        <ul>{partnership.workspaces.map((one) => <ServedLine key={one.workspaceId} workspace={one} isReadOnly={!partnership.can['change']} />)}</ul>
      )}
    </Panel>
  );
}

/** Saves whether we serve a workspace; refused while orders run there. */
export function useServed(workspaceId: string, onDone?: () => void) {
  return useCommand((portal, input: { isServed: boolean; reason?: string }) => portal.saveServed([{ workspaceId, ...input }]), {
    refreshes: ['own-partnership', 'workspaces', 'assets', 'accounts', 'work-orders'], said: 'state.saved', ...(onDone ? { onDone } : {}),
  });
}

/** Below the list of workspaces: those that we unticked, to be taken up again. */
export function NotServed() {
  const t = useT();
  const portal = usePortal();
  const { data } = useQuery({ queryKey: ['own-partnership'], queryFn: () => portal.ownPartnership() });
  const unticked = data?.workspaces.filter((one) => !one.isServed) ?? [];
  if (!data || unticked.length === 0) return null;
  return (
    <Panel title={t('client.not_served_title')} className="own-not-served">
      <p className="second">{t('client.served_hint')}</p>
      <ul>{unticked.map((one) => <ServedLine key={one.workspaceId} workspace={one} isReadOnly={!data.can['change']} />)}</ul>
    </Panel>
  );
}

function ServedLine({ workspace, isReadOnly }: { workspace: Served; isReadOnly: boolean }) {
  const t = useT();
  const errorText = useErrorText();
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  const save = useServed(workspace.workspaceId, () => { setIsAsking(false); setReason(''); });
  return (
    <li className="own-line">
      <FormControlLabel control={<Switch checked={workspace.isServed && !isAsking} disabled={isReadOnly || save.isPending} onChange={(_, next) => (next && !workspace.isServed ? save.mutate({ isServed: true }) : setIsAsking(!next))} />}
        label={<span>{workspace.name}{workspace.notServedReason ? <span className="second"> {t('client.not_served_reason', { reason: workspace.notServedReason })}</span> : null}</span>} />
      {isAsking ? (
        <form className="own-ask" onSubmit={(event) => { event.preventDefault(); save.mutate({ isServed: false, ...(reason.trim() ? { reason: reason.trim() } : {}) }); }}>
          <TextField autoFocus label={t('client.not_served_why')} value={reason} onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} />
          <Button type="submit" variant="contained" disabled={save.isPending}>{t('client.not_served')}</Button>
          <Button onClick={() => { save.reset(); setIsAsking(false); }}>{t('action.cancel')}</Button>
        </form>
      ) : null}
      {save.error ? <p className="danger" role="alert">{errorText(save.error)}</p> : null}
    </li>
  );
}
