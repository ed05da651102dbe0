import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FileMissing, openFileStore, type FileStore } from '#db/files.ts';
import { parseSettings } from '#domain/settings.ts';

let folder: string;
let files: FileStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gewerk-files-'));
  const secrets = { WEBHOOK_INBOUND_PASSWORD: 'x'.repeat(12), WEBHOOK_EVENTS_PASSWORD: 'x'.repeat(12), POSTMARK_SERVER_TOKEN: 'x' };
  files = await openFileStore(parseSettings({ DATABASE_URL: 'postgres://a:b@localhost/c', FILES_DIR: folder, ...secrets }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what is put can be got, listed and removed', async () => {
  await files.put('o1/files/a', 'eins');
  await files.putStream('o1/files/b', Readable.from([Buffer.from('zw'), Buffer.from('ei')]));
  expect(Buffer.from(await files.getBytes('o1/files/b')).toString()).toBe('zwei');
  const keys: string[] = [];
  for await (const { key, changedAt } of files.list('o1')) {
    keys.push(key);
    expect(changedAt).toEqual((await stat(join(folder, key))).mtime);
  }
  expect(keys.toSorted()).toEqual(['o1/files/a', 'o1/files/b']);
  await files.remove('o1/files/a');
  expect(await files.has('o1/files/a')).toBe(false);
});

test('a missing object says so before a byte is read, and removing or listing what is not there is no error', async () => {
  await expect(files.getBytes('o1/files/none')).rejects.toBeInstanceOf(FileMissing);
  await expect(files.getStream('o1/files/none')).rejects.toBeInstanceOf(FileMissing);
  await files.remove('o1/files/none');
  await files.removeAll('o9/parts/none');
  for await (const one of files.list('o9')) expect(one).toBeNull();
});

test('a key that would leave the folder is refused', async () => {
  await expect(files.put('../outside', 'x')).rejects.toThrow();
  await expect(files.getBytes('o1/../../etc/passwd')).rejects.toThrow();
});
