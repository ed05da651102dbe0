import { z } from 'zod';
import { DURATION_UNITS } from '#domain/escalation/policy.ts';
import { HELD_REMINDERS_DECISIONS, INBOUND_MAIL_STATUSES, OUTBOUND_MAIL_STATUSES } from '#domain/statuses.ts';
import { Can, Flag, Id, Instant, listOf, listQuery } from '../schema.ts';

export const MAIL_STATUSES = [...OUTBOUND_MAIL_STATUSES, ...INBOUND_MAIL_STATUSES] as const;

export const MailListQuery = listQuery(['createdAt'], {
  direction: z.enum(['out', 'in']).optional(),
  status: listOf(z.enum(MAIL_STATUSES)).optional(),
  workOrderId: Id.optional(),
  /** Lately refused, bounced or unclear, and not sent again. */
  needsAttention: Flag.optional(),
});

const row = {
  id: Id,
  direction: z.enum(['out', 'in']),
  /** Of mails out. */
  template: z.string().nullable(),
  subject: z.string().nullable(),
  toEmail: z.string().nullable(), toName: z.string().nullable(), fromEmail: z.string().nullable(), fromName: z.string().nullable(),
  status: z.enum(MAIL_STATUSES),
  statusReason: z.string().nullable(),
  /** Event name or step key; of mails out. */
  cause: z.string().nullable(),
  workOrderId: Id.nullable(), workOrderNumber: z.string().nullable(),
  createdAt: Instant,
  can: Can,
};

export const MailRow = z.object(row).meta({ id: 'MailRow' });
export type MailRow = z.infer<typeof MailRow>;

export const MailRecord = z
  .object({
    ...row,
    /** Why it was sent, in the user's language. */
    why: z.string().nullable(),
    text: z.string().nullable(),
    html: z.string().nullable(),
    sentAt: Instant.nullable(), deliveredAt: Instant.nullable(), bouncedAt: Instant.nullable(),
    attempts: z.int(), isPossibleDuplicate: z.boolean(), resendOfMailId: Id.nullable(), resentAsMailId: Id.nullable(),
    /** What was found out of a mail in, and what a person decided. */
    foundBy: z.string().nullable(), proof: z.string().nullable(), decision: z.string().nullable(),
    events: z.array(z.object({ recordType: z.string(), occurredAt: Instant, detail: z.string().nullable() })),
  })
  .meta({ id: 'Mail' });
export type MailRecord = z.infer<typeof MailRecord>;

/** Order, step and rule behind one mail; nothing else of the log. */
export const MailCauseRecord = z
  .object({
    id: Id, template: z.string(), subject: z.string().nullable(), toEmail: z.string(), createdAt: Instant, sentAt: Instant.nullable(),
    /** In the user's language. */
    why: z.string(),
    /** Of mails that a rule of the escalation policy sent: how long nobody had answered. */
    after: z.object({ amount: z.number(), unit: z.enum(DURATION_UNITS) }).nullable(),
    isAgain: z.boolean(),
    workOrder: z.object({ id: Id, number: z.string() }).nullable(),
  })
  .meta({ id: 'MailCause' });
export type MailCauseRecord = z.infer<typeof MailCauseRecord>;

/** Reminders that wait because there were unusually many; since when. */
export const HeldRemindersRecord = z.object({ count: z.int(), since: Instant.nullable() });
export const HeldRemindersInput = z.strictObject({ decision: z.enum(HELD_REMINDERS_DECISIONS) });

export const MailFileRecord = z.object({ name: z.string(), contentType: z.string(), size: z.int(), url: z.string() });

/** A mail as it came in; HTML is cleaned, pictures from afar are off. */
export const MailOriginal = z
  .object({
    from: z.string(), to: z.string(), subject: z.string(), receivedAt: Instant, text: z.string().nullable(), html: z.string().nullable(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })), attachments: z.array(MailFileRecord),
    /** The original is no longer kept, or could not be read. */
    isGone: z.boolean(),
  })
  .meta({ id: 'MailOriginal' });
export type MailOriginal = z.infer<typeof MailOriginal>;
