import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartFault } from '#tools/start/fault.ts';

const execute = promisify(execFile);
const NAME = 'postgres';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that PostgreSQL runs as: nobody special for an ordinary user, and `postgres` for root, since
 * PostgreSQL refuses root. It is made when the machine lacks it. Throws a StartFault when it can't be made.
 */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUp();
  if (found !== undefined) return found;
  await execute('groupadd', ['--system', NAME]).catch(() => execute('addgroup', ['-S', NAME])).catch(() => undefined);
  await execute('useradd', ['--system', '--no-create-home', '--gid', NAME, NAME])
    .catch(() => execute('adduser', ['-S', '-D', '-H', '-G', NAME, NAME]))
    .catch(() => undefined);
  const made = await lookUp();
  if (made === undefined) {
    throw new StartFault('PostgreSQL does not run as root and no account `postgres` could be made: start as another user, or set DATABASE_URL.');
  }
  return made;
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', NAME]), execute('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
