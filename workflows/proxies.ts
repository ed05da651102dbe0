import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '#activities/create.ts';
import { CORE_QUEUE, MAIL_QUEUE } from '#domain/processes.ts';

/** An outage of the database must not end a process: no limit of attempts. */
const PATIENT = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;

/** A worker that has died is noticed after this; activities show every 5 s that theirs lives (`activities/shows-life.ts`). */
const SIGN_OF_LIFE = '20s';

/** Reads and short, repeatable writes of the database: a single line in the history. */
export const looks = proxyLocalActivities<Pick<Activities, 'planAssignment'>>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '10s',
  retry: PATIENT,
});

/** Steps that change something, each to be seen in the history. */
export const steps = proxyActivities<Pick<Activities, 'takeAssignmentStep' | 'advanceFileRequest' | 'advanceDigest' | 'advanceInvitation'>>({
  taskQueue: CORE_QUEUE,
  startToCloseTimeout: '30s',
  heartbeatTimeout: SIGN_OF_LIFE,
  retry: PATIENT,
});

/** Mails with files of up to 35 MB are worked through. */
export const inbound = proxyActivities<Pick<Activities, 'processInboundMail'>>({
  taskQueue: CORE_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: SIGN_OF_LIFE,
  retry: PATIENT,
});

/** The provider is asked for 10 s at most; a repeated attempt first asks what became of the one before. */
export const mail = proxyActivities<Pick<Activities, 'sendMail'>>({
  taskQueue: MAIL_QUEUE,
  startToCloseTimeout: '60s',
  heartbeatTimeout: SIGN_OF_LIFE,
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '15 minutes' },
});

/** Rounds over all organisations. */
export const rounds = proxyActivities<Pick<Activities, 'reconcile' | 'upkeep' | 'queueDailyDigests'>>({
  taskQueue: CORE_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: SIGN_OF_LIFE,
  retry: PATIENT,
});
