import { LockMode } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can } from '#domain/permissions.ts';
import type { OutboundMailStatus } from '#domain/statuses.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import { DigestItem } from '../events/entity.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { MailThread, OutboundMail } from './entity.ts';
import { findMail } from './log-queries.ts';
import { type NewMail, queueMail } from './queue.ts';
import { recipientNow } from './recipient.ts';

const SETTLED: readonly OutboundMailStatus[] = ['sent', 'refused', 'unclear', 'delivered', 'bounced'];
/** Their secrets are made for one try: asking again makes new ones. */
const NEVER_AGAIN: readonly string[] = ['reset-password', 'user-invitation'];

/** Whether a mail may be sent once more: it has left or failed, and its words can be written anew. */
export function isResendable(mail: Pick<OutboundMail, 'status' | 'template' | 'organisationId'>): boolean {
  return Boolean(mail.organisationId) && SETTLED.includes(mail.status) && !NEVER_AGAIN.includes(mail.template);
}

/**
 * Sends a mail once more, as a mail of its own, to the address that its recipient has now; it says what holds when it
 * leaves. Throws `mail_not_resendable`, `contact_undeliverable`.
 */
export async function resendMail(em: Em, actor: MemberActor, input: { mailId: string }, now: Date): Promise<OutboundMail> {
  if (!can(actor, 'mail_log.resend')) throw new DomainError('forbidden', { action: 'mail_log.resend' });
  await findMail(em, actor, input.mailId);
  const mail = await em.findOne(OutboundMail, { organisationId: actor.organisationId, id: input.mailId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!mail || !isResendable(mail)) throw new DomainError('mail_not_resendable', { status: mail?.status ?? 'in' });
  // Asked twice while it has not left yet: one mail is enough.
  const waiting = await em.findOne(OutboundMail, { organisationId: actor.organisationId, resendOfMailId: mail.id, status: { $in: ['queued', 'sending', 'unclear'] } });
  if (waiting) return waiting;
  const order = mail.workOrderId ? await em.findOneOrFail(WorkOrder, { organisationId: actor.organisationId, id: mail.workOrderId }) : null;
  const thread = mail.threadId ? await em.findOne(MailThread, { organisationId: actor.organisationId, id: mail.threadId }) : null;
  const again = await queueMail(em, {
    template: mail.template as MailName, organisationId: actor.organisationId, workOrder: order ?? undefined, assignmentId: mail.assignmentId ?? null, partnershipId: mail.partnershipId ?? null,
    to: await reachable(em, mail), party: thread?.party ?? null, cause: mail.cause, parameters: mail.parameters,
  }, now);
  if (!again) throw new DomainError('mail_not_resendable', { status: mail.status });
  again.resendOfMailId = mail.id;
  await em.flush();
  // What a digest tells hangs on its mail.
  if (mail.template === 'comment-digest' || mail.template === 'daily-digest') await em.nativeUpdate(DigestItem, { organisationId: actor.organisationId, mailId: mail.id }, { mailId: again.id });
  await recordEvent(em, actor, { name: 'mail.changed', organisationId: actor.organisationId, subjectId: again.id, data: { status: again.status, resendOf: mail.id } }, now);
  return again;
}

/** Throws `contact_undeliverable` where it would come back again. */
async function reachable(em: Em, mail: OutboundMail): Promise<NewMail['to']> {
  const { undeliverableAt, ...to } = await recipientNow(em, mail);
  if (undeliverableAt) throw new DomainError('contact_undeliverable', { company: undeliverableAt });
  return { ...to, contactId: mail.toContactId ?? null, userId: mail.toUserId ?? null, observerId: mail.toObserverId ?? null };
}
