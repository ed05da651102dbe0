import { wake } from '../events/wake.ts';
import type { Em } from '../orm.ts';

export type TakenMail = {
  readonly id: string;
  /** The provider's id; the same over its retries. */
  readonly providerId: string;
  readonly rawKey: string;
  readonly size: number;
  /** Why nobody will ever be able to read it; null = its process is woken. */
  readonly fault: 'no_json' | 'no_message_id' | null;
  /** When it came; absent = now. */
  readonly receivedAt?: Date | undefined;
};

/**
 * Notes a mail whose original lies in the file store, and wakes its process. Returns false where it was noted before.
 * `em` is the system's without organisation: whose mail it is, its process finds out.
 */
export async function noteInboundMail(em: Em, mail: TakenMail, now: Date): Promise<boolean> {
  const stored = await em.execute<unknown[]>(
    `insert into inbound_mails (id, provider_id, raw_key, size, status, reason, received_at)
     values (?, ?, ?, ?, ?, ?, ?) on conflict (provider_id) do nothing returning 1`,
    [mail.id, mail.providerId, mail.rawKey, mail.size, mail.fault ? 'rejected' : 'stored', mail.fault, mail.receivedAt ?? now],
  );
  if (stored.length === 0) return false;
  if (!mail.fault) wake(em, { kind: 'inbound', ids: [mail.id], organisationId: null }, now);
  return true;
}
