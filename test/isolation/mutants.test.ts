import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { switchOffPolicies } from '../support/policies.ts';
import { openSeam, seam } from './filters.ts';
import { FILTER_MUTANTS, FUNCTION_MUTANTS, GRANT_MUTANTS, KEY_MUTANTS, POLICY_MUTANTS } from './mutants.ts';
import type { PartnerWorld } from './partner-world.ts';

/** What proves isolation must itself be proved: each of these faults, one at a time, has to be noticed by it. */
await openSeam();
const { aPartnerWorld } = await import('./partner-world.ts');
const { answerLeak, rowLeaks } = await import('./probes.ts');
const { changeLeaks } = await import('./change-probes.ts');
const { crossings } = await import('./crossings.ts');

let world: PartnerWorld;
let owner: pg.Client;

beforeAll(async () => {
  world = await aPartnerWorld();
  owner = new pg.Client({ connectionString: world.api.database.url });
  await owner.connect();
});
afterAll(async () => {
  seam.loosen = null;
  await owner?.end();
  await world?.api.stop();
});

/** Asks while a fault is in, and mends it whatever happens: the next fault must be noticed for itself. */
async function whileBroken<Answer>(ask: () => Promise<Answer>, mend: string): Promise<Answer> {
  try {
    return await ask();
  } finally {
    await owner.query(mend);
  }
}

describe('of the policies', () => {
  test('whole, they let no row through', async () => {
    expect(await rowLeaks(world)).toEqual([]);
  });

  test.each(POLICY_MUTANTS)('%s on %s: %s', async (policy, table, _what, condition) => {
    const { rows } = await owner.query<{ qual: string; check: string | null }>('select qual, with_check as "check" from pg_policies where tablename = $1 and policyname = $2', [table, policy]);
    const [whole] = rows;
    if (!whole) throw new Error(`No policy ${policy} on ${table}`);
    await owner.query(`alter policy ${policy} on ${table} using (${condition})`);
    const leaks = await whileBroken(async () => rowLeaks(world), `alter policy ${policy} on ${table} using (${whole.qual})`);
    expect(leaks).not.toEqual([]);
  });
});

describe('of the keys', () => {
  test('whole, every one refuses a row of another organisation', async () => {
    const { tried, crossed } = await crossings(owner, world);
    expect(crossed).toEqual([]);
    expect(tried).toBeGreaterThan(25);
  });

  test.each(KEY_MUTANTS)('%s dropped', async (key, table) => {
    await owner.query('begin');
    try {
      await owner.query(`alter table ${table} drop constraint ${key}`);
      expect((await crossings(owner, world, [key, table])).crossed).not.toEqual([]);
    } finally {
      await owner.query('rollback');
    }
  });
});

describe('of triggers and functions', () => {
  test('whole, what is taken away is gone, and words stay with their side', async () => {
    expect(await changeLeaks(world)).toEqual([]);
  });

  test.each(FUNCTION_MUTANTS)('%s', async (_name, definition, change) => {
    const [whole] = (await owner.query<{ it: string }>(`select pg_get_functiondef(oid) as it from pg_proc where proname = $1`, [definition])).rows;
    const broken = change(whole?.it ?? '');
    expect(broken).not.toBe(whole?.it);
    await owner.query(broken);
    const leaks = await whileBroken(async () => changeLeaks(world), whole?.it ?? '');
    expect(leaks).not.toEqual([]);
  });
});

describe('of what a role may read of a row', () => {
  test.each(GRANT_MUTANTS)('%s', async (_what, column, table, role) => {
    await owner.query(`grant select (${column}) on ${table} to ${role}`);
    const leaks = await whileBroken(async () => changeLeaks(world), `revoke select (${column}) on ${table} from ${role}`);
    expect(leaks).not.toEqual([]);
  });
});

describe('of the filters, with the policies off', () => {
  beforeAll(() => switchOffPolicies(world.api));

  test('whole, no answer shows anything', async () => {
    expect(await answerLeak(world)).toBeNull();
  });

  test.each(FILTER_MUTANTS)('%s: %s', async (filter, _what, change) => {
    seam.loosen = (name, answer, actor) => (name === filter ? change(answer, actor) : answer);
    const leak = await answerLeak(world).finally(() => { seam.loosen = null; });
    expect(leak).not.toBeNull();
  });
});
