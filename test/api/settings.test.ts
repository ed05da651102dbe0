import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { call, startApi, type Answer, type TestApi } from '../support/api.ts';
import { account, aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  cast = await aCast(api.orm, api.now());
});
afterAll(() => api.stop());

function as(role: 'admin' | 'coordinator' | 'technician', method: string, path: string, body?: unknown): Promise<Answer> {
  return call(api, method, account(cast, path), { cookie: cast[role].cookie, ...(body === undefined ? {} : { body }) });
}

describe('settings of the organisation', () => {
  test('an administrator changes what is sent and nothing else; coordinators read, technicians do not', async () => {
    const before = (await as('coordinator', 'GET', '/settings')).body as Record<string, unknown>;
    expect(before).toMatchObject({ name: 'Lindenhof Verwaltung', can: { edit: false }, inboundAddress: expect.stringMatching(/@reply\.gewerk\.localhost$/) });
    const changed = await as('admin', 'PATCH', '/settings', { name: 'Lindenhof GmbH', country: 'AT', holidayRegion: 'AT-9', legalUrl: 'https://lindenhof.example/impressum' });
    expect(changed.status).toBe(200);
    const { name, country, holidayRegion, holidayRegions, legalUrl, updatedAt: _changed, can, ...rest } = changed.body as Record<string, unknown>;
    expect({ name, country, holidayRegion, legalUrl, can }).toEqual({ name: 'Lindenhof GmbH', country: 'AT', holidayRegion: 'AT-9', legalUrl: 'https://lindenhof.example/impressum', can: { edit: true } });
    expect(JSON.stringify(holidayRegions)).toContain('Wien');
    expect(before).toMatchObject(rest);
    expect((await as('technician', 'GET', '/settings')).status).toBe(403);
    expect((await as('coordinator', 'PATCH', '/settings', { name: 'X' })).status).toBe(403);
    expect(await api.database.query(`select 1 from events where organisation_id = $1 and name = 'settings.changed'`, [cast.organisation.id])).toHaveLength(1);
  });

  test.each([
    ['time zone', { timeZone: 'Mars/Base' }, 'timeZone'],
    ['holiday region', { holidayRegion: 'XX-1' }, 'holidayRegion'],
    ['script as web address', { legalUrl: 'javascript:alert(1)' }, 'legalUrl'],
    ['letter', { ticketLetter: 'm1' }, 'ticketLetter'],
    ['same letter for both kinds', { ticketLetter: 'W' }, 'maintenanceLetter'],
    ['inbound address, which mails of running threads are answered to', { mailName: 'neu' }, ''],
    ['pause, which has a route of its own', { isMailPaused: true }, ''],
    ['line break in a name', { name: 'Lindenhof\r\nBcc: x@example.test' }, 'name'],
  ])('a wrong %s is refused', async (_name, change, path) => {
    expect(await as('admin', 'PATCH', '/settings', change)).toMatchObject({ status: 422, body: { code: 'invalid_input', errors: [{ path }] } });
  });

  test('business hours that overlap or never open are refused', async () => {
    const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const overlapping = { ...closed, mon: [{ from: '08:00', to: '12:00' }, { from: '11:00', to: '16:00' }] };
    for (const businessHours of [closed, overlapping, { ...closed, mon: [{ from: '25:00', to: '26:00' }] }]) {
      expect((await as('admin', 'PATCH', '/settings', { businessHours })).status).toBe(422);
    }
    const usable = { ...closed, mon: [{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }] };
    expect(await as('admin', 'PATCH', '/settings', { businessHours: usable })).toMatchObject({ status: 200, body: { businessHours: usable } });
  });

  test('mail can be paused and resumed; the pause keeps its beginning until it is reckoned with', async () => {
    expect((await as('coordinator', 'POST', '/mail-pause', { isPaused: true })).status).toBe(403);
    const at = api.now().toISOString();
    expect(await as('admin', 'POST', '/mail-pause', { isPaused: true })).toMatchObject({ status: 200, body: { isMailPaused: true, mailPausedAt: at } });
    expect((await as('technician', 'GET', '')).body).toMatchObject({ organisation: { isMailPaused: true } });
    expect(await as('admin', 'POST', '/mail-pause', { isPaused: false })).toMatchObject({ status: 200, body: { isMailPaused: false, mailPausedAt: null } });
    const [row] = await api.database.query<{ mail_paused_at: Date }>('select mail_paused_at from organisations where id = $1', [cast.organisation.id]);
    expect(row?.mail_paused_at.toISOString()).toBe(at);
  });
});

describe('the escalation policy', () => {
  const policy = { ...DEFAULT_POLICY, reminderTime: '08:15' };

  test('the default holds until an administrator sets an own one', async () => {
    expect((await as('coordinator', 'GET', '/escalation-policy')).body).toEqual({ policy: DEFAULT_POLICY, isDefault: true, updatedAt: null, can: { edit: false } });
    expect((await as('coordinator', 'PUT', '/escalation-policy', { policy })).status).toBe(403);
    expect((await as('admin', 'PUT', '/escalation-policy', { policy })).status).toBe(200);
    expect((await as('admin', 'PUT', '/escalation-policy', { policy })).status).toBe(200);
    expect((await as('coordinator', 'GET', '/escalation-policy')).body).toMatchObject({ policy, isDefault: false });
  });

  test('a policy that tells nobody is refused with the place of the problem', async () => {
    const silent = { ...policy, perPriority: { ...policy.perPriority, normal: [] } };
    const answer = await as('admin', 'PUT', '/escalation-policy', { policy: silent });
    expect(answer).toMatchObject({ status: 422, body: { details: { problems: [{ code: 'nobody_told', priority: 'normal', index: null }] } } });
    expect((await as('admin', 'GET', '/escalation-policy')).body).toMatchObject({ isDefault: true });
  });

  test('the preview shows each step with the days it skipped, and the sentence of the mail', async () => {
    // A Friday afternoon before the fourth Sunday of Advent, Bavaria.
    await as('admin', 'PATCH', '/settings', { holidayRegion: 'DE-BY' });
    const answer = await as('coordinator', 'POST', '/escalation-policy/preview', { priority: 'normal', start: '2026-12-18T11:00:00.000Z' });
    const preview = answer.body as { answerBy: string; sentence: string; steps: { action: string; at: string | null; isEnabled: boolean; skippedDays: { day: string }[] }[] };
    expect(answer.status).toBe(200);
    expect(preview.steps.filter((one) => one.isEnabled).map((one) => one.action)).toEqual(['delivered', 'remind', 'last_reminder', 'tell_responsible']);
    expect(preview.steps.flatMap((one) => one.skippedDays).map((one) => one.day)).toEqual(expect.arrayContaining(['2026-12-19', '2026-12-20']));
    expect(preview.steps.filter((one) => !one.isEnabled).map((one) => one.action)).toEqual(expect.arrayContaining(['offer_next', 'withdraw']));
    expect(preview.sentence).toMatch(/^Bitte antworten Sie bis .*2026/);
    expect(preview.steps.some((one) => one.at === preview.answerBy)).toBe(true);
  });

  test('a draft that can not work shows its problems and no dates, and nothing is saved', async () => {
    const draft = { ...policy, perPriority: { ...policy.perPriority, urgent: policy.perPriority.normal } };
    const answer = await as('coordinator', 'POST', '/escalation-policy/preview', { policy: draft, priority: 'urgent' });
    expect(answer).toMatchObject({ status: 200, body: { steps: [], answerBy: null } });
    expect((answer.body as { problems: { code: string }[] }).problems.map((one) => one.code)).toContain('urgent_needs_minutes');
    expect((await as('admin', 'GET', '/escalation-policy')).body).toMatchObject({ isDefault: true });
  });
});
