import type { Login } from './database.ts';
import type { DataFolder } from './data-folder.ts';
import type { StartOptions } from './options.ts';

/** What `--json` prints when everything answers. */
export interface StartResult {
  readonly portal: string;
  readonly api: string;
  readonly openapi: string;
  /** Null when mail goes out through Postmark itself. */
  readonly mailbox: string | null;
  readonly temporalUi: string | null;
  readonly temporalAddress: string;
  readonly databaseUrl: string;
  readonly webhooks: Readonly<Record<'inbound' | 'events', { url: string; user: string; password: string }>>;
  readonly logins: readonly Login[];
  /** Only in an empty installation started with --no-demo. */
  readonly firstAdministrator?: string | undefined;
  readonly dataFolder: string;
}

type Env = Readonly<Record<string, string | undefined>>;

export function resultOf(
  options: StartOptions,
  folder: DataFolder,
  env: Env,
  people: { logins: readonly Login[] | undefined; link: string | undefined },
): StartResult {
  const portal = (env['PUBLIC_URL'] ?? '').replace(/\/$/, '');
  const webhook = (kind: 'inbound' | 'events'): { url: string; user: string; password: string } => ({
    url: `${portal}/webhooks/postmark/${kind}`,
    user: env[`WEBHOOK_${kind.toUpperCase()}_USER`] ?? '',
    password: (env[`WEBHOOK_${kind.toUpperCase()}_PASSWORD`] ?? '').split(',')[0] ?? '',
  });
  return {
    portal,
    api: `${portal}/api/v1`,
    openapi: `${portal}/api/v1/openapi.json`,
    mailbox: options.outside.postmarkToken === undefined ? `http://localhost:${options.ports.mailbox}` : null,
    temporalUi: env['TEMPORAL_UI_URL'] ?? null,
    temporalAddress: env['TEMPORAL_ADDRESS'] ?? '',
    databaseUrl: env['DATABASE_URL'] ?? '',
    webhooks: { inbound: webhook('inbound'), events: webhook('events') },
    logins: people.logins ?? [],
    ...(people.link === undefined ? {} : { firstAdministrator: people.link }),
    dataFolder: folder.path,
  };
}

/** The same for a person, as two small tables. */
export function resultText(result: StartResult): string {
  const addresses = [
    ['Portal', result.portal],
    ['Mailbox', result.mailbox ?? 'Postmark'],
    ['Temporal UI', result.temporalUi ?? 'elsewhere'],
    ['API', result.openapi],
    ['Database', result.databaseUrl.replace(/:[^:@/]*@/, ':…@')],
    ['Logs and data', result.dataFolder],
  ];
  const people = result.logins.map((login) => [login.role, login.email, login.password, login.organisation]);
  const link = result.firstAdministrator === undefined ? [] : ['', 'The first administrator opens', `  ${result.firstAdministrator}`];
  const logins = people.length === 0 ? [] : ['', ...table([['Role', 'E-mail', 'Password', 'Organisation'], ...people])];
  return ['', 'Gewerk is ready', '', ...table(addresses), ...logins, ...link, '', 'Ctrl-C stops everything.', ''].join('\n');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)), []);
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
}
