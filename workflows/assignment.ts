import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { AssignmentPosition, DueStepMessage, Ending, ProcessInput } from './contract.ts';
import { looks, steps } from './proxies.ts';
import { publisher } from './publish.ts';
import { listen, waitFor } from './signals.ts';

/**
 * Waits for a firm's answer and, after it, for the work: reminds, tells, hands on, and ends with the assignment.
 * What is due and when is decided by `nextStep` of `#domain/escalation/next-step.ts`, asked in an activity.
 */
export async function assignment(input: ProcessInput): Promise<Ending> {
  const attention = listen();
  const publish = publisher();
  const taken = new Set<string>();
  const look = async (): Promise<AssignmentPosition> => {
    attention.clear();
    return looks.planAssignment.executeWithOptions({ summary: 'see what is due' }, [input, new Date().toISOString()]);
  };
  let position = await look();
  for (;;) {
    const step: DueStepMessage | undefined = position.due.find((one) => !taken.has(one.key));
    if (step) {
      taken.add(step.key);
      position = await steps.takeAssignmentStep.executeWithOptions({ summary: inWords(step) }, [input, step, new Date().toISOString()]);
      continue;
    }
    publish(position);
    if (position.isEnded && !attention.isCalled()) return { status: position.status };
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew(input);
    }
    await waitFor(attention, position.nextAt, position.nextStep);
    position = await look();
  }
}

function inWords(step: DueStepMessage): string {
  const action = step.action.replaceAll('_', ' ');
  return step.skip ? `${action}: skipped, ${step.skip.replaceAll('_', ' ')}` : action;
}
