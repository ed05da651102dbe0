import { MikroORM, type EntityManager, type Options } from '@mikro-orm/postgresql';
import type { Actor } from '#domain/actors.ts';
import config from './mikro-orm.config.ts';

/** The database roles; each transaction of the application runs as one of them (security: README of this room). */
export const DATABASE_ROLES = {
  member: 'gewerk_member',
  link: 'gewerk_link',
  system: 'gewerk_system',
  operator: 'gewerk_operator',
} as const;

export type Orm = MikroORM;
export type Em = EntityManager;

/** Opens the pool; `url` is the plain login's, never the owner's. */
export async function openOrm(url: string, poolSize = 10, options: Partial<Options> = {}): Promise<Orm> {
  return MikroORM.init({
    ...config,
    clientUrl: url,
    dbName: decodeURIComponent(new URL(url).pathname.slice(1)),
    pool: { min: 0, max: poolSize },
    ...options,
  });
}

/**
 * An entity manager that the database holds to one actor: role and variables are set in each transaction.
 * Mail actors work as `system` inside one organisation; their limits are the command's.
 */
export function emFor(orm: Orm, actor: Actor): Em {
  if (actor.kind === 'operator') return fork(orm, DATABASE_ROLES.operator, { 'app.user_id': actor.userId });
  if (actor.kind === 'member') {
    return fork(orm, DATABASE_ROLES.member, {
      'app.organisation_id': actor.organisationId,
      'app.user_id': actor.userId,
    });
  }
  if (actor.kind === 'link') {
    return fork(orm, DATABASE_ROLES.link, {
      'app.organisation_id': actor.organisationId,
      'app.work_order_id': actor.workOrderId,
      'app.assignment_id': actor.assignmentId ?? '',
      'app.observer_id': actor.observerId ?? '',
      'app.link_id': actor.linkId,
    });
  }
  return systemEm(orm, actor.organisationId);
}

/**
 * The system role: with an organisation it works inside that one; without, it reads the id-only tables
 * (outbox, processes, links, reply addresses, mail references) and the tables that belong to no tenant.
 */
export function systemEm(orm: Orm, organisationId?: string | null): Em {
  return fork(orm, DATABASE_ROLES.system, organisationId ? { 'app.organisation_id': organisationId } : {});
}

/** Look-ups before an actor is known: session, sign-in, tokens of an account. */
export function gateEm(orm: Orm, userId?: string): Em {
  return fork(orm, DATABASE_ROLES.system, userId ? { 'app.user_id': userId } : {});
}

function fork(orm: Orm, role: string, variables: Record<string, string>): Em {
  return orm.em.fork({ session: { role, variables } });
}
