import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DemoLogin, seedDemo } from '#db/seed/demo.ts';
import { SCHULVERBAND, STEIGMANN } from '#db/seed/demo/partner-cast.ts';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let logins: DemoLogin[];

beforeAll(async () => {
  api = await startApi();
  logins = await seedDemo(api.orm, api.deps.files, 'reply.gewerk.localhost', api.now());
}, 240_000);
afterAll(() => api?.stop());

test('the demo shows partners in every state, of several clients', async () => {
  const states = await api.database.query<{ company: string; status: string; access: string; was: boolean }>(
    `select f.company, p.status, f.access, p.reminded_at is not null as was from partnerships p join firms f on f.organisation_id = p.organisation_id and f.id = p.firm_id order by p.invited_at`,
  );
  expect(states.map(({ company, status, access }) => `${company}: ${status}, ${access}`)).toEqual([
    'Elektro Funkner: ended, email', 'Aufzugdienst Steigmann: accepted, partner', 'Aufzugdienst Steigmann: accepted, partner',
    'Schließtechnik Riegelbach: declined, email', 'Kältetechnik Frostheim: invited, email', 'Aufzugdienst Steigmann: invited, email',
  ]);
  expect(states[1]?.was).toBe(true);
  const given = await api.database.query<{ number: string }>(`select own_reference as number from internal_assignments where member_user_id is not null order by 1`);
  expect(given.map((one) => one.number)).toEqual(['ST-8702', 'ST-8771', 'ST-8802', 'ST-8830', 'ST-8837', 'ST-8841']);
});

test('each of its logins has a password and an organisation', async () => {
  const known = await api.database.query<{ email: string; name: string }>(
    `select u.email, o.name from users u join credentials c on c.user_id = u.id join memberships m on m.user_id = u.id and m.joined_at is not null join organisations o on o.id = m.organisation_id`,
  );
  expect(logins.map((one) => `${one.email} ${one.organisation}`).sort()).toEqual(known.map((one) => `${one.email} ${one.name}`).sort());
  expect(logins.map((one) => one.organisation)).toEqual(expect.arrayContaining([STEIGMANN.name, SCHULVERBAND.organisation.name]));
});

test('no mail goes out for what is past, in no organisation', async () => {
  const [waiting] = await api.database.query<{ mails: number; rows: number }>(
    `select (select count(*)::int from outbound_mails where status not in ('delivered', 'bounced')) as mails, (select count(*)::int from outbox where kind in ('mail', 'digest')) as rows`,
  );
  expect(waiting).toEqual({ mails: 0, rows: 0 });
});

test('a second start leaves it alone', async () => {
  const count = async (): Promise<number> => (await api.database.query<{ n: number }>('select count(*)::int as n from work_orders'))[0]?.n ?? 0;
  const before = await count();
  expect(await seedDemo(api.orm, api.deps.files, 'reply.gewerk.localhost', api.now())).toEqual(logins);
  expect(await count()).toBe(before);
});
