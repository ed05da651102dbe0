import { LockMode } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import { localeOfFirm } from '../assignments/mails.ts';
import { Assignment } from '../assignments/entity.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { wake } from '../events/wake.ts';
import { FirmContact } from '../firms/entity.ts';
import { queueMail } from '../mails/queue.ts';
import { Observer } from '../observers/entity.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { FileRequest } from './entity.ts';

/** So long the upload link of a file that was too large for mail is valid. */
export const FILE_REQUEST_DAYS = 14;
const DAY_MS = 86_400_000;

export type NewFileRequest = {
  readonly organisationId: string;
  readonly workOrder: { readonly id: string; readonly number: string };
  readonly commentId: string;
  readonly assignmentId: string | null;
  readonly observerId: string | null;
  readonly contactId: string | null;
  /** The sender of the mail that was too large. */
  readonly toEmail: string;
  readonly files: readonly { readonly name: string; readonly size: number }[];
};

/** Asks a sender to upload what mail could not carry; the files will land on the same comment. */
export async function openFileRequest(em: Em, actor: Actor, input: NewFileRequest, now: Date): Promise<FileRequest> {
  const request = em.create(FileRequest, {
    id: newId(), organisationId: input.organisationId, workOrderId: input.workOrder.id, commentId: input.commentId,
    assignmentId: input.assignmentId, observerId: input.observerId, contactId: input.contactId, toEmail: input.toEmail,
    files: input.files.map(({ name, size }) => ({ name, size })), createdAt: now, validUntil: new Date(now.getTime() + FILE_REQUEST_DAYS * DAY_MS),
  });
  await note(em, actor, 'file_request.opened', request, now);
  await mailFileRequest(em, request, false, now);
  wake(em, { kind: 'file-request', ids: [request.id], organisationId: input.organisationId, workOrderNumber: input.workOrder.number }, now);
  return request;
}

/** A missing file has come. Ends the request when it was the last; what was not asked for by name takes the first open place. */
export async function fulfilFileRequest(em: Em, actor: Actor, input: { fileRequestId: string; attachmentId: string; name: string }, now: Date): Promise<FileRequest | null> {
  const request = await em.findOne(FileRequest, { id: input.fileRequestId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!request) return null;
  const open = request.files.filter((file) => !file.attachmentId);
  const place = open.find((file) => file.name === input.name) ?? open[0];
  request.files = request.files.map((file) => (file === place ? { ...file, attachmentId: input.attachmentId } : file));
  if (request.status !== 'open' || request.files.some((file) => !file.attachmentId)) return request;
  request.status = 'fulfilled';
  request.endedAt = now;
  await note(em, actor, 'file_request.fulfilled', request, now);
  const order = await em.findOneOrFail(WorkOrder, { organisationId: request.organisationId, id: request.workOrderId });
  wake(em, { kind: 'file-request', ids: [request.id], organisationId: request.organisationId, workOrderNumber: order.number }, now);
  return request;
}

/** Reminds the sender once. */
export async function remindOfFiles(em: Em, request: FileRequest, now: Date): Promise<void> {
  request.remindedAt = now;
  await mailFileRequest(em, request, true, now);
}

/** Nothing more is waited for; the comment goes on saying what is missing. */
export async function endFileRequest(em: Em, actor: Actor, request: FileRequest, now: Date): Promise<void> {
  request.status = 'ended';
  request.endedAt = now;
  await note(em, actor, 'file_request.ended', request, now);
}

async function mailFileRequest(em: Em, request: FileRequest, isReminder: boolean, now: Date): Promise<void> {
  const { organisationId, assignmentId, contactId, observerId } = request;
  const order = await em.findOneOrFail(WorkOrder, { organisationId, id: request.workOrderId });
  const assignment = assignmentId ? await em.findOne(Assignment, { organisationId, id: assignmentId }) : null;
  const contact = contactId ? await em.findOne(FirmContact, { organisationId, id: contactId }) : null;
  const observer = observerId ? await em.findOne(Observer, { organisationId, id: observerId }) : null;
  const ofFirm = assignment?.firmId ? await localeOfFirm(em, organisationId, assignment.firmId) : null;
  const locale = observer?.locale ?? ofFirm ?? (await loadOrganisation(em, organisationId)).locale;
  await queueMail(em, {
    template: 'file-too-large', organisationId, workOrder: order, assignmentId: assignmentId ?? null,
    to: { email: request.toEmail, name: contact?.name ?? observer?.name ?? null, contactId: contactId ?? null, observerId: observerId ?? null, locale },
    party: assignment?.firmId ? `firm:${assignment.firmId}` : observerId ? `observer:${observerId}` : null,
    cause: isReminder ? 'file_request.reminder' : 'file_request.opened',
    onceKey: `file-request:${request.id}:${isReminder ? 'reminder' : 'first'}`,
    parameters: { fileRequestId: request.id, isReminder },
  }, now);
}

async function note(em: Em, actor: Actor, name: 'file_request.opened' | 'file_request.fulfilled' | 'file_request.ended', request: FileRequest, now: Date): Promise<void> {
  const order = await em.findOneOrFail(WorkOrder, { organisationId: request.organisationId, id: request.workOrderId });
  await recordEvent(em, actor, {
    name, organisationId: request.organisationId, workOrder: order, assignmentId: request.assignmentId ?? null, subjectId: request.id,
    data: { commentId: request.commentId, files: request.files.length },
  }, now);
}
