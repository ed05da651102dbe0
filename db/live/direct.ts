import pg from 'pg';
import { DATABASE_ROLES } from '../orm.ts';

export type DirectPool = pg.Pool;

/** A few connections outside the object mapper, held to the system role from their first statement on. */
export function openDirectPool(url: string, most = 3): DirectPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    options: `-c role=${DATABASE_ROLES.system}`,
    connectionTimeoutMillis: 5000,
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

export type Listener = { readonly close: () => Promise<void> };

const LONGEST_PAUSE_MS = 10_000;

/**
 * Listens to one channel on a connection of its own and comes back after each break with a growing pause.
 * `onBreak` runs when notifications may have been missed, after listening again.
 */
export async function listen(
  url: string,
  channel: 'gewerk_events' | 'gewerk_outbox',
  handlers: { readonly onMessage: (payload: string) => void; readonly onBreak?: (() => void) | undefined },
): Promise<Listener> {
  const state = { isClosed: false, client: null as pg.Client | null, timer: null as NodeJS.Timeout | null };

  const connect = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    client.on('notification', (message) => handlers.onMessage(message.payload ?? ''));
    await client.connect();
    await client.query(`listen ${channel}`);
    client.on('end', () => again(100));
    state.client = client;
    if (state.isClosed) await client.end();
  };
  const again = (pauseMs: number): void => {
    state.client = null;
    if (state.isClosed) return;
    const retry = (): void => {
      connect().then(
        () => handlers.onBreak?.(),
        () => again(Math.min(pauseMs * 2, LONGEST_PAUSE_MS)),
      );
    };
    state.timer = setTimeout(retry, pauseMs);
    state.timer.unref();
  };

  await connect();
  return {
    close: async () => {
      state.isClosed = true;
      if (state.timer) clearTimeout(state.timer);
      await state.client?.end();
    },
  };
}
