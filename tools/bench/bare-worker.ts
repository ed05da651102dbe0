// The bare limit of processes: a worker whose only workflow has one activity that does nothing.
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const quiet = new DefaultLogger('ERROR');
Runtime.install({ logger: quiet });
const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
const worker = await Worker.create({
  connection,
  workflowBundle: await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)), logger: quiet }),
  activities: { nothing: async () => undefined },
  taskQueue: 'bare',
});
const running = worker.run();
console.log('bare worker ready');
await running;
