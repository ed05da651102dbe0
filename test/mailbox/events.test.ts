import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Errors, Models } from 'postmark';
import { afterAttempt, EVENT_RETRY_MINUTES, INBOUND_RETRY_MINUTES } from '#tools/mailbox/webhooks.ts';
import type { WebhookCall } from '#tools/mailbox/records.ts';
import { anEmail, openStage, type Stage } from './support.ts';

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(async () => await stage.stop());
beforeEach(async () => {
  await stage.quiet();
  await stage.mailbox.clear();
  await stage.mailbox.change({ isDeliveryAutomatic: true, searchDelayMs: 0, minuteMs: 5 });
  stage.receiver.answerWith();
  stage.receiver.calls.length = 0;
});

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('delivery', () => {
  test('is reported for each recipient with the mail’s metadata and the webhook’s own credentials', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ Cc: 'lager@maler-kern.example', Tag: 'assignment', Metadata: { mail_id: '7' } }));
    const calls = await stage.receiver.until(2);
    expect(calls.map(({ body }) => String(body['Recipient'])).toSorted()).toEqual(['kern@maler-kern.example', 'lager@maler-kern.example']);
    expect(calls[0]).toMatchObject({
      path: '/events',
      headers: { authorization: basic('ev', 'ev-secret'), 'x-pm-retries-remaining': '6', 'x-pm-webhook-trace-id': expect.stringMatching(/^[0-9a-f-]{36}$/) },
      body: {
        RecordType: 'Delivery', ServerID: 23, MessageStream: 'outbound', MessageID, Tag: 'assignment',
        DeliveredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/), Details: expect.any(String), Metadata: { mail_id: '7' },
      },
    });
    expect((await stage.mailbox.settled(MessageID)).status).toBe('delivered');
  });

  test('waits for a call while it is not automatic', async () => {
    await stage.mailbox.change({ isDeliveryAutomatic: false });
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    expect((await stage.mailbox.settled(MessageID)).status).toBe('accepted');
    await stage.mailbox.deliver(MessageID);
    expect((await stage.mailbox.settled(MessageID)).status).toBe('delivered');
    await stage.mailbox.deliver(MessageID);
    expect((await stage.mailbox.webhooks()).map(({ recordType }) => recordType)).toEqual(['Delivery']);
  });
});

describe('bounces', () => {
  test('a hard one suspends the address: the next mail is refused with 406 naming it, until it is activated', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ Metadata: { mail_id: '7' } }));
    await stage.mailbox.settled(MessageID);
    const bounce = await stage.mailbox.bounce(MessageID);
    const { body } = (await stage.receiver.until(2))[1] ?? {};
    expect(body).toMatchObject({
      RecordType: 'Bounce', ID: bounce.ID, Type: 'HardBounce', TypeCode: 1, Name: 'Hard bounce', MessageID, Email: 'kern@maler-kern.example',
      From: 'auftrag@reply.gewerk.localhost', Inactive: true, CanActivate: true, DumpAvailable: true, Metadata: { mail_id: '7' },
      BouncedAt: expect.any(String), Description: expect.any(String), Details: expect.stringContaining('5.1.1'), MessageStream: 'outbound',
    });
    expect((await stage.mailbox.mail(MessageID)).status).toBe('bounced');

    const refusal: unknown = await stage.postmark.sendEmail(anEmail({ To: 'Kern@Maler-Kern.example' })).then(() => null, (error: unknown) => error);
    expect(refusal).toBeInstanceOf(Errors.InactiveRecipientsError);
    expect(refusal).toMatchObject({ code: 406, statusCode: 422, recipients: ['kern@maler-kern.example'] });

    await expect(stage.postmark.activateBounce(bounce.ID)).resolves.toMatchObject({ Message: 'OK', Bounce: { Inactive: false } });
    await expect(stage.postmark.sendEmail(anEmail())).resolves.toMatchObject({ ErrorCode: 0 });
  });

  test('of several recipients only the inactive one is left out', async () => {
    const first = await stage.postmark.sendEmail(anEmail());
    await stage.mailbox.bounce(first.MessageID);
    const second = await stage.postmark.sendEmail(anEmail({ Cc: 'lager@maler-kern.example' }));
    expect(second).toMatchObject({ ErrorCode: 0, Message: expect.stringContaining('kern@maler-kern.example') });
    expect((await stage.mailbox.settled(second.MessageID)).deliveries).toMatchObject([{ state: 'suppressed' }, { state: 'delivered' }]);
  });

  test('soft ones and delays suspend nobody; a delayed mail is still delivered', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    await stage.mailbox.settled(MessageID);
    await stage.mailbox.bounce(MessageID, { type: 'Transient' });
    await stage.receiver.until(2);
    expect((await stage.mailbox.mail(MessageID)).status).toBe('delivered');
    await stage.mailbox.bounce(MessageID, { type: 'SoftBounce' });
    const calls = await stage.receiver.until(3);
    expect(calls.slice(1).map(({ body }) => [body['Type'], body['TypeCode'], body['Inactive']])).toEqual([['Transient', 2, false], ['SoftBounce', 4096, false]]);
    expect(await stage.mailbox.suppressions()).toEqual([]);
  });

  test('a spam complaint has its own record type and cannot be activated', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    const complaint = await stage.mailbox.spam(MessageID);
    await stage.mailbox.settled(MessageID);
    const types = stage.receiver.calls.map(({ body }) => [body['RecordType'], body['TypeCode'] ?? null]);
    expect(types).toContainEqual(['SpamComplaint', 100_001]);
    await expect(stage.postmark.activateBounce(complaint.ID)).rejects.toMatchObject({ statusCode: 422 });
  });

  test.each([
    ['SoftBounce@bounce-testing.postmarkapp.com', {}, 'SoftBounce'],
    ['kern@maler-kern.example', { Headers: [{ Name: 'X-PM-Bounce-Type', Value: 'HardBounce' }] }, 'HardBounce'],
  ])('a mail to %s can ask for its own bounce', async (To, change, type) => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ To, ...change }));
    await stage.mailbox.settled(MessageID);
    expect(stage.receiver.calls.map(({ body }) => [body['RecordType'], body['Type']])).toEqual([['Bounce', type]]);
  });

  test('are listed with filters, newest first', async () => {
    const first = await stage.postmark.sendEmail(anEmail());
    const second = await stage.postmark.sendEmail(anEmail({ To: 'huber@x.example' }));
    await stage.mailbox.bounce(first.MessageID);
    await stage.mailbox.bounce(second.MessageID, { type: 'SoftBounce' });
    const all = await stage.postmark.getBounces({ count: 10, offset: 0 });
    expect([all.TotalCount, all.Bounces.map(({ Type }) => Type)]).toEqual([2, ['SoftBounce', 'HardBounce']]);
    const hard = await stage.postmark.getBounces({ count: 10, offset: 0, type: Models.BounceType.HardBounce });
    expect(hard.Bounces.map(({ Email }) => Email)).toEqual(['kern@maler-kern.example']);
    const one = await stage.postmark.getBounces({ count: 10, offset: 0, messageID: second.MessageID });
    expect(one.TotalCount).toBe(1);
    await expect(stage.postmark.getBounce(1)).rejects.toMatchObject({ code: 407 });
    expect((await stage.postmark.getBounceDump(hard.Bounces[0]?.ID ?? 0)).Body).toContain('Subject: Auftrag M-2026-00042');
  });
});

describe('the message search', () => {
  test('finds by metadata, recipient, subject and tag, newest first, in pages', async () => {
    for (const id of ['1', '2', '3']) await stage.postmark.sendEmail(anEmail({ Tag: id === '3' ? 'reminder' : 'assignment', Metadata: { mail_id: id } }));
    const find = async (filter: Record<string, unknown>): Promise<string[]> =>
      (await stage.postmark.getOutboundMessages({ count: 10, offset: 0, ...filter })).Messages.map(({ Metadata }) => Metadata['mail_id'] ?? '');
    expect(await find({})).toEqual(['3', '2', '1']);
    expect(await find({ metadata_mail_id: '2' })).toEqual(['2']);
    expect(await find({ metadata_mail_id: 'none' })).toEqual([]);
    expect(await find({ recipient: 'kern@maler-kern.example', tag: 'reminder' })).toEqual(['3']);
    expect(await find({ subject: 'treppenhaus', offset: 1, count: 1 })).toEqual(['2']);
    expect(await find({ fromEmail: 'other@x.example' })).toEqual([]);
    expect(await find({ todate: '2020-01-01' })).toEqual([]);
  });

  test('needs count and offset within Postmark’s limits', async () => {
    await expect(stage.postmark.getOutboundMessages({ count: 501, offset: 0 })).rejects.toMatchObject({ code: 700 });
    await expect(stage.postmark.getOutboundMessages({ count: 500, offset: 9_501 })).rejects.toMatchObject({ code: 700 });
  });

  test('shows one mail with its parts and events', async () => {
    const { MessageID } = await stage.postmark.sendEmail(anEmail({ HtmlBody: '<p>Hallo</p>', Attachments: [{ Name: 'plan.pdf', Content: 'YQ==', ContentType: 'application/pdf' }] }));
    await stage.mailbox.settled(MessageID);
    const details = await stage.postmark.getOutboundMessageDetails(MessageID);
    expect(details).toMatchObject({
      Status: 'Sent', HtmlBody: '<p>Hallo</p>', Attachments: ['plan.pdf'], Recipients: ['kern@maler-kern.example'],
      MessageEvents: [{ Type: 'Delivered', Recipient: 'kern@maler-kern.example' }],
    });
    expect(details.Body).toContain('filename="plan.pdf"');
    await expect(stage.postmark.getOutboundMessageDetails('none')).rejects.toMatchObject({ code: 701 });
  });

  test('may find a mail only later than it was accepted', async () => {
    await stage.mailbox.change({ searchDelayMs: 60_000 });
    await stage.postmark.sendEmail(anEmail({ Metadata: { mail_id: '1' } }));
    expect((await stage.postmark.getOutboundMessages({ count: 1, offset: 0 })).TotalCount).toBe(0);
  });
});

describe('webhook retries', () => {
  const call = (target: 'inbound' | 'events', tries: number): WebhookCall => ({
    id: 'w', target, recordType: target === 'inbound' ? 'Inbound' : 'Delivery', mailId: 'm', payload: null, at: '', dueAt: '', state: 'waiting',
    attempts: Array.from({ length: tries }, () => ({ at: '', status: 500, answer: '', tookMs: 0 })),
  });
  const answered = (status: number | null): { at: string; status: number | null; answer: string; tookMs: number } => ({
    at: '2026-11-25T10:00:00.000Z', status, answer: '', tookMs: 0,
  });

  test.each([
    ['inbound', 200, 'accepted'], ['inbound', 201, 'waiting'], ['inbound', 204, 'waiting'], ['inbound', 302, 'waiting'], ['inbound', 401, 'waiting'],
    ['inbound', 403, 'stopped'], ['inbound', 404, 'waiting'], ['inbound', 500, 'waiting'], ['inbound', null, 'waiting'],
    ['events', 200, 'accepted'], ['events', 204, 'accepted'], ['events', 302, 'stopped'], ['events', 401, 'stopped'], ['events', 403, 'stopped'],
    ['events', 408, 'waiting'], ['events', 422, 'stopped'], ['events', 429, 'waiting'], ['events', 500, 'waiting'], ['events', null, 'waiting'],
  ] as const)('%s webhook answered with %s is %s', (target, status, state) => {
    expect(afterAttempt(call(target, 0), answered(status), 60_000).state).toBe(state);
  });

  test.each([
    ['inbound', INBOUND_RETRY_MINUTES, [1, 5, 10, 10, 10, 15, 30, 60, 120, 360]],
    ['events', EVENT_RETRY_MINUTES, [1, 5, 10, 10, 10, 15]],
  ] as const)('%s webhooks are retried after the published minutes, then given up', (target, plan, minutes) => {
    expect(plan).toEqual(minutes);
    minutes.forEach((wait, tries) => {
      const next = afterAttempt(call(target, tries), answered(500), 60_000);
      expect(Date.parse(next.dueAt ?? '') - Date.parse('2026-11-25T10:00:00.000Z')).toBe(wait * 60_000);
    });
    expect(afterAttempt(call(target, minutes.length), answered(500), 60_000)).toMatchObject({ state: 'gave_up', dueAt: null });
  });

  test('keep their trace id and count down', async () => {
    stage.receiver.answerWith(500, 429);
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    const calls = await stage.receiver.until(3);
    expect(calls.map(({ headers }) => headers['x-pm-retries-remaining'])).toEqual(['6', '5', '4']);
    expect(new Set(calls.map(({ headers }) => headers['x-pm-webhook-trace-id'])).size).toBe(1);
    expect(new Set(calls.map(({ body }) => body['DeliveredAt'])).size).toBe(1);
    expect((await stage.mailbox.settled(MessageID)).webhooks[0]).toMatchObject({ state: 'accepted', attempts: [{ status: 500 }, { status: 429 }, { status: 200, answer: 'seen' }] });
  });

  test('an event refused with 401 is dropped, and a person can send it again', async () => {
    stage.receiver.answerWith(401);
    const { MessageID } = await stage.postmark.sendEmail(anEmail());
    const [webhook] = (await stage.mailbox.settled(MessageID)).webhooks;
    expect(webhook).toMatchObject({ state: 'stopped', attempts: [{ status: 401 }] });
    await stage.mailbox.retryWebhook(webhook?.id ?? '');
    expect((await stage.mailbox.settled(MessageID)).webhooks[0]).toMatchObject({ state: 'accepted' });
  });
});
