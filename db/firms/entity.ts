import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { type ContactRole, LOCALES } from '#domain/statuses.ts';
import { id, instant, organisationId, ref } from '../columns.ts';

export const FIRM_STANDINGS = ['normal', 'preferred', 'blocked'] as const;

/** An outside company of the directory. */
export const Firm = defineEntity({
  name: 'Firm',
  tableName: 'firms',
  properties: {
    id: id(),
    organisationId: organisationId(),
    company: p.text(),
    /** Restricted by e-mail, or full as a partner. */
    access: p.enum(['email', 'partner'] as const).default('email'),
    trades: p.json<string[]>(),
    phone: p.text().nullable(),
    locale: p.enum(LOCALES).nullable(),
    notes: p.text().nullable(),
    standing: p.enum(FIRM_STANDINGS).default('normal'),
    blockedReason: p.text().nullable(),
    /** Work under contract: no answer is waited for. */
    needsNoAcceptance: p.boolean().default(false),
    archivedAt: instant().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'company'] }],
});
export type Firm = InferEntity<typeof Firm>;

/** A person or mailbox of a firm; mails go to the first deliverable one. */
export const FirmContact = defineEntity({
  name: 'FirmContact',
  tableName: 'firm_contacts',
  properties: {
    id: id(),
    organisationId: organisationId(),
    firmId: ref(),
    name: p.text(),
    /** Lower-case. */
    email: p.text(),
    phone: p.text().nullable(),
    roles: p.json<ContactRole[]>(),
    position: p.integer().default(0),
    undeliverableSince: instant().nullable(),
    undeliverableReason: p.text().nullable(),
    /** Out of office until, as their own automatic reply said. */
    awayUntil: instant().nullable(),
    archivedAt: instant().nullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'firmId'] }, { properties: ['organisationId', 'email'] }],
});
export type FirmContact = InferEntity<typeof FirmContact>;
