import { MikroORM } from '@mikro-orm/postgresql';
import config from './mikro-orm.config.ts';

/** `node db/new-migration.ts <name>` writes a migration with what the entities have that the snapshot has not. */
if (import.meta.main) {
  const orm = await MikroORM.init({ ...config, connect: false } as typeof config);
  const name = process.argv[2];
  if (!name) throw new Error('Give the migration a name: node db/new-migration.ts add-something');
  const { fileName, diff } = await orm.migrator.create(undefined, false, false, name);
  process.stdout.write(diff.up.length === 0 ? 'Nothing has changed.\n' : `Wrote db/migrations/${fileName}\n`);
  await orm.close(true);
}
