import type { Client } from 'pg';
import type { PartnerWorld } from './partner-world.ts';

type Key = { readonly name: string; readonly table: string; readonly column: string; readonly target: string };

/** Tries to make a row of the client point to a row of another organisation, by every key between tenant tables that has rows on both sides. */
export async function crossings(owner: Client, world: PartnerWorld, dropped?: readonly [key: string, table: string]): Promise<{ tried: number; crossed: string[] }> {
  const { rows } = await owner.query<Key>(
    `select k.conname as name, s.relname as table, a.attname as column, t.relname as target from pg_constraint k join pg_class s on s.oid = k.conrelid join pg_class t on t.oid = k.confrelid
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2] where k.contype = 'f' and array_length(k.conkey, 1) = 2 order by 1`,
  );
  const keys = dropped ? [await droppedKey(owner, dropped)] : rows;
  const crossed: string[] = [];
  let tried = 0;
  for (const key of keys) {
    const result = await crosses(owner, key, world);
    if (result !== 'no rows') tried += 1;
    if (result === 'crossed') crossed.push(key.name);
  }
  return { tried, crossed };
}

async function droppedKey(owner: Client, [name, table]: readonly [string, string]): Promise<Key> {
  const column = name.slice(table.length + 1).replace(/_foreign$/, '');
  const targets: Readonly<Record<string, string>> = { partnership_id: 'partnerships', firm_id: 'firms', workspace_id: 'workspaces', asset_id: 'assets', assignment_id: 'assignments' };
  const target = targets[column];
  if (!target) throw new Error(`Say in crossings.ts to which table ${column} points`);
  await owner.query(`select ${column} from ${table} limit 0`);
  return { name, table, column, target };
}

async function crosses(owner: Client, { table, column, target }: Key, world: PartnerWorld): Promise<'crossed' | 'refused' | 'no rows'> {
  await owner.query('savepoint crossing').catch(() => owner.query('begin').then(() => owner.query('savepoint crossing')));
  try {
    await owner.query('set constraints all immediate');
    const { rowCount } = await owner.query(
      `update ${table} set ${column} = x.id from (select id from ${target} where organisation_id = $2 limit 1) x where ctid = (select ctid from ${table} where organisation_id = $1 limit 1)`,
      [world.client.organisation.id, world.foreign.cast.organisation.id],
    );
    return rowCount === 0 ? 'no rows' : 'crossed';
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '23503') return 'refused';
    // A rule of the row itself came first: the key was not tried.
    return 'no rows';
  } finally {
    await owner.query('rollback to savepoint crossing');
  }
}
