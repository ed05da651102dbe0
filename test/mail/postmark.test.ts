import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { openPostmark, type Letter, type Postmark } from '#activities/postmark.ts';
import { freePort } from '#tools/start/free-port.ts';
import { openMailbox, type TestMailbox } from '../support/mailbox.ts';

let box: TestMailbox;
let postmark: Postmark;

beforeAll(async () => {
  box = await openMailbox();
  postmark = openPostmark({ POSTMARK_API_URL: box.url, POSTMARK_SERVER_TOKEN: box.token });
});
afterEach(() => box.mailbox.clearFaults());
afterAll(() => box?.stop());

function letter(mailId: string, change: Partial<Letter> = {}): Letter {
  return {
    mailId, organisationId: '019ac0de-7a10-7c3e-9f00-000000000001', from: '"Huber, Dach" <auftrag@reply.gewerk.localhost>', to: '"Maler Kern" <kern@maler-kern.example>',
    replyTo: '"Huber, Dach" <lohbach+k@reply.gewerk.localhost>', subject: 'Auftrag M-2026-00042: Treppenhaus', text: 'Guten Tag', html: '<p>Guten Tag</p>', tag: 'assignment',
    headers: [{ name: 'Message-ID', value: `<${mailId}@reply.gewerk.localhost>` }, { name: 'X-PM-KeepID', value: 'true' }],
    ...change,
  };
}

test('a mail is handed over with its metadata, our Message-ID, and without tracking', async () => {
  const answer = await postmark.send(letter('m-1'));
  expect(answer).toMatchObject({ kind: 'sent', providerId: expect.any(String) });
  const mail = await box.mailbox.mailTo('kern@maler-kern.example');
  expect(mail).toMatchObject({ metadata: { mail_id: 'm-1' }, messageId: '<m-1@reply.gewerk.localhost>' });
});

test.each([
  ['error_after_accept', { kind: 'error_after_accept' }],
  ['cut_after_accept', { kind: 'cut_after_accept' }],
  ['wrong_json_after_accept', { kind: 'wrong_json_after_accept' }],
  ['cut_before_accept', { kind: 'cut_before_accept' }],
  ['an error 500', { kind: 'error_before_accept', status: 500 }],
] as const)('after %s nobody knows, so it is unclear', async (_name, fault) => {
  await box.mailbox.orderFault(fault);
  expect(await postmark.send(letter('m-2'))).toMatchObject({ kind: 'unclear' });
});

test('the rate limit means certainly unsent, and the wait that is asked for is kept', async () => {
  await box.mailbox.orderFault({ kind: 'rate_limit', retryAfterSeconds: 7 });
  expect(await postmark.send(letter('m-3'))).toEqual({ kind: 'unsent', reason: 'provider_rate', retryAfterMs: 7000, needsAttention: false });
});

test('maintenance means certainly unsent', async () => {
  await box.mailbox.orderFault({ kind: 'error_before_accept', status: 503, errorCode: 100 });
  expect(await postmark.send(letter('m-4'))).toMatchObject({ kind: 'unsent', reason: 'provider_maintenance' });
});

test('a network filter and a wrong token are the operator’s trouble, not the mail’s', async () => {
  await box.mailbox.orderFault({ kind: 'network_filter' });
  expect(await postmark.send(letter('m-5'))).toMatchObject({ kind: 'unsent', needsAttention: true });
  const stranger = openPostmark({ POSTMARK_API_URL: box.url, POSTMARK_SERVER_TOKEN: 'wrong' });
  expect(await stranger.send(letter('m-6'))).toMatchObject({ kind: 'unsent', reason: 'provider_token_invalid', needsAttention: true });
});

test('a refused connection is certainly unsent', async () => {
  const nobody = openPostmark({ POSTMARK_API_URL: `http://127.0.0.1:${await freePort()}`, POSTMARK_SERVER_TOKEN: 'x' });
  expect(await nobody.send(letter('m-7'))).toMatchObject({ kind: 'unsent', reason: 'provider_unreachable' });
});

test('an inactive address and a broken one are refused for good', async () => {
  const first = await postmark.send(letter('m-8', { to: 'tot@firma.example' }));
  expect(first.kind).toBe('sent');
  await box.mailbox.bounce(await box.mailbox.mailTo('tot@firma.example'));
  expect(await postmark.send(letter('m-9', { to: 'tot@firma.example' }))).toEqual({ kind: 'refused', reason: 'inactive_recipient', isInactive: true });
  expect(await postmark.send(letter('m-10', { to: 'kein-at' }))).toMatchObject({ kind: 'refused', reason: 'address_invalid' });
});

test('a mail is found by its metadata, and one that was never taken is not', async () => {
  await postmark.send(letter('m-11'));
  expect(await postmark.find('m-11')).toMatchObject({ providerId: expect.any(String) });
  expect(await postmark.find('m-12')).toBeNull();
});
