import type { FilterQuery } from '@mikro-orm/postgresql';
import type { AccountActor } from '#domain/actors.ts';
import { Asset } from '../assets/entity.ts';
import { visibleTo as visibleAssets } from '../assets/visibility.ts';
import { Assignment } from '../assignments/entity.ts';
import { assignmentsSeenBy, observersSeenBy } from '../assignments/visibility.ts';
import { Attachment } from '../attachments/entity.ts';
import { type CommentPage, COMMENTS_SHOWN, loadCommentPage } from '../comments/page.ts';
import { heardBy } from '../comments/visibility.ts';
import { partnersAsOne, recipientsForPartner } from '../events/partner-recipients.ts';
import { type Recipient, recipientsAmong } from '../events/recipients.ts';
import { OutboundMail } from '../mails/entity.ts';
import { Observer } from '../observers/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked } from '../page.ts';
import { type InternalAssignment, Partnership } from '../partnerships/entity.ts';
import { loadSides } from '../partnerships/kept.ts';
import { loadHiddenSides, loadShownWork, type ShownWork } from '../partnerships/shown.ts';
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
  const said = await loadCommentPage(em, actor, order.id, { page: 1, perPage: COMMENTS_SHOWN });
  const files = await findFiles(em, actor, order.id, { page: 1, perPage: FILES_SHOWN });
  const observers = await findObservers(em, actor, order.id);
  const assignments = await findAssignments(em, actor, order.id);
  const recipients = await recipientsFor(em, actor, { order, assignments, observers });
  const shown = await loadShownWork(em, actor, assignments);
  const sides = await loadSides(em, actor, assignments);
  const partnerFirmIds = await firmIdsOf(em, actor, [...assignments, ...observers]);
  const around = idsAround({ said, attachments: files.data, assignments });
  return {
    order, said, files, observers, assignments, recipients, sides, shown, partnerFirmIds,
    hiddenSides: await loadHiddenSides(em, actor, said.comments),
    mails: actor.kind === 'member' ? await findRequests(em, organisationId, assignments) : [],
    organisation: await em.findOneOrFail(Organisation, { id: organisationId }),
    workspace: await em.findOneOrFail(Workspace, { organisationId, id: order.workspaceId }),
    asset: order.assetId ? await em.findOne(Asset, { $and: [visibleAssets(actor), { id: order.assetId }] } as FilterQuery<Asset>) : null,
    earlierOrder: order.earlierOrderId ? await em.findOne(WorkOrder, { $and: [visibleTo(actor), { id: order.earlierOrderId }] }) : null,
    people: await peopleSeenBy(em, actor, {
      ...around,
      firmIds: [...around.firmIds, ...partnerFirmIds.values()],
      userIds: [order.responsibleUserId, order.reporterUserId, ...[...sides.values()].map((one) => one.memberUserId), ...shown.personIds.values(), ...observers.map((one) => one.userId), ...recipients.map((one) => one.userId), ...around.userIds],
    }),
  };
}

/** Whom a message reaches by mail: of partners the client knows the company, and a partner knows the client. */
async function recipientsFor(em: Em, actor: AccountActor, among: Pick<Conversation, 'order' | 'assignments' | 'observers'>): Promise<Recipient[]> {
  const { order, assignments, observers } = among;
  if (actor.kind === 'partner') return recipientsForPartner(em, actor, { workspaceId: order.workspaceId, assignments, observers });
  const people = await recipientsAmong(em, order.organisationId, { responsibleUserId: order.responsibleUserId ?? null, assignments, observers });
  return [...people, ...partnersAsOne({ assignments, observers })];
}

async function firmIdsOf(em: Em, { organisationId }: AccountActor, parts: readonly { readonly partnershipId?: string | null | undefined }[]): Promise<Map<string, string>> {
  const ids = [...new Set(parts.flatMap((one) => (one.partnershipId ? [one.partnershipId] : [])))];
  const found = ids.length > 0 ? await em.find(Partnership, { organisationId, id: { $in: ids } }) : [];
  return new Map(found.map((one) => [one.id, one.firmId]));
}

/** The mails that asked, oldest first. */
async function findRequests(em: Em, organisationId: string, assignments: readonly Assignment[]): Promise<OutboundMail[]> {
  const about = { organisationId, template: 'assignment', assignmentId: { $in: assignments.map((one) => one.id) } };
  return (await em.find(OutboundMail, about, { orderBy: { createdAt: 'asc' }, exclude: ['textBody', 'htmlBody'] })) as OutboundMail[];
}

/** The assignments of an order as far as the actor sees them, newest first; the order must have been found visible. */
export async function findAssignments(em: Em, actor: AccountActor, workOrderId: string): Promise<Assignment[]> {
  return em.find(Assignment, { $and: [assignmentsSeenBy(actor), { workOrderId }] }, { orderBy: { offeredAt: 'desc', id: 'desc' } });
}

async function findObservers(em: Em, actor: AccountActor, workOrderId: string): Promise<Observer[]> {
  return em.find(Observer, { $and: [observersSeenBy(actor), { workOrderId, leftAt: null }] }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** One page of an order's files, newest first; the order must have been found visible. */
export async function findFiles(em: Em, actor: AccountActor, workOrderId: string, asked: PageAsked): Promise<Page<Attachment>> {
  const where = { $and: [{ workOrderId, removedAt: null, isHidden: false }, heardBy(actor)] } as FilterQuery<Attachment>;
  return findPage(em, Attachment, where, { ...asked, sort: { by: 'createdAt', order: 'DESC' } });
}

/** One page of an order's messages with those who wrote them, for an actor that sees the order. */
export type Said = Pick<Conversation, 'order' | 'said' | 'observers' | 'assignments' | 'people' | 'hiddenSides'>;

export async function loadSaid(em: Em, actor: AccountActor, workOrderId: string, asked: PageAsked): Promise<Said> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const said = await loadCommentPage(em, actor, order.id, asked);
  const assignments = await findAssignments(em, actor, order.id);
  return {
    order, said, assignments,
    hiddenSides: await loadHiddenSides(em, actor, said.comments),
    observers: await findObservers(em, actor, order.id),
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
