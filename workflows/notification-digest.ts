import { advanceUntilEnded } from './advance.ts';
import type { Ending, ProcessInput } from './contract.ts';
import { steps } from './proxies.ts';

/** Gathers what one recipient is to be told of one order until it has been quiet for a while; then one mail with all of it. */
export async function notificationDigest(input: ProcessInput): Promise<Ending> {
  return advanceUntilEnded(input, (now) => steps.advanceDigest.executeWithOptions({ summary: 'gather news, write one mail' }, [input, now]));
}
