import { useQuery } from '@tanstack/react-query';
import { useStore } from 'react-admin';
import { Link, Navigate } from 'react-router-dom';
import { PartnerDashboard } from '../as-partner/PartnerDashboard.tsx';
import { useAccount, useMaybeAccount, useMay } from '../layout/account-context.ts';
import { NoAccount } from '../layout/NoAccount.tsx';
import { FilterChip } from '../parts/ListTools.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Failed, LoadingRows } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import { sessionNow } from '../providers/session.ts';
import type { Dashboard as Data } from '../providers/types.ts';
import { AnswerTimes, OpenWork } from './charts.tsx';
import { Now } from './Now.tsx';
import { OwesAnswer } from './OwesAnswer.tsx';
import { Bounced, Overdue, ToReview } from './SideLists.tsx';
import { ordersLink, Tiles } from './Tiles.tsx';
import './dashboard.css';

/** Who owes me an answer, oldest first, above everything. */
export function Dashboard() {
  const place = useMaybeAccount();
  if (!place) return sessionNow()?.user.isOperator ? <Navigate to="/operator" replace /> : <NoAccount />;
  if (place.account.kind === 'partner') return <PartnerDashboard />;
  return <DashboardScreen />;
}

function DashboardScreen() {
  const t = useT();
  const portal = usePortal();
  const { accountId, account } = useAccount();
  const [isMine, setIsMine] = useStore(`${accountId}.dashboard.mine`, false);
  const [workspaceId, setWorkspaceId] = useStore<string | undefined>(`${accountId}.dashboard.workspace`, undefined);
  const query = { ...(isMine ? { responsibleUserId: account.me.userId } : {}), ...(workspaceId ? { workspaceId } : {}) };
  const asked = useQuery({ queryKey: ['work-orders', 'dashboard', query], queryFn: ({ signal }) => portal.dashboard(query, signal), placeholderData: (before) => before });
  const filters = (
    <>
      <button type="button" className={`filter-chip is-switch ${isMine ? 'is-set' : ''}`} aria-pressed={isMine} onClick={() => setIsMine(!isMine)}>{t('dashboard.mine')}</button>
      <WorkspaceFilter value={workspaceId} onChange={setWorkspaceId} />
    </>
  );
  return (
    <>
      <PageHead title={t('dashboard.title')} beside={<Now />} actions={filters} />
      {asked.data ? <Content data={asked.data} isMine={isMine} workspaceId={workspaceId} /> : asked.error ? <Failed error={asked.error} onRetry={() => void asked.refetch()} /> : <LoadingRows rows={10} />}
    </>
  );
}

function Content({ data, isMine, workspaceId }: { data: Data; isMine: boolean; workspaceId: string | undefined }) {
  const t = useT();
  const may = useMay();
  const { account } = useAccount();
  const isNew = data.openWork.length === 0 && data.owesAnswer.length === 0;
  const scope = { ...(isMine ? { responsibleUserId: account.me.userId } : {}), ...(workspaceId ? { workspaceId } : {}) };
  return (
    <>
      <Tiles data={data} scope={scope} />
      <div className="dashboard">
        <div className="dashboard-main">
          <OwesAnswer rows={data.owesAnswer} total={data.tiles.awaitingAnswer.count} scope={scope} />
          {isNew ? <p className="note-box">{t('dashboard.first')} <span className="note-end"><Link to="/work-orders/create">{t('list.create')}</Link></span></p> : null}
          <div className="dashboard-charts">
            <AnswerTimes weeks={data.answerTimes} />
            <OpenWork rows={data.openWork} />
          </div>
        </div>
        <div className="dashboard-side">
          <Overdue rows={data.overdue} total={data.tiles.overdue.count} to={ordersLink({ ...scope, overdue: true }, 'dueOn')} />
          {may('to_review.read') ? <ToReview rows={data.toReview} total={data.tiles.toReview.count} /> : null}
          {may('mail_log.read') ? <Bounced rows={data.bounced} total={data.tiles.bounced.count} /> : null}
        </div>
      </div>
    </>
  );
}

function WorkspaceFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const t = useT();
  const workspaces = useRecords('workspaces');
  if (workspaces.length < 2) return null;
  return <FilterChip label={value ? t('list.workspace') : t('dashboard.all_workspaces')} options={workspaces.map((one) => ({ id: one.id, name: one.name }))} value={value} onChange={onChange} />;
}
