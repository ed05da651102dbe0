import { randomBytes } from 'node:crypto';
import type { InviteeActor, SystemActor } from '#domain/actors.ts';
import { AccessLink } from '../assignments/entity.ts';
import { hashToken } from '../assignments/links.ts';
import { newId } from '../columns.ts';
import { OutboundMail } from '../mails/entity.ts';
import { systemEm, type Em, type Orm } from '../orm.ts';
import { User } from '../users/entity.ts';
import type { Partnership } from './entity.ts';
import { lockPartnership } from './load.ts';

/** Makes a link of the present round and returns its token, the only time it can be seen. */
export function mintInvitationLink(em: Em, { organisationId, id }: Partnership, mailId: string, now: Date): string {
  const token = randomBytes(32).toString('base64url');
  em.create(AccessLink, { id: newId(), organisationId, purpose: 'invitation', partnershipId: id, mailId, tokenHash: hashToken(token), createdAt: now });
  return token;
}

export type OpenedInvitation = { readonly link: AccessLink; readonly actor: InviteeActor };

/** Finds an invitation's link by its token, across tenants; null when there is none. `em` is the system's without organisation. */
export async function findInvitationLink(em: Em, token: string): Promise<OpenedInvitation | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const link = await em.findOne(AccessLink, { tokenHash: hashToken(token), purpose: 'invitation' });
  if (!link?.partnershipId) return null;
  return { link, actor: { kind: 'invitee', organisationId: link.organisationId, partnershipId: link.partnershipId, linkId: link.id } };
}

/**
 * The token of a new link for whoever has just set a new password by a link that was mailed to them: it has proven the
 * mailbox like the invitation's own, which nobody knows any more. null where the invitation is not theirs to answer now.
 */
export async function linkBackToInvitation(orm: Orm, asked: { organisationId: string; partnershipId: string; userId: string }, now: Date): Promise<string | null> {
  const { organisationId, partnershipId, userId } = asked;
  return systemEm(orm, organisationId).transactional(async (em) => {
    const actor: SystemActor = { kind: 'system', organisationId, process: `invitation:${partnershipId}` };
    const partnership = await lockPartnership(em, actor, partnershipId);
    const { email } = await em.findOneOrFail(User, { id: userId });
    if (partnership.status !== 'invited' || partnership.invitedEmail !== email) return null;
    // Its mail says why it was sent, so the new link hangs on the same.
    const sent = { organisationId, partnershipId, template: 'partner-invitation', toEmail: email };
    const mail = await em.findOne(OutboundMail, sent, { orderBy: { createdAt: 'desc', id: 'desc' }, fields: ['id'] });
    return mail && mintInvitationLink(em, partnership, mail.id, now);
  });
}
