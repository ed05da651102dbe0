import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '#domain/errors.ts';
import { safeFileName } from '#domain/mail/attachments.ts';
import { newId } from '../columns.ts';
import { assertHarmless, contentTypeOf, HEAD_BYTES } from '../file-types.ts';
import { fileKey, sha256Of, type FileStore } from '../files.ts';
import { isImage, prepareImage } from '../images.ts';

/** A file that lies in the store and has no row yet; nobody can read it before it has one. */
export type StoredFile = {
  readonly fileKey: string;
  readonly previewKey: string | null;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly takenAt: string | null;
};

export type FileSource = {
  /** As its sender named it. */
  readonly name: string;
  /** Read as far as needed; after a refusal the rest is the caller's. */
  readonly bytes: AsyncIterator<Uint8Array>;
  readonly limitBytes: number;
};

/** A picture is worked on as a whole: a larger one than this is no photo. */
export const IMAGE_LIMIT_BYTES = 160 * 1024 * 1024;

/**
 * Puts a file into the store: type by content, position out of photos, preview, checksum. Throws `file_too_large`,
 * `file_empty` or `file_type_not_allowed` with `details.name`; then nothing is left in the store.
 */
export async function storeFile(files: FileStore, organisationId: string, source: FileSource): Promise<StoredFile> {
  const name = safeFileName(source.name);
  const reading = new CountedBytes({ ...source, name });
  const head = await reading.head();
  const contentType = await contentTypeOf(head, name);
  assertHarmless({ contentType, name, size: head.length });
  if (isImage(contentType)) {
    reading.lowerLimit(IMAGE_LIMIT_BYTES);
    return storeImage(files, organisationId, { name, contentType, reading });
  }
  return storeAsIs(files, organisationId, { name, contentType, reading });
}

/** Takes back what no row will name; a cleaner finds what this misses. */
export async function discardFile(files: FileStore, file: Pick<StoredFile, 'fileKey' | 'previewKey'>): Promise<void> {
  await files.remove(file.fileKey);
  if (file.previewKey) await files.remove(file.previewKey);
}

/** Bytes at hand as a source. */
export function bytesOf(bytes: Uint8Array): AsyncIterator<Uint8Array> {
  return Readable.from(bytes.length > 0 ? [bytes] : [])[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
}

type Incoming = { readonly name: string; readonly contentType: string; readonly reading: CountedBytes };

async function storeAsIs(files: FileStore, organisationId: string, { name, contentType, reading }: Incoming): Promise<StoredFile> {
  const key = fileKey(organisationId, 'files', newId());
  try {
    await files.putStream(key, reading.stream());
  } catch (error) {
    await files.remove(key);
    throw reading.failure ?? error;
  }
  return { fileKey: key, previewKey: null, name, contentType, size: reading.size, sha256: reading.sha256(), width: null, height: null, takenAt: null };
}

/** Waits in a folder of the machine until its turn: one picture is worked on at a time. */
async function storeImage(files: FileStore, organisationId: string, { name, contentType, reading }: Incoming): Promise<StoredFile> {
  const path = join(tmpdir(), `gewerk-image-${newId()}`);
  try {
    await pipeline(reading.stream(), createWriteStream(path));
    return await oneAtATime(async () => {
      const image = await prepareImage(await readFile(path), contentType);
      const id = newId();
      const stored = {
        fileKey: fileKey(organisationId, 'files', id),
        previewKey: image.preview ? fileKey(organisationId, 'previews', id) : null,
        name: image.ending ? `${name.replace(/\.[^.]*$/, '')}${image.ending}` : name,
        contentType: image.contentType, size: image.bytes.length, sha256: sha256Of(image.bytes),
        width: image.width, height: image.height, takenAt: image.takenAt,
      };
      await putBoth(files, stored, image.bytes, image.preview);
      return stored;
    });
  } finally {
    await rm(path, { force: true });
  }
}

async function putBoth(files: FileStore, stored: StoredFile, bytes: Uint8Array, preview: Uint8Array | null): Promise<void> {
  try {
    await files.put(stored.fileKey, bytes);
    if (stored.previewKey && preview) await files.put(stored.previewKey, preview);
  } catch (error) {
    await discardFile(files, stored);
    throw error;
  }
}

/** `250 MB`, for sentences in any language. */
export function megabytes(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))} MB`;
}

let last: Promise<unknown> = Promise.resolve();

function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

/** Counts and hashes what flows through, and stops at the limit. */
class CountedBytes {
  size = 0;
  failure: Error | null = null;
  readonly #source: FileSource;
  readonly #hash = createHash('sha256');
  #limit: number;
  #waiting: Uint8Array[] = [];

  constructor(source: FileSource) {
    this.#source = source;
    this.#limit = source.limitBytes;
  }

  lowerLimit(limit: number): void {
    this.#limit = Math.min(this.#limit, limit);
  }

  /** The first bytes, which tell the type; they are part of the stream, too. */
  async head(): Promise<Uint8Array> {
    let length = 0;
    while (length < HEAD_BYTES) {
      const chunk = await this.#next();
      if (!chunk) break;
      this.#waiting.push(chunk);
      length += chunk.length;
    }
    return Buffer.concat(this.#waiting);
  }

  stream(): Readable {
    return Readable.from(this.#all(), { objectMode: false });
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }

  async *#all(): AsyncGenerator<Uint8Array> {
    const head = this.#waiting;
    this.#waiting = [];
    yield* head;
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk;
  }

  async #next(): Promise<Uint8Array | null> {
    const { value, done } = await this.#source.bytes.next();
    if (done) return null;
    this.size += value.length;
    if (this.size > this.#limit) {
      this.failure = new DomainError('file_too_large', { name: this.#source.name, limit: megabytes(this.#limit), limitBytes: this.#limit });
      throw this.failure;
    }
    this.#hash.update(value);
    return value;
  }
}
