import type { MailName } from '#domain/words/mail-names.ts';
import type { Assignment } from '../assignments/entity.ts';
import { OutboundMail } from '../mails/entity.ts';
import { queueMail } from '../mails/queue.ts';
import { asSystem, type Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { Partnership } from './entity.ts';
import { isServed, officeOf, peopleOf, type PartnerPeople, type PartnerPerson } from './people.ts';

export type MailToPartner = {
  readonly template: MailName;
  readonly cause: string;
  readonly onceKey?: string | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** Not to whoever did it themselves. */
  readonly exceptUserId?: string | null | undefined;
  /** To this one alone: whom it answers, or (null) the shared mailbox. */
  readonly onlyUserId?: string | null | undefined;
};

/** For whoever hands the work out; questions on the work go to whoever does it; all else to both. */
const FOR_DISPATCHERS: readonly MailName[] = ['assignment', 'reminder', 'last-reminder', 'nudge'];
const FOR_THE_PERSON: readonly MailName[] = ['done-question'];
/** All who were asked hear how it was answered, so that no two of them answer. */
const FOR_ALL_ASKED: readonly MailName[] = ['acceptance-confirmed', 'decline-confirmed'];
/** Must be told even where the workspace is no longer shared: they say that there is nothing more to do. */
const ENDINGS: readonly MailName[] = ['withdrawal', 'cancellation'];

/** How many people a mail goes to, and to how many of them it was written now. */
export type Reached = { readonly readers: number; readonly written: number };

/** Writes a mail on an order to everybody of the partner whom it concerns: each their own, in their own thread. */
export async function mailPartner(em: Em, order: WorkOrder, assignment: Assignment, mail: MailToPartner, now: Date): Promise<Reached> {
  const readers = await asSystem(em, async () => {
    const partnership = await loadPartnership(em, assignment);
    if (!partnership || (!ENDINGS.includes(mail.template) && !(await isServed(em, partnership, order.workspaceId)))) return [];
    return concerned(await reachedPeople(em, partnership, order, assignment, FOR_ALL_ASKED.includes(mail.template)), mail);
  });
  const { exceptUserId: _except, onlyUserId: _only, ...note } = mail;
  let written = 0;
  for (const to of readers) {
    const row = await queueMail(em, {
      ...note,
      onceKey: mail.onceKey ? `${mail.onceKey}:${onceFor(to.userId)}` : undefined,
      organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id, partnershipId: assignment.partnershipId,
      to, party: partyOf(assignment.partnershipId ?? '', to.userId),
    }, now);
    if (row) written += 1;
  }
  return { readers: readers.length, written };
}

/** End of the key under which one of a partner's people gets a mail once. */
export function onceFor(userId: string | null | undefined): string {
  return userId ?? 'mailbox';
}

/** The conversation of an order with one person of a partner, or with its shared mailbox; also the key of their digest. */
export function partyOf(partnershipId: string, userId: string | null): string {
  return userId ? `partner:${partnershipId}:${userId}` : `partner:${partnershipId}`;
}

/** Who of a partner an order's mails still reach: where none of those named does, its office. */
async function reachedPeople(em: Em, partnership: Partnership, order: WorkOrder, assignment: Assignment, isForAllAsked: boolean): Promise<PartnerPeople> {
  const failed = await unreached(em, assignment);
  const isReached = ({ email }: PartnerPerson): boolean => !failed.has(email);
  const { dispatchers, person } = await peopleOf(em, partnership, order.workspaceId, assignment, isForAllAsked);
  const named = dispatchers.filter(isReached);
  return {
    dispatchers: named.length > 0 ? named : (await officeOf(em, partnership)).filter(isReached),
    person: person && isReached(person) ? person : null,
  };
}

/** The accepted partnership that an assignment runs under, past the identity map. */
export async function loadPartnership(em: Em, { organisationId, partnershipId }: Assignment): Promise<Partnership | null> {
  return partnershipId ? em.findOne(Partnership, { organisationId, id: partnershipId, status: 'accepted' }, { disableIdentityMap: true }) : null;
}

/** Addresses that mails of this assignment did not reach. */
async function unreached(em: Em, { organisationId, id }: Assignment): Promise<Set<string>> {
  const failed = await em.find(OutboundMail, { organisationId, assignmentId: id, partnershipId: { $ne: null }, status: { $in: ['bounced', 'refused'] } }, { fields: ['toEmail'], disableIdentityMap: true });
  return new Set(failed.map((one) => one.toEmail));
}

function concerned({ dispatchers, person }: PartnerPeople, { template, exceptUserId, onlyUserId }: MailToPartner): PartnerPerson[] {
  const both = person ? [...dispatchers.filter((one) => one.userId !== person.userId), person] : [...dispatchers];
  if (onlyUserId !== undefined) return both.filter((one) => one.userId === onlyUserId);
  const wanted = FOR_DISPATCHERS.includes(template) ? [...dispatchers] : FOR_THE_PERSON.includes(template) && person ? [person] : both;
  return wanted.filter((one) => !one.userId || one.userId !== exceptUserId);
}
