import type { Actor } from '#domain/actors.ts';
import { partnerRecipients } from '../events/partner-recipients.ts';
import { tell, type Recipient } from '../events/recipients.ts';
import { EventRow } from '../events/entity.ts';
import { queueMail } from '../mails/queue.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import { asSystem, type Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import type { Observer } from './entity.ts';

/**
 * Tells whoever a person had kept informed that they are: an address from outside by a mail at once, from which they can
 * leave; members and partners by their digest. Nobody who was only proposed, wants no mails, or added themselves.
 */
export async function tellObserver(em: Em, actor: Actor, order: WorkOrder, observer: Observer, eventId: string, now: Date): Promise<void> {
  if (actor.kind !== 'member' || observer.isProposed || observer.choice === 'none' || observer.userId === actor.userId) return;
  if (observer.email) {
    await mailOutsider(em, order, observer, actor.userId, now);
    return;
  }
  const event = await em.findOneOrFail(EventRow, { id: eventId });
  for (const recipient of await recipientsFor(em, order, observer)) tell(em, event, recipient, order.number, now);
}

async function mailOutsider(em: Em, order: WorkOrder, { id, email, name, locale }: Observer, byUserId: string, now: Date): Promise<void> {
  const { organisationId } = order;
  const to = { email: email ?? '', name, observerId: id, locale: locale ?? (await loadOrganisation(em, organisationId)).locale };
  await queueMail(em, {
    template: 'observer-added', cause: 'observer.added', onceKey: `observer-added:${id}`, organisationId, workOrder: order, to, party: `observer:${id}`, parameters: { byUserId },
  }, now);
}

/** Whom of a partner to tell, no client reads. */
async function recipientsFor(em: Em, { organisationId, workspaceId }: WorkOrder, observer: Observer): Promise<Recipient[]> {
  if (observer.partnershipId) return asSystem(em, () => partnerRecipients(em, organisationId, { workspaceId, assignments: [], observers: [observer] }));
  const userId = observer.userId ?? '';
  return [{
    key: `user:${userId}`, userId, contactId: null, observerId: null, email: null, partnershipId: null, sideOrganisationId: organisationId, assignmentId: null, choice: observer.choice,
  }];
}
