import type { FilterQuery } from '@mikro-orm/postgresql';
import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { invitationEnd } from '#domain/invitation/next-step.ts';
import type { Locale } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { wake } from '../events/wake.ts';
import { createFirm } from '../firms/commands.ts';
import type { Firm } from '../firms/entity.ts';
import { firmOfAddress, firmOfName } from '../firms/find-typed.ts';
import { getFirm } from '../firms/queries.ts';
import { loadOrganisation } from '../organisations/rules.ts';
import type { Em } from '../orm.ts';
import { Membership, User } from '../users/entity.ts';
import { Workspace } from '../workspaces/entity.ts';
import { visibleTo } from '../workspaces/visibility.ts';
import { Partnership, WorkspaceShare } from './entity.ts';
import { mailInvitee } from './invitation-mails.ts';

export type PartnerInvitation = {
  /** Lower-case: who is to administer the partner's account. */
  readonly email: string;
  readonly name?: string | null | undefined;
  /** Of the directory; without it a firm of the name `company` is added. */
  readonly firmId?: string | undefined;
  readonly company?: string | undefined;
  readonly locale?: Locale | undefined;
  readonly message?: string | null | undefined;
  /** Shared whole once they have accepted. */
  readonly workspaceIds: readonly string[];
};

/**
 * Invites a company to work in the client's account. Throws `firm_blocked`, `firm_archived`, `own_address`, and `partnership_exists` for a
 * firm or an address that is a partner or invited already.
 */
export async function invitePartner(em: Em, actor: MemberActor, input: PartnerInvitation, now: Date): Promise<Partnership> {
  const { organisationId } = actor;
  await assertForeign(em, organisationId, input.email);
  await assertWorkspaces(em, actor, input.workspaceIds);
  const firm = await firmOf(em, actor, input, now);
  await assertNoPartner(em, organisationId, { firmId: firm.id, email: input.email });
  const organisation = await loadOrganisation(em, organisationId);
  const partnership = em.create(Partnership, {
    id: newId(), organisationId, firmId: firm.id, status: 'invited', invitedEmail: input.email, invitedName: input.name ?? null,
    locale: input.locale ?? firm.locale ?? organisation.locale, message: input.message ?? null, invitedByUserId: actor.userId, invitedAt: now,
    roundStartedAt: now, validUntil: invitationEnd(now, organisation), createdAt: now, updatedAt: now,
  });
  for (const workspaceId of new Set(input.workspaceIds)) {
    em.create(WorkspaceShare, { id: newId(), organisationId, partnershipId: partnership.id, workspaceId, createdAt: now });
  }
  await em.flush();
  await mailInvitee(em, partnership, 'first', now);
  await recordEvent(em, actor, { name: 'partnership.invited', organisationId, subjectId: partnership.id, data: { firmId: firm.id, round: 1 } }, now);
  wakeInvitation(em, partnership, now);
  await em.flush();
  return partnership;
}

/** Has the invitation's process look again. */
export function wakeInvitation(em: Em, { id, organisationId }: Pick<Partnership, 'id' | 'organisationId'>, now: Date): void {
  wake(em, { kind: 'invitation', ids: [id], organisationId }, now);
}

/** Throws `own_address` for somebody of the client itself: they have their way in. */
export async function assertForeign(em: Em, organisationId: string, email: string): Promise<void> {
  const user = await em.findOne(User, { email }, { fields: ['id'] });
  const membership = user ? await em.findOne(Membership, { organisationId, userId: user.id, removedAt: null }, { fields: ['id'] }) : null;
  if (membership) throw new DomainError('own_address', { field: 'email' });
}

/** Throws `partnership_exists` where the firm or the address has another invitation that is open, or the firm a partnership. */
export async function assertNoPartner(em: Em, organisationId: string, about: { readonly firmId: string; readonly email: string; readonly exceptId?: string }): Promise<void> {
  const other = about.exceptId ? { id: { $ne: about.exceptId } } : {};
  const ofAddress = await em.findOne(Partnership, { organisationId, invitedEmail: about.email, status: 'invited', ...other }, { fields: ['id'] });
  if (ofAddress) throw new DomainError('partnership_exists', { partnershipId: ofAddress.id, field: 'email' });
  const ofFirm = await em.findOne(Partnership, { organisationId, firmId: about.firmId, status: { $in: ['invited', 'accepted'] }, ...other }, { fields: ['id'] });
  if (ofFirm) throw new DomainError('partnership_exists', { partnershipId: ofFirm.id, field: 'firmId' });
}

async function firmOf(em: Em, actor: MemberActor, input: PartnerInvitation, now: Date): Promise<Firm> {
  const firm = input.firmId ? await getFirm(em, actor, input.firmId) : await firmTyped(em, actor, input, now);
  assertInvitable(firm);
  return firm;
}

/** Throws `firm_blocked` or `firm_archived` for a firm that the directory says not to work with. */
export function assertInvitable(firm: Firm): void {
  if (firm.standing === 'blocked') throw new DomainError('firm_blocked', { company: firm.company, reason: firm.blockedReason ?? '' });
  if (firm.archivedAt) throw new DomainError('firm_archived', { company: firm.company });
}

/** One firm has one record, so that its running orders are taken over; only who is nowhere in the directory is added. */
async function firmTyped(em: Em, actor: MemberActor, { company, email, name, locale }: PartnerInvitation, now: Date): Promise<Firm> {
  if (!company) throw new DomainError('invalid_input', { field: 'company' });
  const known = (await firmOfAddress(em, actor.organisationId, email)) ?? (await firmOfName(em, actor.organisationId, company));
  if (known) return known;
  const contact = { name: name || email, email, phone: null, roles: [] };
  const fields = { company, trades: [], phone: null, locale: locale ?? null, notes: null };
  return createFirm(em, actor, { ...fields, standing: 'normal', blockedReason: null, needsNoAcceptance: false, contacts: [contact] }, now);
}

/** Throws `not_found` where the inviter does not see one of them: nobody shares more than is theirs to see. */
export async function assertWorkspaces(em: Em, actor: MemberActor, ids: readonly string[]): Promise<void> {
  const found = await em.count(Workspace, { $and: [visibleTo(actor), { id: { $in: [...ids] } }] } as FilterQuery<Workspace>);
  if (found !== new Set(ids).size) throw new DomainError('not_found', { field: 'workspaceIds' });
}
