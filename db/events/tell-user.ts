import type { Em } from '../orm.ts';
import { Membership } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { EventRow } from './entity.ts';
import { tell } from './recipients.ts';

/** Tells one user of an event that concerns just them, unless it is their own doing. */
export async function tellUser(
  em: Em,
  about: { eventId: string; order: WorkOrder; userId: string; byUserId: string | null },
  now: Date,
): Promise<void> {
  if (about.userId === about.byUserId) return;
  const membership = await em.findOne(Membership, { organisationId: about.order.organisationId, userId: about.userId, removedAt: null });
  const event = await em.findOne(EventRow, { id: about.eventId });
  if (!membership || !event) return;
  const recipient = {
    key: `user:${about.userId}`, userId: about.userId, contactId: null, observerId: null, email: null, partnershipId: null,
    sideOrganisationId: about.order.organisationId, assignmentId: null, choice: membership.notifyChoice,
  };
  tell(em, event, recipient, about.order.number, now);
}
