import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';

/** Used by root alone, for what the account of PostgreSQL can't reach where it lies. */
export const SHARED_FOLDER = '/var/lib/gewerk';

/** Makes the shared folder, open to look through. */
export async function makeSharedFolder(): Promise<void> {
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
}

/** Whether an account may walk down to a file or folder; false when it isn't there. */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found === undefined) return false;
    const walk = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
    if ((found.mode & walk) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/**
 * Where the database's own files lie: inside the wished folder, or, when root starts it below a folder
 * that nobody else may enter, in a place of its own named by that folder.
 */
export async function clusterFolder(wished: string, account: Account | undefined): Promise<string> {
  if (account === undefined || (await isReachable(dirname(wished), account))) return wished;
  await makeSharedFolder();
  const name = createHash('sha256').update(wished).digest('hex').slice(0, 16);
  return join(SHARED_FOLDER, `data-${name}`);
}
