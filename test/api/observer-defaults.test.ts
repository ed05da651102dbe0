import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { call, startApi, type TestApi } from '../support/api.ts';
import { aMembership, aSession, aUser, aWorkspace } from '../support/builders.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

async function aCoordinatorOf(workspaceIds: string[], given: { notifyChoice?: 'none' } = {}) {
  const user = await aUser(api.orm);
  await aMembership(api.orm, cast.organisation.id, user.id, 'coordinator', { workspaceIds, ...given });
  return { user, cookie: await aSession(api.orm, user.id, api.now()) };
}

const report = async (cookie: string, workspaceId: string) => {
  const answer = await call(api, 'POST', account(cast, '/work-orders'), { cookie, body: { title: 'Tropfender Hahn', workspaceId } });
  const { observers } = answer.body as unknown as { observers: { userId: string; choice: string }[] };
  return Object.fromEntries(observers.map((one) => [one.userId, one.choice]));
};

test('of a new order its reporter learns by status and the coordinators of its workspace daily; the responsible does not observe', async () => {
  const place = await aWorkspace(api.orm, cast.organisation.id);
  const own = await aCoordinatorOf([place.id]);
  const elsewhere = await aCoordinatorOf([cast.workspace.id]);
  await aCoordinatorOf([place.id], { notifyChoice: 'none' });
  expect(await report(cast.technician.cookie, place.id)).toEqual({ [cast.technician.user.id]: 'status_only', [own.user.id]: 'daily' });
  expect(await report(own.cookie, place.id)).toEqual({});
  expect(await report(cast.technician.cookie, cast.workspace.id)).toEqual({ [cast.technician.user.id]: 'status_only', [elsewhere.user.id]: 'daily' });
});
