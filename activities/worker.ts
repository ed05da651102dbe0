import { setTimeout as delay } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, type LogEntry, type NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { settingsOrExit } from '#db/command-line.ts';
import { openFileStore } from '#db/files.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { openOrm } from '#db/orm.ts';
import { assertPlainLogin } from '#db/roles.ts';
import { errorForLog } from '#domain/error-for-log.ts';
import { CORE_QUEUE, MAIL_QUEUE } from '#domain/processes.ts';
import type { Settings } from '#domain/settings.ts';
import { RoundsAfterOutage } from './after-outage.ts';
import { startCourier } from './courier.ts';
import { createActivities } from './create.ts';
import type { ActivityDeps } from './deps.ts';
import { openPostmark } from './postmark.ts';
import { reconcile } from './reconciler.ts';
import { ensureSchedules, ensureSearchAttributes } from './schedules.ts';
import { reachesTemporal, startSignsOfLife } from './signs-of-life.ts';
import { connectWorker, openClient } from './temporal.ts';

/** The second process: workers, courier, signs of life. */
async function run(settings: Settings, log: Logger): Promise<void> {
  forwardSdkLogs(log, settings);
  const databaseUrl = appDatabaseUrl(settings);
  const orm = await openOrm(databaseUrl, settings.DATABASE_POOL_SIZE);
  await assertPlainLogin(orm.em.fork());
  const { client, connection: clientConnection } = openClient(settings);
  const clock = (): Date => new Date();
  const deps: ActivityDeps = { orm, settings, log, clock, temporal: client, postmark: openPostmark(settings), files: await openFileStore(settings) };
  const connection = await connectPatiently(settings, log);
  if (!connection) {
    await orm.close(true);
    return;
  }
  await ensureSearchAttributes(client, log);
  const workers = await createWorkers(deps, connection);
  const isPolling = (): boolean => workers.every((worker) => ['INITIALIZED', 'RUNNING'].includes(worker.getState()));
  // Before anything runs: an outage must be known before the timers that rang in it are answered.
  const rounds = new RoundsAfterOutage(() => compare(deps));
  const reached = (isReached: boolean): void => rounds.look(isReached, clock());
  const signs = await startSignsOfLife({ orm, clock, log }, { courier: () => reachesTemporal(client), worker: isPolling, reached });
  const courier = await startCourier({ orm, client, clock, log, databaseUrl });
  const running = Promise.all(workers.map((worker) => worker.run()));
  log.info({ namespace: settings.TEMPORAL_NAMESPACE, temporal: settings.TEMPORAL_ADDRESS }, 'worker ready');
  void afterStart(deps);
  await running;
  await courier.stop();
  await signs.stop();
  await rounds.stop();
  await Promise.all([connection.close(), clientConnection.close(), orm.close(true)]);
  log.info('worker stopped');
}

/** What was missed while no worker ran; failing it is told and left to the Schedule. */
async function afterStart(deps: ActivityDeps): Promise<void> {
  await ensureSchedules(deps.temporal).catch((error: unknown) => deps.log.warn({ err: error }, 'the Schedules could not be made'));
  await compare(deps);
}

async function compare(deps: ActivityDeps): Promise<void> {
  try {
    await reconcile(deps, deps.clock(), () => undefined);
  } catch (error) {
    deps.log.warn({ err: error }, 'rows and processes could not be compared');
  }
}

/** Workflows with database activities, and the mail queue alone at the provider's pace. */
async function createWorkers(deps: ActivityDeps, connection: NativeConnection): Promise<Worker[]> {
  const { settings } = deps;
  const activities = createActivities(deps);
  const common = { connection, namespace: settings.TEMPORAL_NAMESPACE, shutdownGraceTime: '20s', shutdownForceTime: '30s' } as const;
  const core = await Worker.create({
    ...common,
    ...workflowsFrom(settings),
    activities,
    taskQueue: CORE_QUEUE,
    // Half a megabyte each. Processes wait for days and are read again from their short history when something happens.
    maxCachedWorkflows: 200,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: Math.max(2, settings.DATABASE_POOL_SIZE - 3),
  });
  const mail = await Worker.create({
    ...common,
    activities: { sendMail: activities.sendMail },
    taskQueue: MAIL_QUEUE,
    maxTaskQueueActivitiesPerSecond: settings.MAIL_RATE_PER_SECOND,
    maxConcurrentActivityTaskExecutions: 10,
  });
  return [core, mail];
}

/** A bundle that was built before (starts in a second), else one that is built now. */
function workflowsFrom(settings: Settings): { workflowBundle: WorkflowBundleOption } | { workflowsPath: string } {
  const path = settings.WORKFLOW_BUNDLE;
  if (path && !existsSync(path)) throw new Error(`WORKFLOW_BUNDLE names no file: ${path}`);
  return path ? { workflowBundle: { codePath: path } } : { workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) };
}

/** Temporal may start later than we do; null when we are to stop before. */
async function connectPatiently(settings: Settings, log: Logger): Promise<NativeConnection | null> {
  // Once the workers run, the SDK answers these signals by letting them end their work.
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { isStopping = true; });
  for (let attempt = 1; !isStopping; attempt += 1) {
    try {
      return await connectWorker(settings);
    } catch (error) {
      log.warn({ temporal: settings.TEMPORAL_ADDRESS, attempt, reason: error instanceof Error ? error.message : String(error) }, 'waiting for Temporal');
      await delay(Math.min(attempt * 500, 2000));
    }
  }
  return null;
}

/** One log for everything; the SDK's own lines from warnings on. */
function forwardSdkLogs(log: Logger, settings: Settings): void {
  const write = (entry: LogEntry): void => {
    const level = ({ TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const)[entry.level];
    log[level]({ ...entry.meta, sdk: true }, entry.message);
  };
  Runtime.install({ logger: new DefaultLogger(settings.LOG_LEVEL === 'debug' ? 'INFO' : 'WARN', write) });
}

if (import.meta.main) {
  const settings = settingsOrExit();
  const log = pino({ level: settings.LOG_LEVEL, base: { process: 'worker' }, serializers: { err: errorForLog } });
  try {
    await run(settings, log);
  } catch (error) {
    log.fatal({ err: error }, 'worker failed');
    process.exit(1);
  }
}
