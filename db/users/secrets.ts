import { createHash, randomBytes } from 'node:crypto';

export type Secret = {
  /** For the browser or the mail; can't be read again. */
  readonly token: string;
  /** For the row. */
  readonly hash: string;
};

/** A new secret of 256 random bits, for sessions and account links. */
export function newSecret(): Secret {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashSecret(token) };
}

/** SHA-256 as stored; a plain hash is enough for 256 random bits. */
export function hashSecret(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
