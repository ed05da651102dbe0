import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestLog } from '#api/middleware/log.ts';
import { webhooks } from '#api/webhooks/routes.ts';
import { newId } from '#db/columns.ts';
import { systemEm } from '#db/orm.ts';
import { OutboundMail } from '#db/mails/entity.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { aContact, aFirm, anAssignment, anOrganisation, aWorkOrder, aWorkspace } from '../support/builders.ts';
import { speakOut, talk } from './http-by-hand.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ env: { WEBHOOK_INBOUND_PASSWORD: 'old-password-1, new-password-2', WEBHOOK_EVENTS_PASSWORD: 'events-password' } });
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.database.query('delete from outbox');
});

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const INBOUND = basic('postmark', 'new-password-2');
const EVENTS = basic('postmark', 'events-password');

async function post(hook: 'inbound' | 'events', body: string | ReadableStream<Uint8Array>, authorization: string | null, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(`${api.url}/webhooks/postmark/${hook}`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}), ...headers },
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit);
  await response.text();
  return response.status;
}
const port = (): number => Number(new URL(api.url).port);
const head = (...headers: string[]): string => ['POST /webhooks/postmark/inbound HTTP/1.1', 'Host: x', ...headers, '\r\n'].join('\r\n');
const IDLE_MS = 1_000;
const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');
const CHUNK = Buffer.concat([Buffer.from('100000\r\n'), MEGABYTE, Buffer.from('\r\n')]);
const OVER_LIMIT = 60 * MEGABYTE.length + 1;
const mailOf = (MessageID: string, more: object = {}): string =>
  JSON.stringify({ FromFull: { Email: 'a@b.test', MessageID: 'not this one' }, MessageID, Subject: 'MessageID: {"', Attachments: [], ...more });
type Row = { id: string; provider_id: string; status: string; reason: string | null; raw_key: string; size: number; organisation_id: string | null };
const rows = (): Promise<Row[]> => api.database.query<Row>('select * from inbound_mails order by received_at, id');
const outbox = (): Promise<{ kind: string; workflow_id: string }[]> => api.database.query('select kind, workflow_id from outbox');
const originals = async (): Promise<string[]> => readdir(join(api.settings.FILES_DIR, 'inbound')).catch(() => []);

describe('a mail comes in', () => {
  beforeEach(async () => {
    await api.database.query('delete from inbound_mails');
    await api.deps.files.removeAll('inbound');
  });

  test('it is stored whole, noted once, and its process is woken', async () => {
    const body = mailOf('m-1', { TextBody: 'Grüße \\ "zitiert" {[' });
    expect(await post('inbound', body, INBOUND)).toBe(200);
    const [row] = await rows();
    expect(row).toMatchObject({ provider_id: 'm-1', status: 'stored', size: Buffer.byteLength(body), organisation_id: null });
    expect(Buffer.from(await api.deps.files.getBytes(row!.raw_key)).toString()).toBe(body);
    expect(await outbox()).toEqual([{ kind: 'inbound', workflow_id: `inbound:${row!.id}` }]);
  });

  test('twenty times the same at the same moment are one row, one process, one original', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('inbound', mailOf('m-2'), INBOUND)));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await rows()).toHaveLength(1);
    expect(await outbox()).toHaveLength(1);
    expect(await originals()).toHaveLength(1);
  });

  test('a mail whose process has given it to an organisation is known again', async () => {
    await post('inbound', mailOf('m-3'), INBOUND);
    const organisation = await anOrganisation(api.orm);
    await api.database.query(`update inbound_mails set organisation_id = $1, status = 'processed'`, [organisation.id]);
    expect(await post('inbound', mailOf('m-3'), INBOUND)).toBe(200);
    expect(await rows()).toHaveLength(1);
    expect(await originals()).toHaveLength(1);
  });

  test.each([
    ['no password', null],
    ['a wrong one', basic('postmark', 'wrong-password')],
    ['another user', basic('someone', 'new-password-2')],
    ['both passwords as one', basic('postmark', 'old-password-1, new-password-2')],
    ['an empty one', basic('postmark', '')],
    ['the password of the other webhook', EVENTS],
    ['no basic auth', 'Bearer new-password-2'],
  ])('with %s nothing is stored and it is 401, which is tried again', async (_name, authorization) => {
    expect(await post('inbound', mailOf('m-4'), authorization)).toBe(401);
    expect(await rows()).toEqual([]);
    expect(await originals()).toEqual([]);
  });

  test('both passwords hold while they are changed', async () => {
    expect(await post('inbound', mailOf('m-5'), basic('postmark', 'old-password-1'))).toBe(200);
    expect(await post('inbound', mailOf('m-6'), INBOUND)).toBe(200);
    expect(await rows()).toHaveLength(2);
  });

  test('who has no password is refused before the body is read', async () => {
    const answer = await talk(port(), `${head('Content-Length: 50000000')}{"Mess`);
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*WWW-Authenticate: Basic/s);
  });

  test.each([
    ['no JSON', 'hello', 'no_json'],
    ['half a JSON', '{"MessageID": "m-7", "TextBody": "', 'no_json'],
    ['a list', '[{"MessageID": "m-7"}]', 'no_json'],
    ['two documents', '{"MessageID": "m-7"}{}', 'no_json'],
    ['brackets that do not fit', '{"MessageID": "m-7", "a": [}', 'no_json'],
    ['no MessageID', '{"Subject": "x", "Inner": {"MessageID": "m-7"}}', 'no_message_id'],
    ['a MessageID that is no text', '{"MessageID": {"MessageID": "m-7"}}', 'no_message_id'],
    ['a MessageID with a zero character', '{"MessageID": "m\\u00007"}', 'no_message_id'],
    ['nothing', '', 'no_json'],
    ['deep nesting', `{"a":${'['.repeat(20_000)}`, 'no_json'],
  ])('%s is kept as rejected, once, and answered with 200: sending it again would not help', async (_name, body, reason) => {
    expect(await post('inbound', body, INBOUND)).toBe(200);
    expect(await post('inbound', body, INBOUND)).toBe(200);
    expect(await rows()).toEqual([expect.objectContaining({ status: 'rejected', reason, provider_id: expect.stringMatching(/^sha256:/) })]);
    expect(await originals()).toHaveLength(1);
    expect(await outbox()).toEqual([]);
  });

  test('41 MB of files are taken', async () => {
    const part = 'QUJD'.repeat(256 * 1024);
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        stream.enqueue(Buffer.from('{"Attachments":[{"Name":"a.bin","Content":"'));
        for (let i = 0; i < 55; i += 1) stream.enqueue(Buffer.from(part));
        stream.enqueue(Buffer.from('"}],"MessageID":"m-8"}'));
        stream.close();
      },
    });
    expect(await post('inbound', body, INBOUND)).toBe(200);
    expect(await rows()).toEqual([expect.objectContaining({ provider_id: 'm-8', size: 55 * 1024 * 1024 + 65 })]);
  });

  test('more than 60 MB is 413, said by the length or found out while reading; nothing stays', async () => {
    const said = await talk(port(), `${head(`Authorization: ${INBOUND}`, `Content-Length: ${OVER_LIMIT}`)}{`);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    const found = await speakOut(port(), head('Connection: close', `Authorization: ${INBOUND}`, 'Transfer-Encoding: chunked'), [...Array.from({ length: 61 }, () => CHUNK), Buffer.from('0\r\n\r\n')]);
    expect(found).toMatch(/^HTTP\/1\.1 413 /);
    expect(await rows()).toEqual([]);
    expect(await originals()).toEqual([]);
  });

  test.each([
    ['413', INBOUND],
    ['401', basic('postmark', 'wrong-password')],
  ])('a sender that first says all of it gets to read %s, its line is not cut before', async (status, authorization) => {
    const parts = [...Array.from({ length: 60 }, () => MEGABYTE), Buffer.from(' ')];
    expect(await speakOut(port(), head('Connection: close', `Authorization: ${authorization}`, `Content-Length: ${OVER_LIMIT}`), parts)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test('a sender that breaks off leaves nothing', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => {
        socket.write(`POST /webhooks/postmark/inbound HTTP/1.1\r\nHost: x\r\nAuthorization: ${INBOUND}\r\nContent-Length: 100\r\n\r\n{"MessageID":"m-9",`);
        setTimeout(() => { socket.destroy(); resolve(); }, 100);
      });
    });
    await soon(async () => expect(await originals()).toEqual([]));
    expect(await rows()).toEqual([]);
  });

  test('a slow sender is waited for, a silent one is cut off', async () => {
    const app = express();
    app.use(requestLog(api.deps.log));
    app.use('/webhooks', webhooks(api.deps, IDLE_MS));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = (server.address() as AddressInfo).port;
    const body = mailOf('m-10', { TextBody: 'x'.repeat(150) });
    const begin = head('Connection: close', `Authorization: ${INBOUND}`, `Content-Length: ${Buffer.byteLength(body)}`);
    // All together takes longer than the pause that is allowed; where this machine itself pauses for so long, once more.
    const sendSlowly = (): Promise<string> => talk(at, begin, { rest: body.split(''), everyMs: (2 * IDLE_MS) / body.length });
    let slow = await sendSlowly();
    for (let tries = 1; slow === '' && tries < 10; tries += 1) slow = await sendSlowly();
    const silent = await talk(at, `${begin}{`);
    await new Promise((resolve) => server.close(resolve));
    expect(slow).toMatch(/^HTTP\/1\.1 200 /);
    expect(silent).toBe('');
    expect(await rows()).toHaveLength(1);
    await soon(async () => expect(await originals()).toHaveLength(1));
  });

  test('reading it by GET is no road in', async () => {
    const answer = await fetch(`${api.url}/webhooks/postmark/inbound`, { headers: { authorization: INBOUND } });
    expect(answer.status).toBe(404);
  });
});

describe('news of a mail', () => {
  async function aSentMail() {
    const organisation = await anOrganisation(api.orm);
    const workspace = await aWorkspace(api.orm, organisation.id);
    const order = await aWorkOrder(api.orm, organisation.id, workspace.id, { status: 'assigned' });
    const firm = await aFirm(api.orm, organisation.id);
    const contact = await aContact(api.orm, organisation.id, firm.id);
    const assignment = await anAssignment(api.orm, organisation.id, order.id, { firmId: firm.id, contactId: contact.id });
    const id = newId();
    await systemEm(api.orm, organisation.id).transactional(async (em) => void em.create(OutboundMail, {
      id, organisationId: organisation.id, workOrderId: order.id, assignmentId: assignment.id, template: 'assignment', parameters: {}, toEmail: contact.email,
      toContactId: contact.id, locale: 'de-DE', cause: 'assignment.offered', status: 'sent', providerId: newId(), createdAt: api.now(), sentAt: api.now(),
    }));
    const event = (RecordType: string, more: object = {}): string => JSON.stringify({
      RecordType, MessageID: newId(), MessageStream: 'outbound', DeliveredAt: api.now().toISOString(), Metadata: { mail_id: id, organisation_id: organisation.id }, ...more,
    });
    const mail = async () => (await api.database.query<{ status: string }>('select status from outbound_mails where id = $1', [id]))[0];
    const asked = async () => (await api.database.query<{ delivered_at: Date | null; bounced_at: Date | null }>('select * from assignments where id = $1', [assignment.id]))[0];
    return { id, organisation, contact, event, mail, asked };
  }

  test('delivery shows at the mail and starts the clock of the assignment, however often it is told', async () => {
    const { event, mail, asked, id } = await aSentMail();
    const body = event('Delivery');
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('events', body, EVENTS, { 'x-pm-webhook-trace-id': `trace-${id}` })));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await mail()).toMatchObject({ status: 'delivered' });
    expect((await asked())?.delivered_at).not.toBeNull();
    expect(await api.database.query('select 1 from mail_events where mail_id = $1', [id])).toHaveLength(1);
  });

  test('a bounce marks the address', async () => {
    const { event, mail, contact } = await aSentMail();
    expect(await post('events', event('Bounce', { Type: 'HardBounce', TypeCode: 1, Inactive: true, BouncedAt: api.now().toISOString() }), EVENTS)).toBe(200);
    expect(await mail()).toMatchObject({ status: 'bounced' });
    expect(await api.database.query('select undeliverable_reason from firm_contacts where id = $1', [contact.id])).toEqual([{ undeliverable_reason: 'HardBounce' }]);
  });

  test('a complaint counts as a bounce', async () => {
    const { event, mail } = await aSentMail();
    expect(await post('events', event('SpamComplaint', { TypeCode: 100_001, Inactive: true }), EVENTS)).toBe(200);
    expect(await mail()).toMatchObject({ status: 'bounced' });
  });

  test.each([
    ['a kind that is of no interest', JSON.stringify({ RecordType: 'Open' })],
    ['a kind that nobody knows yet', JSON.stringify({ RecordType: 'Teleported', Metadata: 7 })],
    ['no JSON', '{"RecordType": "Deli'],
    ['a list', '[]'],
    ['a mail of another installation', JSON.stringify({ RecordType: 'Delivery', MessageID: 'x', Metadata: { mail_id: newId(), organisation_id: newId() } })],
    ['an id with a zero character', '{"RecordType": "Delivery", "MessageID": "x\\u0000"}'],
    ['a mail without our metadata', JSON.stringify({ RecordType: 'Bounce', MessageID: 'y', TypeCode: 1 })],
  ])('%s changes nothing and is answered with 200', async (_name, body) => {
    expect(await post('events', body, EVENTS)).toBe(200);
    expect(await outbox()).toEqual([]);
  });

  test('without the password nothing happens', async () => {
    const { event, mail } = await aSentMail();
    expect(await post('events', event('Delivery'), INBOUND)).toBe(401);
    expect(await post('events', event('Delivery'), null)).toBe(401);
    expect(await mail()).toMatchObject({ status: 'sent' });
  });

  test('a body beyond reason is refused', async () => {
    expect(await post('events', JSON.stringify({ RecordType: 'Bounce', Content: 'x'.repeat(3 * 1024 * 1024) }), EVENTS)).toBe(413);
  });
});

test('no password, body or address stands in the log', async () => {
  await post('inbound', mailOf('secret-word-in-mail', { From: 'privat@person.test' }), INBOUND);
  await post('inbound', '{}', basic('postmark', 'guessed-password'));
  const lines = JSON.stringify(api.logLines());
  expect(lines).not.toMatch(/new-password-2|guessed-password|secret-word-in-mail|privat@person\.test/);
  expect(lines).toContain('/webhooks/postmark/inbound');
});

async function soon(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await check();
    } catch (error) {
      if (tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
