import { Button, Tab, Tabs } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { SendIcon, UndoIcon, WarningIcon } from '../parts/icons.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Count } from '../parts/Panel.tsx';
import { Failed, LoadingRows } from '../parts/States.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { PartnershipDetails } from '../providers/partner-types.ts';
import { RelatedOrders } from '../work-orders/RelatedOrders.tsx';
import { AssignFromPartner } from './AssignFromPartner.tsx';
import { DecideDialog, EndDialog } from './EndDialog.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { InvitationTab } from './InvitationTab.tsx';
import { PartnerChip } from './PartnerChip.tsx';
import { FirmPanel, SeesPanel, StatusPanel } from './SidePanels.tsx';
import { SharesTab } from './SharesTab.tsx';
import type { ShareDraft } from './share-draft.ts';
import '../parts/record-page.css';
import './partners.css';

const TABS = ['shares', 'orders', 'invitation', 'history'] as const;
type TabName = (typeof TABS)[number];

/** A partner: what it may see, what it works on, how it came to be. */
export function PartnerShow() {
  const { id = '' } = useParams();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['partnerships', 'full', id], queryFn: ({ signal }) => portal.partnership(id, signal) });
  if (asked.data) return <PartnerPage key={id} partnership={asked.data} />;
  return asked.error ? <Failed error={asked.error} onRetry={() => void asked.refetch()} /> : <LoadingRows rows={9} />;
}

function PartnerPage({ partnership }: { partnership: PartnershipDetails }) {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const [draft, setDraft] = useState<ShareDraft>({});
  const first: TabName = partnership.status === 'accepted' || partnership.status === 'ended' ? 'shares' : 'invitation';
  const tab = TABS.find((one) => one === search.get('tab')) ?? first;
  const changes = Object.keys(draft).length;
  return (
    <>
      <Head partnership={partnership} />
      <Notes partnership={partnership} />
      <Tabs value={tab} onChange={(_, next: TabName) => setSearch({ tab: next }, { replace: true })} variant="scrollable" scrollButtons={false} className="partner-tabs">
        {TABS.map((name) => (
          <Tab key={name} value={name} id={`tab-${name}`} aria-controls="partner-tabpanel" label={(
            <span className="icon-line">{t(`partners.tab_${name}`)}{name === 'orders' && partnership.openOrderCount > 0 ? <Count value={partnership.openOrderCount} /> : null}{name === 'shares' && changes > 0 ? <span className="tag is-waiting">{changes}</span> : null}</span>
          )} />
        ))}
      </Tabs>
      <div className="record-page">
        <div role="tabpanel" id="partner-tabpanel" aria-labelledby={`tab-${tab}`}>
          {tab === 'shares' ? <SharesTab partnership={partnership} draft={draft} onDraft={setDraft} /> : null}
          {tab === 'orders' ? <RelatedOrders title={t('partners.tab_orders')} empty={t('partners.no_orders')} filter={{ firmId: partnership.firmId }} /> : null}
          {tab === 'invitation' ? <InvitationTab partnership={partnership} /> : null}
          {tab === 'history' ? <HistoryTab partnership={partnership} /> : null}
        </div>
        <aside><StatusPanel partnership={partnership} /><FirmPanel partnership={partnership} /><SeesPanel partnership={partnership} /></aside>
      </div>
    </>
  );
}

function Head({ partnership }: { partnership: PartnershipDetails }) {
  const t = useT();
  const format = useFormat();
  const [dialog, setDialog] = useState<'assign' | 'decide' | 'end' | null>(null);
  const navigate = useNavigate();
  const { can } = partnership;
  const keep = useCommand((portal, id: string) => portal.keepPartnership(id), { refreshes: ['partnerships'], said: 'partners.kept', saysFailure: true });
  const actions = can['assign'] || can['decide'] || can['end'] || can['keep'] ? (
    <>
      {can['assign'] ? <Button variant="outlined" startIcon={<SendIcon />} onClick={() => setDialog('assign')}>{t('assign.title')}</Button> : null}
      {can['decide'] ? <Button variant="outlined" onClick={() => setDialog('decide')}>{t('partners.decide')}</Button> : null}
      {can['keep'] ? <Button variant="outlined" startIcon={<UndoIcon />} disabled={keep.isPending} onClick={() => keep.mutate(partnership.id)}>{t('partners.keep')}</Button> : null}
      {can['end'] ? <Button variant="outlined" color="error" onClick={() => setDialog('end')}>{t('partners.end')}</Button> : null}
    </>
  ) : null;
  const beside = <><PartnerChip status={partnership.shownStatus} />{partnership.acceptedAt ? <span className="second">{t('partners.since_day', { day: format.near(partnership.acceptedAt) })}</span> : null}</>;
  return (
    <>
      <PageHead title={partnership.partnerName ?? partnership.company} crumbs={[{ label: t('partners.title'), to: '/partnerships' }]} beside={beside} actions={actions} />
      {dialog === 'assign' ? <AssignFromPartner partnership={partnership} onClose={() => setDialog(null)} onChosen={(orderId) => void navigate(`/work-orders/${orderId}/show?do=assign&firm=${partnership.firmId}`)} /> : null}
      {dialog === 'decide' ? <DecideDialog partnership={partnership} onClose={() => setDialog(null)} /> : null}
      {dialog === 'end' ? <EndDialog partnership={partnership} onClose={() => setDialog(null)} /> : null}
    </>
  );
}

/** What needs a decision, above everything: an invitation that is asked for again, a mail that bounced, another address that was named, an end that is near. */
function Notes({ partnership }: { partnership: PartnershipDetails }) {
  const t = useT();
  const format = useFormat();
  const { shownStatus, otherEmail, endsOn } = partnership;
  const isAskedAgain = partnership.status === 'expired' && partnership.history.at(-1)?.name === 'partnership.asked_again';
  return (
    <div className="partner-notes">
      <NotInvitable partnership={partnership} />
      {isAskedAgain ? <p className="note-box is-waiting"><WarningIcon />{t('partners.note_asked_again', { email: partnership.invitedEmail })}</p> : null}
      {shownStatus === 'bounced' ? <p className="note-box is-danger"><WarningIcon />{t('partners.note_bounced', { email: partnership.invitedEmail })}</p> : null}
      {otherEmail && partnership.can['confirmOther'] ? <p className="note-box is-waiting"><WarningIcon />{t('partners.note_other', { email: otherEmail })}</p> : null}
      {shownStatus === 'ending' && endsOn ? <EndingNote partnership={partnership} day={format.date(endsOn)} /> : null}
      {shownStatus === 'ended' ? <p className="note-box">{t('partners.note_ended')}{partnership.endReason ? ` ${t('partners.end_reason', { reason: partnership.endReason })}` : ''}</p> : null}
    </div>
  );
}

/** Announced, or over but for what is still being finished: when, why, and where its orders are. */
function EndingNote({ partnership, day }: { partnership: PartnershipDetails; day: string }) {
  const t = useT();
  const { id, endedAt, endReason, openOrderCount } = partnership;
  return (
    <p className="note-box is-waiting">
      <WarningIcon />
      <span>
        {t(endedAt ? 'partners.note_over' : 'partners.note_ending', { day })}{endReason ? ` ${t('partners.end_reason', { reason: endReason })}` : ''}
        {openOrderCount > 0 ? <><br /><Link to={`/partnerships/${id}/show?tab=orders`}>{t('partners.note_orders', { smart_count: openOrderCount })}</Link></> : null}
      </span>
    </p>
  );
}

/** Why an invitation that is over can't be sent again, and where that is changed. */
function NotInvitable({ partnership }: { partnership: PartnershipDetails }) {
  const t = useT();
  const { status, firmId, isFirmBlocked, isFirmArchived } = partnership;
  const isOver = status === 'declined' || status === 'expired' || status === 'withdrawn';
  if (!isOver || !(isFirmBlocked || isFirmArchived)) return null;
  return <p className="note-box"><WarningIcon />{t(isFirmBlocked ? 'partners.note_blocked' : 'partners.note_archived')} <Link to={`/firms/${firmId}/show`}>{t('partners.in_directory')}</Link></p>;
}
