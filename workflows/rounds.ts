import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { rounds } from './proxies.ts';

/** Started by a Schedule: compares the database with the running processes, wakes and starts again, and reports it. */
export async function reconcile(): Promise<Record<string, number>> {
  const report = await rounds.reconcile.executeWithOptions({ summary: 'compare database and processes' }, [new Date().toISOString()]);
  setCurrentDetails(listed(report));
  return report;
}

/** Started by a Schedule: ends links, uploads and keys whose time is over, removes orphan files and old unmatched mails. */
export async function upkeep(): Promise<Record<string, number>> {
  const report = await rounds.upkeep.executeWithOptions({ summary: 'tidy up' }, [new Date().toISOString()]);
  setCurrentDetails(listed(report));
  return report;
}

/** Started by a Schedule each hour: where it is seven o'clock, one round of news to those who want it once a day. */
export async function dailyDigest(): Promise<Record<string, number>> {
  // The hour that it was started for, also where the worker was away then.
  const report = await rounds.queueDailyDigests.executeWithOptions({ summary: 'news of the day where it is 07:00' }, [workflowInfo().startTime.toISOString()]);
  setCurrentDetails(listed(report));
  return report;
}

function listed(report: Record<string, number>): string {
  return Object.entries(report).map(([name, count]) => `- ${name}: ${count}`).join('\n');
}
