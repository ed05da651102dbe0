import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router-dom';
import { localDay } from '#domain/format/dates.ts';
import { Now } from '../dashboard/Now.tsx';
import { Overdue, SideOrders } from '../dashboard/SideLists.tsx';
import { ordersLink, Tile } from '../dashboard/Tiles.tsx';
import { useMay } from '../layout/account-context.ts';
import { BuildIcon, CalendarIcon, EyeIcon, HourglassIcon, PersonIcon, WarningIcon } from '../parts/icons.ts';
import { endOfWeek } from '../parts/near.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Failed, LoadingRows } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { PartnerDashboard as Data } from '../providers/partner-types.ts';
import { PressingOrders } from './PressingOrders.tsx';
import { useAsPartner } from './use-partner.ts';
import '../dashboard/dashboard.css';

/** What a client waits for from us, most pressing first; of a partnership that has ended there is only the record. */
export function PartnerDashboard() {
  if (useAsPartner()?.isEnded) return <Navigate to="/work-orders" replace />;
  return <DashboardScreen />;
}

function DashboardScreen() {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['work-orders', 'dashboard'], queryFn: ({ signal }) => portal.partnerDashboard(signal), placeholderData: (before) => before });
  return (
    <>
      <PageHead title={t('dashboard.title')} beside={<Now />} />
      {asked.data ? <Content data={asked.data} /> : asked.error ? <Failed error={asked.error} onRetry={() => void asked.refetch()} /> : <LoadingRows rows={10} />}
    </>
  );
}

/** The office answers and hands out; a technician has what was given to them. */
function Content({ data }: { data: Data }) {
  const t = useT();
  const isOffice = useMay()('assignment.pass_on');
  const client = useAsPartner()?.clientName ?? '';
  const links = useLinks();
  const { tiles } = data;
  return (
    <>
      <PartnerTiles tiles={tiles} links={links} isOffice={isOffice} />
      <div className="dashboard">
        <div className="dashboard-main">
          {isOffice ? (
            <>
              <PressingOrders title={t('client.requests')} rows={data.awaitingAnswer} total={tiles.awaitingAnswer.count} to={links.awaitingAnswer} empty={t('client.requests_empty')} action={t('client.answer')} />
              <PressingOrders title={t('client.to_give')} rows={data.unassigned} total={tiles.unassigned.count} to={links.unassigned} empty={t('client.to_give_empty')} action={t('client.give')} />
            </>
          ) : <PressingOrders title={t('client.my_work')} rows={data.atWork} total={tiles.atWork.count} to={links.atWork} empty={t('client.my_work_empty')} action={t('action.open')} />}
        </div>
        <div className="dashboard-side">
          <Overdue rows={data.overdue} total={tiles.overdue.count} to={links.overdue} />
          <SideOrders title={t('client.week_title')} rows={data.dueThisWeek} total={tiles.dueThisWeek.count} to={links.dueThisWeek} empty={t('client.week_empty')} icon={<CalendarIcon className="hint" />} />
          <SideOrders title={t('client.check_title')} rows={data.toCheck} total={tiles.toCheck.count} to={links.toCheck} empty={t('client.check_empty', { client })} icon={<EyeIcon className="hint" />} />
        </div>
      </div>
    </>
  );
}

type Links = Readonly<Record<keyof Data['tiles'], string>>;

/** The list behind each number. */
function useLinks(): Links {
  const { now, zone } = useFormat();
  const today = localDay(now, zone);
  return {
    awaitingAnswer: ordersLink({ awaitingAnswer: true }, 'answerDueAt'), unassigned: ordersLink({ unassigned: true }, 'dueOn'), overdue: ordersLink({ overdue: true }, 'dueOn'),
    dueThisWeek: ordersLink({ dueFrom: today, dueUntil: endOfWeek(today) }, 'dueOn'), atWork: ordersLink({ status: 'accepted,in_progress,waiting' }, 'dueOn'), toCheck: ordersLink({ status: 'done' }, 'dueOn'),
  };
}

function PartnerTiles({ tiles, links, isOffice }: { tiles: Data['tiles']; links: Links; isOffice: boolean }) {
  const t = useT();
  const { awaitingAnswer, unassigned, overdue, dueThisWeek, atWork, toCheck } = tiles;
  return (
    <ul className="tiles">
      {isOffice ? (
        <>
          <Tile to={links.awaitingAnswer} tone="waiting" icon={<HourglassIcon />} count={awaitingAnswer.count} label={t('client.tile_answer')} hint={t('dashboard.awaiting_late', { count: awaitingAnswer.late })} />
          <Tile to={links.unassigned} tone="accepted" icon={<PersonIcon />} count={unassigned.count} label={t('client.tile_give')} hint={t('client.tile_give_hint')} />
        </>
      ) : <Tile to={links.atWork} tone="progress" icon={<BuildIcon />} count={atWork.count} label={t('client.tile_work')} hint={t('client.tile_work_hint')} />}
      <Tile to={links.overdue} tone="danger" icon={<WarningIcon />} count={overdue.count} label={t('dashboard.overdue')} hint={t(overdue.count > 0 ? 'client.tile_overdue_hint' : 'dashboard.overdue_none')} />
      <Tile to={links.dueThisWeek} tone="closed" icon={<CalendarIcon />} count={dueThisWeek.count} label={t('dashboard.week')} hint={t('dashboard.week_today', { count: dueThisWeek.today })} />
      <Tile to={links.toCheck} tone="done" icon={<EyeIcon />} count={toCheck.count} label={t('client.tile_check')} hint={t('client.tile_check_hint')} />
    </ul>
  );
}
