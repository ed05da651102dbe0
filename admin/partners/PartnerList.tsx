import { Button } from '@mui/material';
import { useState } from 'react';
import { useListContext } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { PARTNERSHIP_STATUSES } from '#domain/statuses.ts';
import { useMay } from '../layout/account-context.ts';
import { AddIcon } from '../parts/icons.ts';
import { FilterChip } from '../parts/ListTools.tsx';
import { RecordList } from '../parts/RecordLists.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Partnership } from '../providers/partner-types.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { PartnerChip } from './PartnerChip.tsx';

/** Partners and invitations, each with how it stands; *Partner einladen* asks for the rest. */
export function PartnerList() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [isInviting, setIsInviting] = useState(search.get('do') === 'invite');
  const close = (): void => {
    setIsInviting(false);
    if (search.has('do')) setSearch({}, { replace: true });
  };
  const invite = may('partner.manage') ? <Button variant="contained" startIcon={<AddIcon />} onClick={() => setIsInviting(true)}>{t('partners.invite')}</Button> : null;
  return (
    <>
      <RecordList<Partnership> resource="partnerships" title={t('partners.title')} search={t('partners.search')} empty={t(may('partner.manage') ? 'partners.empty' : 'partners.empty_reader')} sort="company"
        columns={useColumns()} filters={<StatusFilter />} action={invite} />
      {isInviting ? <InviteDialog firmId={search.get('firm')} onClose={close} onInvited={(id) => void navigate(`/partnerships/${id}/show`)} /> : null}
    </>
  );
}

function useColumns(): Column<Partnership>[] {
  const t = useT();
  return [
    { key: 'company', label: t('firms.company'), sortBy: 'company', width: '30%', render: (row) => <><span className="strong">{row.partnerName ?? row.company}</span><br /><span className="second">{[row.acceptedByName ?? row.invitedName, row.acceptedAt ? null : row.invitedEmail].filter(Boolean).join(' · ')}</span></> },
    { key: 'status', label: t('partners.status'), sortBy: 'status', width: '186px', render: (row) => <PartnerChip status={row.shownStatus} /> },
    { key: 'since', label: t('partners.since'), sortBy: 'invitedAt', render: (row) => <Since row={row} /> },
    { key: 'workspaces', label: t('workspaces.title'), width: '130px', render: (row) => t('partners.workspace_count', { smart_count: row.workspaceCount }) },
    { key: 'orders', label: t('partners.open_orders'), width: '130px', render: (row) => (row.openOrderCount > 0 ? t('partners.running', { smart_count: row.openOrderCount }) : <span className="second">–</span>) },
  ];
}

/** What the status means in time: until when it is valid, since when it runs, when it ended. */
function Since({ row }: { row: Partnership }) {
  const t = useT();
  const format = useFormat();
  if (row.status === 'invited') return <>{t('partners.valid_until', { day: format.nearEnd(row.validUntil) })}<br /><span className="second">{t('partners.invited_by', { name: row.invitedByName ?? '–', at: format.near(row.invitedAt) })}</span></>;
  if (row.endsOn && row.status === 'accepted') return <>{t('partners.ends_on', { day: format.date(row.endsOn) })}</>;
  if (row.endedAt) return <>{t('partners.ended_at', { at: format.near(row.endedAt) })}</>;
  if (row.acceptedAt) return <>{t('partners.since_day', { day: format.near(row.acceptedAt) })}</>;
  return row.closedAt ? <>{format.near(row.closedAt)}{row.declineReason ? <><br /><span className="second">{row.declineReason}</span></> : null}</> : null;
}

function StatusFilter() {
  const t = useT();
  const { filterValues, setFilters } = useListContext();
  const { status, ...rest } = filterValues as { status?: string };
  return (
    <FilterChip label={t('partners.status')} isMultiple value={status} options={PARTNERSHIP_STATUSES.map((id) => ({ id, name: t(`partners.status_${id}`) }))}
      onChange={(next) => setFilters(next ? { ...rest, status: next } : rest)} />
  );
}
