import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { pino, type Logger } from 'pino';
import { ensureSearchAttributes } from '#activities/schedules.ts';
import { SEARCH_ATTRIBUTES } from '#domain/processes.ts';
import { openTemporal, type TestTemporal } from '../support/temporal.ts';

const OURS = Object.keys(SEARCH_ATTRIBUTES).toSorted();
let temporal: TestTemporal;

beforeAll(async () => {
  temporal = await openTemporal();
});
afterAll(() => temporal.close());

/** A namespace as an outside server has it: nothing of ours in it. */
async function bareClient(): Promise<Client> {
  const namespace = `bare-${randomBytes(4).toString('hex')}`;
  await temporal.connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  const client = new Client({ connection: temporal.connection, namespace });
  await until(async () => (await attributesOf(client)).length === 0);
  return client;
}

async function attributesOf(client: Client): Promise<string[]> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: client.options.namespace });
  return OURS.filter((name) => customAttributes?.[name] !== undefined);
}

/** A namespace that was made this moment is not known to every part of the server yet. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}

function gatheredLog(): { log: Logger; lines: { level: number; msg: string }[] } {
  const lines: { level: number; msg: string }[] = [];
  return { lines, log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as { level: number; msg: string }) }) };
}

test('a namespace of an outside server gets what it lacks of our search attributes, also from several workers at once', async () => {
  const client = await bareClient();
  const { log } = gatheredLog();
  await until(async () => {
    await Promise.all([ensureSearchAttributes(client, log), ensureSearchAttributes(client, log)]);
    return (await attributesOf(client)).length === OURS.length;
  });
  const after = gatheredLog();
  await ensureSearchAttributes(client, after.log);
  expect(after.lines).toEqual([]);
});

test('a login that may not add them is told of in one sentence: which, where, and what right it lacks', async () => {
  const client = await bareClient();
  const { namespace } = client.options;
  const { operatorService } = client.connection;
  const bound = new Client({ connection: temporal.connection, namespace });
  const refusing = Object.create(operatorService, { addSearchAttributes: { value: async () => { throw new Error('7 PERMISSION_DENIED: Request unauthorized.'); } } }) as typeof operatorService;
  Object.defineProperty(bound, 'connection', { value: { operatorService: refusing } });
  const { log, lines } = gatheredLog();
  await ensureSearchAttributes(bound, log);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 50 });
  for (const part of [...OURS, namespace, 'admin of the namespace']) expect(lines[0]!.msg).toContain(part);
});
