import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { newId } from '#db/columns.ts';
import { noteInboundMail, type TakenMail } from '#db/mails/intake.ts';
import { systemEm } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { AppDeps } from '../deps.ts';
import { JsonWatch } from './json-watch.ts';

/** 35 MB of files are more than 47 MB of JSON; what is larger the provider doesn't pass on. */
export const INBOUND_LIMIT_BYTES = 60 * 1024 * 1024;

/**
 * Takes a mail: its JSON flows into the file store as it comes, then row and outbox row are written together.
 * - 200: stored, or stored before (the same MessageID again).
 * - 200, too, for what can never be read (no JSON object, no MessageID): any other answer would only have it sent ten times
 *   more. It is kept as `rejected`, for the operator, once per content.
 * - 413 for more than 60 MB, 503 while the database is away: both are tried again by the provider.
 */
export function takeInboundMail(deps: AppDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    if (Number(req.headers['content-length'] ?? 0) > INBOUND_LIMIT_BYTES) throw tooLarge();
    const id = newId();
    const rawKey = `inbound/${id}.json`;
    const body = await storeBody(deps, req, rawKey);
    const mail: TakenMail = { id, rawKey, ...body };
    // Where this fails, the original stays: whether the row was committed may be unknown, and a mail must not be lost.
    const isNew = await systemEm(deps.orm).transactional((em) => noteInboundMail(em, mail, deps.clock()));
    if (!isNew) await deps.files.remove(rawKey);
    if (mail.fault) req.log.warn({ inboundMailId: id, fault: mail.fault }, 'an unreadable mail was kept');
    res.status(200).json({ isNew });
  };
}

async function storeBody(deps: AppDeps, req: Request, rawKey: string): Promise<Omit<TakenMail, 'id' | 'rawKey'>> {
  const watch = new JsonWatch('MessageID');
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    // Leaving off must not end the connection: the refusal is still to be said.
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > INBOUND_LIMIT_BYTES) throw tooLarge();
      watch.write(chunk);
      hash.update(chunk);
      yield chunk;
    }
  }
  let failure: unknown = null;
  const noted = Readable.from(noteFailure(counted(), (error) => (failure = error)), { objectMode: false });
  try {
    await deps.files.putStream(rawKey, noted);
  } catch (error) {
    await deps.files.remove(rawKey);
    throw failure ?? error;
  }
  const { isWhole, value } = watch.end();
  if (value) return { providerId: value, size, fault: null };
  return { providerId: `sha256:${hash.digest('hex')}`, size, fault: isWhole ? 'no_message_id' : 'no_json' };
}

/** The store wraps what its source throws; the answer needs the cause itself. */
async function* noteFailure(source: AsyncGenerator<Uint8Array>, note: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    note(error);
    throw error;
  }
}

function tooLarge(): DomainError {
  return new DomainError('body_too_large', { limitBytes: INBOUND_LIMIT_BYTES });
}
