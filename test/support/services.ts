import { basename, join, relative, resolve } from 'node:path';
import { ROOT } from '#tools/start/tool.ts';

/** What the tests that were asked for need to have running. */
export interface Needed {
  readonly postgres: boolean;
  readonly temporal: boolean;
}

/** Folders of tests by what they need; a folder that isn't named needs everything. */
const NEEDS: Readonly<Record<string, Needed>> = {
  domain: { postgres: false, temporal: false },
  templates: { postgres: false, temporal: false },
  portal: { postgres: true, temporal: false },
  mailbox: { postgres: false, temporal: false },
  tools: { postgres: false, temporal: false },
  db: { postgres: true, temporal: false },
  api: { postgres: true, temporal: false },
  isolation: { postgres: true, temporal: false },
  // Starts a whole installation of its own.
  faults: { postgres: false, temporal: false },
};

/** Looks at the paths that Jest was asked for; none or a pattern that isn't a path means everything. */
export function neededFor(patterns: readonly string[]): Needed {
  const all = { postgres: true, temporal: true };
  if (patterns.length === 0) return all;
  const each = patterns.map((pattern) => {
    const path = relative(join(ROOT, 'test'), resolve(ROOT, pattern)).split(/[/\\]/);
    return NEEDS[path[0] ?? ''] ?? all;
  });
  return { postgres: each.some((one) => one.postgres), temporal: each.some((one) => one.temporal) };
}

/** Name of the migrated database that test databases are cloned from. */
export const TEMPLATE = 'gewerk_template';

/** Start of the names of the folders that hold a run's files. */
export const RUN_PREFIX = 'gewerk-test-';

/** The process id of the run that a folder belongs to. */
export const ownerOf = (folder: string): number => Number(basename(folder).slice(RUN_PREFIX.length).split('-')[0]);
