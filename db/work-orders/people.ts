import { sql, type FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { hiddenPartners, namedByCompany } from '../partnerships/shown.ts';
import { sqlArray } from '../sql-array.ts';
import { readTogether, rowsOf } from '../together.ts';
import { Membership, User } from '../users/entity.ts';

export type NamedFirm = Pick<Firm, 'id' | 'company' | 'phone'>;

export type People = {
  readonly users: ReadonlyMap<string, User>;
  readonly firms: ReadonlyMap<string, NamedFirm>;
  readonly contacts: ReadonlyMap<string, FirmContact>;
};

type Ids = readonly (string | null | undefined)[];
export type PeopleIds = { readonly userIds: Ids; readonly firmIds: Ids; readonly contactIds: Ids };

/** Names of everybody who appears in something, as the client may read them. Contacts of the firms come along, and firms of the contacts. */
export async function loadPeople(em: Em, organisationId: string, ids: PeopleIds): Promise<People> {
  const firmIds = known(ids.firmIds);
  const contactIds = known(ids.contactIds);
  const userIds = known(ids.userIds);
  const hasFirms = firmIds.length + contactIds.length > 0;
  const [contacts, firms, users, hidden] = await readTogether(em, [
    rowsOf(em, FirmContact, hasFirms ? { organisationId, $or: [{ id: { $in: contactIds } }, { firmId: { $in: firmIds } }] } : null, { orderBy: { position: 'asc' } }),
    rowsOf(em, Firm, hasFirms ? { organisationId, $or: [{ id: { $in: firmIds } }, ofContacts(organisationId, contactIds)] } : null),
    rowsOf(em, User, userIds.length > 0 ? { id: { $in: userIds } } : null),
    hiddenPartners(em, userIds.length > 0 ? organisationId : null),
  ]);
  return { users: byId(await namedByCompany(em, organisationId, users, hidden)), firms: byId(firms), contacts: byId(contacts) };
}

function ofContacts(organisationId: string, contactIds: readonly string[]): FilterQuery<Firm> {
  return { id: sql`any(array(select firm_id from firm_contacts where organisation_id = ${organisationId} and id = any(${sqlArray(contactIds)}::uuid[])))` } as FilterQuery<Firm>;
}

/** The same for one actor: a partner knows the client's people and its own; of firms only itself, by the name it gives itself. */
export async function peopleSeenBy(em: Em, actor: AccountActor, ids: PeopleIds): Promise<People> {
  if (actor.kind === 'member') return loadPeople(em, actor.organisationId, ids);
  const { organisationId, partnershipId, partnerOrganisationId } = actor;
  const partnership = await em.findOneOrFail(Partnership, { organisationId, id: partnershipId });
  const { name } = await em.findOneOrFail(Organisation, { id: partnerOrganisationId });
  const itself: NamedFirm = { id: partnership.firmId, company: name, phone: null };
  return { users: byId(await usersOfSides(em, await usersOf(em, ids.userIds), [organisationId, partnerOrganisationId])), firms: byId([itself]), contacts: new Map() };
}

/** Also those who have left: what they wrote stays theirs. */
async function usersOfSides(em: Em, users: readonly User[], organisationIds: readonly string[]): Promise<User[]> {
  if (users.length === 0) return [];
  const where = { organisationId: { $in: [...organisationIds] }, userId: { $in: users.map((one) => one.id) } };
  const memberships = await asSystem(em, () => em.find(Membership, where, { fields: ['userId'], disableIdentityMap: true }));
  return users.filter((user) => memberships.some((one) => one.userId === user.id));
}

async function usersOf(em: Em, ids: Ids): Promise<User[]> {
  const userIds = known(ids);
  return userIds.length > 0 ? em.find(User, { id: { $in: userIds } }) : [];
}

function known(ids: Ids): string[] {
  return [...new Set(ids.filter((id): id is string => Boolean(id)))];
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
