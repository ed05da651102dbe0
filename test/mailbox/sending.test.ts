import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Errors, type Message } from 'postmark';
import { anEmail, clientFor, openStage, type Stage, TOKEN } from './support.ts';

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(async () => await stage.stop());
beforeEach(async () => {
  await stage.mailbox.clear();
  await stage.mailbox.change({ account: 'normal', senderDomains: [], keepsMessageId: true, isDeliveryAutomatic: true });
});

/** The refusal of one mail, as Postmark's client reports it. */
async function refusalOf(change: Record<string, unknown>): Promise<{ code: number; statusCode: number; message: string }> {
  const error: unknown = await stage.postmark.sendEmail(anEmail(change)).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof Errors.PostmarkError)) throw new Error('the mail was accepted');
  return { code: error.code, statusCode: error.statusCode, message: error.message };
}

async function rawSend(body: string, headers: Record<string, string> = {}, path = '/email'): Promise<Response> {
  return await fetch(stage.running.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-postmark-server-token': TOKEN, ...headers },
    body,
  });
}

const base64 = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

test('an accepted mail is answered with its id and recipients and can be read', async () => {
  const answer = await stage.postmark.sendEmail(anEmail({ Cc: 'lager@maler-kern.example', Tag: 'assignment', Metadata: { mail_id: '7' } }));
  expect(answer).toMatchObject({ To: 'kern@maler-kern.example', Cc: 'lager@maler-kern.example', ErrorCode: 0, Message: 'OK' });
  const mail = await stage.mailbox.mailTo('kern@maler-kern.example');
  expect(mail).toMatchObject({
    id: answer.MessageID,
    from: { email: 'auftrag@reply.gewerk.localhost', name: 'Hausverwaltung Lohbach' },
    to: [{ email: 'kern@maler-kern.example', name: 'Maler Kern' }],
    subject: 'Auftrag M-2026-00042: Treppenhaus streichen',
    tag: 'assignment',
    metadata: { mail_id: '7' },
    links: ['http://localhost:4000/a/geheim'],
    messageId: `<${answer.MessageID}@mtasv.net>`,
  });
});

describe('refusals', () => {
  const tooMany = Array.from({ length: 51 }, (_, i) => `a${i}@x.example`).join(',');
  const manyKeys = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v']));
  test.each<[rule: string, code: number, change: Record<string, unknown>]>([
    ['no sender', 300, { From: '' }],
    ['two senders', 300, { From: 'a@x.example, b@x.example' }],
    ['no recipient', 300, { To: '' }],
    ['an address without domain', 300, { To: 'kern' }],
    ['a name with a comma must be quoted', 300, { To: 'Huber, Dach <huber@x.example>' }],
    ['a name with a dot must be quoted', 300, { To: 'Huber GmbH & Co. KG <huber@x.example>' }],
    ['a local part with two dots together', 300, { To: 'hu..ber@x.example' }],
    ['a local part with a leading dot', 300, { To: '.huber@x.example' }],
    ['an umlaut in the local part', 300, { To: 'mäler@x.example' }],
    ['an umlaut in the domain', 300, { To: 'info@mäler.example' }],
    ['more than 50 recipients', 300, { To: tooMany }],
    ['neither text nor HTML, even with a file', 300, { TextBody: '', Attachments: [{ Name: 'a.txt', Content: 'YQ==', ContentType: 'text/plain' }] }],
    ['a tag over 1000 characters', 300, { Tag: 'x'.repeat(1001) }],
    ['more than ten metadata fields', 300, { Metadata: manyKeys }],
    ['a metadata name over 20 characters', 300, { Metadata: { ['k'.repeat(21)]: 'v' } }],
    ['a metadata value over 80 characters', 300, { Metadata: { k: 'v'.repeat(81) } }],
    ['a line break in the subject', 300, { Subject: 'a\r\nBcc: x@y.example' }],
    ['a line break in a header', 300, { Headers: [{ Name: 'X-A', Value: 'a\r\nX-B: b' }] }],
    ['a header name with a space', 300, { Headers: [{ Name: 'X A', Value: 'a' }] }],
    ['a header that has a field of its own', 300, { Headers: [{ Name: 'Bcc', Value: 'a@x.example' }] }],
    ['a file that is not base64', 300, { Attachments: [{ Name: 'a.txt', Content: 'ä', ContentType: 'text/plain' }] }],
    ['a file without a type', 300, { Attachments: [{ Name: 'a.txt', Content: 'YQ==' }] }],
    ['a content id without cid:', 300, { Attachments: [{ Name: 'a.png', Content: 'YQ==', ContentType: 'image/png', ContentID: 'logo' }] }],
    ['a number where a string belongs', 403, { Subject: 42 }],
    ['a metadata value that is no string', 403, { Metadata: { k: 7 } }],
    ['headers that are no list', 403, { Headers: { Name: 'a', Value: 'b' } }],
    ['an unknown kind of link tracking', 403, { TrackLinks: 'Some' }],
    ['a forbidden file type', 411, { Attachments: [{ Name: 'Rechnung.PDF.exe', Content: 'YQ==', ContentType: 'application/pdf' }] }],
    ['an unknown stream', 1235, { MessageStream: 'letters' }],
    ['a stream that does not send', 1236, { MessageStream: 'inbound' }],
  ])('%s: %i', async (_rule, code, change) => {
    expect(await refusalOf(change)).toMatchObject({ code, statusCode: 422 });
    expect(await stage.mailbox.mailsNow('')).toEqual([]);
  });

  test('a text over 5 MB, or a mail over 10 MB after base64, is 413', async () => {
    expect((await rawSend(JSON.stringify(anEmail({ TextBody: 'x'.repeat(5 * 1024 * 1024 + 1) })))).status).toBe(413);
    const file = (bytes: number): object => ({ Name: 'a.jpg', Content: base64(bytes), ContentType: 'image/jpeg' });
    expect((await rawSend(JSON.stringify(anEmail({ Attachments: [file(4_000_000), file(4_000_000)] })))).status).toBe(413);
    expect((await rawSend(JSON.stringify(anEmail({ Attachments: [file(7_000_000)] })))).status).toBe(200);
  });

  test('a wrong or missing token is 401 with code 10, before the body is looked at', async () => {
    await expect(clientFor(stage.running.url, 'other').sendEmail(anEmail())).rejects.toMatchObject({ name: 'InvalidAPIKeyError', code: 10, statusCode: 401 });
    const answer = await fetch(`${stage.running.url}/email`, { method: 'POST', body: 'not json' });
    expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ ErrorCode: 10 })]);
  });

  test('broken JSON is 422 with code 402; another content type is 415', async () => {
    const broken = await rawSend('{"From":');
    expect([broken.status, await broken.json()]).toEqual([422, { ErrorCode: 402, Message: 'Invalid JSON' }]);
    expect((await rawSend('From=a', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });

  test.each([
    ['pending', 412],
    ['suspended', 413],
    ['out_of_credits', 405],
  ] as const)('a %s account is refused with %i', async (account, code) => {
    await stage.mailbox.change({ account });
    expect(await refusalOf({})).toMatchObject({ code, statusCode: 422 });
  });

  test('a pending account may write to its own domain', async () => {
    await stage.mailbox.change({ account: 'pending' });
    await expect(stage.postmark.sendEmail(anEmail({ To: 'a@reply.gewerk.localhost' }))).resolves.toMatchObject({ ErrorCode: 0 });
  });

  test('a sender outside the known domains is 400', async () => {
    await stage.mailbox.change({ senderDomains: ['other.example'] });
    expect(await refusalOf({})).toMatchObject({ code: 400 });
  });
});

describe('batches', () => {
  test('answer 200 with a result for each mail', async () => {
    const results = await stage.postmark.sendEmailBatch([anEmail(), anEmail({ To: 'kern' }), anEmail({ MessageStream: 'x' })]);
    expect(results.map(({ ErrorCode }) => ErrorCode)).toEqual([0, 300, 1235]);
    expect(await stage.mailbox.mailsNow('kern')).toHaveLength(1);
  });

  test('of more than 500 are refused whole with 410', async () => {
    const mails: Message[] = Array.from({ length: 501 }, () => anEmail());
    await expect(stage.postmark.sendEmailBatch(mails)).rejects.toMatchObject({ code: 410, statusCode: 422 });
    expect(await stage.mailbox.mailsNow('kern')).toHaveLength(0);
  });

  test('that are no list are 403', async () => {
    const answer = await rawSend(JSON.stringify(anEmail()), {}, '/email/batch');
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ ErrorCode: 403 })]);
  });
});

describe('message ids', () => {
  const headers = [{ Name: 'Message-ID', Value: '<t42.a1@reply.gewerk.localhost>' }, { Name: 'X-PM-KeepID', Value: 'true' }];

  test('are the sender’s own with X-PM-KeepID, else Postmark’s', async () => {
    await stage.postmark.sendEmail(anEmail({ Headers: headers }));
    await stage.postmark.sendEmail(anEmail({ Headers: headers.slice(0, 1) }));
    const [replaced, kept] = await stage.mailbox.mailsTo('kern', 2);
    expect(kept?.messageId).toBe('<t42.a1@reply.gewerk.localhost>');
    expect(replaced?.messageId).toBe(`<${replaced?.id}@mtasv.net>`);
  });

  test('are replaced all the same while the service does not keep them', async () => {
    await stage.mailbox.change({ keepsMessageId: false });
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ Headers: headers }));
    expect((await stage.mailbox.mailTo('kern')).messageId).toBe(`<${MessageID}@mtasv.net>`);
  });
});

test('the test token validates and answers, but sends nothing', async () => {
  const tester = clientFor(stage.running.url, 'POSTMARK_API_TEST');
  await expect(tester.sendEmail(anEmail())).resolves.toMatchObject({ ErrorCode: 0 });
  await expect(tester.sendEmail(anEmail({ To: '' }))).rejects.toMatchObject({ code: 300 });
  expect(await stage.mailbox.mailsNow('kern')).toEqual([]);
});

describe('faults', () => {
  test.each([
    ['error_after_accept', { name: 'InternalServerError', code: 101, statusCode: 500 }, 1],
    ['cut_after_accept', { code: 0, statusCode: 0 }, 1],
    ['cut_before_accept', { code: 0, statusCode: 0 }, 0],
    ['error_before_accept', { name: 'InternalServerError', statusCode: 500 }, 0],
    ['rate_limit', { name: 'RateLimitExceededError', statusCode: 429 }, 0],
    ['network_filter', { statusCode: 403 }, 0],
  ] as const)('%s strikes once and leaves the right number of mails', async (kind, error, kept) => {
    await stage.mailbox.orderFault({ kind });
    await expect(stage.postmark.sendEmail(anEmail())).rejects.toMatchObject(error);
    expect(await stage.mailbox.mailsNow('kern')).toHaveLength(kept);
    await expect(stage.postmark.sendEmail(anEmail())).resolves.toMatchObject({ ErrorCode: 0 });
  });

  test('rate_limit says when to come back', async () => {
    await stage.mailbox.orderFault({ kind: 'rate_limit', retryAfterSeconds: 7 });
    expect((await rawSend(JSON.stringify(anEmail()))).headers.get('retry-after')).toBe('7');
  });

  test('maintenance is 503 with code 100', async () => {
    await stage.mailbox.orderFault({ kind: 'error_before_accept', status: 503, errorCode: 100 });
    await expect(stage.postmark.sendEmail(anEmail())).rejects.toMatchObject({ name: 'ServiceUnavailablerError', code: 100, statusCode: 503 });
  });

  test('wrong JSON comes after the mail was accepted', async () => {
    await stage.mailbox.orderFault({ kind: 'wrong_json_after_accept' });
    await expect((await rawSend(JSON.stringify(anEmail()))).json()).rejects.toThrow();
    expect(await stage.mailbox.mailsNow('kern')).toHaveLength(1);
  });

  test('a delay is longer than the sender waits, and the mail is accepted', async () => {
    await stage.mailbox.orderFault({ kind: 'delay_after_accept', delayMs: 400 });
    const started = performance.now();
    await stage.postmark.sendEmail(anEmail());
    expect(performance.now() - started).toBeGreaterThan(390);
  });

  test('strike only the recipients they name, as often as ordered', async () => {
    await stage.mailbox.orderFault({ kind: 'error_before_accept', to: 'huber@', count: 2 });
    await stage.postmark.sendEmail(anEmail());
    await expect(stage.postmark.sendEmail(anEmail({ To: 'huber@x.example' }))).rejects.toThrow();
    await expect(stage.postmark.sendEmail(anEmail({ To: 'huber@x.example' }))).rejects.toThrow();
    await stage.postmark.sendEmail(anEmail({ To: 'huber@x.example' }));
  });
});
