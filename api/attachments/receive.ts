import busboy from 'busboy';
import { createHash, type Hash } from 'node:crypto';
import type { Request } from 'express';
import type { Readable } from 'node:stream';
import { discardFile, megabytes, storeFile, type StoredFile } from '#db/attachments/store-file.ts';
import type { FileStore } from '#db/files.ts';
import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { safeFileName } from '#domain/mail/attachments.ts';

/** A file that was not taken; the others of the request were. */
export type RefusedFile = { readonly name: string; readonly code: ErrorCode; readonly limitBytes: number | null };

/** What a form sent: its files lie in the store and have no rows yet. */
export type ReceivedForm = {
  readonly stored: readonly StoredFile[];
  readonly refused: readonly RefusedFile[];
  readonly fields: ReadonlyMap<string, string>;
  /** The same with every value of a field that came several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** Of all that came, as it came: the same form sent again has the same one. */
  readonly fingerprint: () => string;
};

export type ReceiveOptions = {
  readonly files: FileStore;
  readonly organisationId: string;
  readonly limitBytes: number;
  readonly mostFiles?: number | undefined;
};

const MOST_FILES = 50;
const FIELD_BYTES = 64 * 1024;
const PER_FILE: readonly ErrorCode[] = ['file_too_large', 'file_empty', 'file_type_not_allowed'];

/**
 * Reads a multipart form: files named `files` stream to the store, text fields come back. Each file is refused by name
 * without losing the others. Throws `bad_request` for what is no such form or breaks off; then nothing stays stored.
 * The caller writes the rows in one transaction, and calls `discardForm` when that fails.
 */
export async function receiveForm(req: Request, options: ReceiveOptions): Promise<ReceivedForm> {
  const form = new IncomingForm(options);
  try {
    await form.read(req);
  } catch (error) {
    await discardAll(options.files, form.stored);
    throw error;
  }
  return form;
}

/** Takes back the files of a form whose rows could not be written. */
export async function discardForm(files: FileStore, form: ReceivedForm): Promise<void> {
  await discardAll(files, form.stored);
}

async function discardAll(files: FileStore, stored: readonly StoredFile[]): Promise<void> {
  for (const file of stored) await discardFile(files, file);
}

class IncomingForm implements ReceivedForm {
  readonly stored: StoredFile[] = [];
  readonly refused: RefusedFile[] = [];
  readonly fields = new Map<string, string>();
  readonly lists = new Map<string, string[]>();
  readonly #options: ReceiveOptions;
  readonly #hashes: { readonly name: string; readonly hash: Hash }[] = [];
  #works: Promise<void>[] = [];

  constructor(options: ReceiveOptions) {
    this.#options = options;
  }

  async read(req: Request): Promise<void> {
    const parser = parserOf(req, this.#options);
    const parsed = new Promise<void>((resolve, reject) => {
      parser.on('file', (field, stream, info) => {
        if (field === 'files' && info.filename) this.#works.push(this.#take(info.filename, stream));
        else stream.resume();
      });
      parser.on('field', (name, value, info) => {
        if (info.valueTruncated || info.nameTruncated) reject(new DomainError('body_too_large'));
        else this.#keep(name, value);
      });
      for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) parser.once(limit, () => reject(new DomainError('body_too_large')));
      parser.once('error', () => reject(new DomainError('bad_request')));
      parser.once('close', resolve);
      req.once('aborted', () => reject(new DomainError('bad_request')));
    });
    req.pipe(parser);
    const ended = await Promise.allSettled([parsed, parsed.then(async () => Promise.all(this.#works))]);
    const failed = ended.find((one) => one.status === 'rejected');
    if (!failed) return;
    req.unpipe(parser);
    // What is still sent flows by, or its sender never gets to read the answer.
    req.resume();
    parser.destroy();
    await Promise.allSettled(this.#works);
    throw failed.reason;
  }

  #keep(name: string, value: string): void {
    this.fields.set(name, value);
    this.lists.set(name, [...(this.lists.get(name) ?? []), value]);
  }

  fingerprint(): string {
    return JSON.stringify([[...this.lists].toSorted(([a], [b]) => a.localeCompare(b)), this.#hashes.map(({ name, hash }) => [name, hash.copy().digest('base64url')])]);
  }

  async #take(name: string, stream: Readable): Promise<void> {
    const hash = createHash('sha256');
    this.#hashes.push({ name, hash });
    const bytes = hashed(stream, hash);
    const { files, organisationId, limitBytes } = this.#options;
    try {
      this.stored.push(await storeFile(files, organisationId, { name, bytes, limitBytes }));
    } catch (error) {
      this.#refuse(error, name);
    }
    // What a refusal left unread must flow by, or the next file never comes.
    for (let rest = await bytes.next(); !rest.done; rest = await bytes.next());
  }

  #refuse(error: unknown, name: string): void {
    if (!(error instanceof DomainError) || !PER_FILE.includes(error.code)) throw error;
    const { limitBytes } = error.details;
    this.refused.push({ name: safeFileName(name), code: error.code, limitBytes: typeof limitBytes === 'number' ? limitBytes : null });
  }
}

/** What flows through, counted into a hash on the way. */
async function* hashed(stream: Readable, hash: Hash): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    yield chunk;
  }
}

function parserOf(req: Request, options: ReceiveOptions): busboy.Busboy {
  if (!/^multipart\/form-data\b/i.test(req.headers['content-type'] ?? '')) throw new DomainError('bad_request');
  try {
    const limits = {
      files: options.mostFiles ?? MOST_FILES, fields: 80, parts: 140, fieldSize: FIELD_BYTES, fieldNameSize: 100, headerPairs: 50,
      // One byte more than allowed reaches us, so that the refusal is ours.
      fileSize: options.limitBytes + 1,
    };
    return busboy({ headers: req.headers, defParamCharset: 'utf8', limits });
  } catch {
    throw new DomainError('bad_request');
  }
}

/** Details for the sentence that says why a file was not taken. */
export function refusalDetails(file: RefusedFile): Readonly<Record<string, unknown>> {
  return { name: file.name, limit: file.limitBytes === null ? '' : megabytes(file.limitBytes) };
}
