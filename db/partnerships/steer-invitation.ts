import type { Actor, MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { invitationEnd } from '#domain/invitation/next-step.ts';
import { AccessLink } from '../assignments/entity.ts';
import { recordEvent } from '../events/record.ts';
import { getFirm } from '../firms/queries.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { Partnership } from './entity.ts';
import { mailInvitee, mailWithdrawal, tellInviter } from './invitation-mails.ts';
import { assertForeign, assertInvitable, assertNoPartner, wakeInvitation } from './invite.ts';
import { assertOpen, lockPartnership } from './load.ts';

/** Statuses from which an invitation can be sent again. */
export const RESENDABLE = ['invited', 'declined', 'expired', 'withdrawn'] as const;

/** Moves the end of an open invitation to later; throws `deadline_in_past`, `not_later` and `invitation_not_open`. */
export async function extendInvitation(em: Em, actor: MemberActor, input: { id: string; validUntil: Date }, now: Date): Promise<Partnership> {
  const partnership = await lockPartnership(em, actor, input.id);
  assertOpen(partnership);
  if (input.validUntil <= now) throw new DomainError('deadline_in_past', { field: 'validUntil' });
  if (input.validUntil <= partnership.validUntil) throw new DomainError('not_later', { field: 'validUntil' });
  partnership.validUntil = input.validUntil;
  partnership.updatedAt = now;
  await note(em, actor, 'partnership.extended', partnership, now, { validUntil: input.validUntil.toISOString() });
  return partnership;
}

/**
 * Begins a new round: old links are dead at once, reminders and end count anew, and what was answered before no longer
 * holds. `email` is whom to ask instead. Throws `invitation_not_open` for a partner, `partnership_exists` where another one is open,
 * `firm_blocked` and `firm_archived`.
 */
export async function resendInvitation(em: Em, actor: MemberActor, input: { id: string; email?: string | undefined }, now: Date): Promise<Partnership> {
  const partnership = await lockPartnership(em, actor, input.id);
  await beginRound(em, actor, partnership, input.email ?? partnership.invitedEmail, now);
  return partnership;
}

/** Takes an open invitation back; the invitee is told, if they have heard of it, and whoever has invited, if a colleague did it. */
export async function withdrawInvitation(em: Em, actor: MemberActor, input: { id: string; reason?: string | null | undefined }, now: Date): Promise<Partnership> {
  const partnership = await lockPartnership(em, actor, input.id);
  assertOpen(partnership);
  closeInvitation(partnership, 'withdrawn', now);
  await mailWithdrawal(em, partnership, input.reason ?? null, now);
  await tellInviter(em, partnership, 'withdrawn', `${partnership.round}:withdrawn`, now, { byUserId: actor.userId });
  await note(em, actor, 'partnership.withdrawn', partnership, now);
  return partnership;
}

/** Takes back what a firm of the directory was invited by and has not answered, if anything. */
export async function withdrawOpenInvitation(em: Em, actor: MemberActor, firmId: string, now: Date): Promise<void> {
  const open = await em.findOne(Partnership, { organisationId: actor.organisationId, firmId, status: 'invited' }, { fields: ['id'], disableIdentityMap: true });
  if (!open) return;
  const partnership = await lockPartnership(em, actor, open.id);
  // Answered at this very moment: it is a partner now.
  if (partnership.status === 'invited') await withdrawInvitation(em, actor, { id: open.id }, now);
}

/** Decides about the person whom the invitee has named: they are invited instead, or the invitation stays where it was. */
export async function decideOtherAddress(em: Em, actor: MemberActor, input: { id: string; isConfirmed: boolean }, now: Date): Promise<Partnership> {
  const partnership = await lockPartnership(em, actor, input.id);
  if (!partnership.otherEmail) throw new DomainError('conflict', { reason: 'nobody_named' });
  if (input.isConfirmed) {
    await beginRound(em, actor, partnership, partnership.otherEmail, now);
    return partnership;
  }
  partnership.otherEmail = null;
  partnership.otherEmailAt = null;
  partnership.updatedAt = now;
  await note(em, actor, 'partnership.other_address_dismissed', partnership, now);
  return partnership;
}

/** The end of an open invitation without a partnership. */
export function closeInvitation(partnership: Partnership, status: 'declined' | 'expired' | 'withdrawn', now: Date): void {
  partnership.status = status;
  partnership.closedAt = now;
  partnership.updatedAt = now;
}

/** Links of an invitation stop opening it; what they show then is decided by its row. */
export async function revokeInvitationLinks(em: Em, partnership: Partnership, now: Date): Promise<void> {
  await em.flush();
  await em.nativeUpdate(AccessLink, { organisationId: partnership.organisationId, partnershipId: partnership.id, revokedAt: null }, { revokedAt: now });
}

async function beginRound(em: Em, actor: MemberActor, partnership: Partnership, email: string, now: Date): Promise<void> {
  const { organisationId, id, firmId } = partnership;
  if (!(RESENDABLE as readonly string[]).includes(partnership.status)) throw new DomainError('invitation_not_open', { status: partnership.status });
  assertInvitable(await getFirm(em, actor, firmId));
  await assertForeign(em, organisationId, email);
  await assertNoPartner(em, organisationId, { firmId, email, exceptId: id });
  await revokeInvitationLinks(em, partnership, now);
  if (email !== partnership.invitedEmail) partnership.invitedName = null;
  Object.assign(partnership, {
    status: 'invited', invitedEmail: email, invitedByUserId: actor.userId, round: partnership.round + 1, roundStartedAt: now,
    validUntil: invitationEnd(now, await loadOrganisation(em, organisationId)), remindedAt: null, lastRemindedAt: null, bouncedAt: null,
    closedAt: null, declineReason: null, otherEmail: null, otherEmailAt: null, updatedAt: now,
  });
  await mailInvitee(em, partnership, 'first', now);
  await note(em, actor, 'partnership.resent', partnership, now);
}

type Noted = 'partnership.extended' | 'partnership.withdrawn' | 'partnership.resent' | 'partnership.other_address_dismissed';

async function note(em: Em, actor: Actor, name: Noted, partnership: Partnership, now: Date, data: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const { id, organisationId, round } = partnership;
  await recordEvent(em, actor, { name, organisationId, subjectId: id, data: { ...data, round } }, now);
  wakeInvitation(em, partnership, now);
  await em.flush();
}
