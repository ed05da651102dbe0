import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { listen, type Listener } from '#db/live/direct.ts';
import { claimOutbox, deleteOutbox, OUTBOX_CHANNEL, postponeOutbox, type ClaimedRow } from '#db/outbox.ts';
import { systemEm, type Orm } from '#db/orm.ts';
import { wakeProcess } from './temporal.ts';

const BATCH = 100;
const AT_ONCE = 16;
const LEASE_MS = 30_000;
const POLL_MS = 1000;
const CALL_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;

export type CourierDeps = {
  readonly orm: Orm;
  readonly client: Client;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Address for the connection that listens. */
  readonly databaseUrl: string;
};

export type Courier = {
  /** Ends after the row in hand. */
  stop(): Promise<void>;
};

/**
 * Carries outbox rows to Temporal: claims them by lease, wakes the process of each, deletes them. Woken by the database
 * and by a poll; never holds a transaction over a call, never gives a row up.
 */
export async function startCourier(deps: CourierDeps): Promise<Courier> {
  const bell = new Bell();
  const listener = await listenPatiently(deps, bell);
  let isStopping = false;
  const running = (async () => {
    while (!isStopping) {
      const carried = await carryRound(deps).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'courier could not read the outbox');
        return 0;
      });
      if (carried < BATCH && !isStopping) await bell.wait(POLL_MS);
    }
  })();
  return {
    stop: async () => {
      isStopping = true;
      bell.ring();
      await running;
      await listener?.close();
    },
  };
}

/** One claim and its deliveries; returns how many rows it claimed. */
export async function carryRound(deps: Omit<CourierDeps, 'databaseUrl'>): Promise<number> {
  const rows = await systemEm(deps.orm).transactional((em) => claimOutbox(em, BATCH, LEASE_MS, deps.clock()));
  const groups = [...groupByProcess(rows).values()];
  for (let index = 0; index < groups.length; index += AT_ONCE) {
    await Promise.all(groups.slice(index, index + AT_ONCE).map((group) => deliver(deps, group)));
  }
  return rows.length;
}

/** Several wishes for one process are one call. */
function groupByProcess(rows: readonly ClaimedRow[]): Map<string, ClaimedRow[]> {
  const groups = new Map<string, ClaimedRow[]>();
  for (const row of rows) groups.set(row.workflowId, [...(groups.get(row.workflowId) ?? []), row]);
  return groups;
}

async function deliver(deps: Omit<CourierDeps, 'databaseUrl'>, rows: readonly ClaimedRow[]): Promise<void> {
  const last = rows.at(-1);
  if (!last) return;
  const ids = rows.map((row) => row.id);
  try {
    await deps.client.withDeadline(Date.now() + CALL_MS, () => wakeProcess(deps.client, last));
    await systemEm(deps.orm).transactional((em) => deleteOutbox(em, ids));
  } catch (error) {
    const attempts = Math.max(...rows.map((row) => row.attempts));
    const until = new Date(deps.clock().getTime() + Math.min(1000 * 2 ** Math.min(attempts, 10), LONGEST_PAUSE_MS));
    deps.log.warn({ workflowId: last.workflowId, attempts, err: error }, 'courier could not wake a process');
    await systemEm(deps.orm).transactional((em) => postponeOutbox(em, ids, until)).catch(() => undefined);
  }
}

/** Without a listener the poll alone carries: a little later, never less. */
async function listenPatiently(deps: CourierDeps, bell: Bell): Promise<Listener | null> {
  const ring = (): void => bell.ring();
  return listen(deps.databaseUrl, OUTBOX_CHANNEL, { onMessage: ring, onBreak: ring }).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'courier cannot listen to the database and polls');
    return null;
  });
}

/** Waits for a ring or a time; a ring while nobody waits is kept. */
class Bell {
  #isRung = false;
  #answer: (() => void) | null = null;

  ring(): void {
    this.#isRung = true;
    this.#answer?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#answer = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#answer = null;
    this.#isRung = false;
  }
}
