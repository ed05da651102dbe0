import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { id, instant, organisationId } from '../columns.ts';

/** The answer to a request that named an Idempotency-Key; the same key gets the same answer for a day. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  properties: {
    id: id(),
    organisationId: organisationId(),
    actorId: p.uuid(),
    key: p.text(),
    /** SHA-256 of method, path and body: the same key with another request is refused. */
    requestHash: p.text(),
    status: p.integer(),
    response: p.json<unknown>().nullable(),
    createdAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'actorId', 'key'] }],
});
export type IdempotencyKey = InferEntity<typeof IdempotencyKey>;
