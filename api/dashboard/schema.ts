import { z } from 'zod';
import { WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { MailRow } from '../mails/schema.ts';
import { Can, Id, Instant } from '../schema.ts';
import { HeldMailRow } from '../to-review/schema.ts';
import { ProposalRecord, WorkOrderRow } from '../work-orders/schema.ts';

export const DashboardQuery = z.strictObject({ responsibleUserId: Id.optional(), workspaceId: Id.optional() });

export const OwedAnswer = z
  .object({
    assignmentId: Id,
    workOrder: z.object({ id: Id, number: z.string(), title: z.string(), workspaceName: z.string() }),
    assigneeName: z.string(), assigneePhone: z.string().nullable(), deliveredAt: Instant.nullable(), sentAt: Instant.nullable(),
    /** The deadline in force. */
    answerBy: Instant.nullable(), isLate: z.boolean(),
    /** What happens by itself next; null: nothing, a person must act. */
    nextStep: z.object({ at: Instant, action: z.string() }).nullable(),
    proposedAnswer: ProposalRecord.nullable(), can: Can,
  })
  .meta({ id: 'OwedAnswer' });
export type OwedAnswer = z.infer<typeof OwedAnswer>;

export const DashboardRecord = z
  .object({
    tiles: z.object({
      awaitingAnswer: z.object({ count: z.int(), late: z.int() }),
      overdue: z.object({ count: z.int(), oldestDays: z.int().nullable() }),
      toReview: z.object({ count: z.int(), withSuggestion: z.int() }),
      bounced: z.object({ count: z.int() }),
      dueThisWeek: z.object({ count: z.int(), today: z.int() }),
    }),
    owesAnswer: z.array(OwedAnswer),
    overdue: z.array(WorkOrderRow),
    toReview: z.array(HeldMailRow),
    bounced: z.array(MailRow),
    /** By ISO week, the present one last; `answers` is how many the median is of. */
    answerTimes: z.array(z.object({ week: z.string(), medianBusinessHours: z.number().nullable(), answers: z.int() })),
    openWork: z.array(z.object({ workspaceId: Id, name: z.string(), counts: z.partialRecord(z.enum(WORK_ORDER_STATUSES), z.int()) })),
  })
  .meta({ id: 'Dashboard' });
/** The same for a partner in a client's account. */
export const PartnerDashboardRecord = z
  .object({
    kind: z.literal('partner'),
    tiles: z.object({
      awaitingAnswer: z.object({ count: z.int(), late: z.int() }),
      overdue: z.object({ count: z.int() }),
      dueThisWeek: z.object({ count: z.int(), today: z.int() }),
      /** Accepted, and given to nobody. */
      unassigned: z.object({ count: z.int() }),
      atWork: z.object({ count: z.int() }),
      /** Reported done; the client has not said its word yet. */
      toCheck: z.object({ count: z.int() }),
    }),
    /** The ten most pressing of each. */
    awaitingAnswer: z.array(WorkOrderRow),
    overdue: z.array(WorkOrderRow),
    dueThisWeek: z.array(WorkOrderRow),
    unassigned: z.array(WorkOrderRow),
    atWork: z.array(WorkOrderRow),
    toCheck: z.array(WorkOrderRow),
  })
  .meta({ id: 'PartnerDashboard' });
export type PartnerDashboardRecord = z.infer<typeof PartnerDashboardRecord>;

export type DashboardRecord = z.infer<typeof DashboardRecord>;
