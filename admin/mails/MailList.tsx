import { ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { INBOUND_MAIL_STATUSES, OUTBOUND_MAIL_STATUSES } from '#domain/statuses.ts';
import { FilterChip } from '../parts/ListTools.tsx';
import { Moment } from '../parts/Moments.tsx';
import { RecordList } from '../parts/RecordLists.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { MailStatusChip } from '../parts/StatusChip.tsx';
import { useMailReason, useT, useWords, wordFor } from '../parts/speech.ts';
import type { MailRow } from '../providers/types.ts';

/** Every mail in and out, with its status and why. */
export function MailList() {
  const t = useT();
  const reasonWord = useMailReason();
  const words = useWords();
  const columns: Column<MailRow>[] = [
    { key: 'mail', label: t('mails.col_mail'), width: '36%', render: (row) => <><span className="strong one-line">{row.subject ?? wordFor(words.mail, row.template)}</span><br /><span className="second">{row.direction === 'out' ? (row.subject ? wordFor(words.mail, row.template) : '') : t('mails.in')}</span></> },
    { key: 'to', label: `${t('mails.col_to')} / ${t('mails.col_from')}`, render: (row) => <Who row={row} /> },
    { key: 'status', label: t('mails.col_status'), render: (row) => <><MailStatusChip status={row.status} />{row.statusReason ? <><br /><span className="second">{reasonWord(row.statusReason)}</span></> : null}</> },
    { key: 'order', label: t('mails.col_order'), width: '130px', render: (row) => (row.workOrderId ? <Link to={`/work-orders/${row.workOrderId}/show`}>{row.workOrderNumber}</Link> : null) },
    { key: 'at', label: t('mails.col_at'), width: '150px', render: (row) => <Moment at={row.createdAt} /> },
  ];
  const statusWord = (status: string): string => wordFor({ ...words.outboundMailStatus, ...words.inboundMailStatus }, status);
  return (
    <RecordList<MailRow> resource="mails" title={t('mails.title')} search={t('mails.search')} empty={t('mails.empty')} emptyHint={t('mails.empty_hint')} sort="createdAt" order="DESC" columns={columns}
      filters={<MailFilters />} defaultFilter={{ direction: 'out' }}
      filterWords={(filter) => [
        filter['direction'] === 'in' ? t('mails.in') : t('mails.out'), filter['needsAttention'] ? t('mails.problems') : null,
        ...(typeof filter['status'] === 'string' ? filter['status'].split(',').map(statusWord) : []),
      ]} />
  );
}

function Who({ row }: { row: MailRow }) {
  const [name, email] = row.direction === 'out' ? [row.toName, row.toEmail] : [row.fromName, row.fromEmail];
  return <>{name ?? email}{name ? <><br /><span className="second">{email}</span></> : null}</>;
}

function MailFilters() {
  const t = useT();
  const words = useWords();
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as { direction?: 'out' | 'in'; status?: string; needsAttention?: boolean };
  const direction = filter.direction ?? 'out';
  const statuses = direction === 'in' ? INBOUND_MAIL_STATUSES.map((id) => ({ id, name: words.inboundMailStatus[id] })) : OUTBOUND_MAIL_STATUSES.map((id) => ({ id, name: words.outboundMailStatus[id] }));
  return (
    <>
      <ToggleButtonGroup exclusive size="small" value={direction} aria-label={t('mails.direction')} onChange={(_, next: 'out' | 'in' | null) => { if (next) setFilters({ direction: next }); }}>
        <ToggleButton value="out">{t('mails.out')}</ToggleButton>
        <ToggleButton value="in">{t('mails.in')}</ToggleButton>
      </ToggleButtonGroup>
      <FilterChip label={t('mails.col_status')} isMultiple options={statuses} value={filter.status} onChange={(status) => setFilters(status ? { ...filter, status } : { direction })} />
      {direction === 'out' ? <FilterChip label={t('mails.problems')} options={[{ id: 'true', name: t('action.yes') }]} value={filter.needsAttention ? 'true' : undefined} onChange={(only) => setFilters(only ? { direction, needsAttention: true } : { direction })} /> : null}
    </>
  );
}
