import type { SystemActor } from '#domain/actors.ts';
import { nameOfAddress } from '#domain/mail/away-note.ts';
import type { ClassifiedSender } from '#domain/mail/machine-mail.ts';
import { askInstead, proposeDeputy } from '../assignments/deputy.ts';
import { lockAssignment } from '../assignments/load.ts';
import { recordEvent } from '../events/record.ts';
import { FirmContact } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { OutboundMail } from './entity.ts';
import type { InboundContent } from './inbound-content.ts';
import type { Match } from './inbound-match.ts';
import { lockMail, markContactDead, noteMail, reactToFailure } from './sending.ts';

export type Absence = { readonly match: Match; readonly content: InboundContent; readonly inboundMailId: string };

/** Somebody is away: noted with the contact and the assignment; a deputy of the directory is asked instead, one that only the note names is proposed. Never answered. */
export async function noteAbsence(em: Em, actor: SystemActor, { match, content, inboundMailId }: Absence, kind: ClassifiedSender, now: Date): Promise<void> {
  // A partner hands its work out by itself: who of its people is away, is its own matter.
  if (!match.assignmentId || !match.workOrderId || match.partnershipId) return;
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
  if (!absent || assignment.status !== 'offered' || assignment.contactId !== absent.id) return;
  if (deputy) await askInstead(em, actor, order, assignment, deputy, now);
  else if (kind.deputyEmail && !contacts.some((one) => one.email === kind.deputyEmail)) {
    await proposeDeputy(em, actor, assignment, {
      absentContactId: absent.id, inboundMailId, email: kind.deputyEmail, name: nameOfAddress(kind.deputyEmail), awayUntil: kind.awayUntil ?? null,
    }, now);
  }
}

/** Whom the directory knows: the one that the note names, else the firm's deputy. */
function deputyOf(contacts: readonly FirmContact[], absent: FirmContact | undefined, named: string | null, now: Date): FirmContact | null {
  const usable = contacts.filter((one) => one.id !== absent?.id && !one.undeliverableSince && !(one.awayUntil && one.awayUntil > now));
  return usable.find((one) => one.email === named) ?? usable.find((one) => one.roles.includes('deputy')) ?? null;
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
  if (isAddressDead) await markContactDead(em, mail, 'bounce_mail', now);
  await reactToFailure(em, actor, mail, { reason: 'bounce_mail', isAddressDead }, now);
}

/** Whose mail came back; null where only a number in the subject speaks for it. */
function recipientOf({ assignmentId, contactId, userId, observerId, partnershipId }: Match): { assignmentId: string | null; toContactId: string } | { partnershipId: string; toUserId: string | null } | { toUserId: string } | { toObserverId: string } | null {
  if (partnershipId) return { partnershipId, toUserId: userId };
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
