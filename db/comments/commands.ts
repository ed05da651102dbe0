import type { Actor, PartnerActor } from '#domain/actors.ts';
import { doorOf, writtenName } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { withoutSecretLinks } from '#domain/mail/secret-links.ts';
import type { CommentVisibility, Door } from '#domain/statuses.ts';
import { Attachment } from '../attachments/entity.ts';
import { newId, NO_ID } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { insiderOf, ownAssignment, sideOf } from '../partnerships/side.ts';
import { assertCan, findWorkOrder, lockWorkOrder } from '../work-orders/load.ts';
import { Comment } from './entity.ts';

export type CommentInput = {
  readonly workOrderId: string;
  readonly visibility: CommentVisibility;
  readonly body: string;
  readonly attachmentIds?: readonly string[] | undefined;
  readonly door?: Door | undefined;
  /** From the sender: the same key again is the same comment. */
  readonly clientKey?: string | null | undefined;
  readonly unverifiedSender?: string | null | undefined;
  readonly cutLines?: number | null | undefined;
  readonly missingFiles?: { name: string; reason: string; size: number }[] | null | undefined;
};

/**
 * Adds a comment by whichever door, with files that were stored before. From outside it is always shared, but for mails on
 * a partner's own matters.
 * Throws `invalid_input` for an empty one, `forbidden` for an observer who may only read.
 */
export async function addComment(em: Em, actor: Actor, input: CommentInput, now: Date): Promise<Comment> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  await assertMaySpeak(em, actor, order.organisationId, input, async () => assertCan(em, actor, 'comment.write', order));
  // Of a partner, one's own: nobody else's message is found by a key that somebody guessed.
  const clientKey = input.clientKey && actor.kind === 'partner' ? `${actor.userId}:${input.clientKey}` : (input.clientKey ?? null);
  if (clientKey) {
    const known = await em.findOne(Comment, { organisationId: order.organisationId, workOrderId: order.id, clientKey });
    if (known) return known;
  }
  const body = input.body.trim();
  const attachmentIds = input.attachmentIds ?? [];
  if (!body && attachmentIds.length === 0 && !input.missingFiles?.length) throw new DomainError('invalid_input', { field: 'body', reason: 'empty' });
  const comment = em.create(Comment, {
    id: newId(),
    organisationId: order.organisationId,
    authorOrganisationId: await sideOf(em, actor, order.organisationId),
    workOrderId: order.id,
    visibility: input.visibility,
    door: input.door ?? doorOf(actor),
    body,
    ...(await authorOf(em, actor, order.id)),
    unverifiedSender: input.unverifiedSender ?? null,
    cutLines: input.cutLines ?? null,
    missingFiles: input.missingFiles ?? null,
    clientKey,
    createdAt: now,
  });
  await bindAttachments(em, comment, attachmentIds, actor.kind === 'partner' ? { authorOrganisationId: actor.partnerOrganisationId } : {});
  // What a partner says among its own people is no change in its client's eyes.
  if (input.visibility === 'shared' || !insiderOf(actor)) order.updatedAt = now;
  await recordEvent(em, actor, {
    name: 'comment.added', organisationId: order.organisationId, workOrder: order, subjectId: comment.id, door: comment.door,
    assignmentId: comment.assignmentId ?? null,
    authorOrganisationId: comment.visibility === 'internal' ? insiderOf(actor) : null,
    data: { commentId: comment.id, visibility: comment.visibility, files: attachmentIds.length },
  }, now);
  return comment;
}

/** Shows a mail's whole text again, where the cut took too much; the original is kept with the mail. */
export async function restoreComment(em: Em, actor: Actor, input: { commentId: string; body: string }, now: Date): Promise<Comment> {
  const comment = actor.kind === 'partner' ? null : await em.findOne(Comment, { id: input.commentId });
  const order = await findWorkOrder(em, actor, comment?.workOrderId ?? NO_ID);
  if (!comment) throw new DomainError('not_found', { commentId: input.commentId });
  await assertCan(em, actor, 'comment.write', order);
  if (comment.isRestored || !comment.inboundMailId) return comment;
  comment.body = withoutSecretLinks(input.body);
  comment.isRestored = true;
  comment.cutLines = 0;
  await recordEvent(em, actor, { name: 'inbound_mail.restored', organisationId: order.organisationId, workOrder: order, subjectId: comment.id }, now);
  return comment;
}

/** Files that were uploaded for this order (`by`: by this side) and belong to no message yet become this one's. */
export async function bindAttachments(em: Em, comment: Comment, attachmentIds: readonly string[], by: { authorOrganisationId?: string } = {}): Promise<void> {
  if (attachmentIds.length === 0) return;
  const files = await em.find(Attachment, { organisationId: comment.organisationId, workOrderId: comment.workOrderId, id: { $in: [...attachmentIds] }, removedAt: null, ...by });
  if (files.length !== new Set(attachmentIds).size || files.some((file) => file.commentId)) throw new DomainError('invalid_input', { field: 'attachmentIds', reason: 'not_found' });
  for (const file of files) {
    file.commentId = comment.id;
    file.visibility = comment.visibility;
  }
}

async function assertMaySpeak(em: Em, actor: Actor, organisationId: string, input: CommentInput, check: () => Promise<void>): Promise<void> {
  if (actor.kind === 'member') return check();
  if (actor.kind === 'partner') return assertPartnerMaySpeak(em, actor, input.workOrderId, check);
  if (actor.kind === 'system') return;
  if (input.visibility === 'internal' && !insiderOf(actor)) throw new DomainError('forbidden', { action: 'comment.write' });
  if (!('observerId' in actor) || !actor.observerId) return;
  const observer = await em.findOne(Observer, { organisationId, id: actor.observerId, leftAt: null });
  if (!observer?.canComment) throw new DomainError('forbidden', { action: 'comment.write' });
}

/** A partner that only observes speaks where the client lets it. */
async function assertPartnerMaySpeak(em: Em, actor: PartnerActor, workOrderId: string, check: () => Promise<void>): Promise<void> {
  await check();
  if (await ownAssignment(em, actor, workOrderId)) return;
  const { organisationId, partnershipId } = actor;
  const observer = await em.findOne(Observer, { organisationId, workOrderId, partnershipId, leftAt: null });
  if (!observer?.canComment) throw new DomainError('forbidden', { action: 'comment.write' });
}

async function authorOf(em: Em, actor: Actor, workOrderId: string) {
  const nobody = { authorUserId: null, authorContactId: null, authorObserverId: null, authorName: null, assignmentId: null, inboundMailId: null };
  if (actor.kind === 'member') return { ...nobody, authorUserId: actor.userId };
  if (actor.kind === 'partner') return { ...nobody, authorUserId: actor.userId, assignmentId: (await ownAssignment(em, actor, workOrderId))?.id ?? null };
  if (actor.kind === 'link') return { ...nobody, authorContactId: actor.contactId, authorObserverId: actor.observerId, authorName: actor.otherName, assignmentId: actor.assignmentId };
  if (actor.kind === 'mail') {
    return { ...nobody, authorContactId: actor.contactId, authorObserverId: actor.observerId, authorName: writtenName(actor), assignmentId: actor.assignmentId, inboundMailId: actor.inboundMailId };
  }
  return nobody;
}
