import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { COMMENT_VISIBILITIES, DOORS } from '#domain/statuses.ts';
import { id, instant, organisationId, ref } from '../columns.ts';

/** What somebody said on an order. */
export const Comment = defineEntity({
  name: 'Comment',
  tableName: 'comments',
  properties: {
    id: id(),
    organisationId: organisationId(),
    /** Internal comments belong to the side that wrote them. */
    authorOrganisationId: p.uuid(),
    workOrderId: ref(),
    assignmentId: ref().nullable(),
    visibility: p.enum(COMMENT_VISIBILITIES),
    door: p.enum(DOORS),
    body: p.text(),
    authorUserId: ref().nullable(),
    authorContactId: ref().nullable(),
    authorObserverId: ref().nullable(),
    /** As they named themselves or as the mail's From said; erasable. */
    authorName: p.text().nullable(),
    inboundMailId: ref().nullable(),
    /** The real address where the sender was not the one the reply address was given to. */
    unverifiedSender: p.text().nullable(),
    /** Lines of quote and signature that were cut; null = not from a mail. */
    cutLines: p.integer().nullable(),
    isRestored: p.boolean().default(false),
    /** Names and reasons of files that did not come along: [{name, reason, size}]. */
    missingFiles: p.json<{ name: string; reason: string; size: number }[]>().nullable(),
    /** From the sender, so that a repeated request is one comment. */
    clientKey: p.text().nullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }, { properties: ['organisationId', 'workOrderId', 'clientKey'] }],
  indexes: [{ properties: ['organisationId', 'workOrderId', 'createdAt'] }],
});
export type Comment = InferEntity<typeof Comment>;
