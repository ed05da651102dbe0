import { Partnership } from '#db/partnerships/entity.ts';
import type { OrderContext } from './context.ts';

/** Whether the client may read which person of the partner it was. */
export async function showsPeople({ em, organisation, assignment }: Pick<OrderContext, 'em' | 'organisation' | 'assignment'>): Promise<boolean> {
  if (!assignment?.partnershipId) return false;
  const partnership = await em.findOne(Partnership, { organisationId: organisation.id, id: assignment.partnershipId });
  return partnership?.showsPeople ?? false;
}
