import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mintLink } from '#db/assignments/links.ts';
import { addObserver } from '#db/observers/commands.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { account, aCast, type Cast } from '../support/cast.ts';
import { aPhoto, uploadTo } from '../support/files.ts';
import { anAskedFirm, checksum, memberOf, send, sendFiles, show, type Asked } from './public-stage.ts';

let api: TestApi;
let cast: Cast;
beforeAll(async () => {
  api = await startApi();
  cast = await aCast(api.orm, api.now());
});
beforeEach(() => api.database.query('delete from rate_limits'));
afterAll(() => api.stop());

async function anObserverLink(asked: Asked): Promise<string> {
  const actor = memberOf(cast);
  const observer = await emFor(api.orm, actor).transactional((em) => addObserver(em, actor, { workOrderId: asked.order.id, email: 'o@haus.test' }, api.now()));
  return `/o/${await systemEm(api.orm, cast.organisation.id).transactional(async (em) => mintLink(em, { organisationId: cast.organisation.id, workOrderId: asked.order.id, purpose: 'observer', observerId: observer.id }, api.now()))}`;
}

type Form = { readonly action: string; readonly fields: Record<string, string>; readonly isMultipart: boolean };
/** The forms of a page as a machine would send them: what is filled in or chosen already, and the first button. */
function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].map(([whole, action = '', inner = '']) => {
    const fields: Record<string, string> = {};
    for (const [input] of inner.matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]+)"/.exec(input)?.[1];
      const type = /type="([^"]+)"/.exec(input)?.[1];
      if (name && type !== 'file' && (type !== 'radio' || input.includes(' checked'))) fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? '';
    }
    for (const [, name = ''] of inner.matchAll(/<(?:textarea|select)[^>]*name="([^"]+)"/g)) fields[name] = '';
    return { action, fields, isMultipart: whole.includes('multipart/form-data') };
  });
}

/** Follows every link below the base, by GET and HEAD, and sends every form it meets as it stands. */
async function crawl(base: string): Promise<{ seen: string[]; sent: string[] }> {
  const seen = new Set<string>();
  const sent = new Set<string>();
  const waiting = [base];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    await api.database.query('delete from rate_limits');
    const page = await show(api, path);
    await show(api, path, {}, 'HEAD');
    if (!(page.headers.get('content-type') ?? '').includes('html')) continue;
    for (const [, href = ''] of page.html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) if (href.startsWith(base)) waiting.push(href.replaceAll('&amp;', '&'));
    if (page.location.startsWith(base)) waiting.push(page.location);
    for (const form of formsOf(page.html)) {
      sent.add(form.action);
      await (form.isMultipart ? sendFiles(api, form.action, [{ name: '', bytes: '' }], form.fields) : send(api, form.action, form.fields));
    }
  }
  return { seen: [...seen], sent: [...sent] };
}

describe('machines that open links, and post the forms they find', () => {
  test.each([
    ['asked', async () => undefined, ['/annehmen', '/ablehnen', '/nachrichten']],
    ['accepted', async (asked: Asked) => send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id }), ['/termin', '/beginn', '/pause', '/erledigt']],
    ['on hold', async (asked: Asked) => {
      await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
      await send(api, `${asked.base}/pause`, { contactId: asked.mira.id, reason: 'material' });
    }, ['/beginn', '/erledigt']],
  ] as const)('change nothing while the order is %s', async (_state, prepare, forms) => {
    const asked = await anAskedFirm(api, cast);
    await uploadTo(api, account(cast, `/work-orders/${asked.order.id}/attachments`), { cookie: cast.coordinator.cookie, files: [{ name: 'a.jpg', bytes: await aPhoto() }] });
    await prepare(asked);
    const before = await checksum(api);
    const { seen, sent } = await crawl(asked.base);
    expect(await checksum(api)).toBe(before);
    expect(seen.length).toBeGreaterThan(5);
    for (const form of forms) expect(sent).toContain(`${asked.base}${form}`);
    expect((await show(api, asked.base)).status).toBe(200);
  });

  test('do not start, finish or unsubscribe by guessing addresses', async () => {
    const asked = await anAskedFirm(api, cast);
    const observer = await anObserverLink(asked);
    const before = await checksum(api);
    for (const step of ['annehmen', 'ablehnen', 'termin', 'beginn', 'pause', 'erledigt', 'nachrichten', 'dateien', 'link-erneuern']) {
      await show(api, `${asked.base}/${step}?contactId=${asked.mira.id}&day=2026-11-30&reason=material`);
      await show(api, `${asked.base}/${step}`, {}, 'HEAD');
      await show(api, `${asked.base}/${step}`, {}, 'OPTIONS');
      await show(api, `${asked.base}/${step}`, {}, 'DELETE');
    }
    for (const step of ['', '/nachrichten', '/mails', '/abmelden']) await show(api, `${observer}${step}?notify=daily`);
    expect(await checksum(api)).toBe(before);
  });
});

describe('the address is the secret', () => {
  test('so no page leaves a trace of it with others: headers of every kind of page', async () => {
    const asked = await anAskedFirm(api, cast);
    const paths = [asked.base, `${asked.base}/annehmen`, `${asked.base}/nachrichten`, `${asked.base}/kalender.ics`, `/a/${'A'.repeat(43)}`, await anObserverLink(asked), `/f/${'B'.repeat(43)}`, `${asked.base}/gibt-es-nicht`];
    for (const path of paths) {
      const { headers } = await show(api, path);
      expect([path, headers.get('referrer-policy'), headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([path, 'no-referrer', 'no-store', 'noindex, nofollow']);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  test('and no page loads anything from elsewhere; style and script may be kept for ever', async () => {
    const asked = await anAskedFirm(api, cast);
    const { html } = await show(api, asked.base);
    const loaded = [...html.matchAll(/<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? '');
    const assets = loaded.filter((one) => one.startsWith('/assets/pages/'));
    expect(assets).toHaveLength(2);
    for (const one of loaded) expect(one).toMatch(/^(\/assets\/pages\/page\.[0-9a-f]{12}\.(css|js)|\/a\/.*|data:,)$/);
    for (const path of assets) {
      const answer = await fetch(`${api.url}${path}`);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
      await answer.text();
    }
    expect((await show(api, '/assets/pages/page.000000000000.js')).status).toBe(404);
  });

  test('no log line holds a token, a name, a text or an address', async () => {
    const asked = await anAskedFirm(api, cast);
    const observer = await anObserverLink(asked);
    await show(api, `${asked.base}?lang=de`);
    await send(api, `${asked.base}/nachrichten`, { text: 'Geheimwort-4711', contactId: 'other', otherName: 'Pia Geheim' });
    await sendFiles(api, `${asked.base}/dateien`, [{ name: 'geheim-datei.txt', bytes: 'x' }], { contactId: asked.mira.id });
    await send(api, `${asked.base}/nachrichten`, { text: 'x', attachmentIds: asked.order.id, contactId: asked.mira.id });
    await show(api, `${asked.base}/datei/${asked.order.id}`);
    await send(api, `${observer}/mails`, { notify: 'daily' });
    await fetch(`${api.url}${asked.base}/dateien/teile`, { method: 'POST', body: '{"na', headers: { 'content-type': 'application/json' } });
    await show(api, `${asked.base}%00/x`);
    const lines = JSON.stringify(api.logLines());
    expect(lines).toContain('/a/[secret]/nachrichten');
    for (const secret of [asked.token, observer.slice(3), 'Geheimwort', 'Pia Geheim', 'geheim-datei', 'mira@farbwerk', 'o@haus.test']) expect(lines).not.toContain(secret);
  });

  test('tokens lie in no table', async () => {
    const asked = await anAskedFirm(api, cast);
    await send(api, `${asked.base}/annehmen`, { contactId: asked.mira.id });
    const tables = await api.database.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
    for (const { name } of tables) expect([name, await api.database.query(`select 1 from "${name}" t where t::text like '%' || $1 || '%' limit 1`, [asked.token])]).toEqual([name, []]);
  });
});

test('what people write is shown as they wrote it and never runs', async () => {
  const nasty = `<img src=x onerror=alert(1)>"'><script>alert(2)</script>{{t "send"}}`;
  const asked = await anAskedFirm(api, cast, { order: { title: nasty, description: nasty, accessNote: nasty, onSiteName: nasty, locationText: nasty }, firm: { company: nasty }, assign: { message: nasty } });
  await send(api, `${asked.base}/nachrichten`, { text: nasty, contactId: 'other', otherName: nasty });
  await sendFiles(api, `${asked.base}/dateien`, [{ name: `${nasty}.txt`, bytes: 'x' }], { contactId: asked.mira.id });
  const pages = [asked.base, `${asked.base}/annehmen`, `${asked.base}/ablehnen`, `${asked.base}/nachrichten`, `${asked.base}/dateien`, await anObserverLink(asked)];
  const shown = await Promise.all(pages.map((path) => show(api, path)));
  shown.push(await send(api, `${asked.base}/annehmen`, { contactId: 'other', otherName: '' }), await send(api, `${asked.base}/ablehnen`, { reason: nasty, otherReason: nasty, contactId: nasty }));
  shown.push(await send(api, `${asked.base}/nachrichten`, { text: nasty, contactId: nasty }), await show(api, `${asked.base}?ok=${encodeURIComponent(nasty)}&lang=${encodeURIComponent(nasty)}`), await show(api, `/a/${encodeURIComponent(nasty)}`));
  for (const { html } of shown) {
    expect(html).not.toMatch(/<img src=x|<script>|onerror=alert\(1\)>"/);
    expect(html).not.toContain('&quot;send&quot;}}</h1>Senden');
  }
  expect(shown[0]!.html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
});

describe('limits', () => {
  test('sixty looks a minute per link; then it is told in the page’s language, and when to come back', async () => {
    const asked = await anAskedFirm(api, cast, { firm: { locale: 'en-GB' } });
    let page = await show(api, asked.base);
    for (let i = 0; i < 60 && page.status === 200; i += 1) page = await show(api, asked.base, { 'accept-language': 'en' });
    expect([page.status, page.text]).toEqual([429, expect.stringContaining('Too many requests. Please wait a few minutes')]);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('whoever tries tokens is stopped after a hundred and twenty', async () => {
    let status = 404;
    let tries = 0;
    for (; status === 404 && tries < 130; tries += 1) ({ status } = await show(api, `/a/${String(tries).padStart(43, 'A')}`));
    expect([status, tries]).toEqual([429, 121]);
  });

  test('a form beyond reason is refused on a page', async () => {
    const asked = await anAskedFirm(api, cast);
    const page = await send(api, `${asked.base}/nachrichten`, { text: 'x'.repeat(300_000), contactId: asked.mira.id });
    expect([page.status, page.text]).toEqual([413, expect.stringContaining('Das hat nicht geklappt, es wurde nichts geändert.')]);
  });

  test('a form that breaks off is refused on a page, and nothing stays', async () => {
    const asked = await anAskedFirm(api, cast);
    const answer = await fetch(`${api.url}${asked.base}/dateien`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('es wurde nichts geändert');
    expect(await api.database.query('select 1 from attachments where work_order_id = $1', [asked.order.id])).toEqual([]);
  });
});
