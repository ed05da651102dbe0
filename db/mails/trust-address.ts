import type { MemberActor } from '#domain/actors.ts';
import type { Assignment } from '../assignments/entity.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import { addObserver } from '../observers/commands.ts';
import type { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import type { MailAddress } from './inbound-content.ts';

/**
 * Lets mails of an address in without asking again: as a contact of the firm that works on the order (the last to be
 * mailed), else as an observer of just this order who is mailed nothing. Returns that observer.
 */
export async function trustAddress(em: Em, actor: MemberActor, about: { order: WorkOrder; assignment: Assignment | null; address: MailAddress }, now: Date): Promise<Observer | null> {
  const { order, assignment, address } = about;
  if (!assignment?.firmId) return addObserver(em, actor, { workOrderId: order.id, email: address.email, name: address.name, choice: 'none', canComment: true }, now);
  const contacts = await em.find(FirmContact, { organisationId: order.organisationId, firmId: assignment.firmId, archivedAt: null });
  if (contacts.some((one) => one.email === address.email)) return null;
  em.create(FirmContact, {
    id: newId(), organisationId: order.organisationId, firmId: assignment.firmId, name: address.name ?? address.email, email: address.email, roles: [],
    position: Math.max(-1, ...contacts.map((one) => one.position)) + 1, createdAt: now,
  });
  await recordEvent(em, actor, { name: 'firm.changed', organisationId: order.organisationId, subjectId: assignment.firmId }, now);
  await em.flush();
  return null;
}
