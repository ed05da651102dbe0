import { advanceUntilEnded } from './advance.ts';
import type { Ending, ProcessInput } from './contract.ts';
import { steps } from './proxies.ts';

/** Waits for the answer to an invitation: reminds twice and ends with the answer, its withdrawal or its last day. */
export async function partnerInvitation(input: ProcessInput): Promise<Ending> {
  return advanceUntilEnded(input, (now) => steps.advanceInvitation.executeWithOptions({ summary: 'look at the invitation' }, [input, now]));
}
