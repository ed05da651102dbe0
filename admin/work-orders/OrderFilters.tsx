import { useState } from 'react';
import { useListContext } from 'react-admin';
import { PRIORITIES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { say } from '#domain/words/index.ts';
import { useMay } from '../layout/account-context.ts';
import { FilterChip, ListSearch } from '../parts/ListTools.tsx';
import { useRecords } from '../parts/records.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { isAllRunning, RUNNING, type OrderFilter } from './list-views.ts';

/** The row of filter chips above the tickets; each is in the address, so a view can be sent as a link. */
export function OrderFilters() {
  const t = useT();
  const words = useWords();
  const may = useMay();
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as OrderFilter;
  const [isAsked, setIsAsked] = useState(false);
  const isOpen = isAsked || Boolean(filter.firmId ?? filter.responsibleUserId ?? filter.workspaceId);
  const firms = useRecords('firms', {}, may('firm.read') && isOpen);
  const users = useRecords('users', {}, may('user.read') && isOpen);
  const workspaces = useRecords('workspaces', {}, isOpen);
  const set = (name: keyof OrderFilter) => (value: string | undefined): void => {
    const { [name]: _before, ...rest } = filter;
    setFilters(value === undefined ? rest : { ...rest, [name]: value });
  };
  const ask = (): void => setIsAsked(true);
  const statuses = WORK_ORDER_STATUSES.map((id) => ({ id, name: say(words.workOrderStatus, id) }));
  return (
    <div className="list-tools">
      <ListSearch label={t('list.search')} />
      <FilterChip label={t('list.filter_status')} isMultiple options={statuses} value={filter.status} onChange={set('status')} shown={isAllRunning(filter.status) ? t('list.filter_all_running') : undefined} />
      <FilterChip label={t('list.filter_priority')} isMultiple options={PRIORITIES.map((id) => ({ id, name: words.priority[id] }))} value={filter.priority} onChange={set('priority')} />
      <FilterChip label={t('list.filter_responsible')} options={users.map((one) => ({ id: one.userId, name: one.name }))} value={filter.responsibleUserId} onChange={set('responsibleUserId')} onOpen={ask} />
      {may('firm.read') ? <FilterChip label={t('list.filter_firm')} options={firms.map((one) => ({ id: one.id, name: one.company }))} value={filter.firmId} onChange={set('firmId')} onOpen={ask} /> : null}
      <FilterChip label={t('list.filter_workspace')} options={workspaces.map((one) => ({ id: one.id, name: one.name }))} value={filter.workspaceId} onChange={set('workspaceId')} onOpen={ask} />
      <DueChip />
      {filter.overdue ? <FilterChip label={t('list.overdue')} options={[{ id: 'true', name: t('action.yes') }]} value="true" onChange={set('overdue')} /> : null}
      {filter.awaitingAnswer ? <FilterChip label={t('list.awaiting')} options={[{ id: 'true', name: t('action.yes') }]} value="true" onChange={set('awaitingAnswer')} /> : null}
      {Object.keys(filter).length > 0 && !(Object.keys(filter).length === 1 && isAllRunning(filter.status)) ? (
        <button type="button" className="linklike strong" onClick={() => setFilters({ status: RUNNING })}>{t('list.clear')}</button>
      ) : null}
    </div>
  );
}

/** The span of days that a number of the dashboard led to. */
export function DueChip() {
  const t = useT();
  const format = useFormat();
  const { filterValues, setFilters } = useListContext();
  const { dueFrom, dueUntil, ...rest } = filterValues as OrderFilter;
  if (!dueFrom && !dueUntil) return null;
  return <FilterChip label={t('list.col_due')} options={[{ id: 'span', name: dueSpan({ dueFrom, dueUntil }, format.nearDay) }]} value="span" onChange={() => setFilters(rest)} />;
}

function dueSpan({ dueFrom, dueUntil }: { dueFrom: string | undefined; dueUntil: string | undefined }, nearDay: (day: string) => string): string {
  return [dueFrom, dueUntil].map((day) => (day ? nearDay(day) : '')).join('–');
}

/** What is filtered by, for the sentence of an empty list; null without filters. */
export function useFilterWords(filter: OrderFilter, userId: string): string | null {
  const t = useT();
  const words = useWords();
  const said: string[] = [];
  if (filter.q) said.push(t('list.filter_search', { q: filter.q }));
  if (filter.status && !isAllRunning(filter.status)) {
    said.push(filter.status.split(',').map((one) => (one in words.workOrderStatus ? say(words.workOrderStatus, one as 'open') : one)).join(', '));
  }
  if (filter.priority) said.push(filter.priority.split(',').map((one) => words.priority[one as 'low'] ?? one).join(', '));
  if (filter.responsibleUserId) said.push(t(filter.responsibleUserId === userId ? 'list.my_responsibility' : 'list.filter_responsible'));
  if (filter.firmId) said.push(t('list.filter_firm'));
  if (filter.workspaceId) said.push(t('list.filter_workspace'));
  if (filter.dueFrom || filter.dueUntil) said.push(t('list.col_due'));
  if (filter.overdue) said.push(t('list.overdue'));
  if (filter.awaitingAnswer) said.push(t('list.awaiting'));
  if (filter.unassigned) said.push(t('client.unassigned'));
  return said.length > 0 ? said.join(', ') : null;
}
