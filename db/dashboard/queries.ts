import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { addDays } from '#domain/calendar/local-time.ts';
import { weekdayOf } from '#domain/calendar/local-time.ts';
import { WEEKDAYS } from '#domain/calendar/calendar.ts';
import { can } from '#domain/permissions.ts';
import { RUNNING_WORK_ORDER_STATUSES, type WorkOrderStatus } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { loadSituations, type SituationOfAssignment } from '../assignments/snapshot.ts';
import { InboundMail } from '../mails/entity.ts';
import { findMails, type LoggedMail } from '../mails/log-queries.ts';
import { findHeldMails, heldFor } from '../mails/review-queries.ts';
import type { Em } from '../orm.ts';
import { countCapped } from '../page.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { conditions, type WorkOrderFilter } from '../work-orders/queries.ts';
import { visibleTo } from '../work-orders/visibility.ts';
import { Workspace } from '../workspaces/entity.ts';

/** Whose orders, and where; absent = all that the actor sees. */
export type Scope = Pick<WorkOrderFilter, 'responsibleUserId' | 'workspaceId'>;
export type Asked = { readonly scope: Scope; readonly today: string; readonly now: Date };

const MOST_OWED = 50;
const MOST_OVERDUE = 10;
const MOST_MAILS = 5;
const MOST_WORKSPACES = 12;

function within(actor: MemberActor, { scope, today }: Asked, more: WorkOrderFilter = {}): FilterQuery<WorkOrder> {
  return { $and: [visibleTo(actor), ...conditions(actor, { ...scope, ...more }, today)] };
}

export type Tiles = {
  readonly awaitingAnswer: { readonly count: number; readonly late: number };
  readonly overdue: { readonly count: number };
  readonly dueThisWeek: { readonly count: number; readonly today: number };
};

/** The numbers, each of what the list shows under the same filter; counted no further than lists are. */
export async function countTiles(em: Em, actor: MemberActor, asked: Asked): Promise<Tiles> {
  const { today, now } = asked;
  const count = (filter: WorkOrderFilter): Promise<number> => countCapped(em, WorkOrder, within(actor, asked, filter));
  const late = { $and: [within(actor, asked), { answerDueAt: { $lt: now } }] } as FilterQuery<WorkOrder>;
  return {
    awaitingAnswer: { count: await count({ awaitingAnswer: true }), late: await countCapped(em, WorkOrder, late) },
    overdue: { count: await count({ overdue: true }) },
    dueThisWeek: { count: await count({ dueFrom: today, dueUntil: endOfWeek(today) }), today: await count({ dueFrom: today, dueUntil: today }) },
  };
}

/** The Sunday of a day's week. */
export function endOfWeek(today: string): string {
  return addDays(today, 6 - WEEKDAYS.indexOf(weekdayOf(today)));
}

/** Who owes an answer, as far as deadlines are nearest, the longest asked first; with all that says what comes next. */
export async function findOwed(em: Em, actor: MemberActor, asked: Asked): Promise<{ assignments: Assignment[]; orders: WorkOrder[]; situations: Map<string, SituationOfAssignment> }> {
  const { organisationId } = actor;
  const orders = await em.find(WorkOrder, within(actor, asked, { awaitingAnswer: true }), { orderBy: [{ answerDueAt: 'asc' }, { id: 'asc' }], limit: MOST_OWED });
  const found = orders.length === 0 ? [] : await em.find(Assignment, { organisationId, workOrderId: { $in: orders.map((one) => one.id) }, status: 'offered', needsAcceptance: true });
  const assignments = found.toSorted((one, other) => askedAt(one) - askedAt(other) || one.id.localeCompare(other.id)).slice(0, MOST_OWED);
  return { assignments, orders, situations: await loadSituations(em, organisationId, assignments) };
}

function askedAt(one: Assignment): number {
  return (one.deliveredAt ?? one.sentAt ?? one.offeredAt).getTime();
}

export async function findOverdue(em: Em, actor: MemberActor, asked: Asked): Promise<WorkOrder[]> {
  return em.find(WorkOrder, within(actor, asked, { overdue: true }), { orderBy: [{ dueOn: 'asc' }, { id: 'asc' }], limit: MOST_OVERDUE });
}

export type MailNews = {
  readonly held: readonly InboundMail[];
  readonly heldCount: number;
  readonly withSuggestion: number;
  readonly troubled: readonly LoggedMail[];
  readonly troubledCount: number;
};

/** Mails that a person must look at; nothing for technicians. */
export async function findMailNews(em: Em, actor: MemberActor, { now }: Asked): Promise<MailNews> {
  if (!can(actor, 'to_review.read') || !can(actor, 'mail_log.read')) return { held: [], heldCount: 0, withSuggestion: 0, troubled: [], troubledCount: 0 };
  const page = { page: 1, perPage: MOST_MAILS };
  const held = await findHeldMails(em, actor, { ...page, sort: { by: 'receivedAt', order: 'DESC' } });
  const suggested = { $and: [heldFor(actor), { suggestion: { $ne: null } }] } as FilterQuery<InboundMail>;
  const troubled = await findMails(em, actor, { ...page, order: 'DESC', filter: { direction: 'out', needsAttention: true }, now });
  return {
    held: held.data, heldCount: held.pageInfo.total, withSuggestion: await countCapped(em, InboundMail, suggested),
    troubled: troubled.data, troubledCount: troubled.pageInfo.total,
  };
}

export type OpenWork = { readonly workspaceId: string; readonly name: string; readonly counts: Partial<Record<WorkOrderStatus, number>> };

/** Running orders by workspace and status, the fullest workspaces first. */
export async function countOpenWork(em: Em, actor: MemberActor, asked: Asked): Promise<OpenWork[]> {
  const where = within(actor, asked, { status: RUNNING_WORK_ORDER_STATUSES });
  const query = em.createQueryBuilder(WorkOrder).select(['workspaceId', 'status']).where(where as never).toQuery();
  const rows = await em.execute<{ workspace_id: string; status: WorkOrderStatus; n: number }[]>(
    `select workspace_id, status, count(*)::int as n from (${query.sql}) as running group by workspace_id, status`, [...query.params]);
  const groups = [...Map.groupBy(rows, (row) => row.workspace_id)].map(([workspaceId, some]) => ({ workspaceId, some, sum: some.reduce((sum, row) => sum + row.n, 0) }));
  const fullest = groups.toSorted((one, other) => other.sum - one.sum || one.workspaceId.localeCompare(other.workspaceId)).slice(0, MOST_WORKSPACES);
  const workspaces = await em.find(Workspace, { organisationId: actor.organisationId, id: { $in: fullest.map((one) => one.workspaceId) } });
  const names = new Map(workspaces.map((one) => [one.id, one.shortName || one.name]));
  return fullest.map(({ workspaceId, some }) => ({ workspaceId, name: names.get(workspaceId) ?? '', counts: Object.fromEntries(some.map((row) => [row.status, row.n])) }));
}
