import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing: () => Promise<void> }>({ startToCloseTimeout: '30s' });

/** The least that a process can be: one activity that does nothing. */
export async function bareWorkflow(): Promise<void> {
  await nothing();
}
