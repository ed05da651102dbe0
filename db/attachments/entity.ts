import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { COMMENT_VISIBILITIES, DOORS } from '#domain/statuses.ts';
import { id, instant, organisationId, ref } from '../columns.ts';

/** A stored file of an order; the object was written before this row. */
export const Attachment = defineEntity({
  name: 'Attachment',
  tableName: 'attachments',
  properties: {
    id: id(),
    organisationId: organisationId(),
    authorOrganisationId: p.uuid(),
    workOrderId: ref().nullable(),
    assetId: ref().nullable(),
    /** null until its message is sent. */
    commentId: ref().nullable(),
    assignmentId: ref().nullable(),
    inboundMailId: ref().nullable(),
    visibility: p.enum(COMMENT_VISIBILITIES).default('shared'),
    door: p.enum(DOORS),
    fileKey: p.text(),
    previewKey: p.text().nullable(),
    name: p.text(),
    /** By content, not by name. */
    contentType: p.text(),
    size: p.integer(),
    sha256: p.text(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    takenAt: p.text().nullable(),
    /** Logos and signature files of mails: kept, not shown. */
    isHidden: p.boolean().default(false),
    uploadedByUserId: ref().nullable(),
    uploadedByContactId: ref().nullable(),
    uploadedByName: p.text().nullable(),
    createdAt: instant(),
    removedAt: instant().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'workOrderId'] }, { properties: ['organisationId', 'commentId'] }],
});
export type Attachment = InferEntity<typeof Attachment>;

/** A file that is still coming, in pieces. */
export const Upload = defineEntity({
  name: 'Upload',
  tableName: 'uploads',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    assignmentId: ref().nullable(),
    observerId: ref().nullable(),
    fileRequestId: ref().nullable(),
    userId: ref().nullable(),
    name: p.text(),
    size: p.integer(),
    received: p.integer().default(0),
    /** Folder of its pieces in the file store. */
    partsKey: p.text(),
    attachmentId: ref().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
});
export type Upload = InferEntity<typeof Upload>;
