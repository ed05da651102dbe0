import type { ContactRole } from '#domain/statuses.ts';
import type { Firm } from '../providers/types.ts';

export type ContactFields = { readonly key: string; readonly id?: string; readonly name: string; readonly email: string; readonly phone: string; readonly roles: readonly ContactRole[] };
export type FirmFields = {
  readonly company: string; readonly trades: readonly string[]; readonly phone: string; readonly locale: string; readonly notes: string;
  readonly standing: Firm['standing']; readonly blockedReason: string; readonly needsNoAcceptance: boolean; readonly contacts: readonly ContactFields[];
};

export function emptyContact(key: string): ContactFields {
  return { key, name: '', email: '', phone: '', roles: [] };
}

export const EMPTY_FIRM: FirmFields = {
  company: '', trades: [], phone: '', locale: '', notes: '', standing: 'normal', blockedReason: '', needsNoAcceptance: false, contacts: [emptyContact('first')],
};

export function fieldsOfFirm(firm: Firm): FirmFields {
  return {
    company: firm.company, trades: firm.trades, phone: firm.phone ?? '', locale: firm.locale ?? '', notes: firm.notes ?? '', standing: firm.standing,
    blockedReason: firm.blockedReason ?? '', needsNoAcceptance: firm.needsNoAcceptance,
    contacts: firm.contacts.map((one) => ({ key: one.id, id: one.id, name: one.name, email: one.email, phone: one.phone ?? '', roles: one.roles })),
  };
}

/** What the API takes; null until the firm has a name and one contact with an address, and a reason where it is blocked. */
export function recordOfFirm(fields: FirmFields): Record<string, unknown> | null {
  const contacts = fields.contacts.filter((one) => one.name.trim() !== '' || one.email.trim() !== '');
  const areWhole = contacts.every((one) => one.name.trim() !== '' && /^\S+@\S+\.\S+$/.test(one.email.trim()));
  if (fields.company.trim() === '' || contacts.length === 0 || !areWhole) return null;
  if (fields.standing === 'blocked' && fields.blockedReason.trim() === '') return null;
  return {
    company: fields.company.trim(), trades: [...fields.trades], phone: fields.phone.trim() || null, locale: fields.locale || null, notes: fields.notes.trim() || null,
    standing: fields.standing, blockedReason: fields.standing === 'blocked' ? fields.blockedReason.trim() : null, needsNoAcceptance: fields.needsNoAcceptance,
    contacts: contacts.map((one) => ({ ...(one.id ? { id: one.id } : {}), name: one.name.trim(), email: one.email.trim(), phone: one.phone.trim() || null, roles: [...one.roles] })),
  };
}
