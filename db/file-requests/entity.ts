import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { id, instant, organisationId, ref } from '../columns.ts';

/** Files that were too large for mail: their sender is asked to upload them to the same comment. */
export const FileRequest = defineEntity({
  name: 'FileRequest',
  tableName: 'file_requests',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    commentId: ref(),
    assignmentId: ref().nullable(),
    observerId: ref().nullable(),
    contactId: ref().nullable(),
    toEmail: p.text(),
    /** `attachmentId` is set when that file has come. */
    files: p.json<{ name: string; size: number; attachmentId?: string | undefined }[]>(),
    status: p.enum(['open', 'fulfilled', 'ended'] as const).default('open'),
    createdAt: instant(),
    validUntil: instant(),
    remindedAt: instant().nullable(),
    endedAt: instant().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'workOrderId'] }],
});
export type FileRequest = InferEntity<typeof FileRequest>;
