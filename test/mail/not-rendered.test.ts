import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ActivityDeps } from '#activities/deps.ts';
import { isDefect } from '#activities/mails/not-rendered.ts';
import { mailActivities } from '#activities/mails/send-mail.ts';
import { mailContractor } from '#db/assignments/mails.ts';
import { systemEm } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { Position } from '#workflows/contract.ts';
import { anAskedFirm, type Asked } from '../api/public-stage.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
let asked: Asked;
let id = '';

beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  asked = await anAskedFirm(api, cast);
  await systemEm(api.orm, cast.organisation.id).transactional((em) =>
    mailContractor(em, asked.order, asked.assignment, { template: 'no-such-template' as never, cause: 'assignment.offered' }, api.now()));
  const [row] = await api.database.query<{ id: string }>(`select id from outbound_mails where template = 'no-such-template' order by id desc limit 1`);
  id = row!.id;
});
afterAll(() => api.stop());

async function attempt(orm = api.orm): Promise<Position> {
  const postmark = { send: async () => { throw new Error('must not be sent'); }, find: async () => null };
  const deps = { ...api.deps, orm, postmark } as unknown as ActivityDeps;
  return mailActivities(deps).sendMail({ ids: [id], organisationId: cast.organisation.id, workOrderNumber: asked.order.number } as never, api.now().toISOString());
}
const row = async () => (await api.database.query('select status, status_reason, attempts from outbound_mails where id = $1', [id]))[0];

test('a mail that can’t be written is tried five times, then refused, shown, and the responsible is told', async () => {
  for (let n = 1; n < 5; n += 1) {
    expect(await attempt()).toMatchObject({ status: 'retry', isEnded: false, nextAt: expect.any(String) });
    expect(await row()).toEqual({ status: 'queued', status_reason: 'not_rendered', attempts: n });
  }
  expect(await attempt()).toMatchObject({ status: 'refused', isEnded: true, needsAttention: true });
  expect(await row()).toEqual({ status: 'refused', status_reason: 'not_rendered', attempts: 5 });
  const told = await api.database.query(`select to_user_id, cause from outbound_mails where template = 'escalation' and assignment_id = $1`, [asked.assignment.id]);
  expect(told).toEqual([{ to_user_id: cast.coordinator.user.id, cause: 'assignment.bounced' }]);
  const [process] = await api.database.query<{ needs_attention: boolean; attention_reason: string }>('select needs_attention, attention_reason from processes where workflow_id = $1', [`mail:${id}`]);
  expect(process).toEqual({ needs_attention: true, attention_reason: 'not_rendered' });
  expect(await attempt()).toMatchObject({ status: 'refused', isEnded: true });
});

test('attempts that the provider did not take never make the first failure the last', async () => {
  await api.database.query(`update outbound_mails set attempts = 9, status_reason = 'provider_rate' where id = $1`, [id]);
  expect(await attempt()).toMatchObject({ status: 'retry' });
  expect(await attempt()).toMatchObject({ status: 'refused' });
});

test('what is away for a moment is no defect of the mail', () => {
  expect(isDefect(new TypeError('x is not a function'))).toBe(true);
  expect(isDefect(new DomainError('not_found'))).toBe(false);
  expect(isDefect(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe(false);
  expect(isDefect(new Error('failed', { cause: new Error('Connection terminated unexpectedly') }))).toBe(false);
});
