import type { Firm, FirmContact } from '#db/firms/entity.ts';
import type { FirmStatistics } from '#db/firms/queries.ts';
import type { MemberActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { ContactRecord, FirmRecord } from './schema.ts';

/** A contact as coordinators see it. */
export function presentContact(contact: FirmContact): ContactRecord {
  const row = plain(contact);
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    roles: row.roles,
    isUndeliverable: row.undeliverableSince !== null,
    undeliverableReason: row.undeliverableReason,
    awayUntil: iso(row.awayUntil),
  };
}

export type FirmSurroundings = {
  readonly contacts: ReadonlyMap<string, FirmContact[]>;
  readonly statistics: ReadonlyMap<string, FirmStatistics>;
};

/** A firm of the directory with its contacts and how it answers. */
export function presentFirm(firm: Firm, actor: MemberActor, around: FirmSurroundings): FirmRecord {
  const row = plain(firm);
  const isManager = can(actor, 'firm.manage', { organisationId: row.organisationId });
  return {
    id: row.id,
    company: row.company,
    access: row.access,
    trades: row.trades,
    phone: row.phone,
    locale: row.locale,
    notes: row.notes,
    standing: row.standing,
    blockedReason: row.blockedReason,
    needsNoAcceptance: row.needsNoAcceptance,
    archivedAt: iso(row.archivedAt),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    contacts: (around.contacts.get(row.id) ?? []).map(presentContact),
    statistics: around.statistics.get(row.id) ?? null,
    can: { edit: isManager, archive: isManager && !row.archivedAt, restore: isManager && row.archivedAt !== null },
  };
}
