import { LockMode } from '@mikro-orm/postgresql';
import type { InvitationAction, InvitationSnapshot } from '#domain/invitation/next-step.ts';
import { recordEvent } from '../events/record.ts';
import type { OutboundMail } from '../mails/entity.ts';
import type { Em } from '../orm.ts';
import { Partnership } from './entity.ts';
import { mailInvitee, tellInviter } from './invitation-mails.ts';
import { wakeInvitation } from './invite.ts';
import { systemActorOf } from './load.ts';
import { closeInvitation } from './steer-invitation.ts';
import { boundOrders } from './ending-orders.ts';
import { takeEndingStep } from './wind-up.ts';

/** What decides of the next step, as it is now. */
export async function invitationSnapshot(em: Em, partnership: Partnership, isMailPaused: boolean): Promise<InvitationSnapshot> {
  const { status, roundStartedAt, validUntil, remindedAt, lastRemindedAt, bouncedAt, otherEmail, endsOn, endedAt } = partnership;
  return {
    status, roundStartedAt, validUntil, remindedAt: remindedAt ?? null, lastRemindedAt: lastRemindedAt ?? null, bouncedAt: bouncedAt ?? null,
    isOtherNamed: Boolean(otherEmail), isMailPaused, endsOn: endsOn ?? null, endedAt: endedAt ?? null,
    hasRunningOrders: Boolean(endedAt) && (await boundOrders(em, partnership)).length > 0,
  };
}

/** Takes a step whose time has come. The caller holds the row's lock and has just asked what is due. */
export async function takeInvitationStep(em: Em, partnership: Partnership, action: InvitationAction, now: Date): Promise<void> {
  partnership.updatedAt = now;
  if (action === 'end' || action === 'close') return takeEndingStep(em, partnership, action, now);
  if (action === 'expire') return expire(em, partnership, now);
  if (action === 'remind') partnership.remindedAt = now;
  else partnership.lastRemindedAt = now;
  await mailInvitee(em, partnership, action, now);
  await note(em, partnership, 'partnership.reminded', now, { number: action === 'remind' ? 1 : 2 });
}

async function expire(em: Em, partnership: Partnership, now: Date): Promise<void> {
  closeInvitation(partnership, 'expired', now);
  await note(em, partnership, 'partnership.expired', now);
  await tellInviter(em, partnership, 'expired', `${partnership.round}:expired`, now);
}

/** The invitation has come to its mailbox. */
export async function markInvitationDelivered(em: Em, mail: OutboundMail, now: Date): Promise<void> {
  const partnership = await ofMail(em, mail);
  if (partnership && mail.parameters['kind'] === 'first') await note(em, partnership, 'partnership.delivered', now);
}

/** It did not arrive: the inviter is told at once, and nobody is reminded of what they can't read. */
export async function markInvitationBounced(em: Em, mail: OutboundMail, reason: string, now: Date): Promise<void> {
  const partnership = await ofMail(em, mail);
  if (!partnership || partnership.status !== 'invited' || partnership.bouncedAt) return;
  partnership.bouncedAt = now;
  partnership.updatedAt = now;
  await note(em, partnership, 'partnership.bounced', now, { reason });
  await tellInviter(em, partnership, 'bounced', `${partnership.round}:bounced`, now, { reason });
  wakeInvitation(em, partnership, now);
}

/** The invitation that a mail belongs to, while it is still of its round. */
async function ofMail(em: Em, mail: OutboundMail): Promise<Partnership | null> {
  if (mail.template !== 'partner-invitation' || !mail.partnershipId || !mail.organisationId) return null;
  const own = { organisationId: mail.organisationId, id: mail.partnershipId };
  const partnership = await em.findOne(Partnership, own, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  return partnership?.round === mail.parameters['round'] ? partnership : null;
}

type Noted = 'partnership.reminded' | 'partnership.expired' | 'partnership.delivered' | 'partnership.bounced';

async function note(em: Em, partnership: Partnership, name: Noted, now: Date, data: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const { id, organisationId, round } = partnership;
  await recordEvent(em, systemActorOf(partnership), { name, organisationId, subjectId: id, data: { ...data, round } }, now);
}
