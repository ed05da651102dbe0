import { raw } from '@mikro-orm/postgresql';
import type { Em } from '../orm.ts';
import { Firm, FirmContact } from './entity.ts';

/** The firm of the directory that an address belongs to, whatever case and name it was typed with. */
export async function firmOfAddress(em: Em, organisationId: string, address: string): Promise<Firm | null> {
  const contacts = await em.find(FirmContact, { organisationId, email: address.trim().toLowerCase(), archivedAt: null }, { fields: ['firmId'], disableIdentityMap: true });
  return em.findOne(Firm, { organisationId, id: { $in: contacts.map((one) => one.firmId) }, archivedAt: null }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** The firm of the directory that is called so; null where several are. */
export async function firmOfName(em: Em, organisationId: string, company: string): Promise<Firm | null> {
  const [first, ...others] = await em.find(Firm, { organisationId, archivedAt: null, [raw('lower(company)')]: company.trim().toLowerCase() });
  return first && others.length === 0 ? first : null;
}
