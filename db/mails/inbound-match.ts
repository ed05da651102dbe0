import { addressedOrganisation, candidates, type FoundBy, type Inside, knownSender, type KnownSender } from '#domain/mail/matching.ts';
import { Assignment, ReplyAddress } from '../assignments/entity.ts';
import { FirmContact } from '../firms/entity.ts';
import { Observer } from '../observers/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import { systemEm, type Em, type Orm } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { loadPartnership } from '../partnerships/order-mails.ts';
import { colleague, isServed, ruleFor } from '../partnerships/people.ts';
import { User } from '../users/entity.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { MailReference } from './entity.ts';
import type { InboundContent } from './inbound-content.ts';

/** Which order a mail belongs to, by which sign, and to whom the sign was given. */
export type Match = {
  readonly foundBy: FoundBy;
  readonly organisationId: string | null;
  readonly workOrderId: string | null;
  readonly assignmentId: string | null;
  readonly observerId: string | null;
  readonly userId: string | null;
  /** Set where the sign was given to somebody of a partner (`userId`), or to its shared mailbox. */
  readonly partnershipId: string | null;
  /** What the mail with the sign told of the partner's own matters. */
  readonly inside: Inside | null;
  /** The contact to whom the reply address or the mail was sent. */
  readonly contactId: string | null;
};

const NOTHING: Omit<Match, 'organisationId'> = { foundBy: 'nothing', workOrderId: null, assignmentId: null, observerId: null, userId: null, partnershipId: null, inside: null, contactId: null };

/**
 * Finds the order of a mail: by reply address, by the mails that it refers to, by the number in its subject. The last
 * two only within the organisation whose inbound address was used, if any was.
 */
export async function findMatch(orm: Orm, content: InboundContent, inboundDomain: string): Promise<Match> {
  const facts = { headers: content.headers, subject: content.subject, originalRecipient: content.recipient, recipients: [...content.to, ...content.cc].map((one) => one.email) };
  const mailName = addressedOrganisation(facts, inboundDomain);
  const found = await systemEm(orm).transactional(async (em) => {
    const addressed = mailName ? await em.findOne(Organisation, { mailName }) : null;
    const letters = addressed ? [addressed.ticketLetter, addressed.maintenanceLetter] : undefined;
    const signs = candidates(facts, inboundDomain, letters);
    const byKey = await findByKey(em, signs.flatMap((one) => (one.by === 'reply_address' ? [one.key] : [])));
    const byReference = byKey ?? (await findByReference(em, signs.flatMap((one) => (one.by === 'references' ? [one.messageId] : [])), addressed?.id ?? null));
    const numbers = signs.flatMap((one) => (one.by === 'subject' ? [one.orderNumber] : []));
    return { match: byReference, addressed, numbers };
  });
  if (found.match) return found.match;
  const organisationId = found.addressed?.id ?? null;
  const byNumber = organisationId ? await findByNumber(orm, organisationId, found.numbers, content.from.email) : null;
  return byNumber ?? { ...NOTHING, organisationId };
}

async function findByKey(em: Em, keys: readonly string[]): Promise<Match | null> {
  for (const key of keys) {
    const row = await em.findOne(ReplyAddress, { key });
    if (row) return { foundBy: 'reply_address', ...targetOf(row) };
  }
  return null;
}

async function findByReference(em: Em, messageIds: readonly string[], organisationId: string | null): Promise<Match | null> {
  if (messageIds.length === 0) return null;
  const rows = await em.find(MailReference, { messageId: { $in: [...messageIds] }, ...(organisationId ? { organisationId } : {}) });
  const newest = messageIds.map((id) => rows.find((row) => row.messageId === id)).find((row) => row !== undefined);
  return newest ? { foundBy: 'references', ...targetOf(newest) } : null;
}

type Target = Pick<MailReference, 'organisationId' | 'workOrderId' | 'assignmentId' | 'observerId' | 'userId' | 'partnershipId' | 'inside' | 'contactId'>;

function targetOf(row: Target): Omit<Match, 'foundBy'> {
  return {
    organisationId: row.organisationId, workOrderId: row.workOrderId, assignmentId: row.assignmentId ?? null,
    observerId: row.observerId ?? null, userId: row.userId ?? null, partnershipId: row.partnershipId ?? null, inside: row.inside ?? null, contactId: row.contactId ?? null,
  };
}

/** An order of the organisation; of its assignments the newest of a firm that knows the sender. */
async function findByNumber(orm: Orm, organisationId: string, numbers: readonly string[], from: string): Promise<Match | null> {
  if (numbers.length === 0) return null;
  return systemEm(orm, organisationId).transactional(async (em) => {
    const order = await em.findOne(WorkOrder, { organisationId, number: { $in: [...numbers] } });
    if (!order) return null;
    const contacts = await em.find(FirmContact, { organisationId, email: from, archivedAt: null });
    const assignments = await em.find(Assignment, { organisationId, workOrderId: order.id, firmId: { $ne: null } }, { orderBy: { offeredAt: 'desc' } });
    const own = assignments.find((one) => contacts.some((contact) => contact.firmId === one.firmId)) ?? (await ofPartnersPerson(em, assignments, from));
    return {
      ...NOTHING, foundBy: 'subject', organisationId, workOrderId: order.id,
      assignmentId: own?.id ?? assignments[0]?.id ?? null, partnershipId: own?.partnershipId ?? null, contactId: contacts.find((one) => one.firmId === own?.firmId)?.id ?? null,
    };
  });
}

/**
 * Somebody of a partner: whom our mail went to, or whoever of its people answers from the shared mailbox or an address of
 * their own. Others of the same company are known as such, as with every firm.
 */
async function identifyPartner(em: Em, { organisationId, workOrderId, userId }: Match, partnershipId: string, from: string): Promise<Sender> {
  const nobody = { contact: null, observer: null, user: null };
  const partnership = await em.findOne(Partnership, { organisationId: organisationId ?? '', id: partnershipId, status: 'accepted' });
  const order = workOrderId ? await em.findOne(WorkOrder, { organisationId: organisationId ?? '', id: workOrderId }) : null;
  if (!partnership || !order || !(await isServed(em, partnership, order.workspaceId))) return { known: 'other', ...nobody };
  const writer = await em.findOne(User, { email: from });
  if (writer && (await colleague(em, partnership, writer.id))) return { known: 'known_contact', ...nobody, user: writer };
  const addressee = userId ? await colleague(em, partnership, userId) : null;
  const rule = userId ? null : await ruleFor(em, partnership, order.workspaceId);
  const addresses = [addressee?.email, rule?.email].filter((one): one is string => Boolean(one));
  const known = knownSender(from, addresses);
  // A person's own address speaks for that person alone; the shared mailbox for the firm.
  return { known: known === 'known_contact' && userId ? 'other' : known, ...nobody };
}

/** The newest assignment of a partner whose person writes. */
async function ofPartnersPerson(em: Em, assignments: readonly Assignment[], from: string): Promise<Assignment | undefined> {
  const user = assignments.some((one) => one.partnershipId) ? await em.findOne(User, { email: from }) : null;
  if (!user) return undefined;
  for (const one of assignments) {
    const partnership = await loadPartnership(em, one);
    if (partnership && (await colleague(em, partnership, user.id))) return one;
  }
  return undefined;
}

/** Who the sender is to those whom the sign was given to. */
export type Sender = { readonly known: KnownSender; readonly contact: FirmContact | null; readonly observer: Observer | null; readonly user: User | null };

/** Compares From with the firm's contacts, or with the observer or user whom our mail went to. */
export async function identifySender(em: Em, match: Match, from: string): Promise<Sender> {
  const nobody = { contact: null, observer: null, user: null };
  if (!match.organisationId) return { known: 'other', ...nobody };
  const own = { organisationId: match.organisationId };
  if (match.partnershipId) return identifyPartner(em, match, match.partnershipId, from);
  if (match.userId) {
    const user = await em.findOne(User, { id: match.userId });
    return { known: user && user.email === from ? 'known_contact' : 'other', ...nobody, user };
  }
  if (match.observerId) {
    const observer = await em.findOne(Observer, { ...own, id: match.observerId });
    return { known: knownSender(from, observer?.email ? [observer.email] : []), ...nobody, observer };
  }
  const assignment = match.assignmentId ? await em.findOne(Assignment, { ...own, id: match.assignmentId }) : null;
  if (!assignment?.firmId) return { known: 'other', ...nobody };
  const contacts = await em.find(FirmContact, { ...own, firmId: assignment.firmId, archivedAt: null });
  return { known: knownSender(from, contacts.map((one) => one.email)), ...nobody, contact: contacts.find((one) => one.email === from) ?? null };
}
