import { advanceUntilEnded } from './advance.ts';
import type { Ending, ProcessInput } from './contract.ts';
import { steps } from './proxies.ts';

/** Waits for files that were too large for mail: reminds their sender once and ends with the upload or after 14 days. */
export async function fileRequest(input: ProcessInput): Promise<Ending> {
  return advanceUntilEnded(input, (now) => steps.advanceFileRequest.executeWithOptions({ summary: 'look for the upload' }, [input, now]));
}
