import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { ContactRole, Locale } from '#domain/statuses.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { withdrawOpenInvitation } from '../partnerships/steer-invitation.ts';
import { given } from '../workspaces/commands.ts';
import { Firm, FirmContact } from './entity.ts';
import { contactsOf, getFirm } from './queries.ts';

export type ContactInput = {
  /** Absent for a new contact. */
  readonly id?: string | undefined;
  readonly name: string;
  /** Lower-case. */
  readonly email: string;
  readonly phone: string | null;
  readonly roles: readonly ContactRole[];
};

export type FirmInput = {
  readonly company: string;
  readonly trades: readonly string[];
  readonly phone: string | null;
  readonly locale: Locale | null;
  readonly notes: string | null;
  readonly standing: Firm['standing'];
  readonly blockedReason: string | null;
  readonly needsNoAcceptance: boolean;
};

export type FirmChange = { readonly [K in keyof FirmInput]?: FirmInput[K] | undefined } & {
  /** The whole list in the order in which they are mailed; contacts that are left out are archived. */
  readonly contacts?: readonly ContactInput[] | undefined;
  readonly isArchived?: boolean | undefined;
};

/** Adds a firm with its contacts; the first is mailed first. Throws `reason_required` for a block without reason. */
export async function createFirm(
  em: Em,
  actor: MemberActor,
  input: FirmInput & { readonly contacts: readonly ContactInput[] },
  now: Date,
): Promise<Firm> {
  const { contacts, ...fields } = input;
  assertReason(fields.standing, fields.blockedReason);
  const firm = em.create(Firm, {
    id: newId(),
    organisationId: actor.organisationId,
    ...fields,
    trades: [...fields.trades],
    createdAt: now,
    updatedAt: now,
  });
  await setContacts(em, actor, firm.id, contacts, now);
  await recordEvent(em, actor, { name: 'firm.created', organisationId: actor.organisationId, subjectId: firm.id }, now);
  await em.flush();
  return firm;
}

/**
 * Changes what is given, contacts included, and archives or brings back. Whom nobody wants to work with any more, an
 * invitation that is still open is taken back from. Throws `firm_is_partner` for the archiving of a partner.
 */
export async function changeFirm(em: Em, actor: MemberActor, id: string, input: FirmChange, now: Date): Promise<Firm> {
  const firm = await getFirm(em, actor, id);
  const { contacts, isArchived, ...fields } = input;
  const isGivenUp = (fields.standing === 'blocked' && firm.standing !== 'blocked') || (isArchived === true && !firm.archivedAt);
  if (isArchived === true && !firm.archivedAt) await assertNoPartnership(em, firm);
  // First, since an answer to it holds the invitation before it changes the firm.
  if (isGivenUp) await withdrawOpenInvitation(em, actor, id, now);
  em.assign(firm, { ...given(fields), updatedAt: now } as never);
  assertReason(firm.standing, firm.blockedReason ?? null);
  if (firm.standing !== 'blocked') firm.blockedReason = null;
  if (isArchived !== undefined) firm.archivedAt = isArchived ? (firm.archivedAt ?? now) : null;
  if (contacts) await setContacts(em, actor, id, contacts, now);
  await recordEvent(em, actor, { name: 'firm.changed', organisationId: actor.organisationId, subjectId: id }, now);
  await em.flush();
  return firm;
}

/** Throws `firm_is_partner` while it works in its own account: what it has there would belong to nobody of the directory. */
async function assertNoPartnership(em: Em, { organisationId, id }: Firm): Promise<void> {
  const partnership = await em.findOne(Partnership, { organisationId, firmId: id, status: 'accepted' }, { fields: ['id'], disableIdentityMap: true });
  if (partnership) throw new DomainError('firm_is_partner', { partnershipId: partnership.id });
}

function assertReason(standing: Firm['standing'], reason: string | null): void {
  if (standing === 'blocked' && !reason) throw new DomainError('reason_required', { field: 'blockedReason' });
}

async function setContacts(em: Em, actor: MemberActor, firmId: string, wanted: readonly ContactInput[], now: Date): Promise<void> {
  const emails = wanted.map((one) => one.email);
  if (new Set(emails).size !== emails.length) throw new DomainError('email_taken', { field: 'contacts' });
  const present = (await contactsOf(em, actor, [firmId])).get(firmId) ?? [];
  const byId = new Map(present.map((one) => [one.id, one]));
  const kept = new Set<string>();
  wanted.forEach((one, position) => {
    const found = one.id ? byId.get(one.id) : undefined;
    if (one.id && !found) throw new DomainError('not_found', { contactId: one.id });
    if (found) kept.add(update(found, one, position).id);
    else addContact(em, actor.organisationId, firmId, one, position, now);
  });
  for (const contact of present) if (!kept.has(contact.id)) contact.archivedAt = now;
}

/** A new address is a new chance: what is known of the old one's bounces no longer holds. */
function update(contact: FirmContact, input: ContactInput, position: number): FirmContact {
  if (contact.email !== input.email) {
    contact.undeliverableSince = null;
    contact.undeliverableReason = null;
    contact.awayUntil = null;
  }
  contact.name = input.name;
  contact.email = input.email;
  contact.phone = input.phone;
  contact.roles = [...input.roles];
  contact.position = position;
  return contact;
}

function addContact(em: Em, organisationId: string, firmId: string, input: ContactInput, position: number, now: Date): void {
  em.create(FirmContact, {
    id: newId(),
    organisationId,
    firmId,
    name: input.name,
    email: input.email,
    phone: input.phone,
    roles: [...input.roles],
    position,
    createdAt: now,
  });
}
