import { z } from 'zod';
import { ASSIGN_WARNINGS } from '#db/assignments/queries-preview.ts';
import { FIRM_STANDINGS } from '#db/firms/entity.ts';
import { DECLINE_REASONS, ROLES, WITHDRAW_CHOICES } from '#domain/statuses.ts';
import { EmailAddress, Id, Instant, line, LocaleSchema, OptionalPhone, prose, searchWord } from '../schema.ts';

/** More files than an order has come to; beyond it, who sees them stays as it is. */
const MOST_SHARED_FILES = 1_000;

/** Whom to ask, and what to tell them. Exactly one of firm, own person, new firm. */
export const AssignInput = z
  .strictObject({
    firmId: Id.optional(),
    memberUserId: Id.optional(),
    newFirm: z
      .strictObject({ company: line(200), contactName: line(120), email: EmailAddress, phone: OptionalPhone.optional(), locale: LocaleSchema.optional() })
      .optional(),
    contactId: Id.optional(),
    message: prose(4_000).optional(),
    answerBy: Instant.optional(),
    nextFirmIds: z.array(Id).max(20).optional(),
    sharedAttachmentIds: z.array(Id).max(MOST_SHARED_FILES).optional(),
    /** Shares the order's workspace with the partner on the way; only who may manage partners. */
    sharesWorkspace: z.boolean().optional(),
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
  /** Of a partner that declines: the work was accepted, and is given back. Without it, a colleague's yes stands. */
  isGivenBack: z.boolean().optional(),
});

export const WithdrawalInput = z.strictObject({ reason: z.enum(WITHDRAW_CHOICES) });
export const CancellationInput = z.strictObject({ reason: prose(2_000) });
export const UndoInput = z.strictObject({ reason: prose(2_000).optional() });
export const DeadlineInput = z.strictObject({ answerBy: Instant });
export const HandOnInput = z.strictObject({ firmId: Id.optional(), reason: prose(2_000).optional() });
export const ProposalInput = z.strictObject({ isTaken: z.boolean() });
export const PromiseInput = z.strictObject({ promisedFrom: Instant.nullable(), promisedUntil: Instant.nullable().optional() });

export const AssigneesQuery = z.strictObject({ workOrderId: Id, q: searchWord(200) });

export const Assignees = z
  .object({
    members: z.array(z.object({ id: Id, name: z.string(), role: z.enum(ROLES) })),
    firms: z.array(z.object({
      id: Id, company: z.string(), standing: z.enum(FIRM_STANDINGS), blockedReason: z.string().nullable(), access: z.enum(['email', 'partner']), needsNoAcceptance: z.boolean(),
      trades: z.array(z.string()),
      contacts: z.array(z.object({ id: Id, name: z.string(), email: z.string(), isUndeliverable: z.boolean(), awayUntil: Instant.nullable() })),
      statistics: z.object({ asked: z.int(), accepted: z.int(), medianAnswerHours: z.number().nullable() }).nullable(),
      hasOpenAssignment: z.boolean(),
    })),
  })
  .meta({ id: 'Assignees' });
export type Assignees = z.infer<typeof Assignees>;

export const AssignPreview = z
  .object({
    /** null for own people: they are told in the portal and by their digest. */
    subject: z.string().nullable(), text: z.string().nullable(), html: z.string().nullable(),
    /** A partner is told in its own portal: which of its people get a mail is its own matter (`email` null). */
    to: z.array(z.object({ name: z.string(), email: z.string().nullable() })),
    answerBy: Instant.nullable(),
    /** What happens by itself when nobody answers. */
    plan: z.array(z.object({ at: Instant, action: z.string(), number: z.int().nullable() })),
    warnings: z.array(z.enum(ASSIGN_WARNINGS)),
  })
  .meta({ id: 'AssignPreview' });
