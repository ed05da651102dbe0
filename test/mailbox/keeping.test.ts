import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readMailboxSettings } from '#tools/mailbox/settings.ts';
import { anEmail, openStage, type Stage } from './support.ts';

let stage: Stage;
beforeEach(async () => void (stage = await openStage()));
afterEach(async () => await stage.stop());

describe('a restart', () => {
  test('keeps mails, files, suppressed addresses and the order of numbers', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ Attachments: [{ Name: 'a.txt', Content: 'YWJj', ContentType: 'text/plain' }] }));
    await stage.mailbox.bounce(MessageID);
    const before = await stage.mailbox.settled(MessageID);
    stage = await stage.restart();
    const after = await stage.mailbox.mail(MessageID);
    expect(after).toEqual(before);
    const [file] = after.attachments;
    if (!file) throw new Error('no file');
    expect(String(await stage.mailbox.file(file))).toBe('abc');
    await expect(stage.postmark.sendEmail(anEmail())).rejects.toMatchObject({ code: 406 });
    const next = await stage.postmark.sendEmail(anEmail({ To: 'huber@x.example' }));
    expect((await stage.mailbox.mail(next.MessageID)).seq).toBeGreaterThan(before.seq);
  });

  test('goes on with open retries under the same trace id and with the same count', async () => {
    await stage.mailbox.change({ minuteMs: 300_000 });
    stage.receiver.answerWith(500);
    const sent = await stage.mailbox.send({ from: 'a@x.example', to: 'lohbach@reply.gewerk.localhost', text: 'x' });
    await stage.receiver.until(1);
    const { store } = stage.running.room;
    await store.until(() => (store.webhooksOf(sent.id)[0]?.attempts.length === 1 ? true : null), 30_000);
    stage = await stage.restart();
    const [open] = (await stage.mailbox.mail(sent)).webhooks;
    expect(open).toMatchObject({ state: 'waiting', attempts: [{ status: 500 }] });
    await stage.mailbox.retryWebhook(open?.id ?? '');
    const [first, second] = await stage.receiver.until(2);
    expect(second?.headers['x-pm-webhook-trace-id']).toBe(first?.headers['x-pm-webhook-trace-id']);
    expect(second?.headers['x-pm-retries-remaining']).toBe('9');
  });

  test('delivers what was still to be delivered', async () => {
    await stage.mailbox.change({ deliveryMs: 600 });
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    stage = await stage.restart();
    expect((await stage.mailbox.settled(MessageID)).status).toBe('delivered');
  });

  test('passes over a line cut off by a kill', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    await stage.mailbox.settled(MessageID);
    await appendFile(path.join(stage.folder, 'mailbox.jsonl'), '{"mail":{"id":"ha');
    stage = await stage.restart();
    expect((await stage.mailbox.mailsNow('kern')).map(({ id }) => id)).toEqual([MessageID]);
    const lines = (await readFile(path.join(stage.folder, 'mailbox.jsonl'), 'utf8')).trim().split('\n');
    expect(() => lines.map((line) => JSON.parse(line) as unknown)).not.toThrow();
  });
});

describe('waiting', () => {
  test('returns as soon as a fitting mail comes, and not for another', async () => {
    const waiting = stage.mailbox.mailTo('kern@', { subject: /^Auftrag M-\d{4}-00043/ });
    await stage.postmark.sendEmail(anEmail());
    await stage.postmark.sendEmail(anEmail({ Subject: 'Auftrag M-2026-00043: Dach' }));
    expect((await waiting).subject).toBe('Auftrag M-2026-00043: Dach');
  });

  test('after a mail sees only later ones', async () => {
    await stage.postmark.sendEmail(anEmail());
    const first = await stage.mailbox.mailTo('kern@');
    const waiting = stage.mailbox.mailTo('kern@', { since: first });
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    expect((await waiting).id).toBe(MessageID);
  });

  test('is told of a delivery only once its webhook is on its way', async () => {
    await stage.mailbox.change({ isDeliveryAutomatic: false });
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    const { store } = stage.running.room;
    const webhooks: number[] = [];
    store.onChange(() => {
      if (store.outbound(MessageID)?.deliveries[0]?.state === 'delivered') webhooks.push(store.webhooksOf(MessageID).length);
    });
    await stage.mailbox.deliver(MessageID);
    await stage.mailbox.settled(MessageID);
    expect(new Set(webhooks)).toEqual(new Set([1]));
  });

  test('that ends says what came instead', async () => {
    await stage.postmark.sendEmail(anEmail());
    await expect(stage.mailbox.mailTo('kern@', { subject: 'Rechnung', timeoutMs: 50 })).rejects.toThrow('came: "Auftrag M-2026-00042: Treppenhaus streichen"');
  });
});

describe('the pages', () => {
  const page = async (path_: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; headers: Headers }> => {
    const response = await fetch(stage.running.url + path_, { headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  test('speak German and English, and a chosen language stays', async () => {
    expect((await page('/', { 'accept-language': 'de' })).text).toContain('Noch keine Mail.');
    expect((await page('/', { 'accept-language': 'en-GB' })).text).toContain('No mail yet.');
    const chosen = await page('/?lang=en', { 'accept-language': 'de' });
    expect(chosen.headers.get('set-cookie')).toContain('lang=en');
    expect((await page('/', { 'accept-language': 'de', cookie: 'lang=en' })).text).toContain('No mail yet.');
  });

  test('escape what a mail says, and show its HTML only in a sandbox without scripts', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ Subject: '<script>alert(1)</script>', HtmlBody: '<head></head><img src="cid:logo"><script>alert(2)</script>', Attachments: [{ Name: 'l.png', Content: 'YQ==', ContentType: 'image/png', ContentID: 'cid:logo' }] }));
    const mail = await page(`/mails/${MessageID}`);
    expect(mail.text).not.toContain('<script>alert');
    expect(mail.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    const body = await page(`/mails/${MessageID}/html`);
    expect(body.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/);
    expect(body.text).toContain(`src="/mails/${MessageID}/files/0"`);
    expect(body.text).toContain('<base target="_blank">');
    expect((await page('/mails/none')).status).toBe(404);
  });

  test('act only on JSON, which another site’s page cannot send', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    const response = await fetch(`${stage.running.url}/control/mails/${MessageID}/spam`, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });
    expect(response.status).toBe(415);
  });
});

describe('settings', () => {
  test('production is refused', () => {
    expect(() => readMailboxSettings({ NODE_ENV: 'production', MAILBOX_TOKEN: 'x' })).toThrow('refuses to start');
  });

  test('a token is needed, and numbers must be numbers', () => {
    expect(() => readMailboxSettings({})).toThrow('MAILBOX_TOKEN');
    expect(() => readMailboxSettings({ MAILBOX_TOKEN: 'x', MAILBOX_PORT: 'abc' })).toThrow('MAILBOX_PORT must be');
  });

  test('of several passwords the first is used', () => {
    const { live } = readMailboxSettings({ MAILBOX_TOKEN: 'x', WEBHOOK_INBOUND_URL: 'http://127.0.0.1:1/w', WEBHOOK_INBOUND_USER: 'u', WEBHOOK_INBOUND_PASSWORD: 'new,old' });
    expect(live.webhooks).toEqual({ inbound: { url: 'http://127.0.0.1:1/w', user: 'u', password: 'new' }, events: null });
  });
});
