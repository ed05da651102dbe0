import { randomBytes } from 'node:crypto';
import type { InviteeActor } from '#domain/actors.ts';
import { AccessLink } from '../assignments/entity.ts';
import { hashToken } from '../assignments/links.ts';
import { newId } from '../columns.ts';
import type { Em } from '../orm.ts';
import type { Partnership } from './entity.ts';

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
