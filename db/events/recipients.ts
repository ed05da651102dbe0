import { EVENTS, type EventName } from '#domain/events.ts';
import { OPEN_ASSIGNMENT_STATUSES, type NotifyChoice } from '#domain/statuses.ts';
import { Assignment } from '../assignments/entity.ts';
import { newId } from '../columns.ts';
import { FirmContact } from '../firms/entity.ts';
import { Observer } from '../observers/entity.ts';
import { asSystem, outsidersAsSystem, type Em } from '../orm.ts';
import { combined, readTogether, rowsOf, type Reading } from '../together.ts';
import { Membership, User } from '../users/entity.ts';
import { WorkOrder } from '../work-orders/entity.ts';
import { DigestItem, type EventRow } from './entity.ts';
import { partnerRecipients } from './partner-recipients.ts';
import { wake } from './wake.ts';

/** Somebody who takes part in an order: second half of a digest's workflow id, and how soon they want to know. */
export type Recipient = {
  readonly key: string;
  readonly userId: string | null;
  readonly contactId: string | null;
  readonly observerId: string | null;
  /** Of a shared mailbox, which nobody's name stands for. */
  readonly email: string | null;
  /** Set for somebody of a partner. */
  readonly partnershipId: string | null;
  /** Whose internal words they read; null for people from outside. */
  readonly sideOrganisationId: string | null;
  /** The assignment under which somebody from outside takes part. */
  readonly assignmentId: string | null;
  readonly choice: NotifyChoice;
};

/** Events that reach the contractor by a mail of their own, so a digest would say it twice. */
const CONTRACTOR_HAS_OWN_MAIL: readonly EventName[] = ['work_order.closed', 'work_order.cancelled'];

/** What recipients are found among; ended assignments and observers who have left or were only proposed are passed over. */
export type Participants = {
  readonly responsibleUserId: string | null;
  readonly assignments: readonly Assignment[];
  readonly observers: readonly Observer[];
};

const NOBODY = { userId: null, contactId: null, observerId: null, email: null, partnershipId: null, sideOrganisationId: null, assignmentId: null };

/** Everybody who takes part in an order: its contractors, partners' people, own assignees, the responsible and the observers. */
export async function recipientsOf(em: Em, organisationId: string, workOrderId: string): Promise<Recipient[]> {
  const order = await em.findOneOrFail(WorkOrder, { organisationId, id: workOrderId }, { fields: ['id', 'responsibleUserId', 'workspaceId'] });
  const among = {
    responsibleUserId: order.responsibleUserId ?? null,
    assignments: await em.find(Assignment, { organisationId, workOrderId, status: { $in: [...OPEN_ASSIGNMENT_STATUSES] } }),
    observers: await outsidersAsSystem(em, () => em.find(Observer, { organisationId, workOrderId, leftAt: null, isProposed: false })),
  };
  const hasPartners = [...among.assignments, ...among.observers].some((one) => one.partnershipId);
  const partners = hasPartners ? await asSystem(em, () => partnerRecipients(em, organisationId, { ...among, workspaceId: order.workspaceId })) : [];
  const [own] = await readTogether(em, [recipientsAmong(em, organisationId, among)]);
  return [...own, ...partners];
}

/** The same of an order whose participants are loaded already, people of partners left out. */
export function recipientsAmong(em: Em, organisationId: string, among: Participants): Reading<Recipient[]> {
  const assignments = among.assignments.filter((one) => (OPEN_ASSIGNMENT_STATUSES as readonly string[]).includes(one.status));
  const observers = among.observers.filter((one) => !one.leftAt && !one.isProposed);
  const recipients = new Map<string, Recipient>();
  for (const one of assignments) {
    if (one.kind === 'email') add(recipients, { ...NOBODY, key: `assignment:${one.id}`, contactId: one.contactId ?? null, assignmentId: one.id, choice: 'at_once' });
  }
  for (const one of observers) {
    if (!one.userId && !one.partnershipId) add(recipients, { ...NOBODY, key: `observer:${one.id}`, observerId: one.id, choice: one.choice });
  }
  const observed = new Map(observers.flatMap((one) => (one.userId && !one.partnershipId ? [[one.userId, one.choice] as const] : [])));
  const assigned = assignments.flatMap((one) => (one.memberUserId ? [one.memberUserId] : []));
  return combined([membersOf(em, organisationId, [among.responsibleUserId, ...assigned, ...observed.keys()])], (members) => {
    for (const { userId, notifyChoice } of members) {
      add(recipients, { ...NOBODY, key: `user:${userId}`, userId, sideOrganisationId: organisationId, choice: observed.get(userId) ?? notifyChoice });
    }
    return [...recipients.values()];
  });
}

/** Notes for each recipient what they are to be told, and wakes the digests of those who want it at once. */
export async function tellRecipients(
  em: Em,
  event: EventRow,
  kind: 'status' | 'conversation',
  workOrderNumber: string,
  now: Date,
): Promise<void> {
  if (!event.workOrderId) return;
  const recipients = await recipientsOf(em, event.organisationId, event.workOrderId);
  const authors = await usersBehindContact(em, event, recipients);
  for (const recipient of recipients) {
    if (isAuthor(event, recipient) || authors.has(recipient.userId) || !wants(recipient, kind, event)) continue;
    tell(em, event, recipient, workOrderNumber, now);
  }
}

/** Notes one event for one recipient, also where the general rule would not (an own person who was just assigned). */
export function tell(em: Em, event: EventRow, recipient: Recipient, workOrderNumber: string, now: Date): void {
  if (!event.workOrderId) return;
  em.create(DigestItem, {
    id: newId(),
    organisationId: event.organisationId,
    workOrderId: event.workOrderId,
    recipient: recipient.key,
    eventId: event.id,
    createdAt: now,
  });
  if (recipient.choice === 'daily') return;
  const ids = [event.workOrderId, ...recipient.key.split(':')];
  wake(em, { kind: 'digest', ids, organisationId: event.organisationId, workOrderNumber, eventId: event.id }, now);
}

function wants(recipient: Recipient, kind: 'status' | 'conversation', event: EventRow): boolean {
  if (recipient.choice === 'none') return false;
  const name = event.name as EventName;
  const { userId, sideOrganisationId, assignmentId, choice } = recipient;
  const isOutside = sideOrganisationId !== event.organisationId && (assignmentId !== null || recipient.partnershipId !== null);
  const isInternal = event.authorOrganisationId !== null || event.data['visibility'] === 'internal';
  if (isInternal) return userId !== null && sideOrganisationId === (event.authorOrganisationId ?? event.organisationId) && choice !== 'status_only';
  if (assignmentId && CONTRACTOR_HAS_OWN_MAIL.includes(name)) return false;
  if (isOutside && EVENTS[name].timeline === 'internal') return false;
  // What another firm says (a late reply of one that was asked before) is none of this one's business.
  if (assignmentId && kind === 'conversation' && event.assignmentId && assignmentId !== event.assignmentId) return false;
  return kind === 'status' || choice !== 'status_only';
}

/** A contact of before who has a login of the partner since, and answers an older mail from the same mailbox. */
async function usersBehindContact(em: Em, { organisationId, actorContactId }: EventRow, recipients: readonly Recipient[]): Promise<Set<string | null>> {
  const userIds = recipients.flatMap((one) => (one.partnershipId && one.userId ? [one.userId] : []));
  if (!actorContactId || userIds.length === 0) return new Set();
  return asSystem(em, async () => {
    const contact = await em.findOne(FirmContact, { organisationId, id: actorContactId }, { fields: ['email'], disableIdentityMap: true });
    const users = contact ? await em.find(User, { id: { $in: userIds }, email: contact.email }, { fields: ['id'], disableIdentityMap: true }) : [];
    return new Set(users.map((one) => one.id));
  });
}

function isAuthor(event: EventRow, recipient: Recipient): boolean {
  if (event.actorUserId && event.actorUserId === recipient.userId) return true;
  if (event.actorObserverId && event.actorObserverId === recipient.observerId) return true;
  const isContractors = event.actorContactId !== null || event.door === 'link' || event.door === 'mail';
  // Whatever comes from a firm without a name is its contact's, or its shared mailbox's.
  return isContractors && !event.actorUserId && recipient.userId === null && recipient.assignmentId !== null && recipient.assignmentId === event.assignmentId;
}

function membersOf(em: Em, organisationId: string, userIds: readonly (string | null)[]): Reading<Membership[]> {
  const ids = [...new Set(userIds.filter((id): id is string => id !== null))];
  return rowsOf(em, Membership, ids.length > 0 ? { organisationId, userId: { $in: ids }, removedAt: null } : null);
}

function add(recipients: Map<string, Recipient>, recipient: Recipient): void {
  recipients.set(recipient.key, recipient);
}
