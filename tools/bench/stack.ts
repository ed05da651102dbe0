import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { Mailbox } from '#tools/mailbox/client.ts';
import { databaseUrl, prepareCluster, startCluster } from '#tools/postgres/cluster.ts';
import { workflowBundle } from '#tools/start/builds.ts';
import type { Child } from '#tools/start/child.ts';
import { freePort } from '#tools/start/free-port.ts';
import { say, step } from '#tools/start/progress.ts';
import { runTool } from '#tools/start/tool.ts';
import { findTemporal } from '#tools/temporal/find.ts';
import { startTemporal } from '#tools/temporal/run.ts';
import { MeasuredProcess } from './measured-process.ts';

/** Basic auth of the inbound webhook. */
export const WEBHOOK_AUTH = `Basic ${Buffer.from('postmark:bench-inbound-password').toString('base64')}`;

/** The whole product for measuring: a durable database, a Temporal server, a mailbox, API and worker, and the bare limits beside them. */
export class Stack {
  readonly folder: string;
  readonly #children: Child[] = [];
  readonly #processes = new Map<string, MeasuredProcess>();
  #env: NodeJS.ProcessEnv = {};
  #pool: pg.Pool | undefined;
  #temporal: Connection | undefined;
  apiUrl = '';
  bareUrl = '';
  mailboxUrl = '';

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Stack> {
    const folder = await mkdtemp(join(tmpdir(), 'gewerk-bench-'));
    // PostgreSQL runs as another account when root runs the bench.
    await chmod(folder, 0o755);
    await Promise.all(['logs', 'bare', 'files', 'mailbox'].map((name) => mkdir(join(folder, name))));
    const stack = new Stack(folder);
    try {
      await stack.#start();
    } catch (error) {
      await stack.close();
      throw error;
    }
    return stack;
  }

  /** Owner's connections: past row-level security, for laying data down and looking at it. */
  get pool(): pg.Pool {
    if (!this.#pool) throw new Error('the stack is not open');
    return this.#pool;
  }

  get databaseUrl(): string {
    return this.#env['DATABASE_URL'] ?? '';
  }

  get temporal(): Client {
    if (!this.#temporal) throw new Error('the stack is not open');
    return new Client({ connection: this.#temporal });
  }

  get mailbox(): Mailbox {
    return new Mailbox(this.mailboxUrl);
  }

  async api(): Promise<MeasuredProcess> {
    return this.#process('api', 'api/server.ts', 'api ready');
  }

  async worker(): Promise<MeasuredProcess> {
    return this.#process('worker', 'activities/worker.ts', 'worker ready');
  }

  async bareServer(): Promise<MeasuredProcess> {
    return this.#process('bare-server', 'tools/bench/bare-server.ts', 'bare server ready');
  }

  async bareWorker(): Promise<MeasuredProcess> {
    return this.#process('bare-worker', 'tools/bench/bare-worker.ts', 'bare worker ready');
  }

  async stop(name: 'api' | 'worker' | 'bare-server' | 'bare-worker'): Promise<void> {
    await this.#processes.get(name)?.stop();
    this.#processes.delete(name);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((one) => one.stop('SIGKILL')));
    await this.#temporal?.close();
    await this.#pool?.end().catch(() => undefined);
    for (const child of this.#children.reverse()) await child.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #process(name: string, file: string, readyMark: string): Promise<MeasuredProcess> {
    const running = this.#processes.get(name);
    if (running) return running;
    const started = await MeasuredProcess.start({ name, file, readyMark, env: this.#env, logFile: join(this.folder, 'logs', `${name}.log`) });
    this.#processes.set(name, started);
    return started;
  }

  async #start(): Promise<void> {
    const ports = { api: await freePort(), bare: await freePort(), mailbox: await freePort(), temporal: await freePort(), postgres: await freePort() };
    const wish = { folder: join(this.folder, 'postgres'), port: ports.postgres, password: 'bench', logFile: join(this.folder, 'logs/postgres.log'), isDurable: true };
    this.apiUrl = `http://127.0.0.1:${ports.api}`;
    this.bareUrl = `http://127.0.0.1:${ports.bare}`;
    this.mailboxUrl = `http://127.0.0.1:${ports.mailbox}`;
    this.#env = this.#settings(ports, databaseUrl(wish), await workflowBundle());
    await step('PostgreSQL and Temporal', async () => {
      this.#children.push(await startCluster(await prepareCluster(wish)));
      const temporalFile = join(this.folder, 'temporal.db');
      this.#children.push(await startTemporal(await findTemporal(say), { port: ports.temporal, databaseFile: temporalFile }, join(this.folder, 'logs/temporal.log')));
    });
    const migrated = await runTool(['db/migrate.ts'], this.#env);
    if (migrated.code !== 0) throw new Error(`The database could not be laid down:\n${migrated.output}`);
    this.#pool = new pg.Pool({ connectionString: this.databaseUrl, max: 4 });
    this.#pool.on('error', () => undefined);
    this.#temporal = await Connection.connect({ address: this.#env['TEMPORAL_ADDRESS'] ?? '' });
    await this.#process('mailbox', 'tools/mailbox/server.ts', 'mailbox ready');
  }

  #settings(ports: Record<'api' | 'bare' | 'mailbox' | 'temporal', number>, database: string, bundle: string | undefined): NodeJS.ProcessEnv {
    const { PATH, HOME, TMPDIR } = process.env;
    return {
      PATH, HOME, TMPDIR,
      DATABASE_URL: database, TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      POSTMARK_API_URL: this.mailboxUrl, POSTMARK_SERVER_TOKEN: 'bench-token', MAIL_RATE_PER_SECOND: '500',
      WEBHOOK_INBOUND_PASSWORD: 'bench-inbound-password', WEBHOOK_EVENTS_PASSWORD: 'bench-events-password',
      PUBLIC_URL: this.apiUrl, API_PORT: String(ports.api), FILES_DIR: join(this.folder, 'files'), WORKFLOW_BUNDLE: bundle,
      // Each request may name an address of its own: the limits per address are not what is measured.
      TRUST_PROXY: 'loopback',
      BENCH_DATABASE_URL: database, BENCH_PORT: String(ports.bare), BENCH_FOLDER: join(this.folder, 'bare'),
      MAILBOX_DATA: join(this.folder, 'mailbox'), MAILBOX_PORT: String(ports.mailbox), MAILBOX_TOKEN: 'bench-token',
    };
  }
}
