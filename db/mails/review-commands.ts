import { LockMode } from '@mikro-orm/postgresql';
import type { MailActor, MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { readCommand } from '#domain/mail/command-words.ts';
import type { ExtractedReply } from '#domain/mail/extract-reply.ts';
import { can } from '#domain/permissions.ts';
import { Assignment } from '../assignments/entity.ts';
import { storeAttachment } from '../attachments/commands.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import { addObserver } from '../observers/commands.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { createWorkOrder } from '../work-orders/commands.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { assertCan, lockWorkOrder } from '../work-orders/load.ts';
import { InboundMail } from './entity.ts';
import { commentFromMail } from './inbound-comment.ts';
import type { InboundContent } from './inbound-content.ts';
import type { KeptFiles } from './inbound-files.ts';
import { identifySender, type Match } from './inbound-match.ts';
import { stepFromMail } from './inbound-step.ts';
import { queueMail } from './queue.ts';
import { findReviewedMail, known } from './review-queries.ts';
import { trustAddress } from './trust-address.ts';

/** A held mail with its files in the store, read before the transaction. */
export type OpenedMail = { readonly content: InboundContent; readonly reply: ExtractedReply; readonly files: KeptFiles };

/** What became of attaching; `usesFiles` is false where the order has the message already. */
export type Attached = { readonly order: WorkOrder; readonly usesFiles: boolean };

/**
 * Makes a held mail a message of an order, with its files, by the same road as one that was matched. It steps nothing by
 * itself: a command word becomes a proposal. Throws `mail_already_decided`; attached there before, it changes nothing.
 */
export async function attachHeldMail(
  em: Em,
  actor: MemberActor,
  input: { mailId: string; workOrderId: string; assignmentId?: string | null | undefined; isAddressTrusted: boolean; opened: OpenedMail | null },
  now: Date,
): Promise<Attached> {
  const order = await lockWorkOrder(em, actor, input.workOrderId);
  await assertCan(em, actor, 'comment.write', order);
  const mail = await lockHeld(em, actor, input.mailId, (one) => isAttachedTo(one, order.id));
  if (!mail) return { order, usesFiles: false };
  const assignment = await assignmentOf(em, order, input.assignmentId ?? null, mail.fromEmail ?? '');
  const address = input.opened?.content.from ?? { email: mail.fromEmail ?? '', name: mail.fromName ?? null };
  const observer = input.isAddressTrusted && address.email ? await trustAddress(em, actor, { order, assignment, address }, now) : null;
  const twin = await findTwin(em, mail, order.id);
  decide(mail, actor, 'attached', now);
  mail.workOrderId = order.id;
  mail.assignmentId = assignment?.id ?? null;
  if (twin) {
    mail.status = 'rejected';
    mail.reason = 'duplicate';
    mail.commentId = twin.commentId ?? null;
  } else {
    if (!input.opened) throw new DomainError('mail_already_decided', {});
    mail.status = 'processed';
    mail.reason = null;
    await sayFromMail(em, { order, mail, opened: input.opened, assignment, observerId: observer?.id ?? null }, now);
  }
  await recordEvent(em, actor, { name: 'inbound_mail.attached', organisationId: order.organisationId, workOrder: order, assignmentId: mail.assignmentId ?? null, subjectId: mail.id, data: { commentId: mail.commentId ?? null } }, now);
  return { order, usesFiles: twin === null };
}

/** Whether attaching a mail to an order would add nothing: it is attached there, or its twin is. No files are needed then. */
export async function isAttachedAlready(em: Em, actor: MemberActor, input: { mailId: string; workOrderId: string }): Promise<boolean> {
  const mail = await findReviewedMail(em, actor, input.mailId);
  return mail.status === 'held' ? (await findTwin(em, mail, input.workOrderId)) !== null : isAttachedTo(mail, input.workOrderId);
}

function isAttachedTo(mail: InboundMail, workOrderId: string): boolean {
  return mail.decision === 'attached' && mail.workOrderId === workOrderId;
}

type Words = { readonly order: WorkOrder; readonly mail: InboundMail; readonly opened: OpenedMail; readonly assignment: Assignment | null; readonly observerId: string | null };

/** The mail's words and files as a message; its command word is a proposal. */
async function sayFromMail(em: Em, { order, mail, opened, assignment, observerId }: Words, now: Date): Promise<void> {
  const { content, reply, files } = opened;
  const match: Match = {
    foundBy: 'nothing', organisationId: order.organisationId, workOrderId: order.id, assignmentId: assignment?.id ?? null, observerId, userId: null, partnershipId: assignment?.partnershipId ?? null, inside: null, contactId: null,
  };
  const sender = await identifySender(em, match, content.from.email);
  const writer: MailActor = {
    kind: 'mail', organisationId: order.organisationId, workOrderId: order.id, assignmentId: match.assignmentId, observerId,
    contactId: sender.contact?.id ?? null, inboundMailId: mail.id, fromAddress: content.from.email, fromName: content.from.name,
  };
  const isMarked = sender.known !== 'known_contact';
  const comment = await commentFromMail(em, { actor: writer, order, match, sender, content, inboundMailId: mail.id, reply, files, isMarked }, now);
  mail.commentId = comment?.id ?? null;
  await em.flush();
  const command = reply.isUncut ? null : readCommand(reply.visible);
  if (command && comment) await stepFromMail(em, { actor: writer, assignmentId: writer.assignmentId, byName: content.from.name ?? content.from.email, order, command, trust: 'comment_step_proposed', isFoundByNumber: false, commentId: comment.id }, now);
}

/** Makes a new ticket of a held mail; the sender is proposed as an observer, never mailed before somebody says yes. */
export async function ticketFromMail(
  em: Em,
  actor: MemberActor,
  input: { mailId: string; workspaceId: string; title?: string | undefined; opened: OpenedMail },
  now: Date,
): Promise<WorkOrder> {
  const mail = await lockHeld(em, actor, input.mailId);
  const { content, reply, files } = input.opened;
  const { email, name } = content.from;
  const title = input.title?.trim() || withoutPrefixes(content.subject) || (name ?? email);
  const order = await createWorkOrder(em, actor, { workspaceId: input.workspaceId, title: title.slice(0, 200), description: reply.visible.slice(0, 20_000), reporterName: name ?? email }, now);
  await em.flush();
  for (const { file, isHidden } of files.kept) {
    const attachment = await storeAttachment(em, actor, { workOrderId: order.id, file, visibility: 'shared', isForMessage: true, door: 'mail', isHidden }, now);
    attachment.uploadedByUserId = null;
    attachment.uploadedByName = name ?? email;
    attachment.inboundMailId = mail.id;
  }
  decide(mail, actor, 'ticket', now);
  mail.status = 'processed';
  mail.reason = null;
  mail.workOrderId = order.id;
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) await addObserver(em, actor, { workOrderId: order.id, email, name, isProposed: true, choice: 'status_only' }, now);
  await recordEvent(em, actor, { name: 'inbound_mail.attached', organisationId: order.organisationId, workOrder: order, subjectId: mail.id, data: { isTicket: true } }, now);
  return order;
}

/** Answers the sender by a mail of the organisation; with that the mail is dealt with. */
export async function answerHeldMail(em: Em, actor: MemberActor, input: { mailId: string; body: string }, now: Date): Promise<void> {
  const body = input.body.trim();
  if (!body) throw new DomainError('invalid_input', { field: 'body', reason: 'empty' });
  const mail = await lockHeld(em, actor, input.mailId);
  if (!mail.fromEmail) throw new DomainError('contact_undeliverable', { company: mail.fromName ?? '' });
  const { locale } = await loadOrganisation(em, actor.organisationId);
  await queueMail(em, {
    template: 'answer', organisationId: actor.organisationId, party: null, cause: 'inbound_mail.answered', onceKey: `answer:${mail.id}`,
    to: { email: mail.fromEmail, name: mail.fromName ?? null, locale }, parameters: { inboundMailId: mail.id, body, userId: actor.userId },
  }, now);
  decide(mail, actor, 'answered', now);
  mail.status = 'answered';
  await note(em, actor, mail, now);
}

/** Puts a mail aside; it stays in the log with its original. */
export async function discardHeldMail(em: Em, actor: MemberActor, input: { mailId: string; reason?: string | undefined }, now: Date): Promise<void> {
  const mail = await lockHeld(em, actor, input.mailId);
  decide(mail, actor, 'discarded', now);
  mail.status = 'rejected';
  mail.reason = input.reason?.trim() || 'discarded';
  await note(em, actor, mail, now);
}

function lockHeld(em: Em, actor: MemberActor, id: string): Promise<InboundMail>;
function lockHeld(em: Em, actor: MemberActor, id: string, isSame: (mail: InboundMail) => boolean): Promise<InboundMail | null>;
/** The mail under its lock; null where just this was decided before. Throws `mail_already_decided`, `not_found`. */
async function lockHeld(em: Em, actor: MemberActor, id: string, isSame: (mail: InboundMail) => boolean = () => false): Promise<InboundMail | null> {
  if (!can(actor, 'to_review.decide')) throw new DomainError('forbidden', { action: 'to_review.decide' });
  const mail = await known(em, actor, await em.findOne(InboundMail, { organisationId: actor.organisationId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true }));
  if (mail.status === 'held') return mail;
  if (isSame(mail)) return null;
  throw new DomainError('mail_already_decided', { decision: mail.decision ?? mail.status });
}

/** The one that was chosen, else the newest of a firm that knows the sender. Throws `invalid_input` for one of another order. */
async function assignmentOf(em: Em, order: WorkOrder, assignmentId: string | null, from: string): Promise<Assignment | null> {
  const all = await em.find(Assignment, { organisationId: order.organisationId, workOrderId: order.id, firmId: { $ne: null } }, { orderBy: { offeredAt: 'desc', id: 'desc' } });
  if (assignmentId) {
    const chosen = all.find((one) => one.id === assignmentId);
    if (!chosen) throw new DomainError('invalid_input', { field: 'assignmentId', reason: 'not_found' });
    return chosen;
  }
  const contacts = await em.find(FirmContact, { organisationId: order.organisationId, email: from, archivedAt: null });
  return all.find((one) => contacts.some((contact) => contact.firmId === one.firmId)) ?? null;
}

/** The same mail, delivered twice, that became a message of the order. */
async function findTwin(em: Em, mail: InboundMail, workOrderId: string): Promise<InboundMail | null> {
  if (!mail.messageId) return null;
  return em.findOne(InboundMail, { organisationId: mail.organisationId, workOrderId, messageId: mail.messageId, status: 'processed' });
}

function decide(mail: InboundMail, actor: MemberActor, decision: string, now: Date): void {
  mail.decision = decision;
  mail.decidedByUserId = actor.userId;
  mail.decidedAt = now;
  mail.suggestion = null;
}

async function note(em: Em, actor: MemberActor, mail: InboundMail, now: Date): Promise<void> {
  await recordEvent(em, actor, { name: 'inbound_mail.discarded', organisationId: actor.organisationId, subjectId: mail.id, data: { decision: mail.decision } }, now);
}

function withoutPrefixes(subject: string): string {
  return subject.replace(/^(?:\s*(?:re|aw|antw|sv|wg|fwd?|tr)\s*:)+\s*/i, '').trim();
}
