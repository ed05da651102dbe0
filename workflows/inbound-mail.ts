import { advanceUntilEnded } from './advance.ts';
import type { Ending, ProcessInput } from './contract.ts';
import { inbound } from './proxies.ts';

/** Makes of one stored mail a comment with its files and steps, or a case for a person; can be run again for any mail. */
export async function inboundMail(input: ProcessInput): Promise<Ending> {
  const summary = 'keep the files; match, cut, comment, step';
  return advanceUntilEnded(input, (now) => inbound.processInboundMail.executeWithOptions({ summary }, [input, now]));
}
