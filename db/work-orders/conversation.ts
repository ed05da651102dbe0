import type { Actor } from '#domain/actors.ts';
import { Asset } from '../assets/entity.ts';
import { Assignment } from '../assignments/entity.ts';
import { Attachment } from '../attachments/entity.ts';
import { Comment } from '../comments/entity.ts';
import { DigestItem, EventRow } from '../events/entity.ts';
import { type Recipient, recipientsAmong } from '../events/recipients.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { OutboundMail } from '../mails/entity.ts';
import { Observer } from '../observers/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import type { Em } from '../orm.ts';
import { User } from '../users/entity.ts';
import { Workspace } from '../workspaces/entity.ts';
import { WorkOrder } from './entity.ts';
import { findWorkOrder } from './load.ts';
import { visibleTo } from './visibility.ts';

/** Everything of one order's page, each kind of thing read once, whatever their number. */
export type Conversation = {
  readonly order: WorkOrder;
  readonly organisation: Organisation;
  readonly workspace: Workspace;
  readonly asset: Asset | null;
  readonly earlierOrder: WorkOrder | null;
  readonly comments: readonly Comment[];
  readonly attachments: readonly Attachment[];
  readonly observers: readonly Observer[];
  readonly assignments: readonly Assignment[];
  readonly recipients: readonly Recipient[];
  readonly people: People;
  readonly mails: readonly OutboundMail[];
  readonly digestItems: readonly DigestItem[];
  readonly commentEvents: readonly EventRow[];
};

export type People = {
  readonly users: ReadonlyMap<string, User>;
  readonly firms: ReadonlyMap<string, Firm>;
  readonly contacts: ReadonlyMap<string, FirmContact>;
};

/** Loads an order with its whole conversation; not visible is not found. */
export async function loadConversation(em: Em, actor: Actor, workOrderId: string): Promise<Conversation> {
  const order = await findWorkOrder(em, actor, workOrderId);
  const { organisationId } = order;
  const mine = { organisationId, workOrderId: order.id };
  const comments = await em.find(Comment, mine, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const attachments = await em.find(Attachment, { ...mine, removedAt: null, isHidden: false }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const observers = await em.find(Observer, { ...mine, leftAt: null }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const assignments = await em.find(Assignment, mine, { orderBy: { offeredAt: 'desc', id: 'desc' } });
  const recipients = await recipientsAmong(em, organisationId, { responsibleUserId: order.responsibleUserId ?? null, assignments, observers });
  const mails = await em.find(OutboundMail, mine, { orderBy: { createdAt: 'asc' }, exclude: ['textBody', 'htmlBody'] });
  const digestItems = mails.some((one) => one.template === 'comment-digest') ? await em.find(DigestItem, { ...mine, mailId: { $ne: null } }) : [];
  return {
    order, comments, attachments, observers, assignments, recipients,
    mails: mails as OutboundMail[],
    digestItems,
    commentEvents: digestItems.length > 0 ? await em.find(EventRow, { ...mine, name: 'comment.added' }) : [],
    organisation: await em.findOneOrFail(Organisation, { id: organisationId }),
    workspace: await em.findOneOrFail(Workspace, { organisationId, id: order.workspaceId }),
    asset: order.assetId ? await em.findOne(Asset, { organisationId, id: order.assetId }) : null,
    earlierOrder: order.earlierOrderId ? await em.findOne(WorkOrder, { $and: [visibleTo(actor), { id: order.earlierOrderId }] }) : null,
    people: await loadPeople(em, organisationId, {
      userIds: [
        order.responsibleUserId, order.reporterUserId, ...comments.map((one) => one.authorUserId), ...observers.map((one) => one.userId),
        ...assignments.map((one) => one.memberUserId), ...recipients.map((one) => one.userId), ...attachments.map((one) => one.uploadedByUserId),
        ...mails.map((one) => one.toUserId),
      ],
      firmIds: assignments.flatMap((one) => [one.firmId, ...one.nextFirmIds]),
      contactIds: [...comments.map((one) => one.authorContactId), ...attachments.map((one) => one.uploadedByContactId), ...mails.map((one) => one.toContactId)],
    }),
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
