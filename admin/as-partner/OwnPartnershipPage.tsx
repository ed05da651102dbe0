import { Button, FormControlLabel, Switch } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Answer } from '../parts/States.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OwnPartnership } from '../providers/partner-types.ts';
import { DispatchRules } from './DispatchRules.tsx';
import { OwnEndDialog } from './OwnEndDialog.tsx';
import { ServedWorkspaces } from './ServedWorkspaces.tsx';
import { endingWords } from './use-partner.ts';
import './as-partner.css';

/** How we work with this client: what it sees of us, where we work, who of us gets its orders. */
export function OwnPartnershipPage() {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['own-partnership'], queryFn: () => portal.ownPartnership() });
  return (
    <div className="form-page">
      <Answer query={asked} rows={8}>
        {(partnership) => (
          <>
            <PageHead title={t('client.settings_title', { client: partnership.clientName })} />
            {partnership.endsOn && !partnership.can['keep'] ? <EndNote partnership={partnership} endsOn={partnership.endsOn} /> : null}
            {partnership.status === 'ended' ? null : <Settings partnership={partnership} />}
          </>
        )}
      </Answer>
    </div>
  );
}

/** What can be set while the partnership lasts; only administrators of the partner change it. */
function Settings({ partnership }: { partnership: OwnPartnership }) {
  const t = useT();
  return (
    <>
      {partnership.can['change'] ? null : <p className="note-box own-note">{t('settings.read_only')}</p>}
      <People partnership={partnership} />
      <ServedWorkspaces partnership={partnership} />
      <DispatchRules partnership={partnership} />
      {partnership.can['keep'] && partnership.endsOn ? <Ended partnership={partnership} endsOn={partnership.endsOn} /> : null}
      {partnership.can['end'] ? <Ending partnership={partnership} /> : null}
    </>
  );
}

/** The client ends it, or it has ended: from when, and why. */
function EndNote({ partnership, endsOn }: { partnership: OwnPartnership; endsOn: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <p className="note-box is-waiting own-note">
      {t(endingWords({ isEnded: partnership.status === 'ended', endedAt: partnership.endedAt }), { client: partnership.clientName, day: format.date(endsOn) })}
      {partnership.endReason ? ` ${t('partners.end_reason', { reason: partnership.endReason })}` : ''}
    </p>
  );
}

function People({ partnership }: { partnership: OwnPartnership }) {
  const t = useT();
  const save = useCommand((portal, showsPeople: boolean) => portal.showPeople(showsPeople), { refreshes: ['own-partnership'], said: 'state.saved', saysFailure: true });
  return (
    <Panel title={t('client.people')}>
      <FormControlLabel control={<Switch checked={save.isPending ? save.variables : partnership.showsPeople} disabled={!partnership.can['change'] || save.isPending} onChange={(_, next) => save.mutate(next)} />} label={t('client.show_people', { client: partnership.clientName })} />
      <p className="second">{t('client.people_hint')}</p>
    </Panel>
  );
}

function Ending({ partnership }: { partnership: OwnPartnership }) {
  const t = useT();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Panel title={t('client.ending')}>
      <p className="second">{t('client.ending_hint', { client: partnership.clientName })}</p>
      <div className="form-actions"><Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>{t('partners.end')}</Button></div>
      {isAsking ? <OwnEndDialog clientName={partnership.clientName} onClose={() => setIsAsking(false)} /> : null}
    </Panel>
  );
}

/** We end it: until the last day is over, we may think again. */
function Ended({ partnership, endsOn }: { partnership: OwnPartnership; endsOn: string }) {
  const t = useT();
  const format = useFormat();
  const keep = useCommand((portal, _input: null) => portal.keepAsPartner(), { refreshes: ['own-partnership', 'accounts'], said: 'partners.kept', saysFailure: true });
  return (
    <Panel title={t('client.ending')}>
      <p>{t('partner_band.ending', { client: partnership.clientName, day: format.date(endsOn) })}</p>
      <div className="form-actions"><Button variant="outlined" disabled={keep.isPending} onClick={() => keep.mutate(null)}>{t('partners.keep')}</Button></div>
    </Panel>
  );
}
