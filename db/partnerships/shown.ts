import type { AccountActor } from '#domain/actors.ts';
import type { Assignment } from '../assignments/entity.ts';
import { Firm } from '../firms/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { combined, readTogether, rowsOf, type Reading } from '../together.ts';
import { Membership, type User } from '../users/entity.ts';
import { InternalAssignment, Partnership } from './entity.ts';
import { passedOn } from './passed-on.ts';

/** What a client sees of how its partners work inside: which assignments were passed on and, where a partner shows it, to whom. */
export type ShownWork = { readonly passedOn: ReadonlySet<string>; readonly personIds: ReadonlyMap<string, string> };

const NOTHING: ShownWork = { passedOn: new Set(), personIds: new Map() };

/** Reads it for some assignments of one organisation; a partner sees its own otherwise. */
export async function loadShownWork(em: Em, actor: AccountActor, assignments: readonly Assignment[]): Promise<ShownWork> {
  const ids = assignments.flatMap((one) => (one.kind === 'partner' ? [one.id] : []));
  if (actor.kind !== 'member' || ids.length === 0) return NOTHING;
  const { organisationId } = actor;
  const open = await em.find(Partnership, { organisationId, showsPeople: true, id: { $in: assignments.flatMap((one) => (one.partnershipId ? [one.partnershipId] : [])) } });
  const rows = open.length > 0 ? await em.find(InternalAssignment, { organisationId, assignmentId: { $in: ids }, partnershipId: { $in: open.map((one) => one.id) } }, { fields: ['assignmentId', 'memberUserId'], disableIdentityMap: true }) : [];
  return { passedOn: await passedOn(em, organisationId, assignments), personIds: new Map(rows.flatMap((one) => (one.memberUserId ? [[one.assignmentId, one.memberUserId] as const] : []))) };
}

/** Of the sides that some messages come from, the partners that don't show the client their people. */
export function hiddenSidesOf(em: Em, actor: AccountActor, comments: readonly { readonly authorOrganisationId: string }[]): Reading<Set<string>> {
  const { organisationId } = actor;
  const ids = [...new Set(comments.map((one) => one.authorOrganisationId))].filter((id) => id !== organisationId);
  const asksNobody = actor.kind !== 'member' || ids.length === 0;
  const hidden = rowsOf(em, Partnership, asksNobody ? null : { organisationId, showsPeople: false, partnerOrganisationId: { $in: ids } });
  return combined([hidden], (found) => new Set(found.map((one) => one.partnerOrganisationId ?? '')));
}

/**
 * People of partners that don't show theirs, by the name of their company: however a name reaches the client's eyes, it
 * comes through here. Somebody who belongs to the client, too, keeps their own.
 */
export async function withoutHiddenPeople(em: Em, organisationId: string, users: readonly User[]): Promise<User[]> {
  if (users.length === 0) return [];
  const [hidden] = await readTogether(em, [hiddenPartners(em, organisationId)]);
  return namedByCompany(em, organisationId, users, hidden);
}

/** The partners that don't show the client their people; of no organisation none. */
export function hiddenPartners(em: Em, organisationId: string | null): Reading<Partnership[]> {
  return rowsOf(em, Partnership, organisationId ? { organisationId, showsPeople: false, status: { $in: ['accepted', 'ended'] } } : null);
}

/** `withoutHiddenPeople` where those partners are known already. */
export async function namedByCompany(em: Em, organisationId: string, users: readonly User[], hidden: readonly Partnership[]): Promise<User[]> {
  if (users.length === 0 || hidden.length === 0) return [...users];
  const companies = await companiesOf(em, organisationId, hidden.map((one) => [one.partnerOrganisationId ?? '', one.firmId]));
  const memberships = await asSystem(em, () => em.find(Membership, { userId: { $in: users.map((one) => one.id) }, organisationId: { $in: [organisationId, ...companies.keys()] } }, { fields: ['userId', 'organisationId'], disableIdentityMap: true }));
  return users.map((user) => {
    const own = memberships.filter((one) => one.userId === user.id).map((one) => one.organisationId);
    const company = own.includes(organisationId) ? undefined : own.map((id) => companies.get(id)).find(Boolean);
    return company ? ({ id: user.id, name: company, email: '', phone: null, locale: user.locale } as User) : user;
  });
}

/** What the client calls them, by their organisation. */
async function companiesOf(em: Em, organisationId: string, pairs: readonly (readonly [partnerOrganisationId: string, firmId: string])[]): Promise<Map<string, string>> {
  const firms = await em.find(Firm, { organisationId, id: { $in: pairs.map(([, firmId]) => firmId) } }, { fields: ['company'] });
  return new Map(pairs.map(([id, firmId]) => [id, firms.find((one) => one.id === firmId)?.company ?? '']));
}
