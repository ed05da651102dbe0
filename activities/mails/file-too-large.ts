import { mintLink } from '#db/assignments/links.ts';
import { FileRequest } from '#db/file-requests/entity.ts';
import type { FileTooLargeMail } from '#templates/mails/data.ts';
import { orderWords, secretUrl, skip, type OrderContext, type Skip } from './context.ts';

/** Asks for files that mail could not carry; skipped once they have come. `parameters`: fileRequestId, isReminder. */
export async function loadFileTooLargeMail(context: OrderContext): Promise<FileTooLargeMail | Skip> {
  const { em, mail, order, settings, now } = context;
  const request = await em.findOne(FileRequest, { organisationId: order.organisationId, id: String(mail.parameters['fileRequestId']) });
  if (request?.status !== 'open') return skip(request ? `file_request_${request.status}` : 'file_request_gone');
  const missing = request.files.filter((file) => !file.attachmentId);
  const token = mintLink(em, {
    organisationId: order.organisationId, workOrderId: order.id, purpose: 'file_request', fileRequestId: request.id,
    contactId: request.contactId ?? null, mailId: mail.id, expiresAt: request.validUntil,
  }, now);
  const uploadLink = secretUrl(context, 'f', token);
  return {
    ...orderWords(context, uploadLink),
    isReminder: mail.parameters['isReminder'] === true,
    files: missing.map((file) => ({ name: file.name, sizeBytes: file.size })),
    uploadLimitBytes: settings.UPLOAD_LIMIT_MB * 1024 * 1024,
    uploadLink,
    validUntil: request.validUntil,
  };
}
