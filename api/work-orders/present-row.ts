import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { DUE_STATUSES } from '#db/work-orders/queries.ts';
import type { People } from '#db/work-orders/conversation.ts';
import type { MemberActor } from '#domain/actors.ts';
import { type Action, can, performersOf, type Subject } from '#domain/permissions.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import { allowedSteps, isAssignable } from '#domain/transitions.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { WorkOrderRow } from './schema.ts';

const ORDER_ACTIONS = {
  edit: 'work_order.edit',
  assign: 'work_order.assign',
  comment: 'comment.write',
  upload: 'attachment.write',
  observe: 'observer.manage',
} as const satisfies Record<string, Action>;

export type RowContext = {
  readonly actor: MemberActor;
  readonly today: string;
  readonly people: People;
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly assignments: readonly Assignment[];
  readonly observerUserIds: readonly string[];
};

/** What the tables need to know of an order, from rows that are loaded already. */
export function subjectOfRow(order: WorkOrder, context: RowContext): Subject {
  const isOpen = (one: Assignment) => (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(one.status);
  return {
    organisationId: order.organisationId,
    workspaceId: order.workspaceId,
    reporterUserId: order.reporterUserId ?? null,
    assigneeUserIds: context.assignments.flatMap((one) => (one.memberUserId && isOpen(one) ? [one.memberUserId] : [])),
    observerUserIds: [...context.observerUserIds, ...(order.responsibleUserId ? [order.responsibleUserId] : [])],
  };
}

/** An order as lists show it, with what this actor may do and which steps are open to them. */
export function presentRow(order: WorkOrder, context: RowContext): WorkOrderRow {
  const row = plain(order);
  const subject = subjectOfRow(order, context);
  const isEnded = order.status === 'closed' || order.status === 'cancelled';
  const may = (action: Action) => can(context.actor, action, subject);
  return {
    id: row.id, number: row.number, kind: row.kind, title: row.title, status: row.status,
    waitingReason: row.waitingReason, waitingNote: row.waitingNote, waitingUntil: row.waitingUntil, priority: row.priority,
    workspaceId: row.workspaceId, workspaceName: context.workspaceNames.get(row.workspaceId) ?? '', assetId: row.assetId, dueOn: row.dueOn,
    isOverdue: row.dueOn !== null && row.dueOn < context.today && DUE_STATUSES.includes(row.status),
    answerDueAt: iso(row.answerDueAt),
    assignees: context.assignments.filter((one) => isShown(one)).map((one) => ({ id: one.id, kind: one.kind, status: one.status, name: assigneeName(one, context.people) })),
    responsibleUserId: row.responsibleUserId,
    responsibleName: row.responsibleUserId ? (context.people.users.get(row.responsibleUserId)?.name ?? null) : null,
    isSafetyRelevant: row.isSafetyRelevant, createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt),
    can: {
      ...Object.fromEntries(Object.entries(ORDER_ACTIONS).map(([name, action]) => [name, may(action) && (!isEnded || ['comment', 'upload'].includes(name))])),
      assign: may(ORDER_ACTIONS.assign) && isAssignable(order.status, context.assignments),
      // Own people may help beside a firm.
      assignPerson: may(ORDER_ACTIONS.assign) && isAssignable(order.status),
    },
    steps: may('work_order.step') ? allowedSteps(order.status, performersOf(context.actor, subject)) : [],
  };
}

/** Company or person who was asked. */
export function assigneeName(assignment: Assignment, people: People): string {
  if (assignment.firmId) return people.firms.get(assignment.firmId)?.company ?? '';
  return assignment.memberUserId ? (people.users.get(assignment.memberUserId)?.name ?? '') : '';
}

function isShown(assignment: Assignment): boolean {
  return (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(assignment.status);
}
