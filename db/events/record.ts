import { type Actor, doorOf } from '#domain/actors.ts';
import { EVENTS, type EventName, type EventSpec } from '#domain/events.ts';
import { OPEN_ASSIGNMENT_STATUSES, type Door } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { newId } from '../columns.ts';
import type { Em } from '../orm.ts';
import { EventRow } from './entity.ts';
import { tellRecipients } from './recipients.ts';
import { wake } from './wake.ts';

export type NewEvent = {
  readonly name: EventName;
  readonly organisationId: string;
  readonly workOrder?: { readonly id: string; readonly number: string } | undefined;
  readonly assignmentId?: string | null | undefined;
  readonly subjectId?: string | null | undefined;
  /** The one side that may know of it (a partner's own organisation). */
  readonly authorOrganisationId?: string | null | undefined;
  /** Codes, ids and numbers only: events are kept when a person is erased. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** Where it differs from the actor's: an answer given by phone, a contact's step recorded by a coordinator. */
  readonly door?: Door | undefined;
  readonly onBehalfOfContactId?: string | null | undefined;
};

/**
 * Appends an event and, in the same transaction, what grows from it by `#domain/events.ts`: outbox rows for the
 * processes to wake and digest items for the people to tell. Returns the event's id.
 */
export async function recordEvent(em: Em, actor: Actor, event: NewEvent, now: Date): Promise<string> {
  const row = em.create(EventRow, {
    id: newId(),
    organisationId: event.organisationId,
    name: event.name,
    occurredAt: now,
    door: event.door ?? doorOf(actor),
    workOrderId: event.workOrder?.id ?? null,
    assignmentId: event.assignmentId ?? null,
    subjectId: event.subjectId ?? null,
    authorOrganisationId: event.authorOrganisationId ?? null,
    ...authorOf(actor, event),
    // Whose person it was: names of a partner's people are shown only where it says so.
    data: { ...event.data, ...(actor.kind === 'partner' ? { partnershipId: actor.partnershipId } : {}) },
  });
  const spec: EventSpec = EVENTS[event.name];
  if (event.workOrder) await wakeAssignments(em, spec, event, row.id, now);
  if (event.workOrder && spec.tells !== 'nobody') await tellRecipients(em, row, spec.tells, event.workOrder.number, now);
  return row.id;
}

async function wakeAssignments(em: Em, spec: EventSpec, event: NewEvent, eventId: string, now: Date): Promise<void> {
  const ids = new Set<string>();
  if (spec.wakes.includes('assignment') && event.assignmentId) ids.add(event.assignmentId);
  if (spec.wakes.includes('all_assignments') && event.workOrder) {
    const open = await em.find(
      Assignment,
      { organisationId: event.organisationId, workOrderId: event.workOrder.id, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } },
      { fields: ['id'], disableIdentityMap: true },
    );
    for (const assignment of open) ids.add(assignment.id);
  }
  for (const assignmentId of ids) {
    wake(em, { kind: 'assignment', ids: [assignmentId], organisationId: event.organisationId, workOrderNumber: event.workOrder?.number ?? null, eventId }, now);
  }
}

function authorOf(actor: Actor, event: NewEvent) {
  const contactId = actor.kind === 'link' || actor.kind === 'mail' ? actor.contactId : (event.onBehalfOfContactId ?? null);
  return {
    actorUserId: actor.kind === 'member' || actor.kind === 'partner' || actor.kind === 'operator' ? actor.userId : null,
    actorContactId: contactId,
    actorObserverId: actor.kind === 'link' || actor.kind === 'mail' ? actor.observerId : null,
  };
}
