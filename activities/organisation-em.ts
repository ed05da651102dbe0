import { ApplicationFailure } from '@temporalio/common';
import { systemEm, type Em } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { ActivityDeps } from './deps.ts';

/** One transaction of a process inside its organisation (null: what belongs to none), with an entity manager of its own. */
export async function inOrganisation<T>(
  deps: Pick<ActivityDeps, 'orm'>,
  organisationId: string | null,
  work: (em: Em) => Promise<T>,
): Promise<T> {
  return systemEm(deps.orm, organisationId).transactional(work);
}

/** Turns a refusal of a command into a failure that is not tried again; its words carry codes only, no personal data. */
export function refusalsAreFinal<A extends unknown[], R>(activity: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await activity(...args);
    } catch (error) {
      if (error instanceof DomainError) throw ApplicationFailure.nonRetryable(`Refused: ${error.code}`, 'DomainError');
      throw withoutPersonalData(error);
    }
  };
}

/** Errors quote rows and parameters: only their kind and where they arose may stand in a history or a log. */
export function withoutPersonalData(error: unknown): Error {
  if (error instanceof ApplicationFailure || (error instanceof Error && error.name === 'CancelledFailure')) return error;
  const { name, code, constraint } = error as { name?: string; code?: string; constraint?: string };
  const clean = new Error([name ?? 'Error', code, constraint].filter(Boolean).join(' '));
  clean.stack = `${clean.message}\n${stackOf(error)}`;
  return clean;
}

function stackOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return lines.slice(0, 12).join('\n');
}
