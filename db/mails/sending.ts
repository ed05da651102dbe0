import { LockMode } from '@mikro-orm/postgresql';
import type { SystemActor } from '#domain/actors.ts';
import { isToWhomIsAsked, markBounced, markSent } from '../assignments/delivery.ts';
import { markPartnerUnreached } from '../partnerships/unreached.ts';
import { mailResponsible } from '../assignments/mails.ts';
import { Assignment } from '../assignments/entity.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { Installation } from '../processes/entity.ts';
import type { Organisation } from '../organisations/entity.ts';
import { markInvitationBounced } from '../partnerships/invitation-process.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { MailReference, MailThread, OutboundMail } from './entity.ts';
import { insideOf } from './inside.ts';

/** Nothing more happens to these by the sending process. */
export const SETTLED_STATUSES = ['sent', 'refused', 'delivered', 'bounced', 'skipped'] as const;

/** Reason of an unclear mail that the provider does not know and that is not sent again by itself: a person decides. */
export const UNCLEAR_FOR_GOOD = 'not_found';

/** Mails with a subject of their own: they neither take the thread's nor fix it. */
const OWN_SUBJECT: readonly string[] = ['daily-digest', 'escalation', 'late-acceptance', 'on-site-notice', 'could-not-match', 'answer', 'reset-password', 'user-invitation', 'partner-invitation', 'invitation-withdrawn', 'invitation-answered', 'partnership-ending'];

/** Whether a mail belongs to the order's conversation, under one subject. */
export function isInThread(template: string): boolean {
  return !OWN_SUBJECT.includes(template);
}

/** A mail with its row locked; null when it is gone. */
export async function lockMail(em: Em, organisationId: string | null, mailId: string): Promise<OutboundMail | null> {
  return em.findOne(OutboundMail, { organisationId, id: mailId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Whether an operator has paused outgoing mail, everywhere or in this organisation. */
export async function isMailPaused(em: Em, organisation: Organisation | null): Promise<boolean> {
  const installation = await em.findOne(Installation, { id: 1 }, { refresh: true });
  return (installation?.isMailPaused ?? false) || (organisation?.isMailPaused ?? false);
}

/** The mail as it will go out; written down before the provider hears of it. */
export type Written = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
};

/** queued → sending: whoever finds `sending` later knows that an attempt was made and must ask first. */
export function claimMail(mail: OutboundMail, written: Written, now: Date): void {
  mail.status = 'sending';
  mail.statusReason = null;
  mail.attempts += 1;
  mail.sendingSince = now;
  mail.subject = written.subject;
  mail.textBody = written.text;
  mail.htmlBody = written.html;
  mail.messageId = written.messageId;
}

/** The provider has it: its id, what replies may refer to, the thread, and the assignment's clock. */
export async function markMailSent(
  em: Em,
  actor: SystemActor | null,
  mail: OutboundMail,
  sent: { readonly providerId: string; readonly at: Date },
  now: Date,
): Promise<void> {
  mail.status = 'sent';
  mail.statusReason = null;
  mail.providerId = sent.providerId;
  mail.sentAt = sent.at;
  if (!actor) return;
  await keepReferences(em, mail, now);
  if (isInThread(mail.template)) await continueThread(em, mail);
  await noteMail(em, actor, mail, now);
  if (mail.template !== 'assignment' || !mail.assignmentId) return;
  const assignment = await em.findOne(Assignment, { organisationId: actor.organisationId, id: mail.assignmentId });
  if (isToWhomIsAsked(assignment, mail)) await markSent(em, actor, { assignmentId: mail.assignmentId, mailId: mail.id, at: sent.at });
}

/** Replies without our reply address are found by the mails they refer to: our id and the provider's. */
async function keepReferences(em: Em, mail: OutboundMail, now: Date): Promise<void> {
  if (!mail.workOrderId || !mail.organisationId) return;
  const ids = [mail.messageId, mail.providerId ? `${mail.providerId}@mtasv.net` : null].filter((one): one is string => Boolean(one));
  const inside = await insideOf(em, mail);
  for (const messageId of ids) {
    await em.upsert(MailReference, {
      messageId, organisationId: mail.organisationId, workOrderId: mail.workOrderId, assignmentId: mail.assignmentId ?? null,
      observerId: mail.toObserverId ?? null, userId: mail.toUserId ?? null, partnershipId: mail.partnershipId ?? null, contactId: mail.toContactId ?? null, inside, createdAt: now,
    });
  }
}

/** The first mail of a conversation fixes its root and its subject. */
async function continueThread(em: Em, mail: OutboundMail): Promise<void> {
  if (!mail.organisationId || !mail.threadId || !mail.messageId) return;
  const thread = await em.findOne(MailThread, { organisationId: mail.organisationId, id: mail.threadId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!thread) return;
  thread.rootMessageId ??= mail.messageId;
  thread.subject ??= mail.subject ?? null;
  thread.lastMessageId = mail.messageId;
}

/** The provider has certainly not taken it: it waits for another attempt. */
export function markMailUnsent(mail: OutboundMail, reason: string): void {
  mail.status = 'queued';
  mail.statusReason = reason;
}

/** Nobody knows whether the provider has it. */
export async function markMailUnclear(em: Em, actor: SystemActor | null, mail: OutboundMail, reason: string, now: Date): Promise<void> {
  const isNews = mail.status !== 'unclear';
  mail.status = 'unclear';
  mail.statusReason = reason;
  if (actor && isNews) await noteMail(em, actor, mail, now);
}

/** Its reason to be has gone before it left. */
export async function markMailSkipped(em: Em, actor: SystemActor | null, mail: OutboundMail, reason: string, now: Date): Promise<void> {
  mail.status = 'skipped';
  mail.statusReason = reason;
  if (actor) await noteMail(em, actor, mail, now);
}

/**
 * Final: the provider will not take it. A mail to a contractor goes the road of a bounce, so that nobody waits for an
 * answer to it; `isAddressDead` also marks the address.
 */
export async function markMailRefused(
  em: Em,
  actor: SystemActor | null,
  mail: OutboundMail,
  refusal: { readonly reason: string; readonly isAddressDead: boolean },
  now: Date,
): Promise<void> {
  mail.status = 'refused';
  mail.statusReason = refusal.reason;
  if (!actor) return;
  await noteMail(em, actor, mail, now);
  await em.flush();
  await reactToFailure(em, actor, mail, refusal, now);
}

/** What a mail that did not arrive means for its assignment: address marked, responsible told, next contact mailed. */
export async function reactToFailure(
  em: Em,
  actor: SystemActor,
  mail: OutboundMail,
  failure: { readonly reason: string; readonly isAddressDead: boolean },
  now: Date,
): Promise<void> {
  await markInvitationBounced(em, mail, failure.reason, now);
  if (mail.assignmentId && mail.partnershipId) return markPartnerUnreached(em, actor, mail, failure.reason, now);
  if (!mail.assignmentId || !mail.toContactId) return;
  if (failure.isAddressDead && (await isStillTheirAddress(em, mail))) {
    await markBounced(em, actor, { assignmentId: mail.assignmentId, mailId: mail.id, contactId: mail.toContactId, at: now, reason: failure.reason }, now);
    return;
  }
  const order = await em.findOneOrFail(WorkOrder, { organisationId: actor.organisationId, id: mail.workOrderId ?? '' });
  const assignment = await em.findOneOrFail(Assignment, { organisationId: actor.organisationId, id: mail.assignmentId });
  if (mail.template === 'assignment' && assignment.contactId === mail.toContactId) assignment.bouncedAt = now;
  const parameters = { cause: 'bounce', contactId: mail.toContactId, reason: failure.reason };
  await mailResponsible(em, order, assignment, { template: 'escalation', cause: 'assignment.bounced', onceKey: `refused:${mail.id}`, parameters }, now);
  await recordEvent(em, actor, {
    name: 'assignment.bounced', organisationId: actor.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { mailId: mail.id, contactId: mail.toContactId },
  }, now);
}

/** Marks the dead address that a mail went to, so that it is not chosen again; one that was corrected meanwhile is another one. */
export async function markContactDead(em: Em, mail: OutboundMail, reason: string, now: Date): Promise<void> {
  const contact = mail.toContactId ? await em.findOne(FirmContact, { organisationId: mail.organisationId ?? '', id: mail.toContactId }) : null;
  if (!contact || contact.undeliverableSince || contact.email !== mail.toEmail) return;
  contact.undeliverableSince = now;
  contact.undeliverableReason = reason.slice(0, 500);
}

async function isStillTheirAddress(em: Em, mail: OutboundMail): Promise<boolean> {
  const contact = await em.findOne(FirmContact, { organisationId: mail.organisationId ?? '', id: mail.toContactId ?? '' });
  return contact?.email === mail.toEmail;
}

/** Open mail logs refetch. */
export async function noteMail(em: Em, actor: SystemActor, mail: OutboundMail, now: Date): Promise<void> {
  await recordEvent(em, actor, { name: 'mail.changed', organisationId: actor.organisationId, subjectId: mail.id, data: { status: mail.status } }, now);
}
