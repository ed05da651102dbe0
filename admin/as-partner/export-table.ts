import { localDay, localTime } from '#domain/format/dates.ts';
import type { Words } from '#domain/words/index.ts';
import { say } from '#domain/words/index.ts';
import type { MessageKey } from '../messages/shape.ts';
import type { ClientOrder } from '../providers/partner-types.ts';
import type { OrderRow } from '../providers/types.ts';

type Row = OrderRow & Partial<Pick<ClientOrder, 'account'>>;
type Speech = { readonly t: (key: MessageKey) => string; readonly words: Words; readonly zone: string };

/** The table of the list as texts, head first; days and moments as spreadsheets sort them, in the organisation's zone. */
export function exportTable(rows: readonly Row[], { t, words, zone }: Speech): string[][] {
  const moment = (iso: string | null): string => (iso ? `${localDay(new Date(iso), zone)} ${localTime(new Date(iso), zone)}` : '');
  const columns: readonly (readonly [MessageKey, (row: Row) => string])[] = [
    ...(rows.some((row) => row.account) ? [['client_orders.client', (row: Row) => row.account?.name ?? ''] as const] : []),
    ['client.col_number', (row) => row.number], ['client.own_number', (row) => row.ownReference ?? ''], ['client.col_order', (row) => row.title], ['list.filter_workspace', (row) => row.workspaceName],
    ['list.col_status', (row) => say(words.workOrderStatus, row.status)], ['list.col_priority', (row) => words.priority[row.priority]],
    ['assign.answer_by', (row) => (row.assignmentStatus === 'offered' ? moment(row.answerBy) : '')],
    ['client.date_from', (row) => moment(row.promisedFrom)], ['client.date_until', (row) => moment(row.promisedUntil)], ['list.col_due', (row) => row.dueOn ?? ''],
    ['client.own_person', (row) => row.ownPerson?.name ?? ''],
  ];
  return [columns.map(([label]) => t(label)), ...rows.map((row) => columns.map(([, read]) => read(row)))];
}
