import { resolve } from 'node:path';
import { StartFault } from './fault.ts';
import { ROOT } from './tool.ts';

/** What the command line and the environment ask of `npm start`. */
export interface StartOptions {
  readonly isReset: boolean;
  readonly hasDemo: boolean;
  readonly isJson: boolean;
  readonly folder: string;
  readonly ports: Ports;
  /** Services that run elsewhere; absent means that one is started here. */
  readonly outside: Outside;
}

export interface Ports {
  readonly portal: number;
  readonly mailbox: number;
  readonly temporalUi: number;
  readonly temporal: number;
  readonly postgres: number;
}

export interface Outside {
  readonly databaseUrl?: string | undefined;
  readonly temporalAddress?: string | undefined;
  readonly postmarkToken?: string | undefined;
}

export const HELP = `npm start [-- --reset] [-- --no-demo] [-- --json]
  --reset    starts over: removes the data of this installation first
  --no-demo  starts empty and prints the link that makes the first administrator
  --json     prints one line of JSON on standard output when everything answers
GEWERK_DATA  data folder (default .gewerk)      GEWERK_PORT  first of five ports (default 4000)
README.md lists all settings.`;

const FLAGS = ['--reset', '--no-demo', '--json'];

/** Reads flags and environment; throws a StartFault that names what is wrong. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown !== undefined) throw new StartFault(`npm start does not know ${unknown}; it knows ${FLAGS.join(', ')} and --help.`);
  if (env['NODE_ENV'] === 'production') {
    throw new StartFault('npm start is for development: in production run `node api/server.ts` and `node activities/worker.ts` with settings of their own.');
  }
  const outside = {
    databaseUrl: env['DATABASE_URL'] || undefined,
    temporalAddress: env['TEMPORAL_ADDRESS'] || undefined,
    postmarkToken: env['POSTMARK_SERVER_TOKEN'] || undefined,
  };
  const isReset = args.includes('--reset');
  if (isReset && outside.databaseUrl !== undefined) {
    throw new StartFault('--reset only empties the database that npm start runs itself: empty the one in DATABASE_URL yourself.');
  }
  return {
    isReset,
    hasDemo: !args.includes('--no-demo'),
    isJson: args.includes('--json'),
    folder: resolve(ROOT, env['GEWERK_DATA'] || '.gewerk'),
    ports: portsFrom(env['GEWERK_PORT'] || '4000'),
    outside,
  };
}

function portsFrom(text: string): Ports {
  const first = Number(text);
  if (!Number.isInteger(first) || first < 1024 || first > 65_530) {
    throw new StartFault(`GEWERK_PORT must be a whole number from 1024 to 65530, the first of five ports, and is "${text}".`);
  }
  return { portal: first, mailbox: first + 1, temporalUi: first + 2, temporal: first + 3, postgres: first + 4 };
}
