import type { Actor } from '#domain/actors.ts';
import { EVENT_NAMES, EVENTS } from '#domain/events.ts';
import { Assignment } from '../assignments/entity.ts';
import { Attachment } from '../attachments/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked } from '../page.ts';
import { loadPeople } from '../work-orders/conversation.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { EventRow } from './entity.ts';

export type TimelineEntry = {
  readonly event: EventRow;
  readonly actorName: string | null;
  /** Firm or person of the assignment that it is about. */
  readonly assigneeName: string | null;
  /** Of the observer or the file that it is about, also when that has gone since. */
  readonly subjectName: string | null;
};

/** Events that no timeline shows. */
const UNTOLD = EVENT_NAMES.filter((name) => EVENTS[name].timeline === 'none');
/** Name by name, as the index `events_page` has it. */
const IS_TOLD = { $and: UNTOLD.map((name) => ({ name: { $ne: name } })) };

/** A page of what happened to an order, newest first, with the names of today: events themselves hold ids only. */
export async function loadTimeline(em: Em, actor: Actor, workOrderId: string, asked: PageAsked): Promise<Page<TimelineEntry>> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const where = { organisationId: order.organisationId, workOrderId: order.id };
  const found = await findPage(em, EventRow, { ...where, ...IS_TOLD }, { ...asked, sort: { by: 'occurredAt', order: 'DESC' } });
  const events = found.data;
  const assignments = await em.find(Assignment, where);
  const observers = await em.find(Observer, where);
  const people = await loadPeople(em, order.organisationId, {
    userIds: [...events.map((one) => one.actorUserId), ...assignments.map((one) => one.memberUserId), ...observers.map((one) => one.userId)],
    firmIds: assignments.map((one) => one.firmId),
    contactIds: events.map((one) => one.actorContactId),
  });
  const fileNames = await fileNamesOf(em, order.organisationId, events);
  const data = events.map((event) => {
    const about = assignments.find((one) => one.id === event.assignmentId);
    const observer = observers.find((one) => one.id === event.actorObserverId);
    const firm = about?.firmId ? people.firms.get(about.firmId)?.company : undefined;
    const member = about?.memberUserId ? people.users.get(about.memberUserId)?.name : undefined;
    const user = event.actorUserId ? people.users.get(event.actorUserId)?.name : undefined;
    const contact = event.actorContactId ? people.contacts.get(event.actorContactId)?.name : undefined;
    const other = event.door === 'process' ? null : about?.answeredByName;
    const observed = observers.find((one) => one.id === event.subjectId);
    const observedUser = observed?.userId ? people.users.get(observed.userId)?.name : undefined;
    return {
      event, actorName: contact ?? user ?? observer?.name ?? observer?.email ?? other ?? null, assigneeName: firm ?? member ?? null,
      subjectName: observedUser ?? observed?.name ?? observed?.email ?? fileNames.get(fileIdOf(event)) ?? null,
    };
  });
  return { data, pageInfo: found.pageInfo };
}

async function fileNamesOf(em: Em, organisationId: string, events: readonly EventRow[]): Promise<Map<string, string>> {
  const ids = events.map(fileIdOf).filter(Boolean);
  const files = await em.find(Attachment, { organisationId, id: { $in: ids } }, { fields: ['id', 'name'] });
  return new Map(files.map((one) => [one.id, one.name]));
}

function fileIdOf({ data }: EventRow): string {
  const id = data['attachmentId'];
  return typeof id === 'string' ? id : '';
}
