import { advanceUntilEnded } from './advance.ts';
import type { Ending, ProcessInput } from './contract.ts';
import { mail } from './proxies.ts';

/**
 * Hands one mail to the provider: waits while mail is paused, retries with growing pauses, and after an unclear answer
 * asks the provider before it sends again. Ends when the mail is sent, refused, skipped or given up.
 */
export async function mailDelivery(input: ProcessInput): Promise<Ending> {
  return advanceUntilEnded(input, (now) => mail.sendMail.executeWithOptions({ summary: 'hand to the mail provider' }, [input, now]));
}
