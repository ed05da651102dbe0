import { join } from 'node:path';
import type { Child } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import type { StartOptions } from './options.ts';
import { ROOT } from './tool.ts';
import type { Part } from './watched.ts';
import type { TemporalProgram } from '#tools/temporal/find.ts';
import { isTemporalReady, temporalPlan } from '#tools/temporal/run.ts';

/** The order in which things are stopped: who writes goes before what is written to. */
export const STOP_ORDER = [['API', 'Worker'], ['Mailbox'], ['Temporal'], ['PostgreSQL']] as const;

type Env = Readonly<Record<string, string | undefined>>;

/** The settings of API and worker: what the person set, and what follows from the parts that are started here. */
export function appSettings(options: StartOptions, folder: DataFolder, databaseUrl: string, env: NodeJS.ProcessEnv): Env {
  const { ports, outside } = options;
  const ours: Env = {
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: outside.temporalAddress ?? `127.0.0.1:${ports.temporal}`,
    PUBLIC_URL: `http://localhost:${ports.portal}`,
    API_PORT: String(ports.portal),
    FILES_DIR: folder.at('files'),
    WEBHOOK_INBOUND_USER: 'postmark',
    WEBHOOK_INBOUND_PASSWORD: folder.secrets.inboundPassword,
    WEBHOOK_EVENTS_USER: 'postmark',
    WEBHOOK_EVENTS_PASSWORD: folder.secrets.eventsPassword,
    INBOUND_DOMAIN: 'reply.gewerk.localhost',
  };
  const temporalHere = { TEMPORAL_UI_URL: `http://localhost:${ports.temporalUi}` };
  const mailHere = { POSTMARK_SERVER_TOKEN: folder.secrets.mailboxToken, POSTMARK_API_URL: `http://127.0.0.1:${ports.mailbox}` };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  return {
    ...ours,
    ...(outside.temporalAddress === undefined ? temporalHere : {}),
    ...given,
    ...(outside.postmarkToken === undefined ? mailHere : {}),
    DATABASE_URL: databaseUrl,
    API_PORT: String(ports.portal),
  };
}

/** The Temporal server with its UI; the file's name carries the version, since other versions lay it out differently. */
export function temporalPart(program: TemporalProgram, options: StartOptions, folder: DataFolder, namespace: string): Part {
  const { temporal: port, temporalUi: uiPort } = options.ports;
  const [major, minor] = program.version.split('.');
  const databaseFile = folder.at('temporal', `temporal-${major}.${minor}.db`);
  const wish = { port, uiPort, databaseFile, namespaces: namespace === 'default' ? [] : [namespace] };
  return {
    plan: temporalPlan(program, wish, folder.at('logs', 'temporal.log')),
    mark: databaseFile,
    readyWithinMs: 60_000,
    isReady: () => isTemporalReady(`127.0.0.1:${port}`, namespace),
  };
}

/** The stand-in for Postmark; its webhooks go to the API of this installation. */
export function mailboxPart(options: StartOptions, folder: DataFolder, settings: Env): Part {
  const address = `http://127.0.0.1:${options.ports.mailbox}`;
  const webhooks = `http://127.0.0.1:${options.ports.portal}/webhooks/postmark`;
  const env = {
    ...settings,
    MAILBOX_DATA: folder.at('mailbox'),
    MAILBOX_PORT: String(options.ports.mailbox),
    MAILBOX_TOKEN: settings['POSTMARK_SERVER_TOKEN'],
    WEBHOOK_INBOUND_URL: `${webhooks}/inbound`,
    WEBHOOK_EVENTS_URL: `${webhooks}/events`,
  };
  return nodePart('Mailbox', 'tools/mailbox/server.ts', folder, env, () => answers(address));
}

/** The first process: API, portal and public pages. */
export function apiPart(options: StartOptions, folder: DataFolder, settings: Env): Part {
  return nodePart('API', 'api/server.ts', folder, settings, () => answers(`http://127.0.0.1:${options.ports.portal}/ready`));
}

/** The second process: courier, reconciler and the workers of Temporal. */
export function workerPart(folder: DataFolder, settings: Env): Part {
  const isReady = async (child: Child): Promise<boolean> => (await child.output()).includes('"worker ready"');
  return { ...nodePart('Worker', 'activities/worker.ts', folder, settings, isReady), readyWithinMs: 90_000 };
}

/** Young objects of loading fill 16 MB thrice before they are looked at; with 8 the idle processes hold a fifth less, at no measurable cost. */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8'];
/** What Node has compiled once, types already taken out, is not compiled again by the next start. */
export const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/gewerk/compiled');

function nodePart(name: string, file: string, folder: DataFolder, env: Env, isReady: Part['isReady']): Part {
  // The program ignores it; it tells this installation's processes from those of another one.
  const mark = `--installation=${folder.path}`;
  const plan = {
    name,
    command: process.execPath,
    args: [...NODE_FLAGS, file, mark],
    cwd: ROOT,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    logFile: folder.at('logs', `${name.toLowerCase()}.log`),
    // The worker lets activities end first.
    stopWithinMs: name === 'Worker' ? 40_000 : 15_000,
  };
  return { plan, mark, readyWithinMs: 60_000, isReady };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(3000), redirect: 'manual' });
  await response.body?.cancel();
  return response.status < 400;
}
