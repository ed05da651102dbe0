import { LockMode } from '@mikro-orm/postgresql';
import { DomainError } from '#domain/errors.ts';
import { newId } from '../../columns.ts';
import { queueMail } from '../../mails/queue.ts';
import type { Em } from '../../orm.ts';
import { AccountToken, User } from '../entity.ts';
import { hashSecret, newSecret } from '../secrets.ts';

export const HOUR_MS = 3_600_000;

/** How long a link lives, counted from the mail that carries it. */
export const TOKEN_LIFETIME_MS = {
  reset_password: 2 * HOUR_MS,
  join: 30 * 24 * HOUR_MS,
  first_administrator: 7 * 24 * HOUR_MS,
} as const satisfies Record<AccountToken['purpose'], number>;

export type TokenFor = {
  readonly purpose: AccountToken['purpose'];
  readonly userId: string | null;
  readonly organisationId: string | null;
  readonly partnershipId?: string | null;
};

/**
 * Makes a single-use account link; the caller puts the token into a mail (`PUBLIC_URL/account/<token>`) and must have
 * committed before it goes out.
 */
export async function issueAccountToken(em: Em, wanted: TokenFor, now: Date): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newSecret();
  const expiresAt = new Date(now.getTime() + TOKEN_LIFETIME_MS[wanted.purpose]);
  em.create(AccountToken, { id: newId(), ...wanted, tokenHash: hash, createdAt: now, expiresAt });
  await em.flush();
  return { token, expiresAt };
}

/** Of an account link: `token_invalid` when unknown or used, `token_expired` when too old. */
export async function findAccountToken(em: Em, token: string, now: Date): Promise<AccountToken> {
  return checked(await em.findOne(AccountToken, { tokenHash: hashSecret(token) }), now);
}

/** Uses an account link up, under its lock: of two at the same moment one gets `token_invalid`. */
export async function takeAccountToken(em: Em, token: string, now: Date): Promise<AccountToken> {
  const found = await em.findOne(AccountToken, { tokenHash: hashSecret(token) }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  const row = checked(found, now);
  row.usedAt = now;
  await em.flush();
  return row;
}

function checked(row: AccountToken | null, now: Date): AccountToken {
  if (!row || row.usedAt) throw new DomainError('token_invalid');
  if (row.expiresAt <= now) throw new DomainError('token_expired');
  return row;
}

class RolledBack extends Error {}

/**
 * Queues the mail that lets somebody set a new password. For an address that nobody has, the same rows are written and
 * taken back, so that the time tells nothing. The link itself is made when the mail is sent; it goes on to `invitation`.
 */
export async function requestPasswordReset(
  em: Em, email: string, now: Date, invitation: { readonly organisationId: string; readonly partnershipId: string } | null = null,
): Promise<void> {
  const user = await em.findOne(User, { email });
  try {
    await em.transactional(async (inner) => {
      await queueMail(
        inner,
        {
          template: 'reset-password',
          organisationId: null,
          to: { email, name: user?.name ?? null, userId: user?.id ?? null, locale: user?.locale ?? 'de-DE' },
          party: null,
          cause: 'reset_password',
          parameters: { userId: user?.id ?? null, ...invitation },
        },
        now,
      );
      await inner.flush();
      if (!user) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}
