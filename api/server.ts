import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { settingsOrExit } from '#db/command-line.ts';
import { openFileStore } from '#db/files.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { openOrm, type Orm } from '#db/orm.ts';
import { assertPlainLogin } from '#db/roles.ts';
import { errorForLog } from '#domain/error-for-log.ts';
import type { Settings } from '#domain/settings.ts';
import { createApp, type App } from './app.ts';
import { isDatabaseAway } from './middleware/problem.ts';

const DRAIN_MS = 10_000;

/** A phone with 256 kbit/s must get the largest file through, in one request where the page has no script; an hour at least. */
export function longestRequestMs(uploadLimitMb: number): number {
  return Math.max(3_600_000, uploadLimitMb * 33_000);
}

/** Heads come at once; how long a body may take, the guards say: 30 s where it is no upload, a steady pace where it is one. */
export function createHttpServer(app: App): Server {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: longestRequestMs(app.deps.settings.UPLOAD_LIMIT_MB), keepAliveTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    app.express,
  );
  server.maxConnections = 5_000;
  return server;
}

async function start(settings: Settings, log: Logger): Promise<() => Promise<void>> {
  const orm = await openOrm(appDatabaseUrl(settings), settings.DATABASE_POOL_SIZE);
  await assertPlainLogin(orm.em.fork());
  const app = await createApp({ orm, settings, log, files: await openFileStore(settings), clock: () => new Date() });
  const server = createHttpServer(app);
  await listening(server, settings);
  log.info({ host: settings.API_HOST, port: settings.API_PORT }, 'api ready');
  return () => stop(server, app, orm, log);
}

function listening(server: Server, settings: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.API_PORT, settings.API_HOST, resolve);
  });
}

/** Takes no new connection, lets running requests end, then cuts what is left (live streams). */
async function stop(server: Server, app: App, orm: Orm, log: Logger): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  app.endStreams();
  server.closeIdleConnections();
  await Promise.race([closed, delay(DRAIN_MS, undefined, { ref: false })]);
  server.closeAllConnections();
  await app.close();
  await orm.close(true);
  log.info('api stopped');
}

function fail(log: Logger, error: unknown, settings: Settings): never {
  log.fatal({ err: error }, 'api could not start');
  process.stderr.write(`${sentenceOf(error, settings)}\n`);
  process.exit(1);
}

/** What whoever starts the process can do about it. */
function sentenceOf(error: unknown, settings: Settings): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  if (code === 'EADDRINUSE') return `Port ${settings.API_PORT} of ${settings.API_HOST} is taken: set API_PORT or end what listens there.`;
  if (isDatabaseAway(error)) return `The database does not answer (${new URL(settings.DATABASE_URL).host}): start it or mend DATABASE_URL.`;
  if (/password authentication failed|does not exist/.test(error.message)) return `${error.message}: run \`node db/migrate.ts\` or mend DATABASE_URL.`;
  return error.message;
}

if (import.meta.main) {
  const settings = settingsOrExit();
  const log = pino({ level: settings.LOG_LEVEL, base: { process: 'api' }, serializers: { err: errorForLog } });
  const ending = await start(settings, log).catch((error: unknown) => fail(log, error, settings));
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    ending().then(
      () => process.exit(0),
      (error: unknown) => fail(log, error, settings),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
