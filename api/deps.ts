import type { Logger } from 'pino';
import type { FileStore } from '#db/files.ts';
import type { Orm } from '#db/orm.ts';
import type { Settings } from '#domain/settings.ts';
import type { LiveStreams } from './live/streams.ts';
import type { Limits } from './middleware/limits.ts';

/** What every part of the API is given; nothing reads the clock, the environment or a global by itself. */
export type AppDeps = {
  readonly orm: Orm;
  readonly settings: Settings;
  readonly files: FileStore;
  /** The one source of `now`. */
  readonly clock: () => Date;
  readonly log: Logger;
  readonly limits: Limits;
  readonly streams: LiveStreams;
};
