import { MikroORM } from '@mikro-orm/postgresql';
import { parseSettings } from '#domain/settings.ts';
import { APP_LOGIN, appPassword } from './login.ts';
import config from './mikro-orm.config.ts';
import { ensureRoles } from './roles.ts';

const MIGRATION_LOCK = 7_204_211_002;

/** Brings a database up to date with the owner's login: roles, tables, policies. Two at once wait for each other. */
export async function migrate(ownerUrl: string, appUrl?: string): Promise<void> {
  const orm = await MikroORM.init({
    ...config,
    clientUrl: ownerUrl,
    dbName: decodeURIComponent(new URL(ownerUrl).pathname.slice(1)),
    pool: { min: 0, max: 3 },
  });
  try {
    const em = orm.em.fork();
    const login = appUrl ? decodeURIComponent(new URL(appUrl).username) : APP_LOGIN;
    await ensureRoles(em, login, appUrl ? null : appPassword(ownerUrl));
    await orm.em.fork().transactional(async (lock) => {
      await lock.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
      await orm.migrator.up();
    });
  } finally {
    await orm.close(true);
  }
}

if (import.meta.main) {
  const needed = { ...process.env };
  for (const name of ['WEBHOOK_INBOUND_PASSWORD', 'WEBHOOK_EVENTS_PASSWORD', 'POSTMARK_SERVER_TOKEN']) {
    needed[name] ??= 'not needed to migrate';
  }
  const settings = parseSettings(needed);
  await migrate(settings.DATABASE_URL, settings.DATABASE_APP_URL);
}
