import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Disk, errors } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Settings } from '#domain/settings.ts';

/** Where bytes are kept; keys are made of ids, never of names that people gave. */
export type FileStore = {
  put(key: string, bytes: Uint8Array | string): Promise<void>;
  putStream(key: string, bytes: Readable): Promise<void>;
  /** Throws `FileMissing` when there is no such object. */
  getBytes(key: string): Promise<Uint8Array>;
  getStream(key: string): Promise<Readable>;
  has(key: string): Promise<boolean>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  removeAll(prefix: string): Promise<void>;
  /** Keys below a prefix with the time of their last change, page by page. */
  list(prefix: string): AsyncGenerator<{ readonly key: string; readonly changedAt: Date }>;
};

/** There is no object under this key. */
export class FileMissing extends Error {
  constructor(key: string) {
    super(`No stored file under ${key}`);
    this.name = 'FileMissing';
  }
}

type StoreSettings = Pick<Settings, 'FILES_DIR' | 'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'>;

/** Opens the folder, or the bucket where one is named; nothing is reached before the first use. */
export async function openFileStore(settings: StoreSettings): Promise<FileStore> {
  return storeOn(settings.S3_BUCKET ? await bucketDisk(settings, settings.S3_BUCKET) : folderDisk(settings.FILES_DIR));
}

/** SHA-256 as it stands in attachment rows. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Key of a new object of an organisation: `<organisation>/<folder>/<id>`. */
export function fileKey(organisationId: string, folder: 'files' | 'previews' | 'parts', id: string): string {
  return `${organisationId}/${folder}/${id}`;
}

function folderDisk(folder: string): Disk {
  return new Disk(new FSDriver({ location: resolve(folder), visibility: 'private' }));
}

/** The S3 client is large: it is loaded only where a bucket is named. */
async function bucketDisk(settings: StoreSettings, bucket: string): Promise<Disk> {
  const { S3Driver } = await import('flydrive/drivers/s3');
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey, S3_ENDPOINT: endpoint } = settings;
  return new Disk(
    new S3Driver({
      bucket,
      visibility: 'private',
      supportsACL: false,
      region: settings.S3_REGION,
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
      ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    }),
  );
}

function storeOn(disk: Disk): FileStore {
  return {
    put: (key, bytes) => disk.put(key, bytes),
    putStream: (key, bytes) => disk.putStream(key, bytes),
    getBytes: (key) => reading(key, () => disk.getBytes(key)),
    getStream: (key) => reading(key, () => streamOf(disk, key)),
    has: (key) => disk.exists(key),
    remove: (key) => disk.delete(key),
    removeAll: (prefix) => disk.deleteAll(prefix),
    list: (prefix) => list(disk, prefix),
  };
}

/** The folder's stream would fail only when it is read, after an answer has begun. */
async function streamOf(disk: Disk, key: string): Promise<Readable> {
  if (!(await disk.exists(key))) throw new FileMissing(key);
  return disk.getStream(key);
}

async function reading<T>(key: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof errors.E_CANNOT_READ_FILE && isMissing(error.cause)) throw new FileMissing(key);
    throw error;
  }
}

function isMissing(cause: unknown): boolean {
  const { code, name } = (cause ?? {}) as { code?: string; name?: string };
  return code === 'ENOENT' || name === 'NoSuchKey' || name === 'NotFound';
}

async function* list(disk: Disk, prefix: string): AsyncGenerator<{ key: string; changedAt: Date }> {
  let paginationToken: string | undefined;
  do {
    const page = await disk.listAll(prefix, { recursive: true, ...(paginationToken ? { paginationToken } : {}) });
    for (const object of page.objects) {
      if (!object.isFile) continue;
      yield { key: object.key, changedAt: new Date((await object.getMetaData()).lastModified) };
    }
    paginationToken = page.paginationToken;
  } while (paginationToken);
}
