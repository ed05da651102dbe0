import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { newId } from '#db/columns.ts';
import { carryOutOperatorsDecision } from '#db/mails/held-reminders.ts';
import { releasePausedMails } from '#db/mails/sending-pause.ts';
import { systemEm, type Orm } from '#db/orm.ts';
import { beat } from '#db/processes/commands.ts';

const EVERY_MS = 5000;

export type SignsDeps = { readonly orm: Orm; readonly clock: () => Date; readonly log: Logger };

/** Who is alive: the courier while it reaches Temporal, the worker while it polls; `reached` hears what the courier found. */
export type Alive = { readonly courier: () => Promise<boolean>; readonly worker: () => boolean; readonly reached: (isReached: boolean) => void };

/**
 * Writes signs of life every five seconds. The first one is written before anything runs, so that an outage is known
 * before the timers that rang in it are answered. Also lets mails go whose pause is over,
 * and does what an operator has decided about held reminders.
 */
export async function startSignsOfLife(deps: SignsDeps, alive: Alive): Promise<{ stop(): Promise<void> }> {
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();
  let isStopped = false;
  const next = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      round = giveSigns(deps, alive).finally(next);
    }, EVERY_MS);
  };
  await giveSigns(deps, alive);
  next();
  return {
    stop: async () => {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await round;
    },
  };
}

async function giveSigns(deps: SignsDeps, alive: Alive): Promise<void> {
  try {
    const isReached = await alive.courier();
    alive.reached(isReached);
    if (isReached) await sign(deps, 'courier');
    if (alive.worker()) await sign(deps, 'worker');
    const released = await releasePausedMails(deps.orm, deps.clock());
    if (released > 0) deps.log.info({ released }, 'a pause of outgoing mail is over');
    const decided = await carryOutOperatorsDecision(deps.orm, deps.clock());
    if (decided > 0) deps.log.info({ decided }, 'held reminders were decided about by an operator');
  } catch (error) {
    deps.log.warn({ err: error }, 'no sign of life could be written');
  }
}

async function sign(deps: SignsDeps, name: 'courier' | 'worker'): Promise<void> {
  const outage = await systemEm(deps.orm).transactional((em) => beat(em, name, deps.clock(), newId()));
  if (outage) deps.log.warn({ name, from: outage.from, to: outage.to }, 'an outage is over: answer times are extended by it');
}

/** Whether Temporal answers. */
export async function reachesTemporal(client: Client): Promise<boolean> {
  return client.withDeadline(Date.now() + 2000, async () => {
    await client.workflowService.getSystemInfo({});
    return true;
  }).catch(() => false);
}
