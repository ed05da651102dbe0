import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActivityDeps } from '#activities/deps.ts';
import { mailActivities } from '#activities/mails/send-mail.ts';
import type { Letter } from '#activities/postmark.ts';
import { answerAssignment } from '#db/assignments/answer.ts';
import { mintLink } from '#db/assignments/links.ts';
import { mailContractor, mailResponsible } from '#db/assignments/mails.ts';
import { withdrawAssignment } from '#db/assignments/steering.ts';
import { addComment } from '#db/comments/commands.ts';
import { openFileRequest } from '#db/file-requests/commands.ts';
import { queueMail } from '#db/mails/queue.ts';
import { addObserver, removeObserver } from '#db/observers/commands.ts';
import { emFor, systemEm, type Em } from '#db/orm.ts';
import { stepKey } from '#domain/escalation/plan.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import { anAskedFirm, memberOf, show, type Asked } from '../api/public-stage.ts';
import { startApi, TEST_ORIGIN, type TestApi } from '../support/api.ts';
import { aCast, type Cast } from '../support/cast.ts';

let api: TestApi;
let cast: Cast;
let asked: Asked;
const letters: Letter[] = [];

beforeAll(async () => {
  api = await startApi({ env: { PUBLIC_URL: TEST_ORIGIN } });
  cast = await aCast(api.orm, api.now());
});
beforeEach(async () => {
  await api.database.query('delete from rate_limits');
  letters.length = 0;
  asked = await anAskedFirm(api, cast);
});
afterAll(() => api.stop());

const inside = <T>(work: (em: Em) => Promise<T>): Promise<T> => systemEm(api.orm, cast.organisation.id).transactional(work);

/** Sends the newest mail of a template as its process would. */
async function deliver(template: string): Promise<{ letter: Letter; id: string; kept: string; links: string[] }> {
  const [row] = await api.database.query<{ id: string }>('select id from outbound_mails where template = $1 order by created_at desc, id desc limit 1', [template]);
  const id = row!.id;
  const postmark = { send: async (letter: Letter) => (letters.push(letter), { kind: 'sent', providerId: `p-${id}` }), find: async () => null };
  const deps = { ...api.deps, postmark } as unknown as ActivityDeps;
  await mailActivities(deps).sendMail({ ids: [id], organisationId: cast.organisation.id, workOrderNumber: asked.order.number } as never, api.now().toISOString());
  const letter = letters.find((one) => one.mailId === id);
  if (!letter) throw new Error(`not sent: ${JSON.stringify(await api.database.query('select status, status_reason from outbound_mails where id = $1', [id]))}`);
  const [kept] = await api.database.query<{ body: string }>('select text_body || html_body as body from outbound_mails where id = $1', [id]);
  const links = [...new Set([...letter.text.matchAll(/http:\/\/gewerk\.test\/(?:[aof]|go)\/[\w\-/]+/g)].map((match) => match[0]))];
  return { letter, id, kept: kept!.body, links };
}
const whyOf = (links: readonly string[]): string => (links.find((one) => one.endsWith('/warum')) ?? 'no link').replace(TEST_ORIGIN, '');
const mail = (template: MailName, cause: string): Promise<void> => inside(async (em) => void (await mailContractor(em, asked.order, asked.assignment, { template, cause }, api.now())));

describe('every mail names its cause in a link', () => {
  test('the request: when, which order, from whom, to which address, and how it ends; the copy that is kept has no token', async () => {
    const { links, kept } = await deliver('assignment');
    const why = whyOf(links);
    expect(why).toMatch(/^\/a\/[\w-]{43}\/warum$/);
    expect(new Set(links.map((one) => one.split('/')[4])).size).toBe(1);
    expect(kept).not.toContain(why.split('/')[2]);
    const page = await show(api, why);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`Sie wurden am Mi., 25.11.2026, 10:00 Uhr mit ${asked.order.number} beauftragt.`);
    for (const words of [cast.organisation.name, 'm•••@farbwerk.test', 'Erinnerungen enden, sobald Sie annehmen oder ablehnen.']) expect(page.text).toContain(words);
    for (const word of ['mira@', 'Ivo Bronn', 'Decke nach']) expect(page.html).not.toContain(word);
    expect((await show(api, `${why}?lang=en`)).text).toMatch(new RegExp(`You were asked to do ${asked.order.number} on .*Reminders end as soon as you accept or decline`));
  });

  test('a reminder: its number and the rule of this request', async () => {
    await deliver('assignment');
    await mail('reminder', stepKey(asked.assignment.id, 'reminder', 1));
    const page = await show(api, whyOf((await deliver('reminder')).links));
    expect(page.text).toContain(`Erinnerung 1: Am Mi., 25.11.2026, 10:00 Uhr fehlte noch Ihre Antwort zu ${asked.order.number}. Sie wurde nach der Regel dieses Auftrags gesendet: nach 1 Arbeitstag ohne Antwort.`);
  });

  test('it still answers after the request was taken back and after the order was closed, naming no other firm', async () => {
    const first = whyOf((await deliver('assignment')).links);
    const actor = memberOf(cast);
    await emFor(api.orm, actor).transactional((em) => withdrawAssignment(em, actor, { assignmentId: asked.assignment.id, reason: 'no_longer_needed' }, api.now()));
    const last = whyOf((await deliver('withdrawal')).links);
    await anAskedFirm(api, cast, { of: asked.order, firm: { company: 'Malerei Konkurrenz' } });
    await api.database.query(`update work_orders set status = 'closed', closed_at = $2 where id = $1`, [asked.order.id, '2026-01-01T00:00:00Z']);
    for (const [why, sentence] of [[first, 'beauftragt.'], [last, 'wurde am Mi., 25.11.2026, 10:00 Uhr zurückgezogen.']] as const) {
      const page = await show(api, why);
      expect(page.status).toBe(200);
      expect(page.text).toContain(sentence);
      expect(page.text).toContain('Für Sie ist dieser Auftrag beendet.');
      expect(page.html).not.toMatch(/Konkurrenz|Decke nach/);
    }
  });

  test('missing files: the link of the upload itself', async () => {
    const actor = memberOf(cast);
    const comment = await emFor(api.orm, actor).transactional((em) => addComment(em, actor, { workOrderId: asked.order.id, visibility: 'shared', body: 'Foto' }, api.now()));
    const system = { kind: 'system', organisationId: cast.organisation.id, process: 'test' } as const;
    await inside((em) => openFileRequest(em, system, {
      organisationId: cast.organisation.id, workOrder: asked.order, commentId: comment.id, assignmentId: asked.assignment.id, observerId: null,
      contactId: asked.mira.id, toEmail: asked.mira.email, files: [{ name: 'film.mp4', size: 30_000_000 }],
    }, api.now()));
    const { links } = await deliver('file-too-large');
    expect(whyOf(links)).toMatch(/^\/f\/[\w-]{43}\/warum$/);
    expect(new Set(links.map((one) => one.split('/').slice(3, 5).join('/'))).size).toBe(1);
    expect((await show(api, whyOf(links))).text).toMatch(/fehlten am .* Dateien, die für eine E-Mail zu groß waren.* Es endet, sobald die Dateien da sind/);
  });

  test('an observer: that they follow it, and how to leave', async () => {
    const actor = memberOf(cast);
    const observer = await emFor(api.orm, actor).transactional((em) => addObserver(em, actor, { workOrderId: asked.order.id, email: 'olga@haus.test', name: 'Olga Brandt' }, api.now()));
    const token = await inside(async (em) => {
      const row = await queueMail(em, {
        template: 'comment-digest', organisationId: cast.organisation.id, workOrder: asked.order, party: `observer:${observer.id}`, cause: 'digest',
        to: { email: 'olga@haus.test', observerId: observer.id, locale: 'de-DE' },
      }, api.now());
      return mintLink(em, { organisationId: cast.organisation.id, workOrderId: asked.order.id, purpose: 'observer', observerId: observer.id, mailId: row!.id }, api.now());
    });
    const page = await show(api, `/o/${token}/warum`);
    expect(page.text).toMatch(/Sie beobachten .* o•••@haus\.test .*Sie können sich jederzeit abmelden/);
    expect(page.html).not.toMatch(/Farbwerk/);
  });

  test.each([
    ['de-DE', /auf dem Laufenden gehalten, eingetragen von .*Antworten Sie auf diese E-Mail oder hier/, /hat Sie am .* als Beobachter von .* eingetragen/, true],
    ['en-GB', /being kept informed about .*added by .*View \(no sign-in\)/, /added you as an observer of/, false],
  ] as const)('somebody from outside who is kept informed from now on reads so at once, in %s: by whom, where to look, and one press to leave', async (locale, words, reason, canComment) => {
    const actor = memberOf(cast);
    const observer = await emFor(api.orm, actor).transactional((em) => addObserver(em, actor, { workOrderId: asked.order.id, email: 'olga@haus.test', name: 'Olga Brandt', locale, canComment }, api.now()));
    const { letter, links, kept } = await deliver('observer-added');
    expect(letter.text.replaceAll(/\s+/g, ' ')).toMatch(words);
    const why = whyOf(links);
    const door = why.replace('/warum', '');
    expect(door).toMatch(/^\/o\/[\w-]{43}$/);
    expect(letter.text).toContain(`${TEST_ORIGIN}${door}#notify`);
    expect(kept).not.toContain(door);
    expect((await show(api, why)).text).toMatch(reason);
    expect((await show(api, door)).html).toMatch(/action="[^"]*abmelden"/);
    await emFor(api.orm, actor).transactional((em) => removeObserver(em, actor, { observerId: observer.id }, api.now()));
    // Whoever has left meanwhile gets nothing.
    await api.database.query(`update outbound_mails set status = 'queued', sent_at = null where template = 'observer-added'`);
    letters.length = 0;
    await expect(deliver('observer-added')).rejects.toThrow('recipient_left');
  });

  test('the contact on site: a link that says why and opens nothing else', async () => {
    const link = { kind: 'link', organisationId: cast.organisation.id, workOrderId: asked.order.id, linkId: asked.assignment.id, assignmentId: asked.assignment.id, observerId: null, contactId: asked.mira.id, otherName: null } as const;
    await inside((em) => answerAssignment(em, link, { assignmentId: asked.assignment.id, step: 'accept', contactId: asked.mira.id, byName: 'Mira Sonnleit', promisedFrom: new Date('2026-11-26T07:00:00Z') }, api.now()));
    await inside((em) => queueMail(em, {
      template: 'on-site-notice', organisationId: cast.organisation.id, workOrder: asked.order, assignmentId: asked.assignment.id, party: null,
      to: { email: 'ivo@haus.test', name: 'Ivo Bronn', locale: 'de-DE' }, cause: stepKey(asked.assignment.id, 'promised_eve', '2026-11-26'),
    }, api.now()));
    const why = whyOf((await deliver('on-site-notice')).links);
    expect((await show(api, why)).text).toMatch(/Sie sind Kontakt vor Ort bei .*einmal je zugesagtem Termin/);
    const door = why.replace('/warum', '');
    for (const path of [door, `${door}/nachrichten`]) expect((await show(api, path)).status).toBe(410);
    expect((await show(api, door.replace('/o/', '/a/'))).status).toBe(404);
  });

  test('people of the organisation are led to the mail in the portal’s log', async () => {
    await inside(async (em) => void (await mailResponsible(em, asked.order, asked.assignment, { template: 'escalation', cause: stepKey(asked.assignment.id, 'tell_responsible'), parameters: { cause: 'no_answer', to: 'responsible' } }, api.now())));
    const { links, id } = await deliver('escalation');
    expect(links).toContain(`${TEST_ORIGIN}/go/${cast.organisation.id}/mails/${id}`);
  });

  test('a link that came with no mail has nothing to tell', async () => {
    expect((await show(api, `${asked.base}/warum`)).status).toBe(404);
  });
});
