import type { InviteeActor, SystemActor } from '#domain/actors.ts';
import type { EventName } from '#domain/events.ts';
import { DomainError } from '#domain/errors.ts';
import { isInvitationOver } from '#domain/invitation/next-step.ts';
import { AccessLink } from '../assignments/entity.ts';
import { recordEvent } from '../events/record.ts';
import { isMailPaused } from '../mails/sending.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import { gateEm, systemEm, type Em, type Orm } from '../orm.ts';
import { User } from '../users/entity.ts';
import { Partnership } from './entity.ts';
import { mailInvitee, tellInviter } from './invitation-mails.ts';
import { assertForeign, wakeInvitation } from './invite.ts';
import { assertOpen, lockPartnership } from './load.ts';
import { closeInvitation } from './steer-invitation.ts';

/** Declines, with a reason if the invitee gives one; the same again changes nothing. Throws `invitation_not_open`. */
export async function declineInvitation(em: Em, actor: InviteeActor, input: { reason: string | null }, now: Date): Promise<Partnership> {
  const partnership = await lockPartnership(em, actor, actor.partnershipId);
  if (partnership.status === 'declined') return partnership;
  await assertAnswerable(em, actor, partnership, now);
  closeInvitation(partnership, 'declined', now);
  partnership.declineReason = input.reason;
  await note(em, actor, 'partnership.declined', partnership, now);
  await tellInviter(em, partnership, 'declined', `${partnership.round}:declined`, now);
  return partnership;
}

/**
 * Names who is to be asked instead. Nobody is invited by it: the inviter decides, and until then nobody is reminded. Whoever
 * was named first stays named. Throws `own_address`, `invalid_input` for the invited address itself.
 */
export async function nameOtherPerson(em: Em, actor: InviteeActor, input: { email: string }, now: Date): Promise<Partnership> {
  const partnership = await lockPartnership(em, actor, actor.partnershipId);
  await assertAnswerable(em, actor, partnership, now);
  if (partnership.otherEmail) return partnership;
  if (input.email === partnership.invitedEmail) throw new DomainError('invalid_input', { field: 'email' });
  await assertForeign(em, partnership.organisationId, input.email);
  partnership.otherEmail = input.email;
  partnership.otherEmailAt = now;
  partnership.updatedAt = now;
  await note(em, actor, 'partnership.other_address_named', partnership, now);
  await tellInviter(em, partnership, 'other_address', `${partnership.round}:other:${now.getTime()}`, now);
  return partnership;
}

/**
 * Asks for a new link: an open invitation's goes to the invited address, never to one that was typed; of one that has
 * expired the inviter is told, once. Of any other nothing is said.
 */
export async function requestInvitationLink(em: Em, actor: InviteeActor, now: Date): Promise<void> {
  const partnership = await lockPartnership(em, actor, actor.partnershipId);
  if (partnership.status === 'expired') return askAgain(em, actor, partnership, now);
  if (partnership.status !== 'invited') return;
  await mailInvitee(em, partnership, 'new_link', now);
  await note(em, actor, 'partnership.link_requested', partnership, now);
}

/** Its process has ended and stays so: only people can begin another round. */
async function askAgain(em: Em, actor: InviteeActor, partnership: Partnership, now: Date): Promise<void> {
  const { id, organisationId, round } = partnership;
  const isNews = await tellInviter(em, partnership, 'asked_again', `${round}:asked`, now);
  if (isNews) await recordEvent(em, actor, { name: 'partnership.asked_again', organisationId, subjectId: id, data: { round } }, now);
  await em.flush();
}

/** The link once more, asked for by a user whom `findInvitationsTo` shows it; it goes to that mailbox. Throws `not_found` for anybody else. */
export async function sendLinkAgain(orm: Orm, asked: { partnershipId: string; userId: string }, now: Date): Promise<void> {
  const found = await gateEm(orm, asked.userId).transactional(async (em) => {
    const user = await em.findOne(User, { id: asked.userId, emailProvenAt: { $ne: null } }, { fields: ['email'] });
    return user && em.findOne(Partnership, { id: asked.partnershipId, invitedEmail: user.email, status: 'invited' }, { fields: ['organisationId'] });
  });
  if (!found) throw new DomainError('not_found', { partnershipId: asked.partnershipId });
  const { organisationId } = found;
  await systemEm(orm, organisationId).transactional(async (em) => {
    const actor: SystemActor = { kind: 'system', organisationId, process: `invitation:${asked.partnershipId}` };
    const partnership = await lockPartnership(em, actor, asked.partnershipId);
    await assertNotOver(em, partnership, now);
    await mailInvitee(em, partnership, 'new_link', now);
    await note(em, actor, 'partnership.link_requested', partnership, now);
  });
}

/**
 * Throws `invitation_not_open` where the invitation is over, or where its link died meanwhile: asked under the lock, since
 * whoever sends it again, perhaps to somebody else, may have done so after the page was opened.
 */
export async function assertAnswerable(em: Em, actor: InviteeActor, partnership: Partnership, now: Date): Promise<void> {
  await assertNotOver(em, partnership, now);
  const { organisationId, id: partnershipId } = partnership;
  const link = await em.count(AccessLink, { organisationId, id: actor.linkId, partnershipId, revokedAt: null });
  if (link === 0) throw new DomainError('invitation_not_open', { status: 'old' });
}

/** Throws `invitation_not_open` also where the last moment has passed and the process has not looked yet. */
async function assertNotOver(em: Em, partnership: Partnership, now: Date): Promise<void> {
  assertOpen(partnership);
  const isPaused = await isMailPaused(em, await loadOrganisation(em, partnership.organisationId));
  if (isInvitationOver({ validUntil: partnership.validUntil, isMailPaused: isPaused }, now)) throw new DomainError('invitation_not_open', { status: 'expired' });
}

async function note(em: Em, actor: InviteeActor | SystemActor, name: EventName, partnership: Partnership, now: Date): Promise<void> {
  const { id, organisationId, round } = partnership;
  await recordEvent(em, actor, { name, organisationId, subjectId: id, data: { round } }, now);
  wakeInvitation(em, partnership, now);
  await em.flush();
}
