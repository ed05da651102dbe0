import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#db/columns.ts';
import { setOperator } from '#db/operators.ts';
import { emFor } from '#db/orm.ts';
import { OutboundMail } from '#db/mails/entity.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { anAssignment, aFirm, aSession, aUser, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
let operator: { id: string; cookie: string };

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  const user = await aUser(api.orm);
  await setOperator(api.orm, user.email, true);
  operator = { id: user.id, cookie: await aSession(api.orm, user.id, api.now()) };
});
afterAll(() => api.stop());

test('nobody but an operator sees the health page, not even an administrator', async () => {
  expect((await call(api, 'GET', '/operator/health')).status).toBe(401);
  expect((await call(api, 'GET', '/operator/health', { cookie: cast.admin.cookie })).status).toBe(403);
  expect((await call(api, 'POST', '/operator/mail-pause', { cookie: cast.admin.cookie, body: { isPaused: true } })).status).toBe(403);
  expect((await call(api, 'GET', '/operator/health', { cookie: operator.cookie })).status).toBe(200);
});

test('an operator is a member of nothing', async () => {
  expect((await call(api, 'GET', `/accounts/${cast.organisation.id}`, { cookie: operator.cookie })).status).toBe(404);
});

test('the figures count what waits, runs, lacks its process or went wrong, over all tenants', async () => {
  const { organisation } = cast;
  const firm = await aFirm(api.orm, organisation.id);
  const order = await aWorkOrder(api.orm, organisation.id, cast.workspace.id);
  const long = new Date(api.now().getTime() - 3_600_000);
  const lonely = await anAssignment(api.orm, organisation.id, order.id, { firmId: firm.id, offeredAt: long });
  const running = await anAssignment(api.orm, organisation.id, (await aWorkOrder(api.orm, organisation.id, cast.workspace.id)).id, { firmId: firm.id, offeredAt: long });
  await api.database.query(
    `insert into processes (workflow_id, organisation_id, kind, subject_id, step, level, needs_attention, next_due_at, started_at, updated_at)
     values ($1, $2, 'assignment', $3, 'answer', 0, true, $4, $4, $4)`,
    [`assignment:${running.id}`, organisation.id, running.id, long],
  );
  await api.database.query(`insert into outbox (id, organisation_id, kind, workflow_id, created_at, attempts) values ($1, $2, 'assignment', 'x', $3, 0)`, [newId(), organisation.id, long]);
  for (const [owner, reference] of [[organisation.id, 'a'], [null, 'b']]) {
    await api.database.query(
      `insert into inbound_mails (id, organisation_id, provider_id, status, raw_key, size, received_at) values ($1, $2, $3, 'held', 'k', 1, $4)`,
      [newId(), owner, reference, api.now()],
    );
  }
  await api.database.query(`insert into inbound_mails (id, provider_id, status, reason, raw_key, size, received_at) values ($1, 'c', 'rejected', 'no_json', 'k', 1, $2)`, [newId(), long]);
  await api.database.query(
    `insert into processes (workflow_id, organisation_id, kind, subject_id, step, level, started_at, updated_at) values ($1, $2, 'mail', $3, 'held', 0, $4, $4)`,
    [`mail:${newId()}`, organisation.id, newId(), long],
  );
  for (const [status, at] of [['bounced', long], ['unclear', long], ['refused', new Date('2026-01-01T00:00:00Z')]] as const) {
    await api.database.query(
      `insert into outbound_mails (id, organisation_id, template, parameters, to_email, locale, cause, status, created_at)
       values ($1, $2, 'reminder', '{}', 'x@example.test', 'de-DE', 'x', $3, $4)`,
      [newId(), organisation.id, status, at],
    );
  }
  await api.database.query(`insert into heartbeats (name, at) values ('courier', $1), ('worker', $2)`, [api.now(), long]);

  const health = await call(api, 'GET', '/operator/health', { cookie: operator.cookie });
  expect(health.body).toMatchObject({
    oldestUnannouncedSeconds: 3600,
    outboxCount: 1,
    openAssignments: 2,
    runningProcesses: 2,
    withoutProcess: 1,
    toReview: 1,
    heldForOperator: 1,
    rejectedForOperator: 1,
    heldReminders: { count: 1, since: long.toISOString(), decision: null },
    bounced: 1,
    unclear: 1,
    refused: 0,
    lateSteps: 1,
    needAttention: 1,
    heartbeats: [{ name: 'courier', isLate: false }, { name: 'worker', isLate: true }],
    isMailPaused: false,
  });
  expect(health.text).not.toContain(lonely.id);
});

test('an operator pauses and resumes all mail, and every account is told', async () => {
  const pause = (isPaused: boolean) => call(api, 'POST', '/operator/mail-pause', { cookie: operator.cookie, body: { isPaused } });
  expect((await pause(true)).body).toEqual({ isMailPaused: true, mailPausedAt: api.now().toISOString() });
  expect((await call(api, 'GET', `/accounts/${cast.organisation.id}`, { cookie: cast.technician.cookie })).body).toMatchObject({ isInstallationMailPaused: true });
  const [row] = await api.database.query('select mail_paused_by_user_id as by from installation');
  expect(row).toEqual({ by: operator.id });
  expect((await pause(false)).body).toEqual({ isMailPaused: false, mailPausedAt: null });
});

test('an operator’s word on held reminders waits for the worker; nobody else may say it for everybody', async () => {
  const decide = (decision: string, cookie = operator.cookie) => call(api, 'POST', '/operator/held-reminders', { cookie, body: { decision } });
  expect((await decide('release', cast.admin.cookie)).status).toBe(403);
  expect((await decide('later')).status).toBe(422);
  expect(await decide('release')).toMatchObject({ status: 202, body: { decision: 'release' } });
  expect((await call(api, 'GET', '/operator/health', { cookie: operator.cookie })).body).toMatchObject({ heldReminders: { decision: 'release' } });
  const [row] = await api.database.query('select held_reminders_decided_by_user_id as by, reminders_released_until > $1 as released from installation', [api.now()]);
  expect(row).toEqual({ by: operator.id, released: true });
});

test('the role of operators reads no text of a tenant', async () => {
  const em = emFor(api.orm, { kind: 'operator', userId: operator.id });
  await expect(em.transactional((tx) => tx.find(OutboundMail, {}))).rejects.toThrow(/permission denied/);
  for (const column of ['title', 'description']) {
    await expect(em.fork().transactional((tx) => tx.execute(`select ${column} from work_orders`))).rejects.toThrow(/permission denied/);
  }
});

test('making an operator of a stranger says so', async () => {
  await expect(setOperator(api.orm, 'nobody@example.test', true)).rejects.toThrow('Nobody signs in with nobody@example.test');
});
