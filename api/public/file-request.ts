import { storeAttachment } from '#db/attachments/commands.ts';
import type { Attachment } from '#db/attachments/entity.ts';
import { fulfilFileRequest } from '#db/file-requests/commands.ts';
import { FileRequest } from '#db/file-requests/entity.ts';
import { isGivenAlready } from '#db/file-requests/queries.ts';
import type { Em } from '#db/orm.ts';
import type { LinkActor } from '#domain/actors.ts';
import type { FileResult, FormFault } from '#templates/render.ts';
import { goTo, page, type PageAnswer, type PageContext } from './context.ts';
import { messageForm, refusedResults } from './give-message.ts';
import { notice } from './notices.ts';

/** `GET /f/:token`: which files are still missing. A request that is fulfilled says thank you. */
export async function fileRequestPage(context: PageContext): Promise<PageAnswer> {
  return isOpen(context) || context.view.fileRequest?.status === 'fulfilled' ? show(context, [], []) : notice('link_expired', context.base, context.view);
}

/** `POST /f/:token`: the files land at the message that they were missing from. */
export async function giveFiles(context: PageContext): Promise<PageAnswer> {
  const { em, form, view, actor, now } = context;
  const request = view.fileRequest;
  if (!request || !isOpen(context)) return fileRequestPage(context);
  const cameInPieces = form.all('attachmentIds').length > 0;
  if (form.stored.length === 0 && !cameInPieces) return show(context, [{ field: 'files', word: 'chooseFile' }], refusedResults(form.refused));
  const results: FileResult[] = refusedResults(form.refused);
  for (const file of form.stored) {
    results.push({ name: file.name, outcome: 'saved' });
    if (await isGivenAlready(em, request, file.sha256)) continue;
    const attachment = await storeAttachment(em, actor, { workOrderId: view.order.id, file, visibility: 'shared', assignmentId: request.assignmentId }, now);
    await em.flush();
    await landAtRequest(em, actor, { fileRequestId: request.id, attachment }, now);
    await em.flush();
  }
  if (form.refused.length === 0) return goTo(context, '', { ok: 'message_sent' });
  return { ...show(context, [], results), keepsFiles: true };
}

/** Puts a stored file where it was missed. */
export async function landAtRequest(em: Em, actor: LinkActor, input: { fileRequestId: string; attachment: Attachment }, now: Date): Promise<void> {
  const { attachment, fileRequestId } = input;
  const request = await em.findOneOrFail(FileRequest, { organisationId: actor.organisationId, id: fileRequestId });
  attachment.commentId = request.commentId;
  await fulfilFileRequest(em, actor, { fileRequestId, attachmentId: attachment.id, name: attachment.name }, now);
}

function isOpen({ view }: PageContext): boolean {
  return view.state === 'live' && view.fileRequest?.status === 'open';
}

function show(context: PageContext, faults: readonly FormFault[], results: readonly FileResult[]): PageAnswer {
  const { base, view } = context;
  const request = view.fileRequest;
  if (!request) return notice('link_unknown', base, null);
  const data = {
    ...base,
    missing: request.files.filter((one) => !one.attachmentId).map(({ name, size }) => ({ name, sizeBytes: size })),
    uploaded: request.files.filter((one) => one.attachmentId).map((one) => one.name),
    validUntil: request.validUntil,
    isComplete: request.status === 'fulfilled',
    form: messageForm(context, { faults, results }),
  };
  return page('file-request', data, faults.length > 0 ? 422 : 200);
}
