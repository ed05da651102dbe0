import type { Actor, PartnerActor } from '#domain/actors.ts';
import { Assignment } from '../assignments/entity.ts';
import type { Em } from '../orm.ts';
import { Partnership } from './entity.ts';

/** In the order in which they speak for a partner: what it works on, then what it is asked. */
const STATUSES = ['accepted', 'done', 'offered'] as const;

/** The assignment by which a partner takes part in an order; null for a mere observer. */
export async function ownAssignment(em: Em, { organisationId, partnershipId }: PartnerActor, workOrderId: string): Promise<Assignment | null> {
  const open = await em.find(Assignment, { organisationId, workOrderId, partnershipId, status: { $in: [...STATUSES] } }, { orderBy: { offeredAt: 'desc', id: 'desc' } });
  return STATUSES.map((status) => open.find((one) => one.status === status)).find((one) => one !== undefined) ?? null;
}

/** The partner whose own matters somebody speaks to; null for everybody else. */
export function insiderOf(actor: Actor): string | null {
  if (actor.kind === 'partner') return actor.partnerOrganisationId;
  return actor.kind === 'mail' ? (actor.insideOrganisationId ?? null) : null;
}

/** The organisation that words and files belong to: of a partner, or of its shared mailbox, the partner's; of everybody else the client's. */
export async function sideOf(em: Em, actor: Actor, organisationId: string): Promise<string> {
  const insider = insiderOf(actor);
  if (insider) return insider;
  const assignment = actor.kind === 'mail' && actor.assignmentId ? await em.findOne(Assignment, { organisationId, id: actor.assignmentId }) : null;
  const partnership = assignment?.partnershipId ? await em.findOne(Partnership, { organisationId, id: assignment.partnershipId }) : null;
  return partnership?.partnerOrganisationId ?? organisationId;
}
