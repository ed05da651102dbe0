import { Migrator } from '@mikro-orm/migrations';
import { defineConfig } from '@mikro-orm/postgresql';
import { ENTITIES } from './entities.ts';

/**
 * A row that is locked to be changed keeps its key, so whoever adds rows that refer to it need not wait: two transactions
 * that wait for each other's new and locked rows would be a deadlock.
 */
export function withoutKeyLocks(sql: string): string {
  return /^select /i.test(sql) ? sql.replace(/ for update$/i, ' for no key update') : sql;
}

/** Options shared by the application, the migration job and the checks; the address comes from whoever starts. */
export default defineConfig({
  entities: ENTITIES,
  dbName: 'gewerk',
  extensions: [Migrator],
  forceUtcTimezone: true,
  onQuery: withoutKeyLocks,
  migrations: {
    path: 'db/migrations',
    pathTs: 'db/migrations',
    snapshotName: '.snapshot',
    snapshotOnMigrate: false,
    emit: 'ts',
    transactional: true,
  },
  // Policies and composite keys are SQL in the migrations: the schema tool must never propose to drop them.
  schemaGenerator: { ignorePolicies: true, createForeignKeyConstraints: false },
  discovery: { warnWhenNoEntities: true },
});
