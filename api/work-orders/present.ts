import type { Assignment } from '#db/assignments/entity.ts';
import type { Comment } from '#db/comments/entity.ts';
import type { Recipient } from '#db/events/recipients.ts';
import type { Observer } from '#db/observers/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { People } from '#db/work-orders/people.ts';
import type { Conversation, Said } from '#db/work-orders/conversation.ts';
import { can, type Subject } from '#domain/permissions.ts';
import type { AccountActor } from '#domain/actors.ts';
import { proposalFor } from '../assignments/present.ts';
import { presentAttachment } from '../attachments/present.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import { presentRow, type RowContext, subjectOfRow } from './present-row.ts';
import type { AssignmentRecord, AttachmentRecord, CommentRecord, WorkOrderRecord } from './schema.ts';

export type RecordContext = {
  readonly actor: AccountActor;
  readonly today: string;
  readonly assignments: readonly AssignmentRecord[];
};

/** An order with the newest of its conversation. */
export function presentWorkOrder(found: Conversation, context: RecordContext): WorkOrderRecord {
  const { order, workspace, organisation, people } = found;
  const rowContext: RowContext = {
    actor: context.actor, today: context.today, people,
    workspaceNames: new Map([[workspace.id, workspace.name]]),
    assignments: found.assignments,
    observerUserIds: found.observers.flatMap((one) => (one.userId ? [one.userId] : [])),
    sides: found.sides,
    seenAssetIds: new Set(found.asset ? [found.asset.id] : []),
  };
  const subject = subjectOfRow(order, rowContext);
  const row = plain(order);
  const place = plain(workspace);
  const responsible = order.responsibleUserId ? people.users.get(order.responsibleUserId) : undefined;
  return {
    ...presentRow(order, rowContext),
    version: context.actor.kind === 'partner' ? null : row.version, measure: row.measure, description: row.description, locationText: row.locationText,
    ...onSite(order, context.actor), category: row.category, costLimitCents: row.costLimitCents, currency: organisation.currency,
    clientReference: row.clientReference, contractorReference: row.contractorReference, isWarranty: row.isWarranty,
    earlierOrder: found.earlierOrder ? { id: found.earlierOrder.id, number: found.earlierOrder.number } : null,
    reporterName: reporterName(order, people, context.actor),
    closedAt: iso(row.closedAt),
    asset: found.asset ? { id: found.asset.id, number: found.asset.number, name: found.asset.name } : null,
    workspace: { id: place.id, name: place.name, shortName: place.shortName, street: place.street, postalCode: place.postalCode, city: place.city },
    responsible: responsible ? { id: responsible.id, name: responsible.name } : null,
    comments: presentComments(found, context.actor, subject).toReversed(),
    commentCount: found.said.pageInfo.total,
    attachments: found.files.data.map((one) => presentAttachment(one, { actor: context.actor, subject, people, ownAssignmentIds: found.assignments.map(({ id }) => id) })).toReversed(),
    attachmentCount: found.files.pageInfo.total,
    observers: found.observers.map((one) => presentObserver(one, found, context.actor, subject)),
    assignments: [...context.assignments],
    mailRecipients: recipients(found, context.actor),
    unnamedRecipientCount: found.unnamedCount,
  };
}

const NOBODY_THERE = { onSiteName: null, onSitePhone: null, onSiteEmail: null, onSiteHours: null, accessNote: null };

/** Whom to meet there and how to get in; for a partner, as for every contractor, only as long as there is work to do. */
function onSite(order: WorkOrder, actor: AccountActor): Pick<WorkOrderRecord, keyof typeof NOBODY_THERE> {
  const { onSiteName, onSitePhone, onSiteEmail, onSiteHours, accessNote, status } = plain(order);
  const isOver = status === 'closed' || status === 'cancelled';
  return actor.kind === 'partner' && isOver ? NOBODY_THERE : { onSiteName, onSitePhone, onSiteEmail, onSiteHours, accessNote };
}

/** A resident who reported something stays with the client; its people have names. */
function reporterName(order: WorkOrder, people: People, actor: AccountActor): string | null {
  const row = plain(order);
  if (row.reporterName && actor.kind === 'member') return row.reporterName;
  return row.reporterUserId ? (people.users.get(row.reporterUserId)?.name ?? null) : null;
}

/** A page of messages in its own order, newest first. */
export function presentComments(found: Said, actor: AccountActor, subject: Subject): CommentRecord[] {
  const files = found.said.attachments.map((one) => presentAttachment(one, { actor, subject, people: found.people, ownAssignmentIds: found.assignments.map(({ id }) => id) }));
  return found.said.comments.map((one) => presentComment(one, found, files, actor, subject));
}

function presentComment(comment: Comment, found: Said, files: readonly AttachmentRecord[], actor: AccountActor, subject: Subject): CommentRecord {
  const row = plain(comment);
  // How a mail was read, and what it may mean, is for the client to judge.
  const isClient = actor.kind === 'member';
  const isHidden = found.hiddenSides.has(comment.authorOrganisationId);
  const asked = !isClient ? undefined : found.assignments.find((one) => one.proposedAnswer?.commentId === comment.id);
  return {
    id: row.id, visibility: row.visibility, door: row.door, body: row.body, createdAt: iso(row.createdAt), author: isOfOthers(comment, found, actor) ? UNNAMED : authorOf(comment, found),
    attachments: files.filter((file) => file.commentId === comment.id), cutLines: row.cutLines, isRestored: row.isRestored, inboundMailId: isClient && !isHidden ? row.inboundMailId : null,
    unverifiedSender: isClient || row.visibility === 'internal' ? row.unverifiedSender : null, missingFiles: row.missingFiles, mailedTo: [...(found.said.mailedTo.get(comment.id) ?? [])],
    proposal: asked ? proposalOf(asked, found) : null,
    can: {
      restore: row.inboundMailId !== null && !isHidden && !row.isRestored && (row.cutLines ?? 0) > 0 && can(actor, 'comment.restore', subject),
      decideProposal: asked !== undefined && can(actor, 'assignment.steer', subject),
    },
  };
}

function proposalOf(asked: Assignment, { people }: Said): CommentRecord['proposal'] {
  const proposal = proposalFor(asked.proposedAnswer, people);
  return proposal && { assignmentId: asked.id, ...proposal };
}

/** Somebody of another firm, for a partner that only watches. */
const UNNAMED = { kind: 'contact', id: null, name: '', firmName: null } as const;

function isOfOthers({ authorOrganisationId, organisationId, assignmentId }: Comment, { assignments }: Said, actor: AccountActor): boolean {
  if (actor.kind !== 'partner' || authorOrganisationId === actor.partnerOrganisationId) return false;
  return authorOrganisationId !== organisationId || (assignmentId !== null && !assignments.some((one) => one.id === assignmentId));
}

function authorOf(comment: Comment, found: Said): CommentRecord['author'] {
  const { users, contacts, firms } = found.people;
  const isPartners = comment.authorOrganisationId !== comment.organisationId;
  if (comment.authorUserId) {
    const name = users.get(comment.authorUserId)?.name ?? '';
    const company = isPartners ? (firms.get(found.assignments.find((one) => one.id === comment.assignmentId)?.firmId ?? '')?.company ?? null) : null;
    // A partner that doesn't show its people writes by the name of its company alone.
    return { kind: 'user', id: name && name !== company ? comment.authorUserId : null, name, firmName: name === company ? null : company };
  }
  const contact = comment.authorContactId ? contacts.get(comment.authorContactId) : undefined;
  const firmId = contact?.firmId ?? found.assignments.find((one) => one.id === comment.assignmentId)?.firmId;
  const firmName = firmId ? (firms.get(firmId)?.company ?? null) : null;
  if (contact) return { kind: 'contact', id: contact.id, name: contact.name, firmName };
  // An observing partner knows no other firm; the screen says that it was the contractor.
  if (comment.assignmentId && !found.assignments.some((one) => one.id === comment.assignmentId)) return { kind: 'contact', id: null, name: '', firmName: null };
  // A partner reads no directory: whoever wrote by mail before there was an account, wrote for its own firm.
  if (comment.authorContactId) return { kind: 'contact', id: null, name: comment.authorName ?? firmName ?? '', firmName };
  const observer = comment.authorObserverId ? found.observers.find((one) => one.id === comment.authorObserverId) : undefined;
  if (comment.authorObserverId) return { kind: 'observer', id: comment.authorObserverId, name: observer?.name ?? observer?.email ?? comment.authorName ?? '', firmName: null };
  // From a shared mailbox, in whoever's name its mail program writes.
  const isUnsaid = found.hiddenSides.has(comment.authorOrganisationId) && !comment.unverifiedSender && firmName !== null;
  if (comment.authorName) return { kind: 'contact', id: null, name: isUnsaid ? firmName : comment.authorName, firmName: isUnsaid ? null : firmName };
  return { kind: 'system', id: null, name: '', firmName: null };
}

function presentObserver(observer: Observer, found: Conversation, actor: AccountActor, subject: Subject): WorkOrderRecord['observers'][number] {
  const row = plain(observer);
  const user = observer.userId ? found.people.users.get(observer.userId) : undefined;
  const company = found.people.firms.get(found.partnerFirmIds.get(observer.partnershipId ?? '') ?? '')?.company;
  const isSelf = actor.kind === 'partner' ? observer.partnershipId === actor.partnershipId && can(actor, 'observer.choose', subject) : observer.userId === actor.userId;
  const manages = can(actor, 'observer.manage', subject);
  return {
    id: row.id, userId: row.userId, partnershipId: row.partnershipId, email: row.email, name: user?.name ?? company ?? row.name ?? row.email ?? '', choice: row.choice, canComment: row.canComment,
    isProposed: row.isProposed, can: { change: manages || isSelf, remove: manages || isSelf },
  };
}

function recipients(found: Conversation, actor: AccountActor): WorkOrderRecord['mailRecipients'] {
  const { users, contacts, firms } = found.people;
  return found.recipients.flatMap((one): WorkOrderRecord['mailRecipients'] => {
    if (one.userId === actor.userId || one.choice === 'none' || one.choice === 'status_only') return [];
    if (one.userId) return [{ kind: 'user', name: users.get(one.userId)?.name ?? '', firmName: null, isUndeliverable: false }];
    if (one.observerId) {
      const observer = found.observers.find((other) => other.id === one.observerId);
      return [{ kind: 'observer', name: observer?.name ?? observer?.email ?? '', firmName: null, isUndeliverable: false }];
    }
    if (one.key === 'client') return [{ kind: 'client', name: found.organisation.name, firmName: null, isUndeliverable: false }];
    if (one.partnershipId) return [presentPartner(one, found)];
    const contact = one.contactId ? contacts.get(one.contactId) : undefined;
    return contact ? [{ kind: 'contractor', name: contact.name, firmName: firms.get(contact.firmId)?.company ?? null, isUndeliverable: Boolean(contact.undeliverableSince) }] : [];
  });
}

/** To a partner its shared mailbox; to the client the company, and the person at work where the partner shows them. */
function presentPartner({ email, assignmentId, partnershipId }: Recipient, { people, partnerFirmIds, shown }: Conversation): WorkOrderRecord['mailRecipients'][number] {
  const company = people.firms.get(partnerFirmIds.get(partnershipId ?? '') ?? '')?.company ?? null;
  const person = people.users.get(shown.personIds.get(assignmentId ?? '') ?? '')?.name;
  return { kind: 'partner', name: email ?? person ?? company ?? '', firmName: person && !email ? company : null, isUndeliverable: false };
}
