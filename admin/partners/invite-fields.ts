import type { Locale } from '#domain/statuses.ts';
import type { InviteInput } from '../providers/partner-types.ts';
import type { Firm } from '../providers/types.ts';

export type InviteFields = {
  /** Empty = a company that is not in the directory yet. */
  readonly firmId: string;
  readonly company: string; readonly email: string; readonly name: string; readonly locale: Locale; readonly message: string; readonly workspaceIds: readonly string[];
};

export const EMPTY_INVITATION: InviteFields = { firmId: '', company: '', email: '', name: '', locale: 'de-DE', message: '', workspaceIds: [] };

/** A firm of the directory brings its first reachable contact and its language; what was typed stays. */
export function withFirm(fields: InviteFields, firm: Pick<Firm, 'id' | 'company' | 'locale' | 'contacts'>): InviteFields {
  const contact = firm.contacts.find((one) => !one.isUndeliverable) ?? firm.contacts[0];
  return {
    ...fields, firmId: firm.id, company: firm.company, locale: firm.locale ?? fields.locale,
    email: fields.email || (contact?.email ?? ''), name: fields.name || (contact?.name ?? ''),
  };
}

/** What the API takes; null until there is a company and an address. */
export function inviteInputOf(fields: InviteFields): InviteInput | null {
  const company = fields.company.trim();
  const email = fields.email.trim();
  if (company === '' || !/^\S+@\S+\.\S+$/.test(email)) return null;
  return {
    email, ...(fields.firmId ? { firmId: fields.firmId } : { company }), locale: fields.locale, workspaceIds: [...fields.workspaceIds],
    ...(fields.name.trim() ? { name: fields.name.trim() } : {}), ...(fields.message.trim() ? { message: fields.message.trim() } : {}),
  };
}
