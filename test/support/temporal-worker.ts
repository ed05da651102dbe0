import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { TestTemporal } from './temporal.ts';

export interface TestWorker {
  readonly worker: Worker;
  /** Lets running work end and stops polling. */
  stop(): Promise<void>;
}

/** What a worker of a test runs; a queue without `workflowBundle` or WORKFLOW_BUNDLE runs activities only. */
export type TestWorkerWish = Pick<WorkerOptions, 'taskQueue' | 'activities' | 'workflowBundle' | 'maxTaskQueueActivitiesPerSecond'> & {
  /** False for a queue of activities alone. */
  readonly runsWorkflows?: boolean | undefined;
};

/** Starts a real worker in this process on the namespace of the test file; stop it in `afterAll`. */
export async function startTestWorker(temporal: TestTemporal, wish: TestWorkerWish): Promise<TestWorker> {
  const { runsWorkflows = true, workflowBundle, ...options } = wish;
  const codePath = process.env['WORKFLOW_BUNDLE'];
  const bundle = workflowBundle ?? (codePath === undefined ? undefined : { codePath });
  if (runsWorkflows && bundle === undefined) throw new Error('There is no workflow bundle: workflows/index.ts is missing.');
  const worker = await Worker.create({
    connection: temporal.connection,
    namespace: temporal.namespace,
    // Replays from the start each time, as after a restart: a process that isn't replayable fails its test.
    maxCachedWorkflows: 20,
    shutdownGraceTime: '5s',
    shutdownForceTime: '10s',
    ...options,
    ...(runsWorkflows && bundle !== undefined ? { workflowBundle: bundle } : {}),
  });
  const running = worker.run();
  // An early end is told by `stop`, where the test waits for it.
  running.catch(() => undefined);
  const stop = async (): Promise<void> => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  };
  return { worker, stop };
}
