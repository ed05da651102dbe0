import { Migrator } from '@mikro-orm/migrations';
import { defineConfig } from '@mikro-orm/postgresql';
import { ENTITIES } from './entities.ts';

/** Options shared by the application, the migration job and the checks; the address comes from whoever starts. */
export default defineConfig({
  entities: ENTITIES,
  dbName: 'gewerk',
  extensions: [Migrator],
  forceUtcTimezone: true,
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
