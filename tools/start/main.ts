import { existsSync, rmSync } from 'node:fs';
import { parseSettings } from '#domain/settings.ts';
import { databaseUrl } from '#tools/postgres/cluster.ts';
import { findTemporal } from '#tools/temporal/find.ts';
import { isTemporalReady } from '#tools/temporal/run.ts';
import { portalBuild, workflowBundle } from './builds.ts';
import { logTail, NotReady } from './child.ts';
import { CHILDREN, openDataFolder, type DataFolder } from './data-folder.ts';
import { checkOutsideDatabase, demoLogins, dropHalfSeeded, firstAdministratorLink, migrate } from './database.ts';
import { StartFault } from './fault.ts';
import { isPortFree } from './free-port.ts';
import { clusterPart, clusterWish } from './local-database.ts';
import { HELP, readOptions, type StartOptions } from './options.ts';
import { apiPart, appSettings, mailboxPart, STOP_ORDER, temporalPart, workerPart } from './parts.ts';
import { say, step } from './progress.ts';
import { resultOf, resultText, type StartResult } from './result.ts';
import { endTools } from './tool.ts';
import { WatchedParts } from './watched.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** One installation that is being started or runs. */
interface Installation {
  readonly options: StartOptions;
  readonly folder: DataFolder;
  readonly parts: WatchedParts;
  readonly settings: Env;
}

async function start({ options, folder, parts, settings }: Installation): Promise<StartResult> {
  await checkPorts(options);
  const [portal, bundle] = await Promise.all([
    settings['PORTAL_DIR'] ?? step('portal built', portalBuild),
    settings['WORKFLOW_BUNDLE'] ?? step('workflows bundled', workflowBundle),
    startDatabase({ options, folder, parts, settings }),
    startTemporal({ options, folder, parts, settings }),
    options.outside.postmarkToken === undefined ? step('mailbox', () => parts.start(mailboxPart(options, folder, settings))) : undefined,
  ]);
  const people = await step('data', async () => ({
    logins: options.hasDemo ? await demoLogins(settings, folder) : undefined,
    link: options.hasDemo ? undefined : await firstAdministratorLink(settings),
  }));
  const env = { ...settings, PORTAL_DIR: portal, WORKFLOW_BUNDLE: bundle };
  await Promise.all([
    step('API', () => parts.start(apiPart(options, folder, env))),
    step('worker', () => parts.start(workerPart(folder, env))),
  ]);
  return resultOf(options, folder, env, people);
}

async function startDatabase({ options, folder, parts, settings }: Installation): Promise<void> {
  const { databaseUrl: outside } = options.outside;
  await step('PostgreSQL', async () => {
    if (outside !== undefined) return checkOutsideDatabase(outside);
    const wish = clusterWish(options, folder);
    await parts.start(await clusterPart(wish));
    await dropHalfSeeded(wish, folder);
  });
  await step('database up to date', () => migrate(settings));
}

async function startTemporal({ options, folder, parts, settings }: Installation): Promise<void> {
  const { temporalAddress: outside } = options.outside;
  const namespace = settings['TEMPORAL_NAMESPACE'] ?? 'default';
  await step('Temporal', async () => {
    if (outside === undefined) return parts.start(temporalPart(await findTemporal(say), options, folder, namespace));
    // With a certificate or key the worker is the first who can ask.
    if (settings['TEMPORAL_TLS'] === 'true' || settings['TEMPORAL_API_KEY']) return;
    const isThere = await isTemporalReady(outside, namespace).catch(() => false);
    if (!isThere) throw new StartFault(`The Temporal server in TEMPORAL_ADDRESS (${outside}) does not answer or has no namespace ${namespace}.`);
  });
}

async function checkPorts({ ports, outside }: StartOptions): Promise<void> {
  const needed = [
    ['portal and API', ports.portal],
    ...(outside.postmarkToken === undefined ? [['mailbox', ports.mailbox] as const] : []),
    ...(outside.temporalAddress === undefined ? ([['Temporal UI', ports.temporalUi], ['Temporal', ports.temporal]] as const) : []),
    ...(outside.databaseUrl === undefined ? [['PostgreSQL', ports.postgres] as const] : []),
  ] as const;
  const free = await Promise.all(needed.map(([, port]) => isPortFree(port)));
  const taken = needed.filter((_, at) => free[at] === false).map(([name, port]) => `${port} (${name})`);
  if (taken.length === 0) return;
  const which = taken.length === 1 ? `Port ${taken[0]} is` : `Ports ${taken.join(', ')} are`;
  throw new StartFault(`${which} taken by another program: stop it, or choose a free block of five ports by GEWERK_PORT, such as GEWERK_PORT=${ports.portal + 100}.`);
}

function checkSettings(settings: Env): void {
  try {
    parseSettings(settings);
  } catch (error) {
    throw new StartFault((error as Error).message);
  }
}

/** A failure in words: a sentence where it is one, the program's last lines where one did not start. */
async function wordsFor(error: unknown): Promise<string> {
  if (error instanceof StartFault) return error.message;
  if (error instanceof NotReady) {
    const { name, logFile } = error.child.plan;
    const hint = name === 'PostgreSQL' || name === 'Temporal' ? '\nIf its files are damaged, start over with `npm start -- --reset`, which loses the data.' : '';
    return `${error.message}. Its last lines (${logFile}):\n${await logTail(error.child)}${hint}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const options = readOptions(process.argv.slice(2), process.env);
  const folder = await openDataFolder(options);
  let isReady = false;
  const parts = new WatchedParts(folder.at(CHILDREN), (sentence) => void end(1, sentence));
  let ending: Promise<void> | undefined;
  const end = (code: number, sentence?: string): Promise<void> => (ending ??= stopEverything(parts, folder, code, sentence));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.on(signal, () => void end(isReady ? 0 : 1, 'stopping'));
  }
  try {
    const address = options.outside.databaseUrl ?? databaseUrl(clusterWish(options, folder));
    const settings = appSettings(options, folder, address, process.env);
    checkSettings(settings);
    const result = await start({ options, folder, parts, settings });
    isReady = true;
    process.stdout.write(options.isJson ? `${JSON.stringify(result)}\n` : resultText(result));
  } catch (error) {
    // When it is being stopped already, what fails now fails because of that.
    await end(1, parts.isStopping ? undefined : await wordsFor(error));
  }
}

async function stopEverything(parts: WatchedParts, folder: DataFolder, code: number, sentence: string | undefined): Promise<void> {
  if (sentence !== undefined) say(sentence);
  endTools();
  await parts.stopAll(STOP_ORDER);
  const hadStarted = existsSync(folder.at(CHILDREN));
  rmSync(folder.at(CHILDREN), { force: true });
  folder.release();
  if (hadStarted) say('✓ everything that was started is stopped');
  process.exit(code);
}

try {
  await main();
} catch (error) {
  say(await wordsFor(error));
  process.exit(1);
}
