import { afterLastDay } from '#domain/invitation/ending.ts';
import { workflowIdOf } from '#domain/processes.ts';
import { attachTemporal } from '../support/temporal.ts';
import { forwardTo } from '../support/temporal-time.ts';
import { until } from '../support/until.ts';

const BERLIN = { timeZone: 'Europe/Berlin' };

/** Lets the last day of a partnership pass for its process alone; it ends a second later by itself. */
export async function passLastDay(address: string, partnershipId: string, endsOn: string): Promise<void> {
  const over = afterLastDay(endsOn, BERLIN);
  const temporal = await attachTemporal(address);
  try {
    const workflowId = workflowIdOf('invitation', partnershipId);
    const handle = temporal.client.workflow.getHandle(workflowId);
    // At midnight the last day passes by itself.
    await until('the process to wait for the last day', async () => {
      const { status, searchAttributes } = await handle.describe();
      return status.name === 'RUNNING' ? searchAttributes['ProcessStatus']?.[0] === 'last_day' : status.name === 'COMPLETED' && Date.now() >= over.getTime();
    });
    // To the very moment it would be over before the server says that it is there.
    await forwardTo(temporal, workflowId, new Date(over.getTime() - 1_000));
  } finally {
    await temporal.close();
  }
}
