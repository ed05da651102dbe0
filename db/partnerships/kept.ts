import type { AccountActor } from '#domain/actors.ts';
import type { Assignment } from '../assignments/entity.ts';
import type { Em } from '../orm.ts';
import { InternalAssignment } from './entity.ts';

/** What a partner keeps for itself of some assignments (who does it, own number), by assignment; for others nothing. */
export async function loadSides(em: Em, actor: AccountActor, assignments: readonly Assignment[]): Promise<Map<string, InternalAssignment>> {
  if (actor.kind !== 'partner' || assignments.length === 0) return new Map();
  const { organisationId, partnershipId, partnerOrganisationId: authorOrganisationId } = actor;
  const found = await em.find(InternalAssignment, { organisationId, partnershipId, authorOrganisationId, assignmentId: { $in: assignments.map((one) => one.id) } });
  return new Map(found.map((one) => [one.assignmentId, one]));
}

/** To whom of its people a partner gave the work; null where it is nobody's yet. Needs the system's rights. */
export async function personAtWork(em: Em, { organisationId, id: assignmentId }: Assignment): Promise<string | null> {
  return (await em.findOne(InternalAssignment, { organisationId, assignmentId }, { refresh: true }))?.memberUserId ?? null;
}
