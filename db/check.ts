import { MikroORM } from '@mikro-orm/postgresql';
import config from './mikro-orm.config.ts';

/** Fails when entities and migrations have parted: compares the entities with the stored snapshot, no database needed. */
if (import.meta.main) {
  const orm = await MikroORM.init({ ...config, connect: false } as typeof config);
  const isPending = await orm.migrator.checkSchema();
  await orm.close(true);
  if (isPending) {
    process.stderr.write('Entities differ from the migrations: write one with `node db/new-migration.ts <name>`.\n');
    process.exit(1);
  }
}
