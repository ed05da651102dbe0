import { LockMode } from '@mikro-orm/postgresql';
import type { MailActor, MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { extractReply, type ExtractedReply } from '#domain/mail/extract-reply.ts';
import { Assignment } from '../assignments/entity.ts';
import { discardFile } from '../attachments/store-file.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { FileStore } from '../files.ts';
import { FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { lockWorkOrder } from '../work-orders/load.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { InboundMail } from './entity.ts';
import { commentFromMail } from './inbound-comment.ts';
import { readInboundContent, type InboundContent } from './inbound-content.ts';
import { storeInboundFiles, type KeptFiles } from './inbound-files.ts';
import { identifySender, type Match } from './inbound-match.ts';

/** A held mail read from its stored original, its files in the store; nothing of it has a row yet. */
export type PreparedMail = { readonly content: InboundContent; readonly reply: ExtractedReply; readonly files: KeptFiles };

/** Reads a held mail and keeps its files; outside of any transaction. What is not attached then must be given to `discardPrepared`. */
export async function prepareHeldMail(files: FileStore, organisationId: string, mail: Pick<InboundMail, 'rawKey'>): Promise<PreparedMail> {
  const content = await readInboundContent(files, mail.rawKey);
  const reply = extractReply({ text: content.text, html: content.html, subject: content.subject });
  return { content, reply, files: await storeInboundFiles(files, organisationId, content, reply.hiddenContentIds) };
}

/** Takes the files of a mail that was not attached out of the store again. */
export async function discardPrepared(files: FileStore, prepared: PreparedMail): Promise<void> {
  for (const { file } of prepared.files.kept) await discardFile(files, file);
}

export type AttachInput = PreparedMail & {
  readonly inboundMailId: string;
  readonly workOrderId: string;
  /** Whose firm the sender speaks for; null: the order as a whole. */
  readonly assignmentId?: string | null | undefined;
  /** Adds the address to the firm's contacts, so that the next mail is known. */
  readonly isAddressTrusted?: boolean | undefined;
};

/**
 * A person attaches a held mail to an order: it becomes a comment by the same road as any other mail; steps stay with
 * people. Throws `mail_already_decided`, `not_found`.
 */
export async function attachInboundMail(em: Em, actor: MemberActor, input: AttachInput, now: Date): Promise<InboundMail> {
  const mail = await em.findOne(InboundMail, { organisationId: actor.organisationId, id: input.inboundMailId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!mail) throw new DomainError('not_found', { inboundMailId: input.inboundMailId });
  if (mail.status !== 'held') throw new DomainError('mail_already_decided', { status: mail.status });
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  const assignment = await assignmentOf(em, order, input.assignmentId ?? null);
  if (input.isAddressTrusted && assignment?.firmId) await trustAddress(em, assignment.firmId, actor.organisationId, input.content, now);
  await em.flush();
  const match: Match = {
    foundBy: 'nothing', organisationId: actor.organisationId, workOrderId: order.id, assignmentId: assignment?.id ?? null,
    observerId: null, userId: null, contactId: assignment?.contactId ?? null,
  };
  const sender = await identifySender(em, match, input.content.from.email);
  const writer: MailActor = {
    kind: 'mail', organisationId: actor.organisationId, workOrderId: order.id, assignmentId: assignment?.id ?? null, observerId: null,
    contactId: sender.contact?.id ?? null, inboundMailId: mail.id, fromAddress: input.content.from.email, fromName: input.content.from.name,
  };
  const { content, reply, files } = input;
  const isMarked = sender.known !== 'known_contact';
  const comment = await commentFromMail(em, { actor: writer, order, match, sender, content, inboundMailId: mail.id, reply, files, isMarked }, now);
  mail.status = 'processed';
  mail.workOrderId = order.id;
  mail.assignmentId = assignment?.id ?? null;
  mail.commentId = comment?.id ?? null;
  decide(mail, actor, 'attached', now);
  await recordEvent(em, actor, {
    name: 'inbound_mail.attached', organisationId: actor.organisationId, workOrder: order, assignmentId: assignment?.id ?? null, subjectId: mail.id,
    data: { commentId: comment?.id ?? null },
  }, now);
  return mail;
}

async function assignmentOf(em: Em, order: WorkOrder, assignmentId: string | null): Promise<Assignment | null> {
  if (!assignmentId) return null;
  const assignment = await em.findOne(Assignment, { organisationId: order.organisationId, workOrderId: order.id, id: assignmentId });
  if (!assignment) throw new DomainError('not_found', { assignmentId });
  return assignment;
}

async function trustAddress(em: Em, firmId: string, organisationId: string, { from }: InboundContent, now: Date): Promise<void> {
  const known = await em.find(FirmContact, { organisationId, firmId, archivedAt: null });
  if (known.some((one) => one.email === from.email)) return;
  const position = known.reduce((last, one) => Math.max(last, one.position), 0) + 1;
  em.create(FirmContact, { id: newId(), organisationId, firmId, name: from.name ?? from.email, email: from.email, roles: [], position, createdAt: now });
}

/** Who decided on a held mail, and how. */
export function decide(mail: InboundMail, actor: MemberActor, decision: 'attached' | 'ticket' | 'answered' | 'discarded', now: Date): void {
  mail.decision = decision;
  mail.decidedByUserId = actor.userId;
  mail.decidedAt = now;
  mail.processedAt = now;
}
