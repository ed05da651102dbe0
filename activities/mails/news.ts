import { Assignment } from '#db/assignments/entity.ts';
import { Attachment } from '#db/attachments/entity.ts';
import { Comment } from '#db/comments/entity.ts';
import { DigestItem, EventRow } from '#db/events/entity.ts';
import { Firm, FirmContact } from '#db/firms/entity.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { Observer } from '#db/observers/entity.ts';
import { User } from '#db/users/entity.ts';
import type { EventName } from '#domain/events.ts';
import { formatWindow } from '#domain/format/windows.ts';
import { say, wordsOf } from '#domain/words/index.ts';
import type { DigestChange, OrderNews } from '#templates/mails/data.ts';
import { pageWordsOf } from '#templates/pages/words/words.ts';
import type { OrderContext } from './context.ts';

/** What a mail's digest items tell of one order; null where nothing of it is for its reader's eyes. */
export async function newsOf(context: OrderContext): Promise<OrderNews | null> {
  const { em, mail, order, assignment, organisation } = context;
  const items = await em.find(DigestItem, { organisationId: organisation.id, workOrderId: order.id, mailId: mail.id }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const events = await em.find(EventRow, { organisationId: organisation.id, id: { $in: items.map((one) => one.eventId) } }, { orderBy: { occurredAt: 'asc', id: 'asc' } });
  const changes = await changesOf(context, events);
  const newFileCount = await countNewFiles(context, events);
  if (changes.length === 0 && newFileCount === 0) return null;
  const names = new Set(events.map((one) => one.name));
  const isStatusNew = [...names].some((name) => name.startsWith('work_order.'));
  const isDateNew = names.has('assignment.promised_date_set') || names.has('work_order.accepted');
  const working = assignment ?? (await workingAssignment(context));
  return {
    changes,
    newFileCount,
    promisedFrom: isDateNew ? (working?.promisedFrom ?? null) : null,
    promisedTo: isDateNew ? (working?.promisedUntil ?? null) : null,
    status: isStatusNew ? order.status : null,
    waitingReason: order.waitingReason ? (order.waitingNote ?? wordsOf(mail.locale).holdReason[order.waitingReason]) : null,
  };
}

async function workingAssignment(context: OrderContext): Promise<Assignment | null> {
  return context.em.findOne(Assignment, { organisationId: context.organisation.id, workOrderId: context.order.id, status: { $in: ['accepted', 'done'] } });
}

async function changesOf(context: OrderContext, events: readonly EventRow[]): Promise<DigestChange[]> {
  const { em, organisation } = context;
  const found = await em.find(Comment, { organisationId: organisation.id, id: { $in: events.flatMap(commentIdOf) } });
  const comments = new Map(found.map((one) => [one.id, one]));
  const reader = await sideOfReader(context);
  const changes: DigestChange[] = [];
  for (const event of events) {
    if (event.name === 'attachment.added') continue;
    const comment = comments.get(commentIdOf(event)[0] ?? '');
    if (event.name === 'comment.added' && (!comment || (comment.visibility === 'internal' && comment.authorOrganisationId !== reader))) continue;
    const refused = await refusalBehind(context, event);
    changes.push({
      at: event.occurredAt,
      who: await whoDid(context, event, comment ?? null),
      what: event.name === 'comment.added' ? null : [refused && refusalWords(context, refused), whatHappened(context, event)].filter(Boolean).join('. '),
      text: comment?.body ?? refused?.declineNote ?? null,
    });
  }
  return changes;
}

/** The no, or the giving back, that opened an order again, for our own people: the two are noted at one moment. */
async function refusalBehind(context: OrderContext, event: EventRow): Promise<Assignment | null> {
  const { em, organisation, order } = context;
  if (event.name !== 'work_order.reopened' || isFromOutside(context)) return null;
  return em.findOne(Assignment, { organisationId: organisation.id, workOrderId: order.id, status: 'declined', endedAt: event.occurredAt });
}

function refusalWords({ mail }: OrderContext, { declineReason, acceptedAt }: Assignment): string {
  const { refusal, declineReason: reasons } = wordsOf(mail.locale);
  const reason = declineReason && declineReason !== 'other' ? ` (${reasons[declineReason]})` : '';
  return `${acceptedAt ? refusal.givenBack : refusal.declined}${reason}`;
}

function commentIdOf(event: EventRow): string[] {
  const id = event.data['commentId'];
  return typeof id === 'string' ? [id] : [];
}

/** The event in words; a reason that was given in words of its own follows as a message. */
function whatHappened(context: OrderContext, event: EventRow): string {
  const { locale } = context.mail;
  const words = wordsOf(locale);
  // It is told to nobody but the one who was added.
  if (event.name === 'observer.added') return pageWordsOf(locale).keptInformed;
  const hold = event.data['waitingReason'];
  const reason = typeof hold === 'string' && hold !== 'other' ? (words.holdReason as Readonly<Record<string, string>>)[hold] : null;
  return say(words.event, event.name as EventName, { reason, promisedDate: promisedDate(context, event) });
}

function promisedDate(context: OrderContext, event: EventRow): string {
  const { from, until } = event.data;
  const { workspace, organisation, mail } = context;
  if (event.name !== 'assignment.promised_date_set' || typeof from !== 'string') return '';
  return formatWindow(new Date(from), typeof until === 'string' ? new Date(until) : null, mail.locale, workspace.timeZone ?? organisation.timeZone);
}

/** Whose internal words the reader may read: their own organisation's; null for people from outside. */
async function sideOfReader({ em, mail, organisation }: OrderContext): Promise<string | null> {
  if (!mail.toUserId) return null;
  if (!mail.partnershipId) return organisation.id;
  const partnership = await em.findOne(Partnership, { organisationId: organisation.id, id: mail.partnershipId });
  return partnership?.partnerOrganisationId ?? null;
}

/** Somebody of a partner: colleagues read each other's names, the client that of the company unless it shows its people, other firms and observers none. */
async function personName(context: OrderContext, userId: string, event: EventRow, comment: Comment | null): Promise<string> {
  const { em, mail, organisation } = context;
  const partnership = await partnershipBehind(context, event, comment);
  if (partnership && partnership.id !== mail.partnershipId) {
    if (isFromOutside(context)) return pageWordsOf(mail.locale)[(comment ?? event).assignmentId ? 'contractor' : 'observer'];
    if (!partnership.showsPeople) return (await em.findOne(Firm, { organisationId: organisation.id, id: partnership.firmId }))?.company ?? '';
  }
  return (await em.findOne(User, { id: userId }))?.name ?? organisation.name;
}

async function partnershipBehind({ em, organisation }: OrderContext, event: EventRow, comment: Comment | null): Promise<Partnership | null> {
  const author = comment && comment.authorOrganisationId !== organisation.id ? { partnerOrganisationId: comment.authorOrganisationId } : null;
  const by = event.data['partnershipId'];
  const where = author ?? (typeof by === 'string' ? { id: by } : null);
  return where ? em.findOne(Partnership, { organisationId: organisation.id, ...where }) : null;
}

/** People inside learn who of which firm it was; readers outside only names of ours and of their own firm. */
async function whoDid(context: OrderContext, event: EventRow, comment: Comment | null): Promise<string> {
  const { em, organisation } = context;
  const userId = comment?.authorUserId ?? event.actorUserId;
  if (userId) return personName(context, userId, event, comment);
  const contactId = comment?.authorContactId ?? event.actorContactId;
  if (contactId) return contactName(context, contactId);
  const observerId = comment?.authorObserverId ?? event.actorObserverId;
  if (observerId) {
    const observer = await em.findOne(Observer, { organisationId: organisation.id, id: observerId });
    if (observer) return observer.name ?? comment?.authorName ?? namelessObserver(context, observer);
  }
  const isOtherFirms = isFromOutside(context) && comment?.assignmentId && comment.assignmentId !== context.assignment?.id;
  return isOtherFirms ? pageWordsOf(context.mail.locale).contractor : (comment?.authorName ?? organisation.name);
}

/** The address of whoever watches is for the organisation's own people alone. */
function namelessObserver(context: OrderContext, { email }: Observer): string {
  return (isFromOutside(context) ? null : email) ?? pageWordsOf(context.mail.locale).observer;
}

/** Neither of the organisation nor in its directory's eyes. */
function isFromOutside({ mail }: OrderContext): boolean {
  return !mail.toUserId || Boolean(mail.partnershipId);
}

async function contactName(context: OrderContext, contactId: string): Promise<string> {
  const { em, organisation, mail } = context;
  const contact = await em.findOne(FirmContact, { organisationId: organisation.id, id: contactId });
  if (!contact) return organisation.name;
  if (isFromOutside(context)) return contact.firmId === context.assignment?.firmId ? contact.name : pageWordsOf(mail.locale).contractor;
  const firm = await em.findOne(Firm, { organisationId: organisation.id, id: contact.firmId });
  return firm && firm.company !== contact.name ? `${contact.name} (${firm.company})` : contact.name;
}

async function countNewFiles(context: OrderContext, events: readonly EventRow[]): Promise<number> {
  const { em, organisation } = context;
  const own = { organisationId: organisation.id, isHidden: false, removedAt: null };
  const commentIds = events.flatMap(commentIdOf);
  const fileIds = events.flatMap((one) => (one.name === 'attachment.added' && one.subjectId ? [one.subjectId] : []));
  return em.count(Attachment, { ...own, $or: [{ commentId: { $in: commentIds } }, { id: { $in: fileIds } }] });
}
