import type { SystemActor } from '#domain/actors.ts';
import type { ClassifiedSender } from '#domain/mail/machine-mail.ts';
import type { Assignment } from '../assignments/entity.ts';
import { lockAssignment } from '../assignments/load.ts';
import { mailContractor } from '../assignments/mails.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { OutboundMail } from './entity.ts';
import type { InboundContent } from './inbound-content.ts';
import type { Match } from './inbound-match.ts';
import { lockMail, markContactDead, noteMail, reactToFailure } from './sending.ts';

/** Somebody is away: noted with the contact and the assignment; a deputy of the directory is asked instead. Never answered. */
export async function noteAbsence(em: Em, actor: SystemActor, match: Match, content: InboundContent, kind: ClassifiedSender, now: Date): Promise<void> {
  if (!match.assignmentId || !match.workOrderId) return;
  const own = { organisationId: actor.organisationId };
  const { order, assignment } = await lockAssignment(em, actor, match.assignmentId);
  const contacts = assignment.firmId ? await em.find(FirmContact, { ...own, firmId: assignment.firmId, archivedAt: null }, { orderBy: { position: 'asc', id: 'asc' } }) : [];
  const absent = contacts.find((one) => one.email === content.from.email) ?? contacts.find((one) => one.id === match.contactId);
  const until = kind.awayUntil ? new Date(`${kind.awayUntil}T22:00:00Z`) : null;
  if (absent && until && until > now) absent.awayUntil = until;
  const deputy = deputyOf(contacts, absent, kind.deputyEmail ?? null, now);
  await recordEvent(em, actor, {
    name: 'assignment.away', organisationId: actor.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { contactId: absent?.id ?? null, until: kind.awayUntil ?? null, deputyContactId: deputy?.id ?? null, namesDeputy: Boolean(kind.deputyEmail) },
  }, now);
  const isWaitingForThem = assignment.status === 'offered' && assignment.contactId === absent?.id;
  if (deputy && isWaitingForThem) await askDeputy(em, actor, order, assignment, deputy, now);
}

/** Whom the directory knows: the one that the note names, else the firm's deputy. One that only the note names is left to people. */
function deputyOf(contacts: readonly FirmContact[], absent: FirmContact | undefined, named: string | null, now: Date): FirmContact | null {
  const usable = contacts.filter((one) => one.id !== absent?.id && !one.undeliverableSince && !(one.awayUntil && one.awayUntil > now));
  return usable.find((one) => one.email === named) ?? usable.find((one) => one.roles.includes('deputy')) ?? null;
}

async function askDeputy(em: Em, actor: SystemActor, order: WorkOrder, assignment: Assignment, deputy: FirmContact, now: Date): Promise<void> {
  const fromContactId = assignment.contactId;
  assignment.contactId = deputy.id;
  await recordEvent(em, actor, {
    name: 'assignment.contact_changed', organisationId: actor.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { fromContactId, contactId: deputy.id, why: 'away' },
  }, now);
  await mailContractor(em, order, assignment, { template: 'assignment', cause: 'assignment.contact_changed', onceKey: `assignment:${assignment.id}:${deputy.id}` }, now);
}

/**
 * A mail server that answers to our reply address instead of the envelope's: the mail that came back is the newest one to
 * that recipient. A delay is a note; a failure goes the road of a bounce.
 */
export async function noteBounceMail(em: Em, actor: SystemActor, match: Match, content: InboundContent, now: Date): Promise<void> {
  const status = deliveryStatus(content);
  if (status === 'delayed' || !match.workOrderId) return;
  const recipient = recipientOf(match);
  if (!recipient) return;
  const sent = await em.find(OutboundMail, {
    organisationId: actor.organisationId, workOrderId: match.workOrderId, ...recipient, status: { $in: ['sent', 'delivered'] },
  }, { orderBy: { createdAt: 'desc' }, limit: 1 });
  const mail = sent[0] ? await lockMail(em, actor.organisationId, sent[0].id) : null;
  if (!mail) return;
  const isAddressDead = status === 'no_such_address';
  mail.status = 'bounced';
  mail.statusReason = 'bounce_mail';
  mail.bouncedAt = now;
  await noteMail(em, actor, mail, now);
  await em.flush();
  if (isAddressDead && mail.toContactId) await markContactDead(em, actor.organisationId, mail.toContactId, 'bounce_mail', now);
  await reactToFailure(em, actor, mail, { reason: 'bounce_mail', isAddressDead }, now);
}

/** Whose mail came back; null where only a number in the subject speaks for it. */
function recipientOf({ assignmentId, contactId, userId, observerId }: Match): { assignmentId: string | null; toContactId: string } | { toUserId: string } | { toObserverId: string } | null {
  if (userId) return { toUserId: userId };
  if (observerId) return { toObserverId: observerId };
  return contactId ? { assignmentId, toContactId: contactId } : null;
}

function deliveryStatus(content: InboundContent): 'delayed' | 'failed' | 'no_such_address' {
  const part = content.files.find((one) => /delivery-status/i.test(one.contentType));
  const text = part && part.size < 100_000 ? Buffer.from(part.bytes()).toString('utf8') : content.text.slice(0, 20_000);
  const code = /^Status:\s*([245])\.(\d+)\.(\d+)/im.exec(text);
  if (/^Action:\s*(?:delayed|relayed|delivered|expanded)/im.test(text) || code?.[1] === '4' || code?.[1] === '2') return 'delayed';
  return code?.[1] === '5' && code[2] === '1' ? 'no_such_address' : 'failed';
}
