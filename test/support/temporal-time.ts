import { randomUUID } from 'node:crypto';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import type { TestTemporal } from './temporal.ts';

const { FastForwardPollingResult } = proto.temporal.api.enums.v1;

/**
 * Lets a process's own clock run ahead to an instant and returns when it is there; every timer due before
 * rings on the way, and work in flight is waited for. Only this process's clock moves: activities, other
 * processes and the database keep real time. Throws when the process ends before the instant.
 *
 * The calls are pre-release (server 1.32); nothing else in the project makes them.
 */
export async function forwardTo(temporal: TestTemporal, workflowId: string, instant: Date): Promise<void> {
  const execution = { workflowId };
  const { namespace, connection } = temporal;
  const aheadMs = instant.getTime() - (await processTime(temporal, workflowId)).getTime();
  if (aheadMs <= 0) return;
  const id = randomUUID();
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: execution,
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: msToTs(aheadMs) }, maxSessionSkipCount: 500 },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  await arrival(temporal, workflowId, id);
}

/** What a process takes for now: real time plus what was skipped. */
export async function processTime(temporal: TestTemporal, workflowId: string): Promise<Date> {
  const described = await temporal.connection.workflowService.describeWorkflowExecution({
    namespace: temporal.namespace,
    execution: { workflowId },
  });
  const at = described.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return at ? new Date(tsToMs(at)) : new Date();
}

/** The server answers a long poll empty-handed from time to time. */
async function arrival(temporal: TestTemporal, workflowId: string, fastForwardId: string): Promise<void> {
  const until = Date.now() + 120_000;
  while (Date.now() < until) {
    const answer = await temporal.connection.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace: temporal.namespace,
      workflowExecution: { workflowId },
      fastForwardId,
    });
    if (answer.fastForwardPollingResult === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return;
    if (answer.fastForwardPollingResult === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) {
      throw new Error(`${workflowId} did not get to the wished instant: ${answer.failedReason}`);
    }
  }
  throw new Error(`${workflowId} did not get to the wished instant within two minutes: is work in flight that never ends?`);
}
