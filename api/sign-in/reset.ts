import { requestPasswordReset } from '#db/users/commands/tokens.ts';
import { DomainError } from '#domain/errors.ts';
import { addressKey } from '../middleware/limits.ts';
import type { Visitor } from './sign-in.ts';

/**
 * Has a link to set a new password mailed, if the address is somebody's; `invitation` is where they go on with it. Too
 * many for one mailbox answer the same, too: only the mails stop.
 */
export async function askForReset(
  { deps, address, transact, now }: Pick<Visitor, 'deps' | 'address' | 'transact' | 'now'>, email: string, invitation: Parameters<typeof requestPasswordReset>[3] = null,
): Promise<void> {
  await deps.limits.consume('resetAddress', addressKey(address));
  const isWithinLimit = await deps.limits.consume('resetAccount', email).then(() => true, isNotTooMany);
  if (isWithinLimit) await transact((em) => requestPasswordReset(em, email, now, invitation));
}

function isNotTooMany(error: unknown): boolean {
  if (error instanceof DomainError && error.code === 'too_many_requests') return false;
  throw error;
}
