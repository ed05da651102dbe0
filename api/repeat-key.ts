import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { RepeatKey } from '#db/idempotency/commands.ts';
import { accountIdOf, type Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';

/** What a request is kept under for a repeat; null where none was asked for. Only POSTs of an account are kept; the header of any other request is ignored. */
export type AskedRepeat = { readonly keyFor: (body: string) => RepeatKey };

/** Reads the `Idempotency-Key` of a request; `keyFor` binds it to what the request says. Throws `bad_request` for a key that can't be one. */
export function askedRepeat(req: Request, actor: Actor | null): AskedRepeat | null {
  const key = req.headers['idempotency-key'];
  if (req.method !== 'POST' || typeof key !== 'string' || (actor?.kind !== 'member' && actor?.kind !== 'partner')) return null;
  if (key.length === 0 || key.length > 200) throw new DomainError('bad_request');
  return {
    keyFor: (body) => ({
      // Somebody may belong to both sides of a partnership: each account has keys of its own.
      actor, key: `${accountIdOf(actor)}:${key}`,
      requestHash: createHash('sha256').update(`${req.method} ${req.originalUrl}\n${body}`).digest('base64url'),
    }),
  };
}
