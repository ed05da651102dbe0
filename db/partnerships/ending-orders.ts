import type { MemberActor, PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { OPEN_ASSIGNMENT_STATUSES, RUNNING_WORK_ORDER_STATUSES, type AssignmentStatus, type WithdrawReason, type WorkOrderStatus } from '#domain/statuses.ts';
import { answerAssignment } from '../assignments/answer.ts';
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

/** What a partner that ends a partnership says of a running order of its own. */
export const OWN_ENDING_DECISIONS = ['finish', 'give_back'] as const;
export type OwnEndingDecision = { readonly workOrderId: string; readonly decision: (typeof OWN_ENDING_DECISIONS)[number] };

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
export async function boundOrders(em: Em, partnership: Pick<Partnership, 'organisationId' | 'id'>): Promise<BoundOrder[]> {
  return findBound(em, partnership, '');
}

/** Of these the ones that the partner's people see. */
export async function ownBoundOrders(em: Em, partnership: Pick<Partnership, 'organisationId' | 'id'>): Promise<BoundOrder[]> {
  return findBound(em, partnership, `and exists (select 1 from workspace_shares s where s.organisation_id = a.organisation_id
        and s.partnership_id = a.partnership_id and s.workspace_id = o.workspace_id and s.is_served)`);
}

async function findBound(em: Em, { organisationId, id }: Pick<Partnership, 'organisationId' | 'id'>, seen: string): Promise<BoundOrder[]> {
  return em.execute<BoundOrder[]>(
    `select o.id, o.number, o.title, o.status, o.workspace_id as "workspaceId", w.name as "workspaceName", a.id as "assignmentId", a.status as "assignmentStatus"
       from assignments a join work_orders o on o.organisation_id = a.organisation_id and o.id = a.work_order_id
       join workspaces w on w.organisation_id = o.organisation_id and w.id = o.workspace_id
      where a.organisation_id = ? and a.partnership_id = ? and a.status = any(?::text[]) and o.status = any(?::text[]) ${seen}
      order by o.number, o.id, a.id`,
    [organisationId, id, sqlArray(OPEN_ASSIGNMENT_STATUSES), sqlArray(RUNNING_WORK_ORDER_STATUSES)],
  );
}

/** A running order, and which side has decided since the ending was announced that it is to be finished. */
export type EndingOrder = BoundOrder & { readonly finishBy: 'client' | 'partner' | null };

/** The orders to decide on, with what was decided so far; what has come up since the announcement is undecided. */
export async function endingOrders(em: Em, partnership: Pick<Partnership, 'organisationId' | 'id' | 'endsOn'>): Promise<EndingOrder[]> {
  return withDecisions(em, partnership, await boundOrders(em, partnership));
}

/** The same for the partner itself. */
export async function ownEndingOrders(em: Em, partnership: Pick<Partnership, 'organisationId' | 'id' | 'endsOn'>): Promise<EndingOrder[]> {
  return withDecisions(em, partnership, await ownBoundOrders(em, partnership));
}

async function withDecisions(em: Em, partnership: Pick<Partnership, 'organisationId' | 'id' | 'endsOn'>, running: readonly BoundOrder[]): Promise<EndingOrder[]> {
  const decided = partnership.endsOn ? await finishedBy(em, partnership) : new Map<string, 'client' | 'partner'>();
  return running.map((one) => ({ ...one, finishBy: decided.get(one.assignmentId) ?? null }));
}

/** The last decision *finish* of each assignment since the last announcement; those of an ending that was taken back do not count. */
async function finishedBy(em: Em, { organisationId, id }: Pick<Partnership, 'organisationId' | 'id'>): Promise<Map<string, 'client' | 'partner'>> {
  const rows = await em.execute<{ assignmentId: string; isPartner: boolean }[]>(
    `select distinct on (e.assignment_id) e.assignment_id as "assignmentId", jsonb_exists(e.data, 'partnershipId') as "isPartner"
       from events e join assignments a on a.organisation_id = e.organisation_id and a.id = e.assignment_id
      where e.organisation_id = ? and a.partnership_id = ? and e.name = 'assignment.to_finish' and e.occurred_at >= (
        select max(occurred_at) from events where organisation_id = ? and subject_id = ? and name = 'partnership.ending')
      order by e.assignment_id, e.occurred_at desc, e.id desc`,
    [organisationId, id, organisationId, id],
  );
  return new Map(rows.map((one) => [one.assignmentId, one.isPartner ? 'partner' : 'client']));
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

/** Throws `orders_changed` where a running order is not decided on, and where `assertRunning` does. */
export function assertDecided(running: readonly BoundOrder[], decisions: readonly Decided[]): void {
  assertRunning(running, decisions);
  const decided = new Set(decisions.map((one) => one.workOrderId));
  const undecided = running.filter((one) => !decided.has(one.id));
  if (undecided.length > 0) throw new DomainError('orders_changed', { workOrderIds: undecided.map((one) => one.id) });
}

/** Throws `orders_changed` where an order is decided on twice, or no longer runs with the partner. */
export function assertRunning(running: readonly BoundOrder[], decisions: readonly Decided[]): void {
  const known = new Set(running.map((one) => one.id));
  const decided = new Set(decisions.map((one) => one.workOrderId));
  const gone = [...decided.difference(known)];
  if (decided.size !== decisions.length || gone.length > 0) throw new DomainError('orders_changed', { workOrderIds: gone });
}

type Decided = Pick<EndingDecision, 'workOrderId'>;

/** Does with one order what was decided; `reason` goes to a partner whose accepted work is taken back. */
export async function decideOrder(em: Em, actor: MemberActor, partnership: Partnership, { running, decision, firmId, reason }: { running: EndingOrder; reason: string } & Omit<EndingDecision, 'workOrderId'>, now: Date): Promise<void> {
  const { order, assignment } = await lockAssignment(em, actor, running.assignmentId);
  if (decision === 'finish') {
    if (running.finishBy !== 'client') await recordToFinish(em, actor, partnership, running, now);
    return;
  }
  const nextId = decision === 'hand_on' ? (firmId ?? assignment.nextFirmIds[0]) : null;
  if (nextId === undefined) throw new DomainError('no_next_firm', { workOrderId: order.id });
  if (nextId === partnership.firmId) throw new DomainError('invalid_input', { field: 'firmId', workOrderId: order.id });
  await takeBack(em, actor, assignment, { withdrawReason: nextId ? 'given_to_other' : 'partnership_ended', reason }, now);
  if (nextId) await offerTo(em, actor, order, assignment, nextId, now);
}

/** The same for a partner that ends: what it gives back is declined, with `note` for the client. Throws `step_not_allowed` for work that is done. */
export async function decideOwnOrder(em: Em, actor: PartnerActor, partnership: Partnership, { running, decision, note }: { running: BoundOrder; note: string } & Omit<OwnEndingDecision, 'workOrderId'>, now: Date): Promise<void> {
  if (decision === 'finish') return recordToFinish(em, actor, partnership, running, now);
  if (running.assignmentStatus === 'done') throw new DomainError('step_not_allowed', { step: 'decline', status: running.assignmentStatus });
  await answerAssignment(em, actor, { assignmentId: running.assignmentId, step: 'decline', isGivenBack: running.assignmentStatus === 'accepted', reason: 'other', note, door: 'portal' }, now);
}

async function recordToFinish(em: Em, actor: MemberActor | PartnerActor, { organisationId, firmId, endsOn }: Partnership, running: BoundOrder, now: Date): Promise<void> {
  const about = { organisationId, workOrder: { id: running.id, number: running.number }, assignmentId: running.assignmentId };
  await recordEvent(em, actor, { name: 'assignment.to_finish', ...about, data: { firmId, endsOn: endsOn ?? null } }, now);
}

/** Takes a request back, or cancels work that was accepted; `reason` is for the latter, in the partner's words. */
export async function takeBack(em: Em, actor: MemberActor, { id, status }: Pick<Assignment, 'id' | 'status'>, { withdrawReason, reason }: { withdrawReason: WithdrawReason; reason: string }, now: Date): Promise<void> {
  if (status === 'offered') await withdrawAssignment(em, actor, { assignmentId: id, reason: withdrawReason }, now);
  else await cancelAssignment(em, actor, { assignmentId: id, reason, because: withdrawReason === 'share_ended' ? withdrawReason : undefined }, now);
}
