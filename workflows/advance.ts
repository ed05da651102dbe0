import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Ending, Position, ProcessInput } from './contract.ts';
import { publisher } from './publish.ts';
import { listen, waitFor } from './signals.ts';

/**
 * The loop of a process that one activity moves on: it looks at the database, does what is due and says when to look
 * again. Everything that is decided is decided there.
 */
export async function advanceUntilEnded(
  input: ProcessInput,
  advance: (now: string) => Promise<Position>,
): Promise<Ending> {
  const attention = listen();
  const publish = publisher();
  for (;;) {
    attention.clear();
    const position = await advance(new Date().toISOString());
    publish(position);
    if (attention.isCalled()) continue;
    if (position.isEnded) return { status: position.status };
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew(input);
    }
    await waitFor(attention, position.nextAt, position.nextStep);
  }
}
