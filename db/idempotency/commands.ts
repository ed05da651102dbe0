import type { AccountActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { newId } from '../columns.ts';
import { actAsSystem, seeAs, type Em } from '../orm.ts';
import { assertStillSeen } from './still-seen.ts';

export type RepeatKey = {
  readonly actor: AccountActor;
  readonly key: string;
  /** SHA-256 of method, path and body. */
  readonly requestHash: string;
};

export type Answer = { readonly status: number; readonly response: unknown };

type StoredRow = { request_hash: string; status: number; response: unknown };

/**
 * Runs `work` once per key: a repeat gets the first answer, a repeat at the same moment waits for it, and another request
 * under the same key throws `idempotency_key_reused`. What the actor sees no more, no repeat shows: `not_found`. Key and effect stand or fall with the one transaction of `em`.
 * The keys are closed to partners, whose own rights `work` runs with.
 */
export async function once(em: Em, asked: RepeatKey, now: Date, work: () => Promise<Answer>): Promise<Answer & { isRepeat: boolean }> {
  const id = newId();
  const { organisationId, userId } = asked.actor;
  await actAsSystem(em, asked.actor);
  const added = await em.execute<{ id: string }[]>(
    `insert into idempotency_keys (id, organisation_id, actor_id, key, request_hash, status, response, created_at)
     values (?, ?, ?, ?, ?, 0, null, ?) on conflict (organisation_id, actor_id, key) do nothing returning id`,
    [id, organisationId, userId, asked.key, asked.requestHash, now],
  );
  if (added.length === 0) return { ...(await storedAnswer(em, asked)), isRepeat: true };
  await seeAs(em, asked.actor);
  const answer = await work();
  await em.flush();
  await actAsSystem(em, asked.actor);
  await em.execute('update idempotency_keys set status = ?, response = ?::jsonb where id = ? and organisation_id = ?', [
    answer.status,
    JSON.stringify(answer.response ?? null),
    id,
    organisationId,
  ]);
  return { ...answer, isRepeat: false };
}

async function storedAnswer(em: Em, asked: RepeatKey): Promise<Answer> {
  const rows = await em.execute<StoredRow[]>(
    'select request_hash, status, response from idempotency_keys where organisation_id = ? and actor_id = ? and key = ?',
    [asked.actor.organisationId, asked.actor.userId, asked.key],
  );
  const row = rows[0];
  if (!row) throw new DomainError('conflict');
  if (row.request_hash !== asked.requestHash) throw new DomainError('idempotency_key_reused');
  await assertStillSeen(em, asked.actor, row.response);
  return { status: row.status, response: row.response };
}
