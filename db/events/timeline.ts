import { raw, type FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor, PartnerActor } from '#domain/actors.ts';
import { EVENT_NAMES, EVENTS, isOwnMatter } from '#domain/events.ts';
import { Assignment } from '../assignments/entity.ts';
import { assignmentsSeenBy, observersSeenBy } from '../assignments/visibility.ts';
import { Attachment } from '../attachments/entity.ts';
import { heardBy, onOwnSide } from '../comments/visibility.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked } from '../page.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { peopleSeenBy } from '../work-orders/people.ts';
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
export async function loadTimeline(em: Em, actor: AccountActor, workOrderId: string, asked: PageAsked): Promise<Page<TimelineEntry>> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const here = { workOrderId: order.id };
  const told = { $and: [here, actor.kind === 'partner' ? toldTo(actor) : ofClient(actor)] } as FilterQuery<EventRow>;
  const found = await findPage(em, EventRow, told, { ...asked, sort: { by: 'occurredAt', order: 'DESC' } });
  const events = found.data;
  const assignments = await em.find(Assignment, { $and: [assignmentsSeenBy(actor), here] });
  const observers = await em.find(Observer, { $and: [observersSeenBy(actor), here] });
  const people = await peopleSeenBy(em, actor, {
    userIds: [...events.map((one) => one.actorUserId), ...assignments.map((one) => one.memberUserId), ...observers.map((one) => one.userId)],
    firmIds: assignments.map((one) => one.firmId),
    contactIds: events.map((one) => one.actorContactId),
  });
  const fileNames = await fileNamesOf(em, actor, events);
  const data = events.map((event) => {
    const about = assignments.find((one) => one.id === event.assignmentId);
    const observer = observers.find((one) => one.id === event.actorObserverId);
    const firm = about?.firmId ? people.firms.get(about.firmId)?.company : undefined;
    const member = about?.memberUserId ? people.users.get(about.memberUserId)?.name : undefined;
    const user = event.actorUserId && !isOfOtherPartner(actor, event) ? people.users.get(event.actorUserId)?.name : undefined;
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

/** What the client's people read: all but what a partner keeps for itself. */
function ofClient({ organisationId }: AccountActor): object {
  return { organisationId, ...IS_TOLD, $or: [{ authorOrganisationId: null }, { authorOrganisationId: organisationId }] };
}

/** What a partner reads: what is told to all who work on the order, and what became of its own assignments. */
function toldTo(actor: PartnerActor): object {
  const { organisationId, partnerOrganisationId } = actor;
  const shared = EVENT_NAMES.filter((name) => EVENTS[name].timeline === 'shared');
  const isOpen = { [raw((alias) => `coalesce(${alias}.data->>'visibility', 'shared')`)]: 'shared' };
  return {
    organisationId,
    $and: [
      onOwnSide(actor),
      { $or: [{ authorOrganisationId: null }, { authorOrganisationId: partnerOrganisationId }] },
      { $or: [
        { authorOrganisationId: partnerOrganisationId, ...IS_TOLD },
        { name: { $in: shared }, ...isOpen },
        { name: { $in: EVENT_NAMES.filter(isOwnMatter) }, assignmentId: { $ne: null } },
      ] },
    ],
  };
}

/** People of one partner have no names for another that only watches. */
function isOfOtherPartner(actor: AccountActor, { data }: EventRow): boolean {
  const of = data['partnershipId'];
  return actor.kind === 'partner' && typeof of === 'string' && of !== actor.partnershipId;
}

async function fileNamesOf(em: Em, actor: AccountActor, events: readonly EventRow[]): Promise<Map<string, string>> {
  const ids = events.map(fileIdOf).filter(Boolean);
  const files = await em.find(Attachment, { $and: [heardBy(actor), { id: { $in: ids } }] } as FilterQuery<Attachment>, { fields: ['id', 'name'] });
  return new Map(files.map((one) => [one.id, one.name]));
}

function fileIdOf({ data }: EventRow): string {
  const id = data['attachmentId'];
  return typeof id === 'string' ? id : '';
}
