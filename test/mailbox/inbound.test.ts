import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { STYLE_NAMES } from '#tools/mailbox/inbound/styles.ts';
import type { MailboxMail } from '#tools/mailbox/client.ts';
import { anEmail, openStage, type Received, type Stage } from './support.ts';

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(async () => await stage.stop());
beforeEach(async () => {
  await stage.quiet();
  await stage.mailbox.clear();
  await stage.mailbox.change({ isDeliveryAutomatic: false, minuteMs: 5 });
  stage.receiver.answerWith();
  stage.receiver.calls.length = 0;
});

const REPLY_ADDRESS = 'lohbach+k7q2m4xw9dz3@reply.gewerk.localhost';

async function assignment(change: Record<string, unknown> = {}): Promise<MailboxMail> {
  const { MessageID } = await stage.postmark.sendEmail(anEmail({
    ReplyTo: REPLY_ADDRESS,
    HtmlBody: '<html><head><style>p{}</style></head><body><p>wir möchten Sie beauftragen: <b>Treppenhaus streichen</b></p></body></html>',
    Headers: [
      { Name: 'Message-ID', Value: '<m2@reply.gewerk.localhost>' }, { Name: 'X-PM-KeepID', Value: 'true' },
      { Name: 'References', Value: '<m1@reply.gewerk.localhost>' },
    ],
    ...change,
  }));
  return await stage.mailbox.mail(MessageID);
}

const headerOf = ({ body }: Received, name: string): string | undefined =>
  (body['Headers'] as { Name: string; Value: string }[]).find(({ Name }) => Name.toLowerCase() === name.toLowerCase())?.Value;

const isReceipt = ({ body }: Received): boolean => String(body['Subject']).startsWith('Gelesen:');

async function firstCall(): Promise<Received> {
  const [call] = await stage.receiver.until(1);
  if (!call) throw new Error('no call');
  return call;
}

test('a reply arrives in Postmark’s shape, from the mail’s recipient to its reply address', async () => {
  const mail = await assignment();
  await stage.mailbox.reply(mail, { text: 'ANNEHMEN', attachments: [{ name: 'foto.jpg', contentType: 'image/jpeg', content: 'YWJj', contentId: 'ii_1' }] });
  const call = await firstCall();
  expect(call.path).toBe('/inbound');
  expect(call.headers).toMatchObject({ authorization: `Basic ${Buffer.from('in:in-secret').toString('base64')}`, 'x-pm-retries-remaining': '10' });
  expect(call.body).toMatchObject({
    FromName: 'Maler Kern',
    MessageStream: 'inbound',
    From: 'kern@maler-kern.example',
    FromFull: { Email: 'kern@maler-kern.example', Name: 'Maler Kern', MailboxHash: '' },
    To: REPLY_ADDRESS,
    ToFull: [{ Email: REPLY_ADDRESS, Name: '', MailboxHash: 'k7q2m4xw9dz3' }],
    Cc: '', CcFull: [], Bcc: '', BccFull: [],
    OriginalRecipient: REPLY_ADDRESS,
    MailboxHash: 'k7q2m4xw9dz3',
    Subject: 'Re: Auftrag M-2026-00042: Treppenhaus streichen',
    MessageID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    ReplyTo: '', Tag: '', StrippedTextReply: '',
    Date: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0[12]00$/),
    TextBody: expect.stringContaining('ANNEHMEN'),
    HtmlBody: expect.stringContaining('gmail_quote'),
    Attachments: [{ Name: 'foto.jpg', Content: 'YWJj', ContentType: 'image/jpeg', ContentLength: 3, ContentID: 'ii_1' }],
  });
  expect(call.body['RecordType']).toBeUndefined();
});

test('a reply names the mail it answers: In-Reply-To, References with what came before, the subject once', async () => {
  const mail = await assignment({ Subject: 'Re: Auftrag M-2026-00042' });
  await stage.mailbox.reply(mail, 'ja');
  const call = await firstCall();
  expect(headerOf(call, 'In-Reply-To')).toBe('<m2@reply.gewerk.localhost>');
  expect(headerOf(call, 'References')).toBe('<m1@reply.gewerk.localhost> <m2@reply.gewerk.localhost>');
  expect(headerOf(call, 'Message-ID')).toMatch(/^<.+@mail\.gmail\.com>$/);
  expect(call.body['Subject']).toBe('Re: Auftrag M-2026-00042');
});

test('a reply can leave out threading and quote, change the subject and come from another address', async () => {
  const mail = await assignment();
  await stage.mailbox.reply(mail, { text: 'nur das', quote: false, threading: false, subject: 'Frage', from: 'Kollege <neu@maler-kern.example>', cc: 'chef@maler-kern.example', style: 'plain' });
  const call = await firstCall();
  expect(call.body).toMatchObject({ TextBody: 'nur das\n', HtmlBody: '', Subject: 'Frage', From: 'neu@maler-kern.example', Cc: 'chef@maler-kern.example' });
  expect([headerOf(call, 'In-Reply-To'), headerOf(call, 'References')]).toEqual([undefined, undefined]);
});

describe('mail programs', () => {
  const OWN = 'Guten Tag,\n\nwir kommen am Freitag.';
  const SIGNS: Record<string, [de: RegExp, en: RegExp]> = {
    gmail: [/^Am \w+\., \d+\. \S+ \d{4} um \d\d:\d\d Uhr schrieb Hausverwaltung Lohbach <\s*auftrag@\S+>:$/m, /^On \w{3}, \d+ \w{3} \d{4} at \d\d:\d\d, Hausverwaltung Lohbach <\s*auftrag@\S+> wrote:$/m],
    'gmail-app': [/^Hausverwaltung Lohbach <\s*\S+> schrieb am .+, \d\d:\d\d:$/m, /^On .+ Hausverwaltung Lohbach <\s*\S+>, wrote:$/m],
    outlook: [/^Von: Hausverwaltung Lohbach <\S+>\r\nGesendet: .+\r\nAn: .+\r\nBetreff: .+$/m, /^From: .+\r\nSent: .+\r\nTo: .+\r\nSubject: .+$/m],
    'outlook-web': [/^_{32}\r\nVon: /m, /^_{32}\r\nFrom: /m],
    'outlook-mobile': [/^Outlook für iOS beziehen<https:\S+>/m, /^Get Outlook for iOS<https:\S+>/m],
    'apple-mail': [/^> Am \d\d\.\d\d\.\d{4} um \d\d:\d\d schrieb Hausverwaltung Lohbach/m, /^> On \d+ \w{3} \d{4}, at \d\d:\d\d, Hausverwaltung/m],
    iphone: [/^Von meinem iPhone gesendet$/m, /^Sent from my iPhone$/m],
    thunderbird: [/^Am \d\d\.\d\d\.\d{4} um \d\d:\d\d schrieb Hausverwaltung Lohbach:$/m, /^On \d\d\/\d\d\/\d{4} \d\d:\d\d, Hausverwaltung Lohbach wrote:$/m],
    gmx: [/^$/, /^$/],
    plain: [/^Am .+ schrieb Hausverwaltung Lohbach:$/m, /^On .+, Hausverwaltung Lohbach wrote:$/m],
  };
  const HTML_SIGNS: Record<string, string> = {
    gmail: 'class="gmail_quote', 'gmail-app': '<div dir="auto">', outlook: 'border-top:solid #E1E1E1 1.0pt', 'outlook-web': 'id="divRplyFwdMsg"',
    'outlook-mobile': 'id="ms-outlook-mobile-signature"', 'apple-mail': '<blockquote type="cite">', iphone: 'AppleMailSignature', thunderbird: 'moz-cite-prefix', gmx: '<div name="quote"', plain: '',
  };

  test.each(STYLE_NAMES.flatMap((style) => [[style, 'de'], [style, 'en']] as const))('%s writes its quote in its own way (%s)', async (style, language) => {
    const mail = await assignment();
    await stage.mailbox.reply(mail, { text: OWN, style, language });
    const { body } = await firstCall();
    const text = String(body['TextBody']);
    const html = String(body['HtmlBody']);
    expect(text).toMatch(SIGNS[style]?.[language === 'de' ? 0 : 1] ?? /never/);
    expect(html).toContain(HTML_SIGNS[style] ?? 'never');
    if (style !== 'plain') {
      expect(html).toContain('wir kommen am Freitag.');
      expect(html).toContain('<b>Treppenhaus streichen</b>');
      expect(html).not.toContain('<style>p{}</style>');
    }
    if (style !== 'gmx') expect(text).toContain('wir möchten Sie mit folgender Arbeit beauftragen.');
  });

  test.each([['gmail', 'de', 'Re: '], ['outlook', 'de', 'AW: '], ['outlook', 'en', 'RE: '], ['gmx', 'de', 'Aw: ']] as const)('%s (%s) answers with "%s"', async (style, language, prefix) => {
    await stage.mailbox.reply(await assignment(), { text: 'x', style, language });
    expect((await firstCall()).body['Subject']).toBe(`${prefix}Auftrag M-2026-00042: Treppenhaus streichen`);
  });

  test('an English reply has Postmark’s own cut of it', async () => {
    await stage.mailbox.reply(await assignment(), { text: 'We accept.', style: 'thunderbird', language: 'en' });
    expect((await firstCall()).body['StrippedTextReply']).toBe('We accept.');
  });
});

describe('proof of the sender', () => {
  test.each([
    ['both', /^pass .*envelope-from="kern@maler-kern\.example"/, /DKIM_VALID_AU,SPF_PASS/],
    ['dkim', /^neutral /, /DKIM_VALID_AU/],
    ['spf', /^Pass \(sender SPF authorized\) .*envelope-from=kern@maler-kern\.example;/, /^SPF_PASS/],
    ['none', /^none /, /^HTML_MESSAGE$/],
    ['fail', /^fail /, /SPF_FAIL/],
    ['forwarded', /^pass .*envelope-from="forward@relay\.example"/, /SPF_PASS/],
  ] as const)('%s shows in the headers Postmark adds', async (proof, spf, tests) => {
    await stage.mailbox.reply(await assignment(), { text: 'x', proof });
    const call = await firstCall();
    expect(headerOf(call, 'Received-SPF')).toMatch(spf);
    expect(headerOf(call, 'X-Spam-Tests')).toMatch(tests);
    expect(headerOf(call, 'X-Spam-Status')).toBe('No');
    expect(headerOf(call, 'Return-Path')).toBe('<kern@maler-kern.example>');
  });

  test('spam is marked', async () => {
    await stage.mailbox.send({ from: 'a@x.example', to: REPLY_ADDRESS, isSpam: true });
    expect(headerOf(await firstCall(), 'X-Spam-Status')).toBe('Yes');
  });
});

describe('what people and machines send', () => {
  test('an out-of-office note is marked as automatic and names the day and the deputy', async () => {
    const mail = await assignment();
    await stage.mailbox.outOfOffice(mail, { until: '2026-12-04', deputy: 'lager@maler-kern.example' });
    const call = await firstCall();
    expect(call.body).toMatchObject({ Subject: `Automatische Antwort: ${mail.subject}`, TextBody: expect.stringMatching(/bis einschließlich 04\.12\.2026[^]*lager@maler-kern\.example/) });
    expect([headerOf(call, 'Auto-Submitted'), headerOf(call, 'Return-Path'), headerOf(call, 'X-Auto-Response-Suppress')]).toEqual(['auto-generated', '<>', 'All']);
  });

  test('a read receipt and a bounce by mail show by their parts', async () => {
    const mail = await assignment();
    await stage.mailbox.readReceipt(mail);
    await stage.mailbox.bounceByMail(mail);
    const calls = await stage.receiver.until(2);
    const [bounce, receipt] = calls.toSorted((one, other) => Number(isReceipt(one)) - Number(isReceipt(other)));
    expect(receipt?.body).toMatchObject({ Subject: `Gelesen: ${mail.subject}`, Attachments: [{ ContentType: 'message/disposition-notification' }] });
    expect(bounce?.body).toMatchObject({ From: 'mailer-daemon@maler-kern.example', Attachments: [{ ContentType: 'message/delivery-status' }, { ContentType: 'text/rfc822-headers' }] });
  });

  test('a forward comes from somebody else and holds the mail', async () => {
    await stage.mailbox.forward(await assignment(), { from: 'frau.neu@andere.example', text: 'Zur Kenntnis', style: 'outlook' });
    const { body } = await firstCall();
    expect(body).toMatchObject({ From: 'frau.neu@andere.example', Subject: 'WG: Auftrag M-2026-00042: Treppenhaus streichen', OriginalRecipient: REPLY_ADDRESS });
    expect(body['HtmlBody']).toContain('Treppenhaus streichen');
  });

  test('a new mail to two of our addresses is posted once for each, with one Message-ID', async () => {
    const sent = await stage.mailbox.send({ from: 'Frieda <frieda@muster.example>', to: `a@x.example, ${REPLY_ADDRESS}`, cc: 'lohbach@reply.gewerk.localhost', subject: 'Frage', text: 'Hallo' });
    const calls = await stage.receiver.until(2);
    expect(calls.map(({ body }) => String(body['OriginalRecipient'])).toSorted()).toEqual([REPLY_ADDRESS, 'lohbach@reply.gewerk.localhost'].toSorted());
    expect(new Set(calls.map(({ body }) => body['MessageID'])).size).toBe(2);
    expect(new Set(calls.map((call) => headerOf(call, 'Message-ID')))).toEqual(new Set([sent.messageId]));
  });

  test('a mail delivered again has the same MessageID, or another with the same Message-ID', async () => {
    const reply = await stage.mailbox.reply(await assignment(), 'x');
    await stage.mailbox.deliverAgain(reply);
    const other = await stage.mailbox.deliverAgain(reply, 'new_message_id');
    const calls = await stage.receiver.until(3);
    expect(calls.map(({ body }) => String(body['MessageID'])).toSorted()).toEqual([reply.id, reply.id, other.id].toSorted());
    expect(new Set(calls.map((call) => headerOf(call, 'Message-ID')))).toEqual(new Set([reply.messageId]));
    expect(new Set(calls.map(({ headers }) => headers['x-pm-webhook-trace-id'])).size).toBe(3);
  });

  test('a file over 20 MB arrives whole; more than 35 MB together is refused', async () => {
    const mail = await assignment();
    await stage.mailbox.reply(mail, { text: 'Video', attachments: [{ name: 'video.mp4', contentType: 'video/mp4', size: 21 * 1024 * 1024 }] });
    const [attachment] = (await firstCall()).body['Attachments'] as { ContentLength: number; Content: string }[];
    expect([attachment?.ContentLength, Buffer.from(attachment?.Content ?? '', 'base64').length]).toEqual([21 * 1024 * 1024, 21 * 1024 * 1024]);
    await expect(stage.mailbox.reply(mail, { text: 'x', attachments: [{ name: 'a', size: 36 * 1024 * 1024 }] })).rejects.toThrow('35 MB');
  });
});

describe('the inbound log', () => {
  test('shows mails with their state; a failed one can be posted again, a processed one cannot', async () => {
    stage.receiver.answerWith(403);
    const reply = await stage.mailbox.reply(await assignment(), 'x');
    await stage.mailbox.settled(reply);
    const { InboundMessages } = await stage.postmark.getInboundMessages({ count: 10, offset: 0, mailboxHash: 'k7q2m4xw9dz3' });
    expect(InboundMessages).toMatchObject([{ MessageID: reply.id, Status: 'Failed', From: 'kern@maler-kern.example' }]);
    await expect(stage.postmark.retryInboundHookForMessage(reply.id)).resolves.toMatchObject({ ErrorCode: 0 });
    expect((await stage.mailbox.settled(reply)).status).toBe('processed');
    await expect(stage.postmark.retryInboundHookForMessage(reply.id)).rejects.toMatchObject({ code: 703 });
    expect(await stage.postmark.getInboundMessageDetails(reply.id)).toMatchObject({ MessageID: reply.id, Status: 'Processed', TextBody: expect.stringContaining('x') });
  });

  test('an answer of 401 or 204 is retried until 200', async () => {
    stage.receiver.answerWith(401, 204);
    const reply = await stage.mailbox.reply(await assignment(), 'x');
    const calls = await stage.receiver.until(3);
    expect(calls.map(({ headers }) => headers['x-pm-retries-remaining'])).toEqual(['10', '9', '8']);
    expect((await stage.mailbox.settled(reply)).status).toBe('processed');
  });
});
