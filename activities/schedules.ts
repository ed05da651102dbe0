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

/** Registers our search attributes where the namespace lacks them; a managed service may not allow it and says so in the log. */
export async function ensureSearchAttributes(client: Client, log: Logger): Promise<void> {
  const { connection } = client;
  const { namespace } = client.options;
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => customAttributes?.[name] === undefined);
    if (missing.length === 0) return;
    const types = proto.temporal.api.enums.v1.IndexedValueType;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, types[`INDEXED_VALUE_TYPE_${type}`]])),
    });
  } catch (error) {
    log.warn({ err: error }, 'search attributes could not be registered: make them by hand if processes do not start');
  }
}
