import type { Actor } from '#domain/actors.ts';
import { Asset } from '../assets/entity.ts';
import { Assignment } from '../assignments/entity.ts';
import { Attachment } from '../attachments/entity.ts';
import { type CommentPage, COMMENTS_SHOWN, loadCommentPage } from '../comments/page.ts';
import { type Recipient, recipientsAmong } from '../events/recipients.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { OutboundMail } from '../mails/entity.ts';
import { Observer } from '../observers/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';
import { findPage, type Page, type PageAsked } from '../page.ts';
import { User } from '../users/entity.ts';
import { Workspace } from '../workspaces/entity.ts';
import { WorkOrder } from './entity.ts';
import { findWorkOrder } from './load.ts';
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
};

/** Files that an order's page shows before anybody asks for older ones. */
export const FILES_SHOWN = 100;

export type People = {
  readonly users: ReadonlyMap<string, User>;
  readonly firms: ReadonlyMap<string, Firm>;
  readonly contacts: ReadonlyMap<string, FirmContact>;
};

/** Loads an order with the newest of its conversation; not visible is not found. */
export async function loadConversation(em: Em, actor: Actor, workOrderId: string): Promise<Conversation> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const { organisationId } = order;
  const mine = { organisationId, workOrderId: order.id };
  const said = await loadCommentPage(em, mine, { page: 1, perPage: COMMENTS_SHOWN });
  const files = await findFiles(em, mine, { page: 1, perPage: FILES_SHOWN });
  const observers = await em.find(Observer, { ...mine, leftAt: null }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const assignments = await em.find(Assignment, mine, { orderBy: { offeredAt: 'desc', id: 'desc' } });
  const recipients = await recipientsAmong(em, organisationId, { responsibleUserId: order.responsibleUserId ?? null, assignments, observers });
  const about = { organisationId, template: 'assignment', assignmentId: { $in: assignments.map((one) => one.id) } };
  const mails = await em.find(OutboundMail, about, { orderBy: { createdAt: 'asc' }, exclude: ['textBody', 'htmlBody'] });
  const around = idsAround({ said, attachments: files.data, assignments });
  return {
    order, said, files, observers, assignments, recipients,
    mails: mails as OutboundMail[],
    organisation: await em.findOneOrFail(Organisation, { id: organisationId }),
    workspace: await em.findOneOrFail(Workspace, { organisationId, id: order.workspaceId }),
    asset: order.assetId ? await em.findOne(Asset, { organisationId, id: order.assetId }) : null,
    earlierOrder: order.earlierOrderId ? await em.findOne(WorkOrder, { $and: [visibleTo(actor), { id: order.earlierOrderId }] }) : null,
    people: await loadPeople(em, organisationId, {
      ...around,
      userIds: [order.responsibleUserId, order.reporterUserId, ...observers.map((one) => one.userId), ...recipients.map((one) => one.userId), ...around.userIds],
    }),
  };
}

type Own = { readonly organisationId: string; readonly workOrderId: string };

/** One page of an order's files, newest first. */
export async function findFiles(em: Em, own: Own, asked: PageAsked): Promise<Page<Attachment>> {
  return findPage(em, Attachment, { ...own, removedAt: null, isHidden: false }, { ...asked, sort: { by: 'createdAt', order: 'DESC' } });
}

/** One page of an order's messages with those who wrote them, for an actor that sees the order. */
export type Said = Pick<Conversation, 'order' | 'said' | 'observers' | 'assignments' | 'people'>;

export async function loadSaid(em: Em, actor: Actor, workOrderId: string, asked: PageAsked): Promise<Said> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const mine = { organisationId: order.organisationId, workOrderId: order.id };
  const said = await loadCommentPage(em, mine, asked);
  const assignments = await em.find(Assignment, mine, { orderBy: { offeredAt: 'desc', id: 'desc' } });
  return {
    order, said, assignments,
    observers: await em.find(Observer, { ...mine, leftAt: null }),
    people: await loadPeople(em, order.organisationId, idsAround({ said, attachments: [], assignments })),
  };
}

function idsAround({ said, attachments, assignments }: { said: CommentPage; attachments: readonly Attachment[]; assignments: readonly Assignment[] }) {
  const files = [...said.attachments, ...attachments];
  return {
    userIds: [...said.comments.map((one) => one.authorUserId), ...assignments.map((one) => one.memberUserId), ...files.map((one) => one.uploadedByUserId)],
    firmIds: assignments.flatMap((one) => [one.firmId, ...one.nextFirmIds]),
    contactIds: [...said.comments.map((one) => one.authorContactId), ...files.map((one) => one.uploadedByContactId)],
  };
}

type Ids = readonly (string | null | undefined)[];

/** Names of everybody who appears in something, by three queries. Contacts of the firms come along. */
export async function loadPeople(em: Em, organisationId: string, ids: { userIds: Ids; firmIds: Ids; contactIds: Ids }): Promise<People> {
  const userIds = known(ids.userIds);
  const firmIds = known(ids.firmIds);
  const contactIds = known(ids.contactIds);
  const users = userIds.length > 0 ? await em.find(User, { id: { $in: userIds } }) : [];
  const contacts = firmIds.length + contactIds.length > 0
    ? await em.find(FirmContact, { organisationId, $or: [{ id: { $in: contactIds } }, { firmId: { $in: firmIds } }] }, { orderBy: { position: 'asc' } })
    : [];
  const allFirmIds = [...new Set([...firmIds, ...contacts.map((one) => one.firmId)])];
  const firms = allFirmIds.length > 0 ? await em.find(Firm, { organisationId, id: { $in: allFirmIds } }) : [];
  return { users: byId(users), firms: byId(firms), contacts: byId(contacts) };
}

function known(ids: Ids): string[] {
  return [...new Set(ids.filter((id): id is string => Boolean(id)))];
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
