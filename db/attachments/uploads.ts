import { LockMode } from '@mikro-orm/postgresql';
import type { Readable } from 'node:stream';
import type { Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { safeFileName } from '#domain/mail/attachments.ts';
import { newId } from '../columns.ts';
import { assertHarmless } from '../file-types.ts';
import { fileKey, type FileStore } from '../files.ts';
import type { Em } from '../orm.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { storeAttachment } from './commands.ts';
import { Attachment, Upload } from './entity.ts';
import { discardFile, megabytes, storeFile } from './store-file.ts';

/** Size of the pieces that a sender is asked to send; a phone on a poor connection gets one through in some seconds. */
export const PIECE_BYTES = 1024 * 1024;
/** No piece is larger, whatever its sender says. */
const MOST_PIECE_BYTES = 8 * PIECE_BYTES;
const HOURS = 24;

export type Progress = {
  readonly uploadId: string;
  readonly size: number;
  /** Bytes that have arrived; the next piece begins here. */
  readonly received: number;
  readonly attachmentId: string | null;
};

export type PieceDeps = {
  readonly files: FileStore;
  /** Runs in a short transaction as the actor; none is open while bytes flow. */
  readonly transact: <T>(work: (em: Em) => Promise<T>) => Promise<T>;
  readonly limitBytes: number;
  /** Default true: a message follows and tells of it. */
  readonly isForMessage?: boolean | undefined;
  /** As in `AttachmentInput`. */
  readonly assignmentId?: string | null | undefined;
  /** Of the link that asks, where it is one of a file request. */
  readonly fileRequestId?: string | null | undefined;
  /** What else must happen in the transaction that makes it an attachment (a file request is fulfilled). */
  readonly onStored?: ((em: Em, attachment: Attachment, upload: Upload) => Promise<void>) | undefined;
};

type Asked = { readonly uploadId: string; readonly fileRequestId?: string | null | undefined };

/** Begins a file that comes in pieces; valid for a day. Throws `file_too_large`, `file_empty`, `file_type_not_allowed`. */
export async function startUpload(
  em: Em,
  actor: Actor,
  input: { workOrderId: string; name: string; size: number; limitBytes: number; fileRequestId?: string | null | undefined },
  now: Date,
): Promise<Progress> {
  const order = await findWorkOrder(em, actor, input.workOrderId);
  const name = safeFileName(input.name);
  assertHarmless({ contentType: '', name, size: input.size });
  if (input.size > input.limitBytes) throw new DomainError('file_too_large', { name, limit: megabytes(input.limitBytes), limitBytes: input.limitBytes });
  const id = newId();
  em.create(Upload, {
    id, organisationId: order.organisationId, workOrderId: order.id,
    assignmentId: 'assignmentId' in actor ? actor.assignmentId : null, observerId: 'observerId' in actor ? actor.observerId : null,
    fileRequestId: input.fileRequestId ?? null, userId: actor.kind === 'member' ? actor.userId : null,
    name, size: input.size, partsKey: fileKey(order.organisationId, 'parts', id),
    createdAt: now, expiresAt: new Date(now.getTime() + HOURS * 3_600_000),
  });
  return { uploadId: id, size: input.size, received: 0, attachmentId: null };
}

/** How much has arrived. Throws `not_found` for what is not the actor's, or too old. */
export async function uploadProgress(em: Em, actor: Actor, asked: Asked, now: Date): Promise<Progress> {
  return progressOf(await findUpload(em, actor, asked, now));
}

/**
 * Takes the piece that begins at `offset`; the last one makes it an attachment. A piece that is there already, or that
 * leaves a gap, changes nothing: the answer says where to go on. Throws what `storeFile` throws; then the upload is over.
 */
export async function appendPiece(deps: PieceDeps, actor: Actor, piece: { uploadId: string; offset: number; bytes: Readable }, now: Date): Promise<Progress> {
  const before = await deps.transact(async (em) => findUpload(em, actor, { ...piece, fileRequestId: deps.fileRequestId }, now));
  if (before.attachmentId) return progressOf(before);
  const isNext = piece.offset === before.received && before.received < before.size;
  const upload = isNext ? await takePiece(deps, before, piece.offset, await readPiece(before, piece)) : before;
  return upload.received === upload.size ? finish(deps, actor, upload, now) : progressOf(upload);
}

async function readPiece(upload: Upload, piece: { offset: number; bytes: Readable }): Promise<Uint8Array> {
  const most = Math.min(MOST_PIECE_BYTES, upload.size - piece.offset);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of piece.bytes as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw new DomainError('body_too_large', { mostBytes: most });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Under the row's lock, so that a piece that is sent twice at once is written once and never while it is read. */
async function takePiece(deps: PieceDeps, upload: Upload, offset: number, bytes: Uint8Array): Promise<Upload> {
  return deps.transact(async (em) => {
    const row = await lockUpload(em, upload.id);
    if (row.received !== offset || row.attachmentId || bytes.length === 0) return row;
    await deps.files.put(pieceKey(row, offset), bytes);
    row.received += bytes.length;
    return row;
  });
}

/** All pieces are there: they become one file, and one attachment, also when two requests come here at once. */
async function finish(deps: PieceDeps, actor: Actor, upload: Upload, now: Date): Promise<Progress> {
  const stored = await storeFile(deps.files, upload.organisationId, {
    name: upload.name, limitBytes: deps.limitBytes, bytes: pieces(deps.files, upload),
  }).catch(async (error: unknown) => {
    if (error instanceof DomainError) await end(deps, upload, now);
    return failedAgainst(deps, upload, error);
  });
  if ('uploadId' in stored) return stored;
  const done = await deps.transact(async (em) => {
    const row = await lockUpload(em, upload.id);
    if (row.attachmentId) return row;
    const attachment = await storeAttachment(em, actor, { workOrderId: row.workOrderId, file: stored, visibility: 'shared', isForMessage: deps.isForMessage ?? true, assignmentId: deps.assignmentId }, now);
    row.attachmentId = attachment.id;
    await em.flush();
    await deps.onStored?.(em, attachment, row);
    return row;
  }).catch(async (error: unknown) => {
    await discardFile(deps.files, stored);
    throw error;
  });
  const isOurs = await deps.transact(async (em) => (await em.count(Attachment, { id: done.attachmentId ?? '', fileKey: stored.fileKey })) === 1);
  if (!isOurs) await discardFile(deps.files, stored);
  await deps.files.removeAll(upload.partsKey);
  return progressOf(done);
}

/** Another request may have finished meanwhile, and taken the pieces away: then its answer is ours. */
async function failedAgainst(deps: PieceDeps, upload: Upload, error: unknown): Promise<Progress> {
  const row = await deps.transact(async (em) => lockUpload(em, upload.id));
  if (row.attachmentId) return progressOf(row);
  throw error;
}

/** Nothing more can come of it; upkeep takes the row away. */
async function end(deps: PieceDeps, upload: Upload, now: Date): Promise<void> {
  const isOver = await deps.transact(async (em) => {
    const row = await lockUpload(em, upload.id);
    if (!row.attachmentId) row.expiresAt = now;
    return !row.attachmentId;
  });
  if (isOver) await deps.files.removeAll(upload.partsKey);
}

async function* pieces(files: FileStore, upload: Upload): AsyncGenerator<Uint8Array> {
  const keys: string[] = [];
  for await (const { key } of files.list(upload.partsKey)) keys.push(key);
  let length = 0;
  for (const key of keys.toSorted()) {
    const piece = await files.getBytes(key);
    length += piece.length;
    yield piece;
  }
  // Two senders of the same piece may have cut it differently: then it is begun again.
  if (length !== upload.size) throw new DomainError('conflict', { uploadId: upload.id });
}

/** Names sort by offset. A piece that was sent twice lies under the same name. */
function pieceKey(upload: Upload, offset: number): string {
  return `${upload.partsKey}/${String(offset).padStart(12, '0')}`;
}

async function findUpload(em: Em, actor: Actor, { uploadId, fileRequestId }: Asked, now: Date): Promise<Upload> {
  const upload = await em.findOne(Upload, { id: uploadId });
  const isMine = upload && (actor.kind === 'member' ? upload.userId === actor.userId : isOfLink(actor, upload, fileRequestId ?? null));
  if (!upload || !isMine || upload.expiresAt <= now) throw new DomainError('not_found', { uploadId });
  await findWorkOrder(em, actor, upload.workOrderId);
  return upload;
}

function isOfLink(actor: Actor, upload: Upload, fileRequestId: string | null): boolean {
  if (!('assignmentId' in actor)) return actor.kind === 'system';
  if ((upload.fileRequestId ?? null) !== fileRequestId) return false;
  return (upload.assignmentId ?? null) === actor.assignmentId && (upload.observerId ?? null) === actor.observerId;
}

async function lockUpload(em: Em, uploadId: string): Promise<Upload> {
  return em.findOneOrFail(Upload, { id: uploadId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

function progressOf(upload: Upload): Progress {
  return { uploadId: upload.id, size: upload.size, received: upload.received, attachmentId: upload.attachmentId ?? null };
}
