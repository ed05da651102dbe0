import { Link } from 'react-router-dom';
import { HeldRemindersButtons } from '../parts/HeldReminders.tsx';
import { HourglassIcon, PauseIcon, WarningIcon } from '../parts/icons.ts';
import { useAfter } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { LiveState } from '../providers/live.ts';
import { useMay, useMaybeAccount } from './account-context.ts';
import { InvitationBands } from './InvitationBands.tsx';
import { PartnerBand } from './PartnerBand.tsx';

/** What everybody should know before they go on: who invites them, offline, automation late, reminders held, outgoing mail paused. */
export function Bands({ live }: { live: LiveState }) {
  const t = useT();
  const format = useFormat();
  const place = useMaybeAccount();
  const isSettled = useAfter(4_000);
  const automation = place?.account.automation;
  const held = place?.account.heldReminders;
  return (
    <div className="bands" role="status" ref={measureBands}>
      <PartnerBand />
      <InvitationBands />
      {live === 'offline' ? <p className="band is-danger"><WarningIcon />{t('state.offline_band')}</p> : null}
      {live === 'polling' && isSettled ? <p className="band">{t('state.polling_band')}</p> : null}
      {automation?.isLate ? (
        <p className="band is-danger"><WarningIcon />{t('band.late', { since: automation.since ? format.near(automation.since) : '?' })}</p>
      ) : null}
      {held ? (
        <div className="band is-waiting has-buttons">
          <span className="icon-line"><HourglassIcon />{t('held.band', { smart_count: held.count, since: held.since ? format.near(held.since) : '?' })}</span>
          <HeldRemindersButtons count={held.count} />
        </div>
      ) : null}
      <PauseBand />
    </div>
  );
}

/** Outgoing mail waits: for everybody by an operator, or for this organisation by its administrators. */
function PauseBand() {
  const t = useT();
  const may = useMay();
  const place = useMaybeAccount();
  if (place?.account.isInstallationMailPaused) {
    return <p className="band is-waiting"><PauseIcon />{t('band.mail_paused_all')} {place.session.user.isOperator ? <Link to="/operator">{t('band.mail_paused_all_link')}</Link> : null}</p>;
  }
  if (!place?.account.organisation.isMailPaused) return null;
  return <p className="band is-waiting"><PauseIcon />{t('band.mail_paused')} {may('settings.read') ? <Link to="/settings/pause">{t('band.mail_paused_link')}</Link> : null}</p>;
}

/** Pages that fill the window take off what the bands need, however many there are. */
function measureBands(bands: HTMLDivElement | null): (() => void) | undefined {
  if (!bands) return undefined;
  const root = document.documentElement.style;
  const observer = new ResizeObserver(() => root.setProperty('--bands', `${bands.offsetHeight}px`));
  observer.observe(bands);
  return () => { observer.disconnect(); root.removeProperty('--bands'); };
}
