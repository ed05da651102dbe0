import { z } from 'zod';
import { HELD_REMINDERS_DECISIONS } from '#domain/statuses.ts';
import { HeldRemindersRecord } from '../mails/schema.ts';
import { Instant } from '../schema.ts';

const Count = z.int();

/** Numbers and ids only: an operator never sees a tenant's text here. */
export const HealthRecord = z
  .object({
    oldestUnannouncedSeconds: Count.nullable(),
    outboxCount: Count,
    openAssignments: Count,
    runningProcesses: Count,
    withoutProcess: Count,
    toReview: Count,
    heldForOperator: Count,
    rejectedForOperator: Count,
    heldReminders: HeldRemindersRecord.extend({ decision: z.enum(HELD_REMINDERS_DECISIONS).nullable() }),
    bounced: Count,
    refused: Count,
    unclear: Count,
    lateSteps: Count,
    needAttention: Count,
    heartbeats: z.array(z.object({ name: z.string(), at: Instant, isLate: z.boolean() })),
    isMailPaused: z.boolean(),
    mailPausedAt: Instant.nullable(),
    /** Open live streams of this process. */
    liveStreams: Count,
    temporalUi: z.string(),
    temporalNamespace: z.string(),
  })
  .meta({ id: 'Health' });
