import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { call, startApi, type TestApi } from '../support/api.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

test('a member sees the account with their role and what they may do', async () => {
  const answer = await call(api, 'GET', account(cast), { cookie: cast.technician.cookie });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    organisation: { name: 'Lindenhof Verwaltung' },
    me: { role: 'technician', notifyChoice: 'at_once' },
    counts: { openTickets: 0 },
    automation: { isLate: true, since: null },
    temporalUi: null,
  });
  expect((answer.body as { permissions: string[] }).permissions).not.toContain('user.manage');
});

test('a change of my own notifications is kept', async () => {
  const changed = await call(api, 'PATCH', account(cast, '/me'), { cookie: cast.technician.cookie, body: { notifyChoice: 'daily' } });
  expect(changed.status).toBe(200);
  const again = await call(api, 'GET', account(cast), { cookie: cast.technician.cookie });
  expect(again.body).toMatchObject({ me: { notifyChoice: 'daily' } });
});
