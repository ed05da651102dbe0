import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { Asset } from '../assets/entity.ts';
import { visibleTo as visibleAssets } from '../assets/visibility.ts';
import { Assignment } from '../assignments/entity.ts';
import { assignmentsSeenBy, observersSeenBy } from '../assignments/visibility.ts';
import { Attachment } from '../attachments/entity.ts';
import { type CommentPage, COMMENTS_SHOWN, commentsOf, filesOfComments, mailedTo } from '../comments/page.ts';
import { heardBy } from '../comments/visibility.ts';
import { countUnnamedObservers, partnersAsOne, recipientsForPartner } from '../events/partner-recipients.ts';
import { type Recipient, recipientsAmong } from '../events/recipients.ts';
import { OutboundMail } from '../mails/entity.ts';
import { Observer } from '../observers/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';
import { pageOf, type Page, type PageAsked } from '../page.ts';
import { type InternalAssignment, Partnership } from '../partnerships/entity.ts';
import { loadSides } from '../partnerships/kept.ts';
import { hiddenSidesOf, loadShownWork, type ShownWork } from '../partnerships/shown.ts';
import { combined, readTogether, rowOf, rowsOf, type Reading } from '../together.ts';
import { Workspace } from '../workspaces/entity.ts';
import { WorkOrder } from './entity.ts';
import { findWorkOrder } from './load.ts';
import { type People, peopleSeenBy } from './people.ts';
import { visibleTo } from './visibility.ts';

/** Everything of one order's page, each kind of thing read once; of messages and files the newest ones. */
export type Conversation = {
  readonly order: WorkOrder;
  readonly organisation: Organisation;
  readonly workspace: Workspace;
  readonly asset: Asset | null;
  readonly earlierOrder: WorkOrder | null;
  readonly said: CommentPage;
  readonly files: Page<Attachment>;
  readonly observers: readonly Observer[];
  readonly assignments: readonly Assignment[];
  readonly recipients: readonly Recipient[];
  /** Besides these, whom a partner's words reach by mail without its knowing their names. */
  readonly unnamedCount: number;
  readonly people: People;
  /** Those that asked, of all assignments, oldest first. */
  readonly mails: readonly OutboundMail[];
  /** What a partner keeps for itself, by assignment. */
  readonly sides: ReadonlyMap<string, InternalAssignment>;
  /** What the client sees of how partners work inside. */
  readonly shown: ShownWork;
  /** Organisations of partners that write by the name of their company alone. */
  readonly hiddenSides: ReadonlySet<string>;
  /** What the client's directory calls the partners who work or watch here, by partnership. */
  readonly partnerFirmIds: ReadonlyMap<string, string>;
};

/** Files that an order's page shows before anybody asks for older ones. */
export const FILES_SHOWN = 100;

/** Loads an order with the newest of its conversation; not visible is not found. */
export async function loadConversation(em: Em, actor: AccountActor, workOrderId: string): Promise<Conversation> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const { organisationId } = order;
  const [comments, files, observers, assignments, organisation, workspace, asset, earlierOrder] = await readTogether(em, [
    commentsOf(em, actor, order.id, { page: 1, perPage: COMMENTS_SHOWN }),
    filesOf(em, actor, order.id, { page: 1, perPage: FILES_SHOWN }),
    observersOf(em, actor, order.id),
    assignmentsOf(em, actor, order.id),
    rowOf(em, Organisation, { id: organisationId }),
    rowOf(em, Workspace, { organisationId, id: order.workspaceId }),
    rowOf(em, Asset, order.assetId ? ({ $and: [visibleAssets(actor), { id: order.assetId }] } as FilterQuery<Asset>) : null),
    rowOf(em, WorkOrder, order.earlierOrderId ? { $and: [visibleTo(actor), { id: order.earlierOrderId }] } : null),
  ]);
  if (!organisation || !workspace) throw new DomainError('not_found', { workOrderId });
  const [attachments, hiddenSides, mails, members, partnerFirmIds] = await readTogether(em, [
    filesOfComments(em, actor, comments.data),
    hiddenSidesOf(em, actor, comments.data),
    requestsOf(em, actor, assignments),
    recipientsAmong(em, organisationId, actor.kind === 'partner' ? NOBODY : { responsibleUserId: order.responsibleUserId ?? null, assignments, observers }),
    firmIdsOf(em, actor, [...assignments, ...observers]),
  ]);
  const said = { comments: comments.data, pageInfo: comments.pageInfo, attachments, mailedTo: await mailedTo(em, actor, comments.data) };
  // Of partners the client knows the company, and a partner knows the client.
  const recipients = actor.kind === 'partner'
    ? await recipientsForPartner(em, actor, { workspaceId: order.workspaceId, assignments, observers })
    : [...members, ...partnersAsOne({ assignments, observers })];
  const unnamedCount = actor.kind === 'partner' ? await countUnnamedObservers(em, actor, order.id) : 0;
  const shown = await loadShownWork(em, actor, assignments);
  const sides = await loadSides(em, actor, assignments);
  const around = idsAround({ said, attachments: files.data, assignments });
  return {
    order, organisation, workspace, asset, earlierOrder, said, files, observers, assignments, recipients, unnamedCount, mails, sides, shown, hiddenSides, partnerFirmIds,
    people: await peopleSeenBy(em, actor, {
      ...around,
      firmIds: [...around.firmIds, ...partnerFirmIds.values()],
      userIds: [order.responsibleUserId, order.reporterUserId, ...[...sides.values()].map((one) => one.memberUserId), ...shown.personIds.values(), ...observers.map((one) => one.userId), ...recipients.map((one) => one.userId), ...around.userIds],
    }),
  };
}

const NOBODY = { responsibleUserId: null, assignments: [], observers: [] } as const;

function firmIdsOf(em: Em, { organisationId }: AccountActor, parts: readonly { readonly partnershipId?: string | null | undefined }[]): Reading<Map<string, string>> {
  const ids = [...new Set(parts.flatMap((one) => (one.partnershipId ? [one.partnershipId] : [])))];
  const partnerships = rowsOf(em, Partnership, ids.length > 0 ? { organisationId, id: { $in: ids } } : null);
  return combined([partnerships], (found) => new Map(found.map((one) => [one.id, one.firmId])));
}

/** The mails that asked, oldest first; the client's to know. */
function requestsOf(em: Em, { kind, organisationId }: AccountActor, assignments: readonly Assignment[]): Reading<OutboundMail[]> {
  const about = { organisationId, template: 'assignment', assignmentId: { $in: assignments.map((one) => one.id) } };
  return rowsOf(em, OutboundMail, kind === 'member' && assignments.length > 0 ? about : null, { orderBy: { createdAt: 'asc' }, exclude: ['textBody', 'htmlBody'] });
}

/** The assignments of an order as far as the actor sees them, newest first; the order must have been found visible. */
export function assignmentsOf(em: Em, actor: AccountActor, workOrderId: string): Reading<Assignment[]> {
  return rowsOf(em, Assignment, { $and: [assignmentsSeenBy(actor), { workOrderId }] }, { orderBy: { offeredAt: 'desc', id: 'desc' } });
}

function observersOf(em: Em, actor: AccountActor, workOrderId: string): Reading<Observer[]> {
  return rowsOf(em, Observer, { $and: [observersSeenBy(actor), { workOrderId, leftAt: null }] }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** One page of an order's files, newest first; the order must have been found visible. */
export function filesOf(em: Em, actor: AccountActor, workOrderId: string, asked: PageAsked): Reading<Page<Attachment>> {
  const where = { $and: [{ workOrderId, removedAt: null, isHidden: false }, heardBy(actor)] } as FilterQuery<Attachment>;
  return pageOf(em, Attachment, where, { ...asked, sort: { by: 'createdAt', order: 'DESC' } });
}

/** One page of an order's messages with those who wrote them, for an actor that sees the order. */
export type Said = Pick<Conversation, 'order' | 'said' | 'observers' | 'assignments' | 'people' | 'hiddenSides'>;

export async function loadSaid(em: Em, actor: AccountActor, workOrderId: string, asked: PageAsked): Promise<Said> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const [comments, assignments, observers] = await readTogether(em, [
    commentsOf(em, actor, order.id, asked), assignmentsOf(em, actor, order.id), observersOf(em, actor, order.id),
  ]);
  const [attachments, hiddenSides] = await readTogether(em, [filesOfComments(em, actor, comments.data), hiddenSidesOf(em, actor, comments.data)]);
  const said = { comments: comments.data, pageInfo: comments.pageInfo, attachments, mailedTo: await mailedTo(em, actor, comments.data) };
  return {
    order, said, assignments, observers, hiddenSides,
    people: await peopleSeenBy(em, actor, idsAround({ said, attachments: [], assignments })),
  };
}

function idsAround({ said, attachments, assignments }: { said: CommentPage; attachments: readonly Attachment[]; assignments: readonly Assignment[] }) {
  const files = [...said.attachments, ...attachments];
  return {
    userIds: [...said.comments.map((one) => one.authorUserId), ...assignments.flatMap((one) => [one.memberUserId, one.answeredByUserId, one.proposedAnswer?.userId]), ...files.map((one) => one.uploadedByUserId)],
    firmIds: assignments.flatMap((one) => [one.firmId, ...one.nextFirmIds]),
    contactIds: [...said.comments.map((one) => one.authorContactId), ...files.map((one) => one.uploadedByContactId)],
  };
}
