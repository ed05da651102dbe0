import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleWorkflowCode } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { openTemporal, type TestTemporal } from '../support/temporal.ts';
import { forwardTo, processTime } from '../support/temporal-time.ts';
import { startTestWorker, type TestWorker } from '../support/temporal-worker.ts';
import { until } from '../support/until.ts';
import { seenInstants, type waitingProcess } from './waiting-process.ts';

const DAY_MS = 86_400_000;
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };
let temporal: TestTemporal;
let worker: TestWorker;

beforeAll(async () => {
  const workflowsPath = fileURLToPath(new URL('waiting-process.ts', import.meta.url));
  const [opened, workflowBundle] = await Promise.all([openTemporal(), bundleWorkflowCode({ workflowsPath, logger: silent })]);
  temporal = opened;
  worker = await startTestWorker(temporal, { taskQueue: 'waiting', workflowBundle });
});

afterAll(async () => {
  await worker?.stop();
  await temporal?.close();
});

test('a process is forwarded to an instant, rings each timer before it and none after it', async () => {
  const started = Date.now();
  const handle = await temporal.client.workflow.start<typeof waitingProcess>('waitingProcess', { taskQueue: 'waiting', workflowId: 'waiting:1' });
  const target = new Date(started + 25 * DAY_MS);
  await forwardTo(temporal, 'waiting:1', target);
  const seen = await handle.query(seenInstants);
  expect(seen.map((at) => Math.round((Date.parse(at) - started) / DAY_MS))).toEqual([10, 20]);
  const now = (await processTime(temporal, 'waiting:1')).getTime();
  expect(Math.abs(now - target.getTime())).toBeLessThan(10 * 60_000);
  await forwardTo(temporal, 'waiting:1', new Date(started + 30 * DAY_MS + 60_000));
  expect(await handle.query(seenInstants)).toHaveLength(3);
  expect((await handle.describe()).status.name).toBe('RUNNING');
});

test('a namespace of a test knows the search attributes of processes', async () => {
  const handle = await temporal.client.workflow.start('waitingProcess', {
    taskQueue: 'waiting',
    workflowId: 'waiting:2',
    searchAttributes: { WorkOrderNumber: ['M-2026-00042'], EscalationLevel: [2], NeedsAttention: [true] },
  });
  const found = await until('the list to know it', async () => {
    const ids: string[] = [];
    for await (const one of temporal.client.workflow.list({ query: `WorkOrderNumber = "M-2026-00042"` })) ids.push(one.workflowId);
    return ids.length > 0 && ids;
  });
  expect(found).toEqual(['waiting:2']);
  await handle.terminate();
});
