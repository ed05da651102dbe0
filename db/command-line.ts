import { parseSettings, type Settings } from '#domain/settings.ts';
import { appDatabaseUrl } from './login.ts';
import { openOrm, type Orm } from './orm.ts';

/** Settings of a command that neither mails nor listens: what it does not use need not be set. */
export function commandSettings(env: NodeJS.ProcessEnv): Settings {
  const unused = 'not used by this command';
  return parseSettings({
    ...env,
    POSTMARK_SERVER_TOKEN: env['POSTMARK_SERVER_TOKEN'] ?? unused,
    WEBHOOK_INBOUND_PASSWORD: env['WEBHOOK_INBOUND_PASSWORD'] ?? unused,
    WEBHOOK_EVENTS_PASSWORD: env['WEBHOOK_EVENTS_PASSWORD'] ?? unused,
  });
}

/** Settings of a process that serves; a fault is told by name and ends it. */
export function settingsOrExit(): Settings {
  try {
    return parseSettings(process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

/** Runs a command over the database with the plain login; a fault is one line on stderr and exit code 1. */
export async function runCommand(work: (orm: Orm, settings: Settings) => Promise<void>): Promise<void> {
  try {
    const settings = commandSettings(process.env);
    const orm = await openOrm(appDatabaseUrl(settings), 2);
    try {
      await work(orm, settings);
    } finally {
      await orm.close(true);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
