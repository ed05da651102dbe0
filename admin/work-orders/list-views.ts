import { RUNNING_WORK_ORDER_STATUSES, WORK_ORDER_STATUSES, type Priority, type WorkOrderStatus } from '#domain/statuses.ts';
import type { MessageKey } from '../messages/shape.ts';

/** What the list of tickets can be filtered by, as it stands in the address and goes to the API. */
export type OrderFilter = {
  readonly q?: string; readonly kind?: string; readonly status?: string; readonly workspaceId?: string; readonly priority?: string;
  readonly firmId?: string; readonly assigneeUserId?: string; readonly responsibleUserId?: string; readonly overdue?: boolean | string;
  readonly awaitingAnswer?: boolean | string; readonly assetId?: string;
  /** Of a partner: accepted, and given to none of its people. */
  readonly unassigned?: boolean | string;
  /** Days `YYYY-MM-DD`, both included. */
  readonly dueFrom?: string; readonly dueUntil?: string;
};
export type View = { readonly label: MessageKey; readonly filter: OrderFilter; readonly sort?: { field: string; order: 'ASC' | 'DESC' } };

export const RUNNING = RUNNING_WORK_ORDER_STATUSES.join(',');
const NEWEST = { field: 'updatedAt', order: 'DESC' } as const;
export const DEFAULT_SORT = NEWEST;

/** The views that everybody has; a person's own ones stand above them. */
export function viewsFor(userId: string): View[] {
  return [
    { label: 'list.all_open', filter: { status: RUNNING } },
    { label: 'list.my_responsibility', filter: { status: RUNNING, responsibleUserId: userId } },
    { label: 'list.awaiting', filter: { awaitingAnswer: true }, sort: { field: 'answerDueAt', order: 'ASC' } },
    { label: 'list.overdue', filter: { overdue: true }, sort: { field: 'dueOn', order: 'ASC' } },
    { label: 'list.urgent', filter: { status: RUNNING, priority: 'urgent' satisfies Priority } },
    { label: 'list.unassigned', filter: { status: 'open' satisfies WorkOrderStatus } },
    { label: 'list.to_check', filter: { status: 'done' satisfies WorkOrderStatus } },
    { label: 'list.done_all', filter: { status: 'closed' satisfies WorkOrderStatus } },
    { label: 'list.everything', filter: {} },
  ];
}

/** Whether two filters ask for the same, whatever the order of their keys. */
export function isSameFilter(one: OrderFilter, other: OrderFilter): boolean {
  const asText = (filter: OrderFilter): string =>
    JSON.stringify(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '').map(([key, value]) => `${key}=${String(value)}`).sort((a, b) => a.localeCompare(b)));
  return asText(one) === asText(other);
}

/** Whether a list of statuses is exactly that of all running ones. */
export function isAllRunning(status: string | undefined): boolean {
  if (!status) return false;
  const chosen = new Set(status.split(','));
  return chosen.size === RUNNING_WORK_ORDER_STATUSES.length && RUNNING_WORK_ORDER_STATUSES.every((one) => chosen.has(one));
}

export { WORK_ORDER_STATUSES };
