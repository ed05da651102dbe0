import { MikroORM, type EntityManager, type Options } from '@mikro-orm/postgresql';
import type { Actor, PartnerActor } from '#domain/actors.ts';
import config from './mikro-orm.config.ts';
import { OneWayClient } from './one-way-client.ts';

/** The database roles; each transaction of the application runs as one of them (security: README of this room). */
export const DATABASE_ROLES = {
  member: 'gewerk_member',
  partner: 'gewerk_partner',
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
    driverOptions: { Client: OneWayClient },
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
  if (actor.kind === 'partner') {
    return fork(orm, DATABASE_ROLES.partner, {
      'app.organisation_id': actor.organisationId,
      'app.partnership_id': actor.partnershipId,
      'app.partner_organisation_id': actor.partnerOrganisationId,
      'app.user_id': actor.userId,
    });
  }
  if (actor.kind === 'invitee') {
    return fork(orm, DATABASE_ROLES.link, {
      'app.organisation_id': actor.organisationId,
      'app.invitation_id': actor.partnershipId,
      'app.link_id': actor.linkId,
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

/**
 * Goes on in this transaction with the rights of the system inside the client's organisation. Partners and invitees only
 * read by their own roles: a command of theirs calls this once it has found its subject through their eyes, since what
 * follows (status of the order, people told, processes woken) reaches rows that they don't see. For others: nothing.
 */
export async function actAsSystem(em: Em, actor: Actor): Promise<void> {
  if (actor.kind !== 'partner' && actor.kind !== 'invitee') return;
  await em.flush();
  await em.execute(`set local role ${DATABASE_ROLES.system}`);
}

/** Gives those rights back: every look-up of what exists for a partner or invitee begins with it. */
export async function seeAs(em: Em, actor: Actor): Promise<void> {
  if (actor.kind !== 'partner' && actor.kind !== 'invitee') return;
  await em.flush();
  await em.execute(`set local role ${actor.kind === 'partner' ? DATABASE_ROLES.partner : DATABASE_ROLES.link}`);
}

/**
 * Looks something up with the system's rights inside this session's organisation, then goes back to the rights of before:
 * whom a partner has given its work to, no client reads, yet its command must know whom to mail.
 */
export async function asSystem<T>(em: Em, look: () => Promise<T>): Promise<T> {
  return withRightsOfSystem(em, await roleOf(em), look);
}

/**
 * The same for those only who come from outside, by a link or as a partner: whom an event reaches, and which mails were
 * written to others, they don't read. What `look` writes is written by the system, too. Members go on as they are.
 */
export async function outsidersAsSystem<T>(em: Em, look: () => Promise<T>): Promise<T> {
  // A member's transaction is theirs or, within `asSystem`, the system's: neither needs to ask which.
  if (em.getSessionContext()?.role === DATABASE_ROLES.member) return look();
  return withRightsOfSystem(em, await roleOf(em), look);
}

async function roleOf(em: Em): Promise<string> {
  const [before] = await em.execute<{ role: string }[]>(`select current_setting('role') as role`);
  const role = Object.values(DATABASE_ROLES).find((one) => one === before?.role);
  if (!role) throw new Error('No role is taken: a look-up belongs into a transaction of an actor');
  return role;
}

async function withRightsOfSystem<T>(em: Em, role: string, look: () => Promise<T>): Promise<T> {
  if (role === DATABASE_ROLES.system) return look();
  await em.flush();
  await em.execute(`set local role ${DATABASE_ROLES.system}`);
  try {
    const found = await look();
    await em.flush();
    await em.execute(`set local role ${role}`);
    return found;
  } catch (error) {
    // Where the database has given up the transaction, it refuses this, too, and nothing more can be done in it.
    await em.execute(`set local role ${role}`).catch(() => undefined);
    throw error;
  }
}

/** Lets a transaction of the system go on as somebody of a partner: what they wrote by mail enters through their own eyes. */
export async function becomePartner(em: Em, actor: PartnerActor): Promise<void> {
  await em.flush();
  await em.execute(
    `select set_config('app.organisation_id', ?, true), set_config('app.partnership_id', ?, true), set_config('app.partner_organisation_id', ?, true), set_config('app.user_id', ?, true)`,
    [actor.organisationId, actor.partnershipId, actor.partnerOrganisationId, actor.userId],
  );
}

/**
 * Works on rows of another organisation within a transaction of the system: accepting an invitation reaches from the
 * client's rows into the partner's. What comes after is in the first organisation again.
 */
export async function withinOrganisation<T>(em: Em, organisationId: string, work: () => Promise<T>): Promise<T> {
  await em.flush();
  const [row] = await em.execute<{ before: string | null }[]>(`select current_setting('app.organisation_id', true) as before`);
  await em.execute(`select set_config('app.organisation_id', ?, true)`, [organisationId]);
  const result = await work();
  await em.flush();
  await em.execute(`select set_config('app.organisation_id', ?, true)`, [row?.before ?? '']);
  return result;
}

function fork(orm: Orm, role: string, variables: Record<string, string>): Em {
  return orm.em.fork({ session: { role, variables } });
}
