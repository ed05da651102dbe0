import type { AccountActor } from '#domain/actors.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { withoutHiddenPeople } from '../partnerships/shown.ts';
import { Membership, User } from '../users/entity.ts';

export type NamedFirm = Pick<Firm, 'id' | 'company' | 'phone'>;

export type People = {
  readonly users: ReadonlyMap<string, User>;
  readonly firms: ReadonlyMap<string, NamedFirm>;
  readonly contacts: ReadonlyMap<string, FirmContact>;
};

type Ids = readonly (string | null | undefined)[];
export type PeopleIds = { readonly userIds: Ids; readonly firmIds: Ids; readonly contactIds: Ids };

/** Names of everybody who appears in something, by a query each, as the client may read them. Contacts of the firms come along. */
export async function loadPeople(em: Em, organisationId: string, ids: PeopleIds): Promise<People> {
  const firmIds = known(ids.firmIds);
  const contactIds = known(ids.contactIds);
  const contacts = firmIds.length + contactIds.length > 0
    ? await em.find(FirmContact, { organisationId, $or: [{ id: { $in: contactIds } }, { firmId: { $in: firmIds } }] }, { orderBy: { position: 'asc' } })
    : [];
  const allFirmIds = [...new Set([...firmIds, ...contacts.map((one) => one.firmId)])];
  const firms = allFirmIds.length > 0 ? await em.find(Firm, { organisationId, id: { $in: allFirmIds } }) : [];
  const users = await withoutHiddenPeople(em, organisationId, await usersOf(em, ids.userIds));
  return { users: byId(users), firms: byId(firms), contacts: byId(contacts) };
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
