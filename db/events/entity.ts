import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { DOORS } from '#domain/statuses.ts';
import { id, instant, organisationId, ref } from '../columns.ts';

/** What happened, never edited; timeline, recipients, processes and live updates grow from it. Ids and codes only. */
export const EventRow = defineEntity({
  name: 'EventRow',
  tableName: 'events',
  properties: {
    id: id(),
    organisationId: organisationId(),
    name: p.text(),
    occurredAt: instant(),
    door: p.enum(DOORS),
    workOrderId: ref().nullable(),
    assignmentId: ref().nullable(),
    subjectId: p.uuid().nullable(),
    /** Set where it is seen by one side only: a partner's internal assignment or remark. */
    authorOrganisationId: p.uuid().nullable(),
    actorUserId: ref().nullable(),
    actorContactId: ref().nullable(),
    actorObserverId: ref().nullable(),
    /** Codes, ids, numbers: `{from, to}`, `{reason}`, `{commentId}`. */
    data: p.json<Record<string, unknown>>(),
  },
  indexes: [{ properties: ['organisationId', 'workOrderId', 'occurredAt'] }, { properties: ['organisationId', 'subjectId', 'occurredAt'] }],
});
export type EventRow = InferEntity<typeof EventRow>;

/** Something one recipient is still to be told of; emptied by one digest mail. */
export const DigestItem = defineEntity({
  name: 'DigestItem',
  tableName: 'digest_items',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    /** `assignment:<id>`, `partner:<partnership>[:<user>]`, `observer:<id>`, `user:<id>`: second half of the digest's workflow id. */
    recipient: p.text(),
    eventId: ref(),
    createdAt: instant(),
    mailId: ref().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'eventId', 'recipient'] }],
  indexes: [{ properties: ['organisationId', 'workOrderId', 'recipient'] }],
});
export type DigestItem = InferEntity<typeof DigestItem>;
