import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { assemble, createApp, type App } from '#api/app.ts';
import type { AppDeps } from '#api/deps.ts';
import { ROUTES } from '#api/routes.ts';
import type { Route } from '#api/route.ts';
import { openFileStore } from '#db/files.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { openOrm, type Orm } from '#db/orm.ts';
import { parseSettings, type Settings } from '#domain/settings.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

export const TEST_ORIGIN = 'http://gewerk.test';

/** The test's database, also for looking at rows as their owner, past row-level security. */
export type OwnedDatabase = TestDatabase & {
  readonly query: <T extends object>(sql: string, values?: unknown[]) => Promise<T[]>;
};

export type TestApi = {
  readonly url: string;
  readonly orm: Orm;
  readonly database: OwnedDatabase;
  readonly settings: Settings;
  readonly deps: AppDeps;
  /** Log lines written so far. */
  readonly logLines: () => Record<string, unknown>[];
  /** Moves the one clock of the API. */
  readonly setNow: (now: Date) => void;
  readonly now: () => Date;
  readonly stop: () => Promise<void>;
};

/** The API in this process on a free port, over a database of its own; the clock stands still until it is moved. */
export async function startApi(options: { now?: Date; env?: Record<string, string>; routes?: readonly Route[] } = {}): Promise<TestApi> {
  const clone = await cloneDatabase();
  const owner = new pg.Pool({ connectionString: clone.url, max: 2 });
  // A connection that is being given back may hear that its database is gone: nothing to be told of.
  owner.on('error', () => undefined);
  const database: OwnedDatabase = { ...clone, query: async <T extends object>(sql: string, values?: unknown[]) => (await owner.query<T>(sql, values)).rows };
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-files-'));
  const settings = testSettings(database.url, folder, options.env);
  const orm = await openOrm(appDatabaseUrl(settings), 5);
  const clock = { now: options.now ?? new Date('2026-11-25T09:00:00Z') };
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const app = await createApp({ orm, settings, log, files: await openFileStore(settings), clock: () => clock.now });
  const server = createServer(options.routes ? assemble(app.deps, [...ROUTES, ...options.routes]) : app.express);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    orm,
    database,
    settings,
    deps: app.deps,
    logLines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    setNow: (now) => void (clock.now = now),
    now: () => clock.now,
    stop: async () => {
      app.endStreams();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await closeAll(app, orm);
      await owner.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function closeAll(app: App, orm: Orm): Promise<void> {
  await app.close();
  await orm.close(true);
}

function testSettings(databaseUrl: string, folder: string, env: Record<string, string> = {}): Settings {
  return parseSettings({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    POSTMARK_SERVER_TOKEN: 'test-token',
    WEBHOOK_INBOUND_PASSWORD: 'inbound-password',
    WEBHOOK_EVENTS_PASSWORD: 'events-password',
    PUBLIC_URL: TEST_ORIGIN,
    FILES_DIR: folder,
    PORTAL_DIR: join(folder, 'portal'),
    ...env,
  });
}

export type Answer = { readonly status: number; readonly body: never; readonly headers: Headers; readonly text: string };

export type CallOptions = {
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly headers?: Record<string, string>;
};

/** One request as a browser of ours would make it; `body` of the answer is whatever the test takes it for. */
export async function call(api: TestApi, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await fetch(`${api.url}${path.startsWith('/api') || !path.startsWith('/') ? path : `/api/v1${path}`}`, {
    method,
    redirect: 'manual',
    headers: {
      origin: TEST_ORIGIN,
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : null) as never };
}
