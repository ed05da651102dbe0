import type { Actor } from '#domain/actors.ts';
import { EVENTS, type EventName } from '#domain/events.ts';
import { Assignment } from '../assignments/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { loadPeople } from '../work-orders/conversation.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { EventRow } from './entity.ts';

export type TimelineEntry = {
  readonly event: EventRow;
  readonly actorName: string | null;
  /** Firm or person of the assignment that it is about. */
  readonly assigneeName: string | null;
};

const MOST_ENTRIES = 1_000;

/** What happened to an order, oldest first, with the names of today: events themselves hold ids only. */
export async function loadTimeline(em: Em, actor: Actor, workOrderId: string): Promise<TimelineEntry[]> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const where = { organisationId: order.organisationId, workOrderId: order.id };
  const rows = await em.find(EventRow, where, { orderBy: { occurredAt: 'asc', id: 'asc' }, limit: MOST_ENTRIES });
  const events = rows.filter((row) => EVENTS[row.name as EventName]?.timeline !== 'none');
  const assignments = await em.find(Assignment, where);
  const observers = await em.find(Observer, where);
  const people = await loadPeople(em, order.organisationId, {
    userIds: [...events.map((one) => one.actorUserId), ...assignments.map((one) => one.memberUserId)],
    firmIds: assignments.map((one) => one.firmId),
    contactIds: events.map((one) => one.actorContactId),
  });
  return events.map((event) => {
    const about = assignments.find((one) => one.id === event.assignmentId);
    const observer = observers.find((one) => one.id === event.actorObserverId);
    const firm = about?.firmId ? people.firms.get(about.firmId)?.company : undefined;
    const member = about?.memberUserId ? people.users.get(about.memberUserId)?.name : undefined;
    const user = event.actorUserId ? people.users.get(event.actorUserId)?.name : undefined;
    const contact = event.actorContactId ? people.contacts.get(event.actorContactId)?.name : undefined;
    return { event, actorName: contact ?? user ?? observer?.name ?? observer?.email ?? about?.answeredByName ?? null, assigneeName: firm ?? member ?? null };
  });
}
