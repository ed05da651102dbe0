import { storeAttachment } from '#db/attachments/commands.ts';
import { addComment } from '#db/comments/commands.ts';
import type { Comment } from '#db/comments/entity.ts';
import { findByClientKey, ownWaitingFiles } from '#db/comments/shared.ts';
import { newId } from '#db/columns.ts';
import { DomainError } from '#domain/errors.ts';
import type { LinkActor } from '#domain/actors.ts';
import type { FileResult, FormFault, MessageForm, Upload } from '#templates/render.ts';
import type { RefusedFile } from '../attachments/receive.ts';
import { idOf } from '../schema.ts';
import type { PageContext } from './context.ts';
import { sideOf } from './side.ts';
import { whoFields } from './who.ts';

/** How a refused file is kept with its message; mails use the same words. */
const REASONS: Readonly<Record<string, string>> = { file_too_large: 'too_large', file_empty: 'empty', file_type_not_allowed: 'type_not_allowed' };
const OUTCOMES: Readonly<Record<string, FileResult['outcome']>> = { too_large: 'too_large', empty: 'empty', type_not_allowed: 'wrong_type' };

/** Whether a form brought anything to say: words, files, or files that came before in pieces. */
export function saysSomething({ form }: PageContext): boolean {
  return form.text('text') !== '' || form.stored.length > 0 || attachmentIds(form.all('attachmentIds')).length > 0;
}

/** What is missing in a form that says nothing. Refused files are named beside it. */
export function emptyFault({ form }: PageContext, hasText: boolean): FormFault {
  return hasText && form.refused.length === 0 ? { field: 'text', word: 'messageEmpty' } : { field: 'files', word: 'chooseFile' };
}

/** The comment that this form's key made before: a form sent twice is said once. */
export async function saidBefore(context: PageContext): Promise<Comment | null> {
  const key = clientKey(context);
  return key ? findByClientKey(context.em, sideOf(context), key) : null;
}

/** Writes the form's files and words as one message; refused files are named in it. Throws `invalid_input` for files of others. */
export async function giveMessage(context: PageContext, speaker: LinkActor): Promise<Comment> {
  const { em, form, view, now } = context;
  const side = { ...sideOf(context), observerId: speaker.observerId };
  const given = attachmentIds(form.all('attachmentIds'));
  const own = await ownWaitingFiles(em, side, given);
  if (own.length !== given.length) throw new DomainError('invalid_input', { field: 'attachmentIds', reason: 'not_found' });
  const stored = [];
  for (const file of form.stored) stored.push(await storeAttachment(em, speaker, { workOrderId: view.order.id, file, visibility: 'shared', isForMessage: true }, now));
  await em.flush();
  return addComment(em, speaker, {
    workOrderId: view.order.id, visibility: 'shared', body: form.text('text'), attachmentIds: [...own, ...stored.map((one) => one.id)],
    clientKey: clientKey(context), missingFiles: form.refused.length > 0 ? form.refused.map(missingFile) : null,
  }, now);
}

/** The fields of a message form, with what was typed; `results` tells of files that were just sent. */
export function messageForm(context: PageContext, options: { faults?: readonly FormFault[]; results?: readonly FileResult[]; hasUpload?: boolean } = {}): MessageForm {
  return {
    faults: options.faults ?? [],
    who: whoFields(context, 'writer'),
    text: context.form.text('text'),
    idempotencyKey: newId(),
    upload: options.hasUpload === false ? null : uploadFields(context, options.results ?? []),
  };
}

export function uploadFields({ base, deps }: PageContext, results: readonly FileResult[]): Upload {
  return { limitBytes: deps.settings.UPLOAD_LIMIT_MB * 1024 * 1024, piecesPath: `${base.basePath}/dateien/teile`, results };
}

/** What became of the files of a form that was refused as a whole: nothing of it was kept. */
export function refusedResults(refused: readonly RefusedFile[]): FileResult[] {
  return refused.map((one) => ({ name: one.name, outcome: OUTCOMES[REASONS[one.code] ?? ''] ?? 'failed' }));
}

/** What became of the files of a message, read from the message itself. */
export function resultsOf(comment: Comment, savedNames: readonly string[]): FileResult[] {
  const missing = (comment.missingFiles ?? []).map(({ name, reason }) => ({ name, outcome: OUTCOMES[reason] ?? 'failed' }) as const);
  return [...savedNames.map((name) => ({ name, outcome: 'saved' }) as const), ...missing];
}

function missingFile(one: RefusedFile): { name: string; reason: string; size: number } {
  return { name: one.name, reason: REASONS[one.code] ?? 'failed', size: 0 };
}

/** Bound to the link's side, so that nobody can take up the key of somebody else. */
function clientKey({ form, opened }: PageContext): string | null {
  const key = form.line('idempotencyKey', 64);
  const { assignmentId, observerId, id } = opened.link;
  return /^[\w-]{8,64}$/.test(key) ? `${assignmentId ?? observerId ?? id}:${key}` : null;
}

function attachmentIds(given: readonly string[]): string[] {
  return [...new Set(given.flatMap((one) => idOf(one) ?? []))];
}
