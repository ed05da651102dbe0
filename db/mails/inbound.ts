import { LockMode } from '@mikro-orm/postgresql';
import type { MailActor, MemberActor, PartnerActor, SystemActor } from '#domain/actors.ts';
import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { readCommand } from '#domain/mail/command-words.ts';
import type { ExtractedReply } from '#domain/mail/extract-reply.ts';
import { type ClassifiedSender, classifySender } from '#domain/mail/machine-mail.ts';
import { decideTrust, type Trust } from '#domain/mail/matching.ts';
import { actAsSystem, becomePartner, type Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { isServed, isStillTold } from '../partnerships/people.ts';
import { ownAssignment } from '../partnerships/side.ts';
import { Membership } from '../users/entity.ts';
import { findAccountActor } from '../users/queries.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { InboundMail } from './entity.ts';
import { commentFromMail } from './inbound-comment.ts';
import { factsOf, type InboundContent } from './inbound-content.ts';
import type { KeptFiles } from './inbound-files.ts';
import { holdMail } from './inbound-hold.ts';
import { noteAbsence, noteBounceMail } from './inbound-machine.ts';
import { identifySender, type Match, type Sender } from './inbound-match.ts';
import { stepFromMail, type StepResult } from './inbound-step.ts';

/** A mail with all that could be found out before its transaction. */
export type ReadMail = {
  readonly content: InboundContent;
  readonly match: Match;
  readonly reply: ExtractedReply;
  readonly files: KeptFiles;
  readonly inboundDomain: string;
};

export type InboundOutcome = { readonly status: InboundMail['status']; readonly reason: string | null; readonly step: StepResult };

/** Who wrote: a person, or which kind of machine. */
export function classify(content: InboundContent, inboundDomain: string, now: Date): ClassifiedSender {
  return classifySender(factsOf(content), { inboundDomain, receivedAt: now });
}

/**
 * Decides a stored mail, in one transaction: comment with files and step, note of a machine, or a case for a person.
 * A mail that was decided before stays as it is. `em` is bound to the organisation that was found, if any.
 */
export async function processStoredMail(em: Em, inboundMailId: string, read: ReadMail, now: Date): Promise<InboundOutcome> {
  const mail = await em.findOneOrFail(InboundMail, { id: inboundMailId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (mail.status !== 'stored') return { status: mail.status, reason: mail.reason ?? null, step: 'none' };
  const { content, match } = read;
  const { organisationId } = match;
  mail.organisationId = organisationId;
  mail.messageId = content.messageId;
  mail.recipient = content.recipient || null;
  mail.fromEmail = content.from.email || null;
  mail.fromName = content.from.name;
  mail.subject = content.subject || null;
  mail.foundBy = match.foundBy;
  mail.proof = content.authenticity.proof;
  await em.flush();
  const actor: SystemActor | null = organisationId ? { kind: 'system', organisationId, process: `inbound:${mail.id}` } : null;
  const kind = classify(content, read.inboundDomain, now);
  const step = kind.kind === 'person' ? await decidePerson(em, actor, mail, read, now) : await decideMachine(em, actor, mail, read, kind, now);
  mail.processedAt = now;
  return { status: mail.status, reason: mail.reason ?? null, step };
}

async function decideMachine(em: Em, actor: SystemActor | null, mail: InboundMail, { match, content }: ReadMail, kind: ClassifiedSender, now: Date): Promise<StepResult> {
  mail.status = kind.kind === 'bounce' ? 'bounce' : 'automatic';
  mail.reason = kind.kind;
  mail.workOrderId = match.workOrderId;
  mail.assignmentId = match.assignmentId;
  mail.isInternal = match.inside !== null;
  mail.partnershipId = match.partnershipId;
  if (actor && kind.kind === 'out_of_office' && (await isTrustedAbsence(em, match, content))) await noteAbsence(em, actor, { match, content, inboundMailId: mail.id }, kind, now);
  if (actor && kind.kind === 'bounce' && isTrustedBounce(match, content)) await noteBounceMail(em, actor, match, content, now);
  return 'none';
}

/** An absence moves work to the deputy: it counts from whom a reply would count. */
async function isTrustedAbsence(em: Em, match: Match, { from, authenticity }: InboundContent): Promise<boolean> {
  const sender = await identifySender(em, match, from.email);
  return !authenticity.isSpam && decideTrust(match.foundBy, sender.known, authenticity.proof) !== 'to_review';
}

/** Mail servers are nobody's contact; that one had our mail shows by its reply address or its id, an order's number anybody may know. */
function isTrustedBounce({ foundBy }: Match, { authenticity }: InboundContent): boolean {
  return authenticity.proof !== 'fail' && (foundBy === 'reply_address' || foundBy === 'references');
}

async function decidePerson(em: Em, actor: SystemActor | null, mail: InboundMail, read: ReadMail, now: Date): Promise<StepResult> {
  const { content, match } = read;
  const sender = await identifySender(em, match, content.from.email);
  const hold = async (reason: string): Promise<StepResult> => {
    await holdMail(em, actor, { mail, content, match, sender, reason }, now);
    return 'none';
  };
  if (!actor || !match.workOrderId) return hold(match.organisationId ? 'no_match' : 'unknown_recipient');
  if (content.authenticity.isSpam && !match.inside) return hold('spam');
  const trust = decideTrust(match.foundBy, sender.known, content.authenticity.proof);
  // Whom the client knows by the company alone. A stranger who holds their reply address is shown as they are.
  if (match.partnershipId && sender.known !== 'other') mail.partnershipId = match.partnershipId;
  if (match.inside && match.partnershipId) mail.isInternal = true;
  if (trust === 'to_review' && !mail.isInternal) return hold(reasonOf(read, sender));
  const order = await em.findOneOrFail(WorkOrder, { organisationId: actor.organisationId, id: match.workOrderId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (await isRepeated(em, mail, order.id)) {
    mail.status = 'rejected';
    mail.reason = 'duplicate';
    mail.workOrderId = order.id;
    return 'none';
  }
  if (mail.isInternal && !isProvedInsider(sender, trust)) return sayInside(em, mail, read, { order, sender }, now);
  if (match.partnershipId && !(await isStillHeard(em, match, sender, order))) return hold('may_not_comment');
  const writer = await writerOf(em, mail, read, sender, trust);
  if (!writer) return hold('not_proved_member');
  try {
    if (writer.kind === 'partner') await becomePartner(em, writer);
    return await say(em, mail, read, { order, sender, trust, writer }, now);
  } catch (error) {
    if (!(error instanceof DomainError) || !MAY_NOT.includes(error.code)) throw error;
    await actAsSystem(em, writer);
    return mail.isInternal ? sayInside(em, mail, read, { order, sender }, now) : hold('may_not_comment');
  }
}

/** A reply address outlives what it was given for: whoever has left, no longer serves the place or is no partner any more says nothing by it. */
async function isStillHeard(em: Em, { organisationId, partnershipId, userId }: Match, sender: Sender, order: WorkOrder): Promise<boolean> {
  const who = { organisationId: organisationId ?? '', partnershipId: partnershipId ?? '', userId: sender.user?.id ?? userId };
  return isStillTold(em, who, order.workspaceId);
}

function isProvedInsider({ user }: Sender, trust: Trust): boolean {
  return user !== null && trust !== 'comment_marked_step_proposed' && trust !== 'to_review';
}

/**
 * What answers a partner's own matters and is not proved to be one of its people's: never before the client, it stands among
 * the partner's internal messages, marked, and steps nothing. Where the partner sees the order no more, it is only kept.
 */
async function sayInside(em: Em, mail: InboundMail, { content, match, reply, files }: ReadMail, { order, sender }: Pick<Voice, 'order' | 'sender'>, now: Date): Promise<StepResult> {
  mail.workOrderId = order.id;
  mail.assignmentId = match.assignmentId;
  mail.status = 'rejected';
  mail.reason = 'may_not_comment';
  const { organisationId } = order;
  const partnership = await em.findOne(Partnership, { organisationId, id: match.partnershipId ?? '', status: 'accepted' });
  if (!partnership?.partnerOrganisationId || !(await isServed(em, partnership, order.workspaceId))) return 'none';
  const actor: MailActor = {
    kind: 'mail', organisationId, workOrderId: order.id, assignmentId: match.assignmentId, observerId: null, contactId: null, inboundMailId: mail.id,
    fromAddress: content.from.email, fromName: content.from.name, insideOrganisationId: partnership.partnerOrganisationId,
  };
  const comment = await commentFromMail(em, { actor, order, match, sender, content, inboundMailId: mail.id, reply, files, isMarked: true }, now);
  mail.status = 'processed';
  mail.reason = comment ? null : 'empty';
  mail.commentId = comment?.id ?? null;
  return 'none';
}

/** Nothing that they see (any more), or not theirs to say. */
const MAY_NOT: readonly ErrorCode[] = ['forbidden', 'not_found'];

/** The sender's server, or two of our addresses in To and Cc, delivered the same mail twice. */
async function isRepeated(em: Em, mail: InboundMail, workOrderId: string): Promise<boolean> {
  if (!mail.messageId) return false;
  const twin = await em.findOne(InboundMail, { organisationId: mail.organisationId, workOrderId, messageId: mail.messageId, status: 'processed' });
  return twin !== null;
}

function reasonOf({ match, content }: ReadMail, sender: Sender): string {
  if (content.authenticity.proof === 'fail') return 'proof_failed';
  return match.foundBy === 'subject' && sender.known !== 'known_contact' ? 'number_from_unknown_sender' : 'unknown_sender';
}

type Voice = { readonly order: WorkOrder; readonly sender: Sender; readonly trust: Trust; readonly writer: MailActor | MemberActor | PartnerActor };

async function say(em: Em, mail: InboundMail, read: ReadMail, { order, sender, trust, writer }: Voice, now: Date): Promise<StepResult> {
  const { content, match, reply, files } = read;
  const isMarked = trust === 'comment_marked_step_proposed';
  const comment = await commentFromMail(em, { actor: writer, order, match, sender, content, inboundMailId: mail.id, reply, files, isMarked }, now);
  mail.status = 'processed';
  mail.reason = comment ? null : 'empty';
  mail.workOrderId = order.id;
  mail.assignmentId = match.assignmentId;
  mail.commentId = comment?.id ?? null;
  mail.isInternal = mail.isInternal && comment?.visibility !== 'shared';
  await em.flush();
  const command = reply.isUncut ? null : readCommand(reply.visible);
  if (!command || writer.kind === 'member') return 'none';
  const assignmentId = writer.kind === 'partner' ? ((await ownAssignment(em, writer, order.id))?.id ?? null) : writer.assignmentId;
  return stepFromMail(em, { actor: writer, assignmentId, byName: sender.user?.name ?? content.from.name ?? content.from.email, order, command, trust, isFoundByNumber: match.foundBy === 'subject', commentId: comment?.id ?? null }, now);
}

/** Somebody of a partner as they are now, so that a mail lets them do no more than the portal would. */
async function partnersWriter(em: Em, organisationId: string, partnershipId: string, userId: string): Promise<PartnerActor | null> {
  const actor = await findAccountActor(em, userId, partnershipId);
  return actor?.kind === 'partner' && actor.organisationId === organisationId && !actor.isEnded ? actor : null;
}

/** In whose name the comment is written; null for a mail to a person's reply address that is not proved to be theirs. */
async function writerOf(em: Em, mail: InboundMail, { content, match }: ReadMail, sender: Sender, trust: Trust): Promise<MailActor | MemberActor | PartnerActor | null> {
  const organisationId = match.organisationId ?? '';
  if (match.partnershipId) {
    if (sender.user && trust !== 'comment_marked_step_proposed') return partnersWriter(em, organisationId, match.partnershipId, sender.user.id);
    if (!match.assignmentId) return null;
  } else if (match.userId) {
    if (!sender.user || sender.known !== 'known_contact' || trust !== 'comment_and_step') return null;
    const membership = await em.findOne(Membership, { organisationId, userId: sender.user.id, removedAt: null });
    return membership && { kind: 'member', organisationId, userId: sender.user.id, role: membership.role, workspaceIds: membership.workspaceIds ?? null };
  }
  return {
    kind: 'mail', organisationId, workOrderId: match.workOrderId ?? '', assignmentId: match.assignmentId, observerId: match.observerId,
    contactId: sender.contact?.id ?? null, inboundMailId: mail.id, fromAddress: content.from.email, fromName: content.from.name,
  };
}
