import type { MailActor, MemberActor, PartnerActor } from '#domain/actors.ts';
import type { ExtractedReply } from '#domain/mail/extract-reply.ts';
import { withoutSecretLinks } from '#domain/mail/secret-links.ts';
import { storeAttachment } from '../attachments/commands.ts';
import { addComment } from '../comments/commands.ts';
import type { Comment } from '../comments/entity.ts';
import { openFileRequest } from '../file-requests/commands.ts';
import { addObserver } from '../observers/commands.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { FirmContact } from '../firms/entity.ts';
import { Partnership } from '../partnerships/entity.ts';
import { partyOf } from '../partnerships/order-mails.ts';
import { colleague } from '../partnerships/people.ts';
import { Membership, User } from '../users/entity.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { MailReference, MailThread, OutboundMail } from './entity.ts';
import type { InboundContent } from './inbound-content.ts';
import type { KeptFiles } from './inbound-files.ts';
import type { Match, Sender } from './inbound-match.ts';
import { tellsInternal } from './inside.ts';

/** Longer words are no message; the whole stands in the original. */
const LONGEST_COMMENT = 200_000;
const MOST_PROPOSED = 5;

export type Said = {
  readonly actor: MailActor | MemberActor | PartnerActor;
  readonly order: WorkOrder;
  readonly match: Match;
  readonly sender: Sender;
  readonly content: InboundContent;
  readonly inboundMailId: string;
  readonly reply: ExtractedReply;
  readonly files: KeptFiles;
  /** Someone else than the address was given to: their real address is shown. */
  readonly isMarked: boolean;
};

/**
 * Makes a comment of what somebody wrote, with its files; asks for files that were too large; proposes people in Cc as
 * observers. Returns null where there is nothing to show.
 */
export async function commentFromMail(em: Em, said: Said, now: Date): Promise<Comment | null> {
  const { actor, order, content, reply, files } = said;
  const visibility = await visibilityOf(em, said);
  const attachmentIds: string[] = [];
  for (const { file, isHidden } of files.kept) {
    const attachment = await storeAttachment(em, actor, { workOrderId: order.id, file, visibility, isForMessage: true, door: 'mail', isHidden }, now);
    attachment.inboundMailId = said.inboundMailId;
    if (!isHidden) attachmentIds.push(attachment.id);
  }
  await em.flush();
  const isFilesOnly = reply.isUncut && attachmentIds.length > 0;
  const body = isFilesOnly ? '' : withoutSecretLinks(reply.visible).slice(0, LONGEST_COMMENT);
  if (!body.trim() && attachmentIds.length === 0 && files.missing.length === 0) return null;
  const comment = await addComment(em, actor, {
    workOrderId: order.id, visibility, body, attachmentIds, door: 'mail', clientKey: `mail:${content.messageId ?? said.inboundMailId}`,
    unverifiedSender: said.isMarked ? content.from.email : null, cutLines: reply.isUncut ? 0 : reply.cutLines,
    missingFiles: files.missing.length > 0 ? files.missing.map((one) => ({ ...one })) : null,
  }, now);
  comment.inboundMailId = said.inboundMailId;
  await askForLargeFiles(em, said, comment, now);
  await continueConversation(em, said, now);
  if (!said.isMarked && !said.match.inside) await proposeObservers(em, said, now);
  return comment;
}

/**
 * From outside always shared, but for what answers a partner's own matters. People inside answer a digest of the conversation; what they answer else stays inside. A
 * partner's people speak to the client, unless what they answer was their own side's.
 */
async function visibilityOf(em: Em, { actor, match, content }: Said): Promise<'shared' | 'internal'> {
  if (actor.kind === 'mail') return match.inside ? 'internal' : 'shared';
  if (match.inside === 'words') return 'internal';
  const ids = content.headers.filter((one) => /^(?:in-reply-to|references)$/i.test(one.name)).flatMap((one) => [...one.value.matchAll(/<([^<>\s]+)>/g)].map((found) => found[1] ?? ''));
  const own = { organisationId: actor.organisationId };
  const answered = await em.find(OutboundMail, { ...own, toUserId: match.userId, messageId: { $in: ids } }, { orderBy: { createdAt: 'desc' }, limit: 1 });
  const digest = answered[0];
  if (digest?.template !== 'comment-digest') return actor.kind === 'partner' ? 'shared' : 'internal';
  return (await tellsInternal(em, digest)) ? 'internal' : 'shared';
}

async function askForLargeFiles(em: Em, said: Said, comment: Comment, now: Date): Promise<void> {
  const files = said.files.missing.filter((one) => one.reason === 'too_large');
  // What asks for a file, and whom a copy went to, the client would read.
  if (said.match.inside || files.length === 0 || said.actor.kind !== 'mail') return;
  const { match, sender, content } = said;
  const given = match.contactId ? await em.findOne(FirmContact, { organisationId: said.order.organisationId, id: match.contactId }) : null;
  // A stranger who holds a reply address gets no link; the one it was given to does.
  const toEmail = said.isMarked ? (given?.email ?? null) : content.from.email;
  if (!toEmail) return;
  await em.flush();
  await openFileRequest(em, said.actor, {
    organisationId: said.order.organisationId, workOrder: said.order, commentId: comment.id, assignmentId: match.assignmentId,
    observerId: match.observerId, contactId: said.isMarked ? (given?.id ?? null) : (sender.contact?.id ?? null), toEmail, files,
  }, now);
}

/** The next mail of ours answers theirs, and whoever answers theirs reaches the order. */
async function continueConversation(em: Em, { order, match, content, sender }: Said, now: Date): Promise<void> {
  const { messageId } = content;
  if (!messageId) return;
  const own = { organisationId: order.organisationId, workOrderId: order.id };
  await em.upsert(MailReference, {
    messageId, ...own, assignmentId: match.assignmentId, observerId: match.observerId, userId: match.userId, partnershipId: match.partnershipId, inside: match.inside,
    contactId: sender.contact?.id ?? match.contactId, createdAt: now,
  });
  const firmParty = sender.contact ? `firm:${sender.contact.firmId}` : null;
  const party = match.partnershipId ? partyOf(match.partnershipId, match.userId) : match.userId ? `user:${match.userId}` : match.observerId ? `observer:${match.observerId}` : firmParty;
  const thread = party ? await em.findOne(MailThread, { ...own, party }) : null;
  if (thread?.rootMessageId) thread.lastMessageId = messageId;
}

/** People in Cc are never told anything before somebody of the organisation says yes. */
async function proposeObservers(em: Em, { order, content, match }: Said, now: Date): Promise<void> {
  const addresses = content.cc.filter((one) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one.email) && one.email !== content.from.email);
  const system = { kind: 'system', organisationId: order.organisationId, process: 'inbound' } as const;
  for (const { email, name } of addresses.slice(0, MOST_PROPOSED)) {
    if (await isKnown(em, order, match, email)) continue;
    await addObserver(em, system, { workOrderId: order.id, email, name, isProposed: true }, now);
  }
}

async function isKnown(em: Em, { organisationId, id: workOrderId }: WorkOrder, { partnershipId }: Match, email: string): Promise<boolean> {
  if (await em.findOne(FirmContact, { organisationId, email, archivedAt: null })) return true;
  if (await em.findOne(Observer, { organisationId, workOrderId, email, leftAt: null })) return true;
  const user = await em.findOne(User, { email });
  const partnership = user && partnershipId ? await em.findOne(Partnership, { organisationId, id: partnershipId }) : null;
  if (user && partnership && (await colleague(em, partnership, user.id))) return true;
  return user !== null && (await em.findOne(Membership, { organisationId, userId: user.id, removedAt: null })) !== null;
}
