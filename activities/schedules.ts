import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy, type ScheduleSpec } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Logger } from 'pino';
import { CORE_QUEUE, SEARCH_ATTRIBUTES } from '#domain/processes.ts';

type Round = { readonly id: string; readonly workflow: 'reconcile' | 'upkeep' | 'dailyDigest'; readonly spec: ScheduleSpec; readonly summary: string };

/** What is done again and again, whether somebody asks or not. */
const ROUNDS: readonly Round[] = [
  { id: 'reconciler', workflow: 'reconcile', spec: { intervals: [{ every: '10 minutes' }] }, summary: 'compare database and processes' },
  { id: 'daily-digest', workflow: 'dailyDigest', spec: { calendars: [{ minute: 0, hour: '*' }], timezone: 'UTC' }, summary: 'news of the day, where it is 07:00' },
  { id: 'upkeep', workflow: 'upkeep', spec: { calendars: [{ hour: 2, minute: 30 }], timezone: 'UTC', jitter: '10 minutes' }, summary: 'tidy up' },
];

/** Makes the Schedules that are missing; several workers may start at once. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const round of ROUNDS) {
    try {
      await client.schedule.create({
        scheduleId: round.id,
        spec: round.spec,
        action: { type: 'startWorkflow', workflowType: round.workflow, taskQueue: CORE_QUEUE, workflowId: round.id, args: [], staticSummary: round.summary },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 minutes', pauseOnFailure: false },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}

/**
 * Registers our search attributes where the namespace lacks them. Where that is not allowed, the log says in one sentence
 * which are missing and who must make them: until then no process can start.
 */
export async function ensureSearchAttributes(client: Client, log: Logger): Promise<void> {
  try {
    const missing = await missingAttributes(client);
    const types = proto.temporal.api.enums.v1.IndexedValueType;
    const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, types[`INDEXED_VALUE_TYPE_${type}`]]));
    if (missing.length > 0) await client.connection.operatorService.addSearchAttributes({ namespace: client.options.namespace, searchAttributes });
  } catch (error) {
    const missing = await missingAttributes(client).catch(() => ATTRIBUTES);
    // Another worker was faster.
    if (missing.length === 0) return;
    const names = missing.map(([name, type]) => `${name} (${type.toLowerCase()})`).join(', ');
    log.error({ err: error }, `processes can not start: add the search attributes ${names} to the namespace ${client.options.namespace}; for the worker to do it, its login must be admin of the namespace`);
  }
}

const ATTRIBUTES = Object.entries(SEARCH_ATTRIBUTES);

async function missingAttributes(client: Client): Promise<typeof ATTRIBUTES> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: client.options.namespace });
  return ATTRIBUTES.filter(([name]) => customAttributes?.[name] === undefined);
}
