import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import type { InternalAssignment } from '#db/partnerships/entity.ts';
import { partnersAtWork } from '#db/work-orders/load.ts';
import { DUE_STATUSES } from '#db/work-orders/queries.ts';
import type { RowsAround } from '#db/work-orders/rows.ts';
import type { People } from '#db/work-orders/people.ts';
import type { AccountActor } from '#domain/actors.ts';
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
  readonly actor: AccountActor;
  readonly today: string;
  readonly people: People;
  readonly workspaceNames: ReadonlyMap<string, string>;
  readonly assignments: readonly Assignment[];
  readonly observerUserIds: readonly string[];
  /** What a partner keeps for itself, by assignment. */
  readonly sides?: ReadonlyMap<string, InternalAssignment> | undefined;
  /** Which of the orders' assets a partner sees; members see all. */
  readonly seenAssetIds?: ReadonlySet<string> | undefined;
};

/** The rows of a list, with what was loaded around them. */
export function presentRows(orders: readonly WorkOrder[], { actor, today, around }: { readonly actor: AccountActor; readonly today: string; readonly around: RowsAround }): WorkOrderRow[] {
  return orders.map((one) => presentRow(one, {
    actor, today, people: around.people, workspaceNames: around.workspaceNames,
    assignments: around.assignmentsOf(one.id), observerUserIds: around.observerUserIdsOf(one.id), sides: around.sides, seenAssetIds: around.seenAssetIds,
  }));
}

/** What the tables need to know of an order, from rows that are loaded already. */
export function subjectOfRow(order: WorkOrder, context: RowContext): Subject {
  const isOpen = (one: Assignment) => (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(one.status);
  return {
    organisationId: order.organisationId,
    workspaceId: order.workspaceId,
    reporterUserId: order.reporterUserId ?? null,
    assigneeUserIds: context.assignments.flatMap((one) => (one.memberUserId && isOpen(one) ? [one.memberUserId] : [])),
    assigneePartnershipIds: partnersAtWork(context.assignments),
    observerUserIds: [...context.observerUserIds, ...(order.responsibleUserId ? [order.responsibleUserId] : [])],
  };
}

/** An order as lists show it, with what this actor may do and which steps are open to them. */
export function presentRow(order: WorkOrder, context: RowContext): WorkOrderRow {
  const row = plain(order);
  const subject = subjectOfRow(order, context);
  const isEnded = order.status === 'closed' || order.status === 'cancelled';
  const side = ownSide(context);
  const may = (action: Action) => can(context.actor, action, subject);
  return {
    id: row.id, number: row.number, kind: row.kind, title: row.title, status: row.status,
    waitingReason: row.waitingReason, waitingNote: row.waitingNote, waitingUntil: row.waitingUntil, priority: row.priority,
    workspaceId: row.workspaceId, workspaceName: context.workspaceNames.get(row.workspaceId) ?? '', assetId: seenAsset(row.assetId, context), dueOn: row.dueOn,
    isOverdue: row.dueOn !== null && row.dueOn < context.today && DUE_STATUSES.includes(row.status),
    answerDueAt: context.actor.kind === 'partner' ? side.answerDueAt : iso(row.answerDueAt),
    ...side.fields,
    assignees: context.assignments.filter((one) => isShown(one)).map((one) => ({ id: one.id, kind: one.kind, status: one.status, name: assigneeName(one, context.people) })),
    responsibleUserId: row.responsibleUserId,
    responsibleName: row.responsibleUserId ? (context.people.users.get(row.responsibleUserId)?.name ?? null) : null,
    isSafetyRelevant: row.isSafetyRelevant, createdAt: iso(row.createdAt), updatedAt: context.actor.kind === 'partner' ? null : iso(row.updatedAt),
    can: {
      ...Object.fromEntries(Object.entries(ORDER_ACTIONS).map(([name, action]) => [name, may(action) && (!isEnded || ['comment', 'upload'].includes(name))])),
      assign: may(ORDER_ACTIONS.assign) && isAssignable(order.status, context.assignments),
      // Own people may help beside a firm.
      assignPerson: may(ORDER_ACTIONS.assign) && isAssignable(order.status),
    },
    steps: may('work_order.step') ? allowedSteps(order.status, performersOf(context.actor, subject)) : [],
  };
}

/** An order about an asset that is not shared with the partner is shown without it. */
function seenAsset(assetId: string | null, { actor, seenAssetIds }: RowContext): string | null {
  return assetId && (actor.kind === 'member' || seenAssetIds?.has(assetId)) ? assetId : null;
}

const NO_SIDE = { assignmentId: null, assignmentStatus: null, answerBy: null, promisedFrom: null, promisedUntil: null, ownPerson: null, ownReference: null };

/** How it stands with a partner's own assignment; nothing of it for the client's people, who see all assignments. */
function ownSide({ actor, assignments, sides, people }: RowContext): { answerDueAt: string | null; fields: Pick<WorkOrderRow, keyof typeof NO_SIDE> } {
  const newest = assignments.toSorted((one, other) => other.offeredAt.getTime() - one.offeredAt.getTime());
  const own = actor.kind === 'partner' ? (newest.find(isShown) ?? newest[0]) : undefined;
  if (!own) return { answerDueAt: null, fields: NO_SIDE };
  const row = plain(own);
  const kept = sides?.get(own.id);
  const person = kept?.memberUserId ? people.users.get(kept.memberUserId) : undefined;
  const answerBy = iso(row.answerByOverride ?? row.answerBy);
  return {
    answerDueAt: row.status === 'offered' ? answerBy : null,
    fields: {
      assignmentId: row.id, assignmentStatus: row.status, answerBy, promisedFrom: iso(row.promisedFrom), promisedUntil: iso(row.promisedUntil),
      ownPerson: person ? { id: person.id, name: person.name } : null, ownReference: kept?.ownReference ?? null,
    },
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
