import { LockMode } from '@mikro-orm/postgresql';
import type { PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { Role } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import { actAsSystem, seeAs, type Em } from '../orm.ts';
import { Membership, User } from '../users/entity.ts';
import { DispatchRule, Partnership, WorkspaceShare } from './entity.ts';
import { colleague, OFFICE } from './people.ts';

export type Colleague = { readonly id: string; readonly name: string; readonly role: Role };
export type RuleInput = { readonly workspaceId: string | null; readonly memberUserId?: string | null | undefined; readonly email?: string | null | undefined };

/** The partner's own people, to whom work can be given, by name. */
export async function findColleagues(em: Em, actor: PartnerActor): Promise<Colleague[]> {
  const memberships = await em.find(Membership, { organisationId: actor.partnerOrganisationId, removedAt: null, joinedAt: { $ne: null } });
  const users = await em.find(User, { id: { $in: memberships.map((one) => one.userId) } }, { orderBy: { name: 'asc', id: 'asc' } });
  const roles = new Map(memberships.map((one) => [one.userId, one.role]));
  return users.map((user) => ({ id: user.id, name: user.name, role: roles.get(user.id) ?? 'technician' }));
}

/** The partnership in whose account a partner's person is. */
export async function findOwnPartnership(em: Em, actor: PartnerActor): Promise<Partnership> {
  await seeAs(em, actor);
  return em.findOneOrFail(Partnership, { organisationId: actor.organisationId, id: actor.partnershipId });
}

/** To whom the partner's orders of this client go; the rule of all workspaces first. */
export async function findDispatchRules(em: Em, actor: PartnerActor): Promise<DispatchRule[]> {
  const { organisationId, partnershipId, partnerOrganisationId: authorOrganisationId } = actor;
  const found = await em.find(DispatchRule, { organisationId, partnershipId, authorOrganisationId }, { orderBy: { createdAt: 'asc', id: 'asc' }, refresh: true });
  return found.toSorted((one, other) => Number(one.workspaceId !== null) - Number(other.workspaceId !== null));
}

/** Whether the client may see which of the partner's people is at work; the partner's choice. */
export async function showPeople(em: Em, actor: PartnerActor, input: { readonly showsPeople: boolean }, now: Date): Promise<void> {
  const partnership = await lockOwn(em, actor);
  if (partnership.showsPeople === input.showsPeople) return;
  partnership.showsPeople = input.showsPeople;
  partnership.updatedAt = now;
  await note(em, actor, { showsPeople: input.showsPeople }, now);
}

/**
 * Replaces the partner's rules for this client: per workspace, or for all that have none, a dispatcher of its own office or
 * a shared mailbox. Throws `invalid_input` for two rules of one place, `not_found` for a workspace or person it doesn't have.
 */
export async function setDispatchRules(em: Em, actor: PartnerActor, rules: readonly RuleInput[], now: Date): Promise<void> {
  const partnership = await lockOwn(em, actor);
  if (new Set(rules.map((one) => one.workspaceId)).size !== rules.length) throw new DomainError('invalid_input', { field: 'rules', reason: 'twice' });
  for (const rule of rules) await assertRule(em, partnership, rule);
  const of = { organisationId: actor.organisationId, partnershipId: actor.partnershipId };
  await em.flush();
  await em.nativeDelete(DispatchRule, of);
  for (const { workspaceId, memberUserId, email } of rules) {
    em.create(DispatchRule, {
      id: newId(), ...of, authorOrganisationId: actor.partnerOrganisationId, workspaceId, memberUserId: memberUserId ?? null,
      email: email?.trim().toLowerCase() ?? null, createdAt: now,
    });
  }
  await note(em, actor, { rules: rules.length }, now);
}

async function assertRule(em: Em, partnership: Partnership, { workspaceId, memberUserId, email }: RuleInput): Promise<void> {
  if (Boolean(memberUserId) === Boolean(email)) throw new DomainError('invalid_input', { field: 'rules', reason: 'person_or_address' });
  const where = { organisationId: partnership.organisationId, partnershipId: partnership.id };
  if (workspaceId && (await em.count(WorkspaceShare, { ...where, workspaceId })) === 0) throw new DomainError('not_found', { workspaceId });
  // A technician sees only what was given to them: they can't hand out what they don't see.
  if (memberUserId && !(await colleague(em, partnership, memberUserId, OFFICE))) throw new DomainError('not_found', { memberUserId });
}

async function lockOwn(em: Em, actor: PartnerActor): Promise<Partnership> {
  await findOwnPartnership(em, actor);
  await actAsSystem(em, actor);
  const where = { organisationId: actor.organisationId, id: actor.partnershipId };
  return em.findOneOrFail(Partnership, where, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Known to the partner alone: how it works inside is none of its client's business. */
async function note(em: Em, actor: PartnerActor, data: Record<string, unknown>, now: Date): Promise<void> {
  await recordEvent(em, actor, { name: 'partnership.changed', organisationId: actor.organisationId, subjectId: actor.partnershipId, authorOrganisationId: actor.partnerOrganisationId, data }, now);
}
