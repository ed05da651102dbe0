import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cancelAssignment, handOn, withdrawAssignment } from '#db/assignments/steering.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { aLink, anAskedFirm, memberOf, send, show, type Asked } from './public-stage.ts';

let api: TestApi;
let cast: Cast;
beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
  await api.database.query(`update organisations set phone = '069 90009-120' where id = $1`, [cast.organisation.id]);
  await api.database.query(`update workspaces set street = 'Ahornhof 7', postal_code = '99990', city = 'Neuquell' where id = $1`, [cast.workspace.id]);
});
// All come from one address here.
beforeEach(() => api.database.query('delete from rate_limits'));
afterAll(() => api.stop());

const office = <T>(work: (em: ReturnType<typeof emFor>, actor: ReturnType<typeof memberOf>) => Promise<T>): Promise<T> => {
  const actor = memberOf(cast);
  return emFor(api.orm, actor).transactional((em) => work(em, actor));
};
const PRIVATE = ['Ivo Bronn', '39200', 'Schlüssel beim', 'Ahornhof 7', 'Neuquell', '/datei/'];
const RUNNING = { contactId: '' };
/** Both languages, the page and each of its steps: the same sentence, and nothing that is no longer theirs. */
async function says(asked: Asked, german: string, english: string, status: number): Promise<void> {
  for (const step of ['', '/annehmen', '/ablehnen', '/termin', '/beginn', '/pause', '/erledigt', '/nachrichten', '/dateien']) {
    const page = await show(api, `${asked.base}${step}`);
    expect([step, page.status, page.text]).toEqual([step, status, expect.stringContaining(german)]);
    for (const word of PRIVATE) expect(page.html).not.toContain(word);
  }
  expect((await show(api, `${asked.base}?lang=en`)).text).toContain(english);
  for (const step of ['/annehmen', '/ablehnen', '/termin', '/beginn', '/pause', '/erledigt', '/nachrichten', '/dateien']) {
    const answer = await send(api, `${asked.base}${step}`, { ...RUNNING, contactId: asked.mira.id, text: 'x', reason: 'material', day: '2026-12-01' });
    expect([step, answer.status, answer.text]).toEqual([step, status, expect.stringContaining(german)]);
  }
}

describe('a link says how things stand', () => {
  test('given to another firm: kindly, and without naming it', async () => {
    const asked = await anAskedFirm(api, cast);
    const next = await anAskedFirm(api, cast, { firm: { company: 'Malerei Konkurrenz' } });
    await office((em, actor) => handOn(em, actor, { assignmentId: asked.assignment.id, firmId: next.firm.id }, api.now()));
    await says(asked, 'Dieser Auftrag ist inzwischen anderweitig vergeben. Sie müssen nichts tun. Danke für Ihre Antwort.', 'This work has been given to another firm in the meantime.', 410);
    expect((await show(api, asked.base)).html).not.toContain('Konkurrenz');
  });

  test('no longer needed: neither title nor number', async () => {
    const asked = await anAskedFirm(api, cast);
    await office((em, actor) => withdrawAssignment(em, actor, { assignmentId: asked.assignment.id, reason: 'no_longer_needed' }, api.now()));
    await says(asked, 'Dieser Auftrag ist entfallen.', 'This work order is no longer needed.', 410);
    const page = await show(api, asked.base);
    expect(page.html).not.toContain('Decke nach');
    expect(page.html).not.toContain(asked.order.number);
  });

  test('withdrawn for want of an answer, the work still with nobody', async () => {
    const asked = await anAskedFirm(api, cast);
    await office((em, actor) => withdrawAssignment(em, actor, { assignmentId: asked.assignment.id, reason: 'no_answer' }, api.now()));
    await says(asked, 'Unsere Anfrage ist zurückgezogen. Sie müssen nichts mehr tun.', 'Our request has been withdrawn.', 410);
  });

  test('expired by the process', async () => {
    const asked = await anAskedFirm(api, cast);
    await api.database.query(`update assignments set status = 'expired', ended_at = $2 where id = $1`, [asked.assignment.id, api.now()]);
    await says(asked, 'Unsere Anfrage ist zurückgezogen.', 'Our request has been withdrawn.', 410);
  });

  test('cancelled after acceptance: stop work', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    await office((em, actor) => cancelAssignment(em, actor, { assignmentId: asked.assignment.id, reason: 'Wasserschaden war keiner' }, api.now()));
    await says(asked, 'Dieser Auftrag ist storniert. Bitte führen Sie keine weiteren Arbeiten aus.', 'This work order is cancelled.', 410);
  });

  test('closed: whom to ask, and the conversation stays open, without the contact on site', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    await send(api, `${asked.base}/erledigt`, { contactId: asked.mira.id });
    await office((em, actor) => stepWorkOrder(em, actor, { workOrderId: asked.order.id, step: 'close' }, api.now()));
    for (const step of ['', '/termin', '/annehmen', '/erledigt', '/pause']) {
      const page = await show(api, `${asked.base}${step}`);
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('Dieser Auftrag ist abgeschlossen.')]);
      expect(page.text).toContain('Fragen: 069 90009-120');
      for (const word of PRIVATE) expect(page.html).not.toContain(word);
    }
    expect((await show(api, `${asked.base}?lang=en`)).text).toContain('This work order is closed.');
    const conversation = await show(api, `${asked.base}/nachrichten`);
    expect(conversation.text).toContain('Nachricht an Lindenhof Verwaltung');
    for (const word of PRIVATE) expect(conversation.html).not.toContain(word);
    expect((await send(api, `${asked.base}/nachrichten`, { contactId: asked.mira.id, text: 'Rechnung folgt' })).status).toBe(303);

    const before = api.now();
    api.setNow(new Date(before.getTime() + 31 * 86_400_000));
    try {
      const late = await show(api, asked.base);
      expect([late.status, late.text]).toEqual([410, expect.stringContaining('Dieser Link ist abgelaufen.')]);
      expect(late.html).not.toContain(asked.order.number);
      const mailsBefore = await mails(asked);
      const requested = await send(api, `${asked.base}/link-erneuern`);
      expect(requested.text).toContain('Wenn der Auftrag noch offen ist, kommt der neue Link');
      expect(await mails(asked)).toEqual(mailsBefore);
    } finally {
      api.setNow(before);
    }
  });

  test('unknown: no client is named, whatever the token looks like', async () => {
    for (const token of ['A'.repeat(43), 'x', '..%2f..', '%00', 'a'.repeat(5000)]) {
      const page = await show(api, `/a/${token}`);
      expect(page.text).toContain('Dieser Link ist ungültig. Bitte öffnen Sie ihn noch einmal aus der E-Mail.');
      expect(page.status).toBe(404);
      expect(page.text).not.toContain('Lindenhof');
    }
    expect((await show(api, `/a/${'A'.repeat(43)}?lang=en`)).text).toContain('This link is not valid.');
    expect((await send(api, `/a/${'A'.repeat(43)}/annehmen`, {})).status).toBe(404);
  });

  test('of one kind it opens no page of another kind', async () => {
    const asked = await anAskedFirm(api, cast);
    for (const door of ['o', 'f']) expect((await show(api, `/${door}/${asked.token}`)).status).toBe(404);
  });
});

async function mails(asked: Asked): Promise<{ template: string; to_email: string }[]> {
  return api.database.query('select template, to_email from outbound_mails where assignment_id = $1 order by created_at, id', [asked.assignment.id]);
}

describe('a link that expired', () => {
  test('is asked for anew by a press, and goes to the address on file only', async () => {
    const asked = await anAskedFirm(api, cast);
    const old = `/a/${await aLink(api, asked.assignment, { expiresAt: new Date(api.now().getTime() - 1) })}`;
    const page = await show(api, old);
    expect([page.status, page.html]).toEqual([410, expect.stringContaining(`<form method="post" action="${old}/link-erneuern">`)]);
    for (const word of PRIVATE) expect(page.html).not.toContain(word);
    const requested = await send(api, `${old}/link-erneuern`, { email: 'fremd@example.test' });
    expect(requested.text).toContain('Wenn der Auftrag noch offen ist, kommt der neue Link in wenigen Minuten an die Adresse, die Lindenhof Verwaltung von Ihnen hat.');
    expect(await mails(asked)).toEqual([expect.objectContaining({ template: 'assignment' }), { template: 'new-link', to_email: 'mira@farbwerk.test' }]);
    await send(api, `${old}/link-erneuern`);
    expect((await mails(asked)).filter((one) => one.template === 'new-link')).toHaveLength(1);
  });

  test('tells the same, and mails nobody, where the work is with another firm', async () => {
    const asked = await anAskedFirm(api, cast);
    const old = `/a/${await aLink(api, asked.assignment, { expiresAt: new Date(api.now().getTime() - 1) })}`;
    await office((em, actor) => withdrawAssignment(em, actor, { assignmentId: asked.assignment.id, reason: 'given_to_other' }, api.now()));
    const before = await mails(asked);
    expect((await send(api, `${old}/link-erneuern`)).text).toContain('Wenn der Auftrag noch offen ist');
    expect(await mails(asked)).toEqual(before);
  });

  test('a living link is not renewed', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/link-erneuern`);
    expect(await mails(asked)).toHaveLength(1);
  });

  test('a second link of the same firm lives on beside it', async () => {
    const asked = await anAskedFirm(api, cast);
    await systemEm(api.orm, cast.organisation.id).transactional((em) => em.execute('update access_links set expires_at = ? where assignment_id = ?', [new Date(0), asked.assignment.id]));
    const fresh = await aLink(api, asked.assignment);
    expect((await show(api, `/a/${fresh}`)).status).toBe(200);
    expect((await show(api, asked.base)).status).toBe(410);
  });
});
