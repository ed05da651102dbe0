import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { anAskedFirm, send, show, type Asked } from './public-stage.ts';

let api: TestApi;
let cast: Cast;
beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  await api.database.query(`update organisations set phone = '069 90009-120' where id = $1`, [cast.organisation.id]);
});
// All come from one address here.
beforeEach(() => api.database.query('delete from rate_limits'));
afterAll(() => api.stop());

type Row = { status: string; answered_by_name: string | null; answer_door: string | null; decline_reason: string | null; decline_note: string | null };
const assignment = async (asked: Asked): Promise<Row> => (await api.database.query<Row>('select * from assignments where id = $1', [asked.assignment.id]))[0]!;
const mails = async (asked: Asked): Promise<string[]> =>
  (await api.database.query<{ template: string }>('select template from outbound_mails where assignment_id = $1 order by created_at, id', [asked.assignment.id])).map((one) => one.template);
const events = async (asked: Asked): Promise<string[]> =>
  (await api.database.query<{ name: string }>('select name from events where work_order_id = $1 order by id', [asked.order.id])).map((one) => one.name);

describe('the question', () => {
  test('says what is to be done, where, by when they answer, and leads to the answers', async () => {
    const asked = await anAskedFirm(api, cast);
    const page = await show(api, asked.base);
    expect(page.status).toBe(200);
    for (const words of ['Können Sie diesen Auftrag übernehmen?', 'Bitte antworten Sie bis', 'Decke nach Wasserschaden streichen', 'Ivo Bronn', '0171 39200 12', 'Schlüssel beim Hausmeister', 'Lindenhof Verwaltung']) expect(page.text).toContain(words);
    for (const step of ['annehmen', 'ablehnen', 'nachrichten']) expect(page.html).toContain(`href="${asked.base}/${step}"`);
  });

  test('speaks English where it is asked to, and stays with it', async () => {
    const asked = await anAskedFirm(api, cast);
    const page = await show(api, `${asked.base}?lang=en`);
    expect(page.text).toContain('Can you take on this work?');
    expect(page.html).toContain(`href="${asked.base}/annehmen?lang=en"`);
    const accepted = await send(api, `${asked.base}/annehmen?lang=en`, { contactId: asked.mira.id });
    expect(accepted.location).toBe(`${asked.base}?ok=accepted&lang=en`);
    expect((await show(api, accepted.location)).text).toContain('Thank you, the work order is accepted.');
  });

  test.each([
    ['the language that the address asks for', 'en-GB', 'de', '?lang=de', 'Können Sie'],
    ['else the firm’s', 'en-GB', 'de', '', 'Can you take on'],
    ['else the browser’s', null, 'en', '', 'Can you take on'],
    ['else the client’s', null, '', '', 'Können Sie'],
  ] as const)('speaks %s', async (_rule, locale, accept, query, words) => {
    const asked = await anAskedFirm(api, cast, { firm: { locale } });
    expect((await show(api, `${asked.base}${query}`, { 'accept-language': accept })).text).toContain(words);
  });

  test('an emergency gives the number to ring before all else', async () => {
    const asked = await anAskedFirm(api, cast, { order: { priority: 'urgent' } });
    const page = await show(api, asked.base);
    expect(page.text).toMatch(/Dies ist ein Notfall\. Bitte rufen Sie uns sofort an: 069 90009-120 .*112.*Können Sie/);
  });
});

describe('accepting', () => {
  test('asks who answers, nobody preselected', async () => {
    const asked = await anAskedFirm(api, cast);
    const page = await show(api, `${asked.base}/annehmen`);
    expect(page.text).toContain('Mira Sonnleit Disposition');
    expect(page.html).not.toMatch(/checked/);
  });

  test('by a known contact: accepted, confirmed by mail, told where it goes', async () => {
    const asked = await anAskedFirm(api, cast);
    const sent = await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id, otherName: '' });
    expect([sent.status, sent.location]).toEqual([303, `${asked.base}?ok=accepted`]);
    expect(await assignment(asked)).toMatchObject({ status: 'accepted', answered_by_name: 'Mira Sonnleit', answer_door: 'link' });
    expect(await mails(asked)).toEqual(['assignment', 'acceptance-confirmed']);
    const page = await show(api, sent.location);
    expect(page.text).toContain('Danke, der Auftrag ist angenommen. Eine Bestätigung geht an m•••@farbwerk.test.');
    expect(page.text).toContain('Wann kommen Sie?');
    expect(page.html).not.toContain('mira@farbwerk.test');
  });

  test('by somebody else, who gives a name', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/annehmen`, { contactId: 'other', otherName: 'Pia Neumann' });
    expect(await assignment(asked)).toMatchObject({ status: 'accepted', answered_by_name: 'Pia Neumann' });
  });

  test.each([
    ['nobody', {}, 'Bitte wählen Sie, wer antwortet.'],
    ['another person without a name', { contactId: 'other', otherName: '  ' }, 'Bitte tragen Sie Vor- und Nachnamen ein.'],
    ['an invented contact', { contactId: '018f0000-0000-7000-8000-000000000000' }, 'Bitte wählen Sie, wer antwortet.'],
  ])('%s is no answer: nothing changed, said above and at the field', async (_who, fields, words) => {
    const asked = await anAskedFirm(api, cast);
    const page = await send(api, `${asked.base}/annehmen`, fields);
    expect(page.status).toBe(422);
    expect(page.html).toContain('<title>Fehler: Wer antwortet?');
    expect(page.text).toContain('Noch nicht angenommen.');
    expect(page.text).toContain(words);
    expect(await assignment(asked)).toMatchObject({ status: 'offered' });
  });

  test('the contact of another firm of the same client can’t be chosen', async () => {
    const asked = await anAskedFirm(api, cast);
    const other = await anAskedFirm(api, cast);
    expect((await send(api, `${asked.base}/annehmen`, { contactId: other.mira.id })).status).toBe(422);
  });

  test('pressed five times at once it is accepted once', async () => {
    const asked = await anAskedFirm(api, cast);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(api, `${asked.base}/annehmen`, { contactId: asked.jost.id })));
    for (const one of answers) expect([one.status, one.location]).toEqual([303, `${asked.base}?ok=accepted`]);
    expect((await events(asked)).filter((name) => name === 'assignment.accepted')).toHaveLength(1);
    expect(await mails(asked)).toEqual(['assignment', 'acceptance-confirmed']);
  });

  test('a colleague who comes too late is told by whom and when', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/annehmen`, { contactId: asked.jost.id });
    const page = await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    expect(page.status).toBe(409);
    expect(page.text).toContain('Jost Sonnleit hat diesen Auftrag am Mi., 25.11.2026, 10:00 Uhr bereits angenommen.');
    expect(page.html).toContain(`href="${asked.base}">`);
  });

  test('after the deadline it is passed on, not applied, and the page goes on saying so', async () => {
    const asked = await anAskedFirm(api, cast);
    await api.database.query(`update assignments set sent_at = offered_at, delivered_at = offered_at, answer_by_override = '2026-11-26T12:00:00Z', answer_by_override_set_at = offered_at where id = $1`, [asked.assignment.id]);
    const before = api.now();
    api.setNow(new Date('2026-11-30T09:00:00Z'));
    try {
      expect((await show(api, asked.base)).text).toContain('Sie können trotzdem noch antworten');
      const sent = await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
      expect(sent.status).toBe(303);
      const page = await show(api, sent.location);
      expect(page.text).toContain('Die Antwortfrist ist abgelaufen. Wir haben Ihre Zusage weitergeleitet; Lindenhof Verwaltung bestätigt sie Ihnen. Bitte beginnen Sie vorher nicht.');
      expect(await assignment(asked)).toMatchObject({ status: 'offered' });
      expect(await mails(asked)).toEqual(expect.arrayContaining(['late-acceptance', 'answer-forwarded']));
      expect((await show(api, asked.base)).text).toContain('Die Antwortfrist ist abgelaufen.');
    } finally {
      api.setNow(before);
    }
  });
});

describe('declining', () => {
  test('with reason and words of one’s own; the page thanks, and the link leads no further', async () => {
    const asked = await anAskedFirm(api, cast);
    const sent = await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id, reason: 'other', otherReason: 'Gerüst ist verliehen' });
    expect([sent.status, sent.location]).toEqual([303, asked.base]);
    expect(await assignment(asked)).toMatchObject({ status: 'declined', decline_reason: 'other', decline_note: 'Gerüst ist verliehen' });
    const page = await show(api, asked.base);
    expect(page.text).toContain('Danke für Ihre Antwort. Sie müssen nichts mehr tun.');
    for (const secret of ['Ivo Bronn', '39200', 'Schlüssel']) expect(page.html).not.toContain(secret);
    expect((await show(api, `${asked.base}/nachrichten`)).text).toContain('Danke für Ihre Antwort.');
  });

  test('the reason may be missing, the name may not; what was typed stays', async () => {
    const asked = await anAskedFirm(api, cast);
    const page = await send(api, `${asked.base}/ablehnen`, { reason: 'other', otherReason: 'Urlaub <b>' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Noch nicht abgelehnt.');
    expect(page.html).toContain('value="Urlaub &lt;b&gt;"');
    expect((await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id })).status).toBe(303);
    expect(await assignment(asked)).toMatchObject({ status: 'declined', decline_reason: null });
  });

  test('is no longer offered once it is accepted', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    expect((await show(api, `${asked.base}/ablehnen`)).location).toBe(asked.base);
    const page = await send(api, `${asked.base}/ablehnen`, { contactId: asked.mira.id });
    expect(page.status).toBe(409);
    expect(await assignment(asked)).toMatchObject({ status: 'accepted' });
  });
});
