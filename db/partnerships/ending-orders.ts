import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { OPEN_ASSIGNMENT_STATUSES, RUNNING_WORK_ORDER_STATUSES, type AssignmentStatus, type WithdrawReason, type WorkOrderStatus } from '#domain/statuses.ts';
import type { Assignment } from '../assignments/entity.ts';
import { cancelAssignment, offerTo, withdrawAssignment } from '../assignments/steering.ts';
import { lockAssignment } from '../assignments/load.ts';
import { recordEvent } from '../events/record.ts';
import { actAsSystem, type Em } from '../orm.ts';
import { sqlArray } from '../sql-array.ts';
import type { Partnership } from './entity.ts';
import { findPartnership, lockPartnership } from './load.ts';

/** What becomes of an order that runs while a partnership ends; `take_back`: it is open again. */
export const ENDING_DECISIONS = ['finish', 'take_back', 'hand_on'] as const;
export type EndingDecision = {
  readonly workOrderId: string;
  readonly decision: (typeof ENDING_DECISIONS)[number];
  /** To whom it is handed on; without it, to the next of the list it was given out with. */
  readonly firmId?: string | undefined;
};

export type BoundOrder = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: WorkOrderStatus;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly assignmentId: string;
  readonly assignmentStatus: AssignmentStatus;
};

/** Orders that are not over and that a partner is asked to do, does, or has reported done, by number. */
export async function boundOrders(em: Em, { organisationId, id }: Pick<Partnership, 'organisationId' | 'id'>): Promise<BoundOrder[]> {
  return em.execute<BoundOrder[]>(
    `select o.id, o.number, o.title, o.status, o.workspace_id as "workspaceId", w.name as "workspaceName", a.id as "assignmentId", a.status as "assignmentStatus"
       from assignments a join work_orders o on o.organisation_id = a.organisation_id and o.id = a.work_order_id
       join workspaces w on w.organisation_id = o.organisation_id and w.id = o.workspace_id
      where a.organisation_id = ? and a.partnership_id = ? and a.status = any(?::text[]) and o.status = any(?::text[])
      order by o.number, o.id, a.id`,
    [organisationId, id, sqlArray(OPEN_ASSIGNMENT_STATUSES), sqlArray(RUNNING_WORK_ORDER_STATUSES)],
  );
}

/**
 * Locks the orders that bind a partner, in the one sequence that all do: whoever ends the partnership takes them before its
 * row, since those who assign hold an order first and then ask whether the partnership still stands.
 */
export async function lockBoundOrders(em: Em, partnership: Pick<Partnership, 'organisationId' | 'id'>): Promise<void> {
  const ids = (await boundOrders(em, partnership)).map((one) => one.id);
  if (ids.length === 0) return;
  await em.execute(`select id from work_orders where organisation_id = ? and id = any(?::uuid[]) order by id for update`, [partnership.organisationId, sqlArray(ids)]);
}

/** Locks a partnership and, before it, the orders that bind the partner; throws `not_found`. */
export async function lockWithOrders(em: Em, actor: MemberActor | PartnerActor, id: string): Promise<Partnership> {
  const found = await findPartnership(em, actor, id);
  await actAsSystem(em, actor);
  await lockBoundOrders(em, found);
  return lockPartnership(em, actor, id);
}

/** Throws `changed_meanwhile` where an order is not decided on, or one that no longer runs is. */
export function assertDecided(running: readonly BoundOrder[], decisions: readonly EndingDecision[]): void {
  const known = new Set(running.map((one) => one.id));
  const decided = new Set(decisions.map((one) => one.workOrderId));
  if (decided.size === decisions.length && known.symmetricDifference(decided).size === 0) return;
  throw new DomainError('changed_meanwhile', { workOrderIds: [...known.symmetricDifference(decided)] });
}

/** Does with one order what was decided; `reason` goes to a partner whose accepted work is taken back. */
export async function decideOrder(em: Em, actor: MemberActor, partnership: Partnership, { running, decision, firmId, reason }: { running: BoundOrder; reason: string } & Omit<EndingDecision, 'workOrderId'>, now: Date): Promise<void> {
  const { order, assignment } = await lockAssignment(em, actor, running.assignmentId);
  if (decision === 'finish') {
    const about = { organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id };
    await recordEvent(em, actor, { name: 'assignment.to_finish', ...about, data: { firmId: partnership.firmId, endsOn: partnership.endsOn ?? null } }, now);
    return;
  }
  const nextId = decision === 'hand_on' ? (firmId ?? assignment.nextFirmIds[0]) : null;
  if (nextId === undefined) throw new DomainError('no_next_firm', { workOrderId: order.id });
  if (nextId === partnership.firmId) throw new DomainError('invalid_input', { field: 'firmId', workOrderId: order.id });
  await takeBack(em, actor, assignment, { withdrawReason: nextId ? 'given_to_other' : 'partnership_ended', reason }, now);
  if (nextId) await offerTo(em, actor, order, assignment, nextId, now);
}

/** Takes a request back, or cancels work that was accepted; `reason` is for the latter, in the partner's words. */
export async function takeBack(em: Em, actor: MemberActor, { id, status }: Pick<Assignment, 'id' | 'status'>, { withdrawReason, reason }: { withdrawReason: WithdrawReason; reason: string }, now: Date): Promise<void> {
  if (status === 'offered') await withdrawAssignment(em, actor, { assignmentId: id, reason: withdrawReason }, now);
  else await cancelAssignment(em, actor, { assignmentId: id, reason }, now);
}
