import { Attachment } from '../attachments/entity.ts';
import type { Em } from '../orm.ts';
import type { FileRequest } from './entity.ts';

/** Whether the same bytes were given before: a form that is sent twice is one file. */
export async function isGivenAlready(em: Em, request: FileRequest, sha256: string): Promise<boolean> {
  const { organisationId, workOrderId, commentId } = request;
  return (await em.count(Attachment, { organisationId, workOrderId, commentId, sha256, removedAt: null })) > 0;
}
