import { WorkflowNotFoundError } from '@temporalio/client';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { createActivities } from '#activities/create.ts';
import type { ActivityDeps } from '#activities/deps.ts';
import { startCourier, type Courier } from '#activities/courier.ts';
import { openPostmark } from '#activities/postmark.ts';
import { assignWork } from '#db/assignments/assign.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { openFileStore } from '#db/files.ts';
import type { Firm, FirmContact } from '#db/firms/entity.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { readProviderEvent, recordBounce, recordDelivery } from '#db/mails/log.ts';
import { emFor, openOrm, systemEm, type Em, type Orm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { CORE_QUEUE, MAIL_QUEUE } from '#domain/processes.ts';
import { parseSettings, type Settings } from '#domain/settings.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { openMailbox, type TestMailbox } from '../support/mailbox.ts';
import { openTemporal, type TestTemporal } from '../support/temporal.ts';
import { startTestWorker, type TestWorker } from '../support/temporal-worker.ts';
import { until } from '../support/until.ts';

/** Everything that processes need, real: database, Temporal, mailbox, courier, workers. */
export type Stage = {
  readonly orm: Orm;
  readonly settings: Settings;
  readonly deps: ActivityDeps;
  readonly database: TestDatabase;
  readonly temporal: TestTemporal;
  readonly mailbox: TestMailbox['mailbox'];
  readonly cast: Cast;
  /** Rows as their owner sees them. */
  readonly query: <T extends object>(sql: string, values?: unknown[]) => Promise<T[]>;
  /** The coordinator as actor. */
  readonly coordinator: MemberActor;
  readonly stopWorkers: () => Promise<void>;
  readonly startWorkers: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type StageWish = {
  readonly env?: Record<string, string>;
  /** Off: the test runs workers and courier itself. */
  readonly isRunning?: boolean;
  readonly mailbox?: Parameters<typeof openMailbox>[0];
  /** Stands in for parts of the activities' surroundings. */
  readonly deps?: (deps: ActivityDeps) => ActivityDeps;
};

export async function openStage(wish: StageWish = {}): Promise<Stage> {
  const [database, temporal] = await Promise.all([cloneDatabase(), openTemporal()]);
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-files-'));
  const events = await openEventsReceiver();
  const webhooks = { inbound: null, events: { url: events.url, user: 'u', password: 'p' } };
  const box = await openMailbox({ webhooks, ...wish.mailbox });
  const settings = parseSettings({
    NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: database.url, FILES_DIR: folder, PUBLIC_URL: 'http://gewerk.test',
    POSTMARK_API_URL: box.url, POSTMARK_SERVER_TOKEN: box.token, WEBHOOK_INBOUND_PASSWORD: 'x'.repeat(12), WEBHOOK_EVENTS_PASSWORD: 'x'.repeat(12),
    DIGEST_QUIET_SECONDS: '1', DIGEST_LONGEST_SECONDS: '5', MAIL_RATE_PER_SECOND: '100', ...wish.env,
  });
  const orm = await openOrm(appDatabaseUrl(settings), 8);
  events.use(orm);
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  // A connection that is being given back may hear that its database is gone: nothing to be told of.
  owner.on('error', () => undefined);
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
  const plain: ActivityDeps = {
    orm, settings, log, clock: () => new Date(), temporal: temporal.client, files: await openFileStore(settings), postmark: openPostmark(settings),
  };
  const deps = wish.deps ? wish.deps(plain) : plain;
  const cast = await aCast(orm, new Date());
  const running = new Running(deps, temporal, appDatabaseUrl(settings));
  if (wish.isRunning !== false) await running.start();
  return {
    orm, settings, deps, database, temporal, mailbox: box.mailbox, cast,
    coordinator: { kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null },
    query: async <T extends object>(sql: string, values?: unknown[]) => (await owner.query<T>(sql, values)).rows,
    startWorkers: () => running.start(),
    stopWorkers: () => running.stop(),
    close: async () => {
      await running.stop();
      await box.stop();
      await events.stop();
      await owner.end();
      await orm.close(true);
      await temporal.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Workers and courier, to be killed and started again. */
class Running {
  readonly #deps: ActivityDeps;
  readonly #temporal: TestTemporal;
  readonly #databaseUrl: string;
  #workers: TestWorker[] = [];
  #courier: Courier | null = null;

  constructor(deps: ActivityDeps, temporal: TestTemporal, databaseUrl: string) {
    this.#deps = deps;
    this.#temporal = temporal;
    this.#databaseUrl = databaseUrl;
  }

  async start(): Promise<void> {
    const activities = createActivities(this.#deps);
    this.#workers = await Promise.all([
      startTestWorker(this.#temporal, { taskQueue: CORE_QUEUE, activities }),
      startTestWorker(this.#temporal, { taskQueue: MAIL_QUEUE, activities: { sendMail: activities.sendMail }, runsWorkflows: false }),
    ]);
    const { orm, log, clock, temporal: client } = this.#deps;
    this.#courier = await startCourier({ orm, client, clock, log, databaseUrl: this.#databaseUrl });
  }

  async stop(): Promise<void> {
    await this.#courier?.stop();
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    this.#workers = [];
    this.#courier = null;
  }
}

/** Takes the provider's delivery and bounce events as the API does. */
async function openEventsReceiver(): Promise<{ url: string; use: (orm: Orm) => void; stop: () => Promise<void> }> {
  let orm: Orm | null = null;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const now = new Date();
      const trace = request.headers['x-pm-webhook-trace-id'];
      const event = readProviderEvent(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>, typeof trace === 'string' ? trace : null, now);
      const done = event && orm
        ? systemEm(orm, event.organisationId).transactional(async (em) => {
            await (event.recordType === 'Delivery' ? recordDelivery(em, event, now) : recordBounce(em, event, now));
          })
        : Promise.resolve();
      done.then(() => response.writeHead(200).end(), (error: unknown) => response.writeHead(500).end(String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    use: (given) => { orm = given; },
    stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
}

export type Asked = { readonly order: WorkOrder; readonly firm: Firm; readonly contact: FirmContact; readonly assignment: Assignment };

/** A ticket handed to a firm with one contact (or more), as the coordinator does it. */
export async function askFirm(stage: Stage, wish: { order?: Partial<WorkOrder>; firm?: Partial<Firm>; contact?: Partial<FirmContact>; nextFirmIds?: string[]; now?: Date } = {}): Promise<Asked> {
  const { cast, orm } = stage;
  const organisationId = cast.organisation.id;
  const order = await aWorkOrder(orm, organisationId, cast.workspace.id, { responsibleUserId: cast.coordinator.user.id, description: 'Im Bad tropft es.', ...wish.order });
  const firm = await aFirm(orm, organisationId, { company: 'Maler Kern GmbH', phone: '089 1234', ...wish.firm });
  const contact = await aContact(orm, organisationId, firm.id, { roles: ['dispatch'], ...wish.contact });
  const assignment = await asCoordinator(stage, (em) =>
    assignWork(em, stage.coordinator, { workOrderId: order.id, firmId: firm.id, ...(wish.nextFirmIds ? { nextFirmIds: wish.nextFirmIds } : {}) }, wish.now ?? new Date()));
  return { order, firm, contact, assignment };
}

/** One command by the coordinator. */
export async function asCoordinator<T>(stage: Stage, work: (em: Em) => Promise<T>): Promise<T> {
  return emFor(stage.orm, stage.coordinator).transactional(work);
}

export { until };

/** Waits until a process stands at a step, by what its activities have noted. */
export function reachesStep(stage: Stage, workflowId: string, step: string): Promise<true> {
  return until(`${workflowId} to reach ${step}`, async () => (await stage.query('select 1 from processes where workflow_id = $1 and step = $2', [workflowId, step])).length > 0);
}

/** What a process ended with; the courier may not have started it yet. */
export async function endOf(stage: Stage, workflowId: string): Promise<unknown> {
  const handle = stage.temporal.client.workflow.getHandle(workflowId);
  await until(`${workflowId} to be started`, async () => handle.describe().then(() => true, (error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }));
  return handle.result();
}

/** The plain row of an assignment. */
export async function assignmentRow(stage: Stage, id: string): Promise<Record<string, unknown>> {
  const [row] = await stage.query<Record<string, unknown>>('select * from assignments where id = $1', [id]);
  if (!row) throw new Error('no such assignment');
  return row;
}
