import { z } from 'zod';
import { DECLINE_REASONS, WITHDRAW_REASONS } from '#domain/statuses.ts';
import { EmailAddress, Id, Instant, line, LocaleSchema, prose } from '../schema.ts';

/** Whom to ask, and what to tell them. Exactly one of firm, own person, new firm. */
export const AssignInput = z
  .strictObject({
    firmId: Id.optional(),
    memberUserId: Id.optional(),
    newFirm: z
      .strictObject({ company: line(200), contactName: line(120), email: EmailAddress, phone: line(60).optional(), locale: LocaleSchema.optional() })
      .optional(),
    contactId: Id.optional(),
    message: prose(4_000).optional(),
    answerBy: Instant.optional(),
    nextFirmIds: z.array(Id).max(20).optional(),
    sharedAttachmentIds: z.array(Id).max(200).optional(),
  })
  .refine((input) => [input.firmId, input.memberUserId, input.newFirm].filter(Boolean).length === 1, { path: ['firmId'] });
export type AssignInput = z.infer<typeof AssignInput>;

/** An answer that a coordinator takes down (by phone), or an own person gives. */
export const AnswerInput = z.strictObject({
  step: z.enum(['accept', 'decline']),
  contactId: Id.optional(),
  byName: line(120).optional(),
  reason: z.enum(DECLINE_REASONS).optional(),
  note: prose(2_000).optional(),
  promisedFrom: Instant.optional(),
  promisedUntil: Instant.optional(),
});

export const WithdrawalInput = z.strictObject({ reason: z.enum(WITHDRAW_REASONS) });
export const CancellationInput = z.strictObject({ reason: prose(2_000) });
export const UndoInput = z.strictObject({ reason: prose(2_000).optional() });
export const DeadlineInput = z.strictObject({ answerBy: Instant });
export const HandOnInput = z.strictObject({ firmId: Id.optional(), reason: prose(2_000).optional() });
export const ProposalInput = z.strictObject({ isTaken: z.boolean() });
export const PromiseInput = z.strictObject({ promisedFrom: Instant.nullable(), promisedUntil: Instant.nullable().optional() });
