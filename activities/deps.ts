import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { FileStore } from '#db/files.ts';
import type { Orm } from '#db/orm.ts';
import type { Settings } from '#domain/settings.ts';
import type { Postmark } from './postmark.ts';

/** What activities are given; nothing reads the clock, the environment or a global by itself. */
export type ActivityDeps = {
  readonly orm: Orm;
  readonly postmark: Postmark;
  readonly files: FileStore;
  /** Real time, for leases and signs of life; business times come from the process. */
  readonly clock: () => Date;
  readonly settings: Settings;
  readonly log: Logger;
  readonly temporal: Client;
};
