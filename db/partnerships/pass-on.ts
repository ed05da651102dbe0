import type { PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { OPEN_ASSIGNMENT_STATUSES } from '#domain/statuses.ts';
import type { Assignment } from '../assignments/entity.ts';
import { lockAssignment } from '../assignments/load.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { queueMail } from '../mails/queue.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan } from '../work-orders/load.ts';
import { InternalAssignment, type Partnership } from './entity.ts';
import { loadPartnership, partyOf } from './order-mails.ts';
import { colleague } from './people.ts';

export type PassOnInput = {
  readonly assignmentId: string;
  /** null takes it from whoever has it; absent leaves it. */
  readonly memberUserId?: string | null | undefined;
  /** The partner's own number of the order; absent leaves it. */
  readonly ownReference?: string | null | undefined;
};

/**
 * The partner says who of its people does the work, and under which number it keeps it. Whoever gets it, or loses it, is
 * told; the client learns that it happened. Throws `not_found` for a stranger.
 */
export async function passOn(em: Em, actor: PartnerActor, input: PassOnInput, now: Date): Promise<InternalAssignment> {
  const { order, assignment } = await lockAssignment(em, actor, input.assignmentId);
  await assertCan(em, actor, 'assignment.pass_on', order);
  if (!(OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(assignment.status)) throw new DomainError('assignment_ended', { status: assignment.status });
  const partnership = await loadPartnership(em, assignment);
  if (!partnership) throw new DomainError('not_found', { assignmentId: input.assignmentId });
  const kept = await keptFor(em, actor, assignment, now);
  if (input.ownReference !== undefined) kept.ownReference = input.ownReference?.trim() || null;
  if (input.memberUserId !== undefined && input.memberUserId !== (kept.memberUserId ?? null)) await give(em, actor, { order, assignment, partnership, kept, to: input.memberUserId }, now);
  kept.updatedAt = now;
  await em.flush();
  return kept;
}

async function keptFor(em: Em, actor: PartnerActor, assignment: Assignment, now: Date): Promise<InternalAssignment> {
  const known = await em.findOne(InternalAssignment, { organisationId: assignment.organisationId, assignmentId: assignment.id }, { refresh: true });
  return known ?? em.create(InternalAssignment, {
    id: newId(), organisationId: assignment.organisationId, authorOrganisationId: actor.partnerOrganisationId, partnershipId: actor.partnershipId,
    workOrderId: assignment.workOrderId, assignmentId: assignment.id, updatedAt: now,
  });
}

type Giving = { readonly order: WorkOrder; readonly assignment: Assignment; readonly partnership: Partnership; readonly kept: InternalAssignment; readonly to: string | null };

async function give(em: Em, actor: PartnerActor, { order, assignment, partnership, kept, to }: Giving, now: Date): Promise<void> {
  if (to && !(await colleague(em, partnership, to))) throw new DomainError('not_found', { memberUserId: to });
  const before = kept.memberUserId ?? null;
  kept.memberUserId = to;
  kept.assignedByUserId = actor.userId;
  kept.assignedAt = now;
  await em.flush();
  // Ids of the partner's people stay out of what the client reads.
  await recordEvent(em, actor, {
    name: to ? 'assignment.passed_on' : 'assignment.person_removed', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { firmId: assignment.firmId ?? null },
  }, now);
  for (const [userId, isGiven] of [[before, false], [to, true]] as const) {
    const person = userId && userId !== actor.userId ? await colleague(em, partnership, userId) : null;
    if (!person) continue;
    await queueMail(em, {
      template: 'internal-assignment', cause: 'assignment.passed_on', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
      partnershipId: partnership.id, to: person, party: partyOf(partnership.id, person.userId), parameters: { isGiven, byUserId: actor.userId },
    }, now);
  }
}
