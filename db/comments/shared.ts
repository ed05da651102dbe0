import { Attachment, Upload } from '../attachments/entity.ts';
import { FirmContact } from '../firms/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { countCapped, findPage, MOST_COUNTED, type PageAsked, type PageInfo } from '../page.ts';
import { readTogether, rowsOf, type Reading } from '../together.ts';
import { User } from '../users/entity.ts';
import { Comment } from './entity.ts';

/** Whose eyes: of one assignment, or (null) of an observer. */
export type Side = { readonly organisationId: string; readonly workOrderId: string; readonly assignmentId: string | null };

export type SharedConversation = {
  /** Oldest first. */
  readonly comments: readonly Comment[];
  readonly pageInfo: PageInfo;
  /** Of these comments. */
  readonly attachments: readonly Attachment[];
  readonly users: ReadonlyMap<string, User>;
  readonly contacts: ReadonlyMap<string, FirmContact>;
  readonly observers: ReadonlyMap<string, Observer>;
};

/** A page of what is said outside the organisation, the newest first: shared, and nothing of another firm. The database holds to the same rule. */
export async function loadSharedConversation(em: Em, side: Side, asked: PageAsked): Promise<SharedConversation> {
  const found = await findPage(em, Comment, sharedWith(side), { ...asked, sort: { by: 'createdAt', order: 'DESC' } });
  const comments = found.data.toReversed();
  const { organisationId } = side;
  const authors = (of: 'authorUserId' | 'authorContactId' | 'authorObserverId'): string[] =>
    [...new Set(comments.flatMap((one) => (one[of] ? [one[of]] : [])))];
  const files = { organisationId, commentId: { $in: comments.map((one) => one.id) }, visibility: 'shared' as const, isHidden: false, removedAt: null };
  const [attachments, users, contacts, observers] = await readTogether(em, [
    rowsOf(em, Attachment, files, { orderBy: { createdAt: 'asc', id: 'asc' } }),
    rowsOf(em, User, { id: { $in: authors('authorUserId') } }),
    rowsOf(em, FirmContact, { organisationId, id: { $in: authors('authorContactId') } }),
    rowsOf(em, Observer, { organisationId, id: { $in: authors('authorObserverId') } }),
  ]);
  return { comments, pageInfo: found.pageInfo, attachments, users: byId(users), contacts: byId(contacts), observers: byId(observers) };
}

/** Counted as far as lists count. */
export async function countSharedComments(em: Em, side: Side): Promise<number> {
  return Math.min(await countCapped(em, Comment, sharedWith(side)), MOST_COUNTED);
}

/** Files of the order that no message carries: what the client shared. */
export function sharedFiles(em: Em, side: Side): Reading<Attachment[]> {
  return rowsOf(em, Attachment, { ...sharedWith(side), commentId: null, isHidden: false, removedAt: null }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** One shared file, or null for whatever this side may not see. */
export async function findSharedFile(em: Em, side: Side, id: string): Promise<Attachment | null> {
  return em.findOne(Attachment, { ...sharedWith(side), id, isHidden: false, removedAt: null });
}

/** The comment that a sender's key made before, if any. */
export async function findByClientKey(em: Em, side: Side, clientKey: string): Promise<Comment | null> {
  return em.findOne(Comment, { organisationId: side.organisationId, workOrderId: side.workOrderId, clientKey });
}

/** Those of the ids that came by this very link's uploads and belong to no message yet. */
export async function ownWaitingFiles(em: Em, side: Side & { readonly observerId: string | null }, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { organisationId, workOrderId, assignmentId, observerId } = side;
  const uploads = await em.find(Upload, { organisationId, workOrderId, assignmentId, observerId, fileRequestId: null, attachmentId: { $in: [...ids] } });
  const own = uploads.flatMap((one) => (one.attachmentId ? [one.attachmentId] : []));
  const waiting = await em.find(Attachment, { organisationId, workOrderId, id: { $in: own }, commentId: null, removedAt: null });
  return waiting.map((one) => one.id);
}

function sharedWith({ organisationId, workOrderId, assignmentId }: Side) {
  const common = { organisationId, workOrderId, visibility: 'shared' as const };
  return assignmentId ? { ...common, $or: [{ assignmentId: null }, { assignmentId }] } : common;
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
