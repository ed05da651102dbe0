import { z } from 'zod';
import { ASSIGNMENT_STATUSES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { MailFileRecord, MailOriginal } from '../mails/schema.ts';
import { Can, Id, Instant, line, listQuery, prose } from '../schema.ts';

export const ToReviewQuery = listQuery(['receivedAt'], {});

/** The likeliest order with what speaks for and against it, as codes. */
const Suggestion = z.object({
  workOrder: z.object({ id: Id, number: z.string(), title: z.string(), workspaceName: z.string(), status: z.enum(WORK_ORDER_STATUSES) }).nullable(),
  assignment: z.object({ id: Id, assigneeName: z.string(), status: z.enum(ASSIGNMENT_STATUSES) }).nullable(),
  fits: z.array(z.string()),
  doesNotFit: z.array(z.string()),
});

const row = {
  id: Id, fromName: z.string().nullable(), fromEmail: z.string().nullable(), subject: z.string().nullable(), receivedAt: Instant,
  /** Code: why it is held. */
  reason: z.string().nullable(),
  proof: z.string().nullable(),
  suggestion: Suggestion.nullable(),
  can: Can,
};
export const HeldMailRow = z.object(row).meta({ id: 'HeldMailRow' });
export type HeldMailRow = z.infer<typeof HeldMailRow>;

export const HeldMailRecord = z
  .object({
    ...row,
    /** What would become the message: history and signature cut off. */
    visible: z.string(),
    cutLines: z.int(),
    original: MailOriginal,
    attachments: z.array(MailFileRecord),
    /** Code, where somebody decided meanwhile; null while it waits. */
    decision: z.string().nullable(), decidedAt: Instant.nullable(),
  })
  .meta({ id: 'HeldMail' });
export type HeldMailRecord = z.infer<typeof HeldMailRecord>;

export const AttachInput = z.strictObject({
  workOrderId: Id,
  assignmentId: Id.optional(),
  /** Later mails of this address about the order come in without being asked about. */
  isAddressTrusted: z.boolean().default(false),
});
export const TicketInput = z.strictObject({ workspaceId: Id, title: line(200).optional() });
export const AnswerInput = z.strictObject({ body: prose(20_000) });
export const DiscardInput = z.strictObject({ reason: line(500).optional() });
