import type { EntityManager } from '@mikro-orm/postgresql';
import { DATABASE_ROLES } from './orm.ts';

const ROLE_LOCK = 7_204_211_001;

/**
 * Makes the roles and the application's login; safe to repeat and to run from several places at once
 * (roles belong to the cluster, not to one database). Called by the migration job with the owner's login.
 */
export async function ensureRoles(em: EntityManager, login: string, password: string | null): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(?)', [ROLE_LOCK]);
    for (const role of Object.values(DATABASE_ROLES)) await ensureRole(tx, role, 'nologin noinherit');
    if (password !== null) {
      await ensureRole(tx, login, 'login noinherit nosuperuser nobypassrls nocreatedb nocreaterole');
      await tx.execute(`alter role ${quote(login)} password '${password.replaceAll("'", "''")}'`);
    }
    for (const role of Object.values(DATABASE_ROLES)) await tx.execute(`grant ${quote(role)} to ${quote(login)}`);
  });
}

/** Refuses to work with a login that row-level security would not bind. */
export async function assertPlainLogin(em: EntityManager): Promise<void> {
  const rows = await em.execute<{ rolsuper: boolean; rolbypassrls: boolean; owns: boolean }[]>(
    `select r.rolsuper, r.rolbypassrls,
            exists (select 1 from pg_class c where c.relname = 'work_orders' and c.relowner = r.oid) as owns
       from pg_roles r where r.rolname = session_user`,
  );
  const row = rows[0];
  if (!row || row.rolsuper || row.rolbypassrls || row.owns) {
    throw new Error(
      'DATABASE_APP_URL names a login that row-level security does not bind (superuser, BYPASSRLS or owner of the tables): use a plain login.',
    );
  }
}

async function ensureRole(em: EntityManager, role: string, options: string): Promise<void> {
  const found = await em.execute('select 1 from pg_roles where rolname = ?', [role]);
  if (found.length === 0) await em.execute(`create role ${quote(role)} ${options}`);
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
