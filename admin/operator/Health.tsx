import { Button, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { HeldRemindersButtons } from '../parts/HeldReminders.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Answer, NotFound } from '../parts/States.tsx';
import { CheckCircleIcon, OpenIcon, WarningIcon } from '../parts/icons.ts';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { sessionNow } from '../providers/session.ts';
import type { Health as Data } from '../providers/types.ts';
import './health.css';

/** How the installation is doing: what waits, what is late, what needs a look; and the switch for all outgoing mail. */
export function Health() {
  const t = useT();
  const portal = usePortal();
  const isOperator = sessionNow()?.user.isOperator ?? false;
  const asked = useQuery({ queryKey: ['health'], queryFn: () => portal.health(), refetchInterval: 10_000, enabled: isOperator });
  if (!isOperator) return <NotFound />;
  return (
    <>
      <PageHead title={t('health.title')} beside={<span className="hint">{t('health.lead')}</span>}
        actions={asked.data?.temporalUi ? <Button variant="outlined" startIcon={<OpenIcon />} href={asked.data.temporalUi} target="_blank" rel="noreferrer">{t('health.temporal')}</Button> : null} />
      <Answer query={asked} rows={8}>{(health) => <HealthPage health={health} />}</Answer>
    </>
  );
}

function HealthPage({ health }: { health: Data }) {
  const t = useT();
  const oldest = health.oldestUnannouncedSeconds;
  return (
    <>
      <div className="health">
        <Panel title={t('health.work')} flush>
          <Figure label={t('health.announced')} value={oldest === null ? t('health.none') : t('health.seconds', { count: oldest })} isBad={(oldest ?? 0) > 60} />
          <Figure label={t('health.outbox')} value={health.outboxCount} isBad={health.outboxCount > 1_000} />
          <Figure label={t('health.open')} value={health.openAssignments} />
          <Figure label={t('health.running')} value={health.runningProcesses} />
          <Figure label={t('health.without')} value={health.withoutProcess} isBad={health.withoutProcess > 0} />
          <Figure label={t('health.late')} value={health.lateSteps} isBad={health.lateSteps > 0} />
          <Figure label={t('health.attention')} value={health.needAttention} isBad={health.needAttention > 0} />
        </Panel>
        <Panel title={t('health.mails')} flush>
          <Figure label={t('health.review')} value={health.toReview} />
          <Figure label={t('health.operator_held')} value={health.heldForOperator} isBad={health.heldForOperator > 0} />
          <Figure label={t('health.rejected')} value={health.rejectedForOperator} isBad={health.rejectedForOperator > 0} />
          <Figure label={t('health.bounced')} value={health.bounced} />
          <Figure label={t('health.refused')} value={health.refused} isBad={health.refused > 0} />
          <Figure label={t('health.unclear')} value={health.unclear} isBad={health.unclear > 0} />
        </Panel>
        <Heartbeats health={health} />
        <MailSwitch health={health} />
        <HeldReminders held={health.heldReminders} />
        <FindInTemporal health={health} />
      </div>
    </>
  );
}

function Figure({ label, value, isBad }: { label: string; value: number | string; isBad?: boolean }) {
  const t = useT();
  return (
    <p className={`figure ${isBad ? 'danger' : ''}`}>
      <span>{label}</span>
      <b className="icon-line">{isBad ? <><WarningIcon aria-label={t('health.not_fine')} /></> : null}{value}</b>
    </p>
  );
}

function Heartbeats({ health }: { health: Data }) {
  const t = useT();
  const format = useFormat();
  return (
    <Panel title={t('health.heartbeats')} flush>
      {health.heartbeats.length === 0 ? <p className="figure danger"><span>{t('health.none')}</span></p> : health.heartbeats.map((one) => (
        <p key={one.name} className={`figure ${one.isLate ? 'danger' : ''}`}>
          <span>{one.name} <span className="second">{t('health.last', { at: format.near(one.at) })}</span></span>
          <b className="icon-line">{one.isLate ? <><WarningIcon />{t('health.is_late')}</> : <><CheckCircleIcon className="good" />{t('health.alive')}</>}</b>
        </p>
      ))}
    </Panel>
  );
}

/** Stops or resumes the mails of all organisations; stopping asks first. */
function MailSwitch({ health }: { health: Data }) {
  const t = useT();
  const errorText = useErrorText();
  const [isAsking, setIsAsking] = useState(false);
  const pause = useCommand((portal, isPaused: boolean) => portal.pauseAllMail(isPaused), { refreshes: ['health'] });
  return (
    <Panel title={t('health.mail')}>
      <p className={`strong ${health.isMailPaused ? 'danger' : 'good'}`}>{t(health.isMailPaused ? 'health.mail_off' : 'health.mail_on')}</p>
      <p className="second">{t('health.mail_hint')}</p>
      {pause.error ? <p className="danger" role="alert">{errorText(pause.error)}</p> : null}
      <div className="form-actions">
        {health.isMailPaused
          ? <Button variant="contained" disabled={pause.isPending} onClick={() => pause.mutate(false)}>{t('health.resume')}</Button>
          : <Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>{t('health.pause')}</Button>}
      </div>
      <ActionDialog isOpen={isAsking} isDanger title={t('health.pause_title')} confirm={t('health.pause_confirm')} onClose={() => setIsAsking(false)} onConfirm={() => pause.mutateAsync(true)}>
        <p>{t('health.mail_hint')}</p>
      </ActionDialog>
    </Panel>
  );
}

/** Reminders that wait everywhere as an unusual flood, and what is to become of them. */
function HeldReminders({ held }: { held: Data['heldReminders'] }) {
  const t = useT();
  const format = useFormat();
  if (held.count === 0) return <Panel title={t('held.panel')}><p className="second">{t('held.none')}</p></Panel>;
  return (
    <Panel title={t('held.panel')}>
      <p className="strong danger icon-line"><WarningIcon />{t('held.band', { smart_count: held.count, since: held.since ? format.near(held.since) : '?' })}</p>
      <p className="second">{t(held.decision ? 'held.under_way' : 'held.hint')}</p>
      {held.decision ? null : <div className="form-actions"><HeldRemindersButtons count={held.count} isEverywhere /></div>}
    </Panel>
  );
}

/** Opens Temporal's own search by the order's number. */
function FindInTemporal({ health }: { health: Data }) {
  const t = useT();
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const query = encodeURIComponent(`WorkOrderNumber="${number.trim().toUpperCase().replaceAll('"', '')}"`);
    window.open(`${health.temporalUi}/namespaces/${encodeURIComponent(health.temporalNamespace)}/workflows?query=${query}`, '_blank', 'noreferrer');
  };
  return (
    <Panel title={t('health.search')}>
      <form onSubmit={submit}>
        <TextField label={t('health.search_label')} helperText={t('health.search_hint')} value={number} onChange={(event) => setNumber(event.target.value)} />
        <div className="form-actions"><Button type="submit" variant="outlined" disabled={!number.trim()}>{t('action.search')}</Button></div>
      </form>
    </Panel>
  );
}
