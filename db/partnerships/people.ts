import type { Locale, NotifyChoice, Role } from '#domain/statuses.ts';
import type { Assignment } from '../assignments/entity.ts';
import type { Em } from '../orm.ts';
import { Membership, User } from '../users/entity.ts';
import { DispatchRule, InternalAssignment, Partnership, WorkspaceShare } from './entity.ts';

/** Somebody of a partner, or a mailbox that several of its people read (`userId` null then). */
export type PartnerPerson = {
  readonly userId: string | null;
  readonly email: string;
  readonly name: string | null;
  readonly locale: Locale;
  readonly choice: NotifyChoice;
};

/** Who of a partner is concerned by one order: whoever hands its work out, and whom it was given to. */
export type PartnerPeople = { readonly dispatchers: readonly PartnerPerson[]; readonly person: PartnerPerson | null };

/** Whoever of a partner may see all of its orders, and hand them out. */
export const OFFICE: readonly Role[] = ['admin', 'coordinator'];

/**
 * Who of a partner is told of an order: by its dispatch rule, else whoever took the work, else its office; and the person
 * whom it was given to; `isForAllAsked`: also those of the office who did not take it. Needs the system's rights (`asSystem`). Rows are read past the identity map, since whoever goes
 * on in the same transaction may not be meant to see them.
 */
export async function peopleOf(em: Em, partnership: Partnership, workspaceId: string, assignment: Assignment | null, isForAllAsked = false): Promise<PartnerPeople> {
  const given = assignment ? await em.findOne(InternalAssignment, { organisationId: partnership.organisationId, assignmentId: assignment.id }, { disableIdentityMap: true }) : null;
  const person = given?.memberUserId ? await colleague(em, partnership, given.memberUserId) : null;
  const taker = isForAllAsked ? null : (assignment?.answeredByUserId ?? null);
  return { person, dispatchers: await dispatchersOf(em, partnership, workspaceId, taker) };
}

async function dispatchersOf(em: Em, partnership: Partnership, workspaceId: string, answeredByUserId: string | null): Promise<PartnerPerson[]> {
  const rule = await ruleFor(em, partnership, workspaceId);
  if (rule?.email) return [{ userId: null, email: rule.email, name: null, locale: partnership.locale, choice: 'at_once' }];
  const named = rule?.memberUserId ? await colleague(em, partnership, rule.memberUserId, OFFICE) : null;
  const taker = named ?? (answeredByUserId ? await colleague(em, partnership, answeredByUserId, OFFICE) : null);
  return taker ? [taker] : officeOf(em, partnership);
}

/** The rule of the workspace, else that of the whole client. */
export async function ruleFor(em: Em, partnership: Pick<Partnership, 'id' | 'organisationId'>, workspaceId: string): Promise<DispatchRule | null> {
  const where = { organisationId: partnership.organisationId, partnershipId: partnership.id };
  const rules = await em.find(DispatchRule, { ...where, $or: [{ workspaceId }, { workspaceId: null }] }, { disableIdentityMap: true });
  return rules.find((one) => one.workspaceId) ?? rules[0] ?? null;
}

/** The partner's administrators and coordinators. */
export async function officeOf(em: Em, partnership: Partnership): Promise<PartnerPerson[]> {
  return peopleWhere(em, partnership, { role: { $in: [...OFFICE] } });
}

/** Whoever may bind the partner. */
export async function administratorsOf(em: Em, partnership: Partnership): Promise<PartnerPerson[]> {
  return peopleWhere(em, partnership, { role: 'admin' });
}

/** Somebody of the partner as they are today; null once they have left, or where their role is none of those wanted. */
export async function colleague(em: Em, partnership: Partnership, userId: string, roles: readonly Role[] | null = null): Promise<PartnerPerson | null> {
  const found = await peopleWhere(em, partnership, { userId, ...(roles ? { role: { $in: [...roles] } } : {}) });
  return found[0] ?? null;
}

/** Whether the partner sees the orders of a workspace at all: it is shared, and they serve it. */
export async function isServed(em: Em, partnership: Pick<Partnership, 'id' | 'organisationId'>, workspaceId: string): Promise<boolean> {
  const where = { organisationId: partnership.organisationId, partnershipId: partnership.id, workspaceId, isServed: true };
  return (await em.count(WorkspaceShare, where)) > 0;
}

/** Whether somebody of a partner (null: its shared mailbox) may still be told of an order in this workspace. Needs the system's rights. */
export async function isStillTold(em: Em, who: { organisationId: string; partnershipId: string; userId: string | null }, workspaceId: string | null): Promise<boolean> {
  const partnership = await em.findOne(Partnership, { organisationId: who.organisationId, id: who.partnershipId, status: 'accepted' }, { disableIdentityMap: true });
  if (!partnership || (workspaceId && !(await isServed(em, partnership, workspaceId)))) return false;
  return who.userId === null || (await colleague(em, partnership, who.userId)) !== null;
}

/** Whether somebody of a partner may answer what it is asked. Needs the system's rights. */
export async function mayAnswerFor(em: Em, who: { organisationId: string; partnershipId: string; userId: string }): Promise<boolean> {
  const partnership = await em.findOne(Partnership, { organisationId: who.organisationId, id: who.partnershipId }, { disableIdentityMap: true });
  return partnership !== null && (await colleague(em, partnership, who.userId, OFFICE)) !== null;
}

async function peopleWhere(em: Em, partnership: Partnership, where: object): Promise<PartnerPerson[]> {
  const organisationId = partnership.partnerOrganisationId;
  if (!organisationId) return [];
  const memberships = await em.find(Membership, { organisationId, removedAt: null, joinedAt: { $ne: null }, ...where }, { disableIdentityMap: true });
  const users = await em.find(User, { id: { $in: memberships.map((one) => one.userId) } }, { orderBy: { name: 'asc', id: 'asc' } });
  return users.map((user) => ({
    userId: user.id, email: user.email, name: user.name, locale: user.locale,
    choice: memberships.find((one) => one.userId === user.id)?.notifyChoice ?? 'at_once',
  }));
}
