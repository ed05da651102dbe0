import type { Actor } from '#domain/actors.ts';
import { doorOf, writtenName } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { CommentVisibility, Door } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { Observer } from '../observers/entity.ts';
import { actAsSystem, type Em } from '../orm.ts';
import { insiderOf, ownAssignment, sideOf } from '../partnerships/side.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan, findWorkOrder } from '../work-orders/load.ts';
import { Attachment } from './entity.ts';
import { findAttachment } from './queries.ts';
import type { StoredFile } from './store-file.ts';

export type AttachmentInput = {
  readonly workOrderId: string;
  /** Lies in the store already: the object comes first, then the row. */
  readonly file: StoredFile;
  readonly visibility: CommentVisibility;
  /** Comes with a message that tells of it (and sets its visibility): nobody is told of the file alone. */
  readonly isForMessage?: boolean | undefined;
  /** The message that it belongs to, where that is there already. */
  readonly commentId?: string | null | undefined;
  readonly door?: Door | undefined;
  /** The firm's side that it belongs to, where the actor does not say (the link of a file request). */
  readonly assignmentId?: string | null | undefined;
  /** Logos and signature files of mails: kept, not shown. */
  readonly isHidden?: boolean | undefined;
};

/** Writes the row of a stored file: from then on it can be seen. From outside it is always shared. Throws `forbidden`. */
export async function storeAttachment(em: Em, actor: Actor, input: AttachmentInput, now: Date): Promise<Attachment> {
  const order = await findWorkOrder(em, actor, input.workOrderId);
  await actAsSystem(em, actor);
  if (actor.kind === 'member' || actor.kind === 'partner') await assertCan(em, actor, 'attachment.write', order);
  else await assertMayGive(em, actor);
  const isFromOutside = actor.kind === 'link' || actor.kind === 'mail';
  const attachment = em.create(Attachment, {
    id: newId(),
    organisationId: order.organisationId,
    authorOrganisationId: await sideOf(em, actor, order.organisationId),
    workOrderId: order.id,
    commentId: input.commentId ?? null,
    visibility: isFromOutside && !insiderOf(actor) ? 'shared' : input.visibility,
    door: input.door ?? doorOf(actor),
    ...input.file,
    ...(await giverOf(em, actor, order.id)),
    ...(input.assignmentId ? { assignmentId: input.assignmentId } : {}),
    isHidden: input.isHidden ?? false,
    createdAt: now,
  });
  if (input.isForMessage || input.commentId || attachment.isHidden) return attachment;
  await recordEvent(em, actor, {
    name: 'attachment.added', organisationId: order.organisationId, workOrder: order, subjectId: attachment.id, door: attachment.door,
    assignmentId: attachment.assignmentId ?? null,
    authorOrganisationId: attachment.visibility === 'internal' ? insiderOf(actor) : null, data: { attachmentId: attachment.id, visibility: attachment.visibility },
  }, now);
  return attachment;
}

/**
 * Lets whoever works on the order see these of its files; `isExact`: and no others. Throws `invalid_input` for a file of
 * another order.
 */
export async function shareAttachments(em: Em, order: WorkOrder, ids: readonly string[], isExact: boolean): Promise<void> {
  const files = await em.find(Attachment, { organisationId: order.organisationId, workOrderId: order.id, removedAt: null, isHidden: false });
  const wanted = new Set(ids);
  const known = files.filter((file) => wanted.has(file.id));
  if (isExact && known.length !== wanted.size) throw new DomainError('invalid_input', { field: 'sharedAttachmentIds', reason: 'not_found' });
  for (const file of known) file.visibility = 'shared';
  // Files of a message go with their message: who read it keeps them.
  if (isExact) for (const file of files) if (!wanted.has(file.id) && !file.commentId && file.authorOrganisationId === order.organisationId) file.visibility = 'internal';
}

/** Takes a file away from an order; its bytes go with the next clean-up. Technicians take away their own only. Twice is `not_found`. */
export async function removeAttachment(em: Em, actor: Actor, input: { attachmentId: string }, now: Date): Promise<Attachment> {
  const { attachment, order } = await findAttachment(em, actor, input.attachmentId);
  await actAsSystem(em, actor);
  await assertCan(em, actor, 'attachment.write', order);
  const isMine = (actor.kind === 'member' || actor.kind === 'partner') && attachment.uploadedByUserId === actor.userId;
  const isOurs = actor.kind !== 'partner' || attachment.authorOrganisationId === actor.partnerOrganisationId;
  const isOthers = !isOurs || ((actor.kind === 'member' || actor.kind === 'partner') && actor.role === 'technician' && !isMine);
  if (isOthers) throw new DomainError('forbidden', { action: 'attachment.write' });
  attachment.removedAt = now;
  await recordEvent(em, actor, {
    name: 'attachment.removed', organisationId: order.organisationId, workOrder: order, subjectId: attachment.id,
    authorOrganisationId: attachment.visibility === 'internal' ? insiderOf(actor) : null,
    data: { attachmentId: attachment.id },
  }, now);
  return attachment;
}

/** An observer who may only read gives no files either. */
async function assertMayGive(em: Em, actor: Exclude<Actor, { kind: 'member' | 'partner' }>): Promise<void> {
  if (actor.kind === 'operator' || actor.kind === 'invitee') throw new DomainError('forbidden', { action: 'attachment.write' });
  if (actor.kind === 'system' || !actor.observerId) return;
  const observer = await em.findOne(Observer, { organisationId: actor.organisationId, id: actor.observerId, leftAt: null });
  if (!observer?.canComment) throw new DomainError('forbidden', { action: 'attachment.write' });
}

async function giverOf(em: Em, actor: Actor, workOrderId: string) {
  const nobody = { uploadedByUserId: null, uploadedByContactId: null, uploadedByName: null, assignmentId: null, inboundMailId: null };
  if (actor.kind === 'member') return { ...nobody, uploadedByUserId: actor.userId };
  if (actor.kind === 'partner') return { ...nobody, uploadedByUserId: actor.userId, assignmentId: (await ownAssignment(em, actor, workOrderId))?.id ?? null };
  if (actor.kind === 'link') return { ...nobody, uploadedByContactId: actor.contactId, uploadedByName: actor.otherName, assignmentId: actor.assignmentId };
  if (actor.kind === 'mail') {
    return { ...nobody, uploadedByContactId: actor.contactId, uploadedByName: writtenName(actor), assignmentId: actor.assignmentId, inboundMailId: actor.inboundMailId };
  }
  return nobody;
}
