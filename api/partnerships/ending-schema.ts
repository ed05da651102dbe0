import { z } from 'zod';
import { ENDING_DECISIONS, OWN_ENDING_DECISIONS } from '#db/partnerships/ending-orders.ts';
import { ASSIGNMENT_STATUSES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { Day, Id, optionalLine } from '../schema.ts';

/** Running orders on which whoever ends a partnership decides. */
export const EndingOrders = z
  .object({
    orders: z.array(z.object({
      id: Id, number: z.string(), title: z.string(), workspaceName: z.string(), status: z.enum(WORK_ORDER_STATUSES), assignmentStatus: z.enum(ASSIGNMENT_STATUSES),
      /** Which side has decided since the announcement that it is to be finished; null: nothing is decided. */
      finishBy: z.enum(['client', 'partner']).nullable(),
    })),
  })
  .meta({ id: 'EndingOrders' });

const Decisions = z.array(z.strictObject({ workOrderId: Id, decision: z.enum(ENDING_DECISIONS), firmId: Id.optional() })).max(2_000);

/** The last day, and a decision on each of the running orders; `firmId`: to whom it is handed on. */
export const EndingInput = z.strictObject({ endsOn: Day, reason: optionalLine(500), orders: Decisions.default([]) });

/** Decisions while it ends; orders that are not named stay as they are. */
export const EndingDecisionsInput = z.strictObject({ orders: Decisions.min(1) });

/** The partner's last day, and what it does with each of its running orders. */
export const OwnEndingInput = z.strictObject({
  endsOn: Day,
  reason: optionalLine(500),
  orders: z.array(z.strictObject({ workOrderId: Id, decision: z.enum(OWN_ENDING_DECISIONS) })).max(2_000).default([]),
});
