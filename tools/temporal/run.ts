import { Connection } from '@temporalio/client';
import type { Child, ChildPlan } from '#tools/start/child.ts';
import { startChild, waitUntil } from '#tools/start/child.ts';
import { temporalArguments, type TemporalWish } from './arguments.ts';
import type { TemporalProgram } from './find.ts';

/** How to start a server program that was found; the caller starts and watches it. */
export function temporalPlan(program: TemporalProgram, wish: TemporalWish, logFile: string): ChildPlan {
  return { name: 'Temporal', command: program.path, args: temporalArguments(wish), logFile, stopWithinMs: 15_000 };
}

/** Whether the server answers and knows the namespace that processes will live in. */
export async function isTemporalReady(address: string, namespace = 'default'): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 1500 });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } finally {
    await connection.close();
  }
}

/** Starts a server and waits until it answers. */
export async function startTemporal(program: TemporalProgram, wish: TemporalWish, logFile: string): Promise<Child & { address: string }> {
  const address = `127.0.0.1:${wish.port}`;
  const child = await startChild(temporalPlan(program, wish, logFile));
  try {
    await waitUntil(child, () => isTemporalReady(address), 60_000);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { ...child, address };
}
