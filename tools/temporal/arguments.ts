import { SEARCH_ATTRIBUTES } from '#domain/processes.ts';

/** What a development server is asked for. */
export interface TemporalWish {
  readonly port: number;
  /** No UI when absent. */
  readonly uiPort?: number | undefined;
  /** SQLite file; in memory when absent. */
  readonly databaseFile?: string | undefined;
  /** Besides `default`, which always exists. */
  readonly namespaces?: readonly string[] | undefined;
  readonly logLevel?: 'error' | 'warn' | 'info' | undefined;
  /** More dynamic configuration, for tests. */
  readonly dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
}

/** `KEYWORD` in the SDK's words is `Keyword` on the command line. */
const onCommandLine = (type: string): string => type.charAt(0) + type.slice(1).toLowerCase();

/**
 * Time skipping is for tests; the poll rates take the 50 ms grid away on which a development server hands out
 * tasks. It notes how far it has come every 5 s, not every 5 minutes: a killed one does everything since the last note
 * again, and on a busy machine SQLite was kept from anything new by that. The last two let urgent work and small
 * tenants overtake.
 */
const DYNAMIC_CONFIG: Readonly<Record<string, unknown>> = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'history.transferProcessorMaxPollRPS': 1000,
  'history.timerProcessorMaxPollRPS': 1000,
  'history.visibilityProcessorMaxPollRPS': 1000,
  'history.transferProcessorUpdateAckInterval': '5s',
  'history.timerProcessorUpdateAckInterval': '5s',
  'history.visibilityProcessorUpdateAckInterval': '5s',
  'history.shardFirstUpdateInterval': '2s',
  'history.shardUpdateMinInterval': '5s',
  'matching.useNewMatcher': true,
  'matching.enableFairness': true,
};

/** The command line of a development server, the same for the official program and for ours. */
export function temporalArguments(wish: TemporalWish): string[] {
  const dynamic = Object.entries({ ...DYNAMIC_CONFIG, ...wish.dynamicConfig });
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(wish.port), '--log-level', wish.logLevel ?? 'warn'],
    ...(wish.uiPort === undefined ? ['--headless'] : ['--ui-port', String(wish.uiPort)]),
    ...(wish.databaseFile === undefined ? [] : ['--db-filename', wish.databaseFile]),
    ...(wish.namespaces ?? []).flatMap((name) => ['--namespace', name]),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${onCommandLine(type)}`]),
    ...dynamic.flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
  ];
}
