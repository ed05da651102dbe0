import type { PartnerActor } from '#domain/actors.ts';
import { OPEN_ASSIGNMENT_STATUSES, type NotifyChoice } from '#domain/statuses.ts';
import type { Assignment } from '../assignments/entity.ts';
import { Observer } from '../observers/entity.ts';
import { asSystem, type Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import { isServed, peopleOf, type PartnerPerson } from '../partnerships/people.ts';
import { partyOf } from '../partnerships/order-mails.ts';
import type { Recipient } from './recipients.ts';

/** Where partners take part in an order: by an assignment that still binds them, or as observers. */
export type PartnersIn = { readonly workspaceId: string; readonly assignments: readonly Assignment[]; readonly observers: readonly Observer[] };

/**
 * The people of partners who take part in an order: whoever hands its work out, whom it was given to, and those who only
 * observe; nobody where the workspace is no longer shared. Needs the system's rights, or a partner's own for its own side.
 */
export async function partnerRecipients(em: Em, organisationId: string, among: PartnersIn): Promise<Recipient[]> {
  const recipients = new Map<string, Recipient>();
  for (const part of partsOf(among)) {
    const partnership = await em.findOne(Partnership, { organisationId, id: part.partnershipId, status: 'accepted' }, { disableIdentityMap: true });
    if (!partnership || !(await isServed(em, partnership, among.workspaceId))) continue;
    const { dispatchers, person } = await peopleOf(em, partnership, among.workspaceId, part.assignment);
    for (const one of person ? [...dispatchers, person] : dispatchers) {
      const recipient = recipientOf(partnership, one, part);
      if (!recipients.has(recipient.key)) recipients.set(recipient.key, recipient);
    }
  }
  return [...recipients.values()];
}

type Part = { readonly partnershipId: string; readonly assignment: Assignment | null; readonly choice: NotifyChoice | null };

/** Work comes before watching. */
function partsOf({ assignments, observers }: PartnersIn): Part[] {
  const working = assignments.filter((one) => one.partnershipId && (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(one.status));
  const watching = observers.filter((one) => one.partnershipId && !one.leftAt && !one.isProposed);
  return [
    ...working.map((one): Part => ({ partnershipId: one.partnershipId ?? '', assignment: one, choice: null })),
    ...watching.map((one): Part => ({ partnershipId: one.partnershipId ?? '', assignment: null, choice: one.choice })),
  ];
}

function recipientOf({ id, partnerOrganisationId }: Partnership, person: PartnerPerson, { assignment, choice }: Part): Recipient {
  return {
    key: partyOf(id, person.userId), userId: person.userId, contactId: null, observerId: null, email: person.userId ? null : person.email,
    partnershipId: id, sideOrganisationId: partnerOrganisationId ?? null, assignmentId: assignment?.id ?? null, choice: choice ?? person.choice,
  };
}

/** Whom a partner's own message reaches, as its composer says it: the client as a whole, and its own people by name. */
export async function recipientsForPartner(em: Em, actor: PartnerActor, among: PartnersIn): Promise<Recipient[]> {
  const own = {
    ...among,
    assignments: among.assignments.filter((one) => one.partnershipId === actor.partnershipId),
    observers: among.observers.filter((one) => one.partnershipId === actor.partnershipId),
  };
  const organisationId = actor.organisationId;
  const colleagues = await partnerRecipients(em, organisationId, own);
  return [{ key: 'client', userId: null, contactId: null, observerId: null, email: null, partnershipId: null, sideOrganisationId: organisationId, assignmentId: null, choice: 'at_once' }, ...colleagues];
}

/** How many others watch an order and are mailed what a partner says to all: it may know that they are there, not who. */
export async function countUnnamedObservers(em: Em, { organisationId, partnershipId }: PartnerActor, workOrderId: string): Promise<number> {
  const watching = { organisationId, workOrderId, userId: null, leftAt: null, isProposed: false, choice: { $in: MAILED_EACH_WORD } };
  return asSystem(em, () => em.count(Observer, { ...watching, $or: [{ partnershipId: null }, { partnershipId: { $ne: partnershipId } }] }));
}

const MAILED_EACH_WORD: NotifyChoice[] = ['at_once', 'daily'];

/** Partners as their client sees them: each once, its people left out. */
export function partnersAsOne({ assignments, observers }: Omit<PartnersIn, 'workspaceId'>): Recipient[] {
  const ids = new Set(partsOf({ workspaceId: '', assignments, observers }).map((one) => one.partnershipId));
  return [...ids].map((partnershipId) => ({
    key: partyOf(partnershipId, null), userId: null, contactId: null, observerId: null, email: null, partnershipId, sideOrganisationId: null,
    assignmentId: assignments.find((one) => one.partnershipId === partnershipId)?.id ?? null, choice: 'at_once',
  }));
}
