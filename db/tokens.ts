import { createHash, randomBytes } from 'node:crypto';

/** A new secret for a link: 256 random bits, safe in a path; only its hash may be stored. */
export function mintToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** What is stored of a token: hex of the SHA-256 of its text. Look-ups by it need no constant-time comparison. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Key of a reply address: 128 random bits in lower-case letters and digits, as local parts get lower-cased on the way. */
export function mintReplyKey(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let key = '';
  for (let place = 0; place < 26; place += 1) {
    key += alphabet[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  return key;
}
