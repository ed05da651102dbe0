import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appDatabaseUrl } from '#db/login.ts';
import { OneWayClient } from '#db/one-way-client.ts';
import { emFor, gateEm, type Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { startApi, type TestApi } from '../support/api.ts';

const actor: MemberActor = { kind: 'member', organisationId: '0190a000-0000-7000-8000-000000000001', userId: '0190a000-0000-7000-8000-000000000002', role: 'coordinator', workspaceIds: null };

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

async function whoAsks(em: Em): Promise<{ message: string; role: string; organisation: string }> {
  const [row] = await em.execute<{ message: string; role: string; organisation: string }[]>(
    `select current_query() as message, current_user::text as role, current_setting('app.organisation_id', true) as organisation`,
  );
  if (!row) throw new Error('nobody answered');
  return row;
}

test('a transaction opens, as whom it is, in the same message as its first statement', async () => {
  const [first, second] = await emFor(api.orm, actor).transactional(async (em) => [await whoAsks(em), await whoAsks(em)]);
  expect(first?.message).toMatch(/^begin;select set_config\(.*;set local role "gewerk_member";select current_query/s);
  expect(second?.message).toMatch(/^select current_query/);
  for (const one of [first, second]) expect(one).toMatchObject({ role: 'gewerk_member', organisation: actor.organisationId });
});

test('role and variables end with the transaction, also with one that never asked anything', async () => {
  await emFor(api.orm, actor).transactional(async () => undefined);
  const after = await gateEm(api.orm).transactional(whoAsks);
  expect(after).toMatchObject({ role: 'gewerk_system' });
  expect(after.organisation || null).toBeNull();
});

test('where a role can not be taken, the statement after it is not run', async () => {
  const email = 'not.run@ahornfeld.example';
  const refused = gateEm(api.orm).transactional(async (em) => {
    await em.execute('set local role pg_read_all_data');
    await em.execute(`insert into users (id, email, name, created_at) values (gen_random_uuid(), ?, 'N', now())`, [email]);
  });
  await expect(refused).rejects.toThrow(/permission denied to set role/);
  expect(await api.database.query('select 1 from users where email = $1', [email])).toEqual([]);
});

test('going back to a savepoint gives back the role of before it, said or not yet', async () => {
  const role = await emFor(api.orm, actor).transactional(async (em) => {
    await whoAsks(em);
    const inner = em.transactional(async (within) => {
      await within.execute('set local role gewerk_system');
      throw new Error('given up');
    });
    await expect(inner).rejects.toThrow('given up');
    return (await whoAsks(em)).role;
  });
  expect(role).toBe('gewerk_member');
});

test('a failed transaction can still be rolled back after its role was given back', async () => {
  const failed = emFor(api.orm, actor).transactional(async (em) => {
    await expect(em.execute('select 1 / 0')).rejects.toThrow(/division by zero/);
    await em.execute('set local role gewerk_member');
    throw new Error('given up');
  });
  await expect(failed).rejects.toThrow('given up');
  expect(await emFor(api.orm, actor).transactional(whoAsks)).toMatchObject({ role: 'gewerk_member' });
});

test('a statement with values comes after what was held for it', async () => {
  const client = new OneWayClient({ connectionString: appDatabaseUrl(api.settings) });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local role gewerk_system');
    const { rows } = await client.query('select current_user::text as role, $1::int as given', [7]);
    expect(rows).toEqual([{ role: 'gewerk_system', given: 7 }]);
    await client.query('rollback');
  } finally {
    await client.end();
  }
});
