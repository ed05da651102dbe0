import { z } from 'zod';
import { SHOWN_PARTNERSHIP_STATUSES } from '#domain/invitation/shown-status.ts';
import { DOORS, PARTNERSHIP_STATUSES } from '#domain/statuses.ts';
import { Can, Day, EmailAddress, Id, Instant, line, listOf, listQuery, LocaleSchema, optionalLine, pageOf, prose } from '../schema.ts';

export const PartnershipRecord = z
  .object({
    id: Id,
    firmId: Id,
    company: z.string(),
    /** Nobody is invited then: the directory says not to work with it, or has put it away. */
    isFirmBlocked: z.boolean(),
    isFirmArchived: z.boolean(),
    /** The partner's own name for itself, once accepted. */
    partnerName: z.string().nullable(),
    status: z.enum(PARTNERSHIP_STATUSES),
    shownStatus: z.enum(SHOWN_PARTNERSHIP_STATUSES),
    invitedEmail: z.string(),
    invitedName: z.string().nullable(),
    invitedAt: Instant,
    invitedByName: z.string().nullable(),
    validUntil: Instant,
    /** Of the present round. */
    remindedAt: Instant.nullable(),
    lastRemindedAt: Instant.nullable(),
    bouncedAt: Instant.nullable(),
    acceptedAt: Instant.nullable(),
    acceptedByName: z.string().nullable(),
    closedAt: Instant.nullable(),
    declineReason: z.string().nullable(),
    /** Named by the invitee, to be confirmed. */
    otherEmail: z.string().nullable(),
    message: z.string().nullable(),
    locale: LocaleSchema,
    workspaceCount: z.int(),
    openOrderCount: z.int(),
    showsPeople: z.boolean(),
    endsOn: Day.nullable(),
    endedAt: Instant.nullable(),
    endReason: z.string().nullable(),
    endedBySide: z.enum(['client', 'partner']).nullable(),
    /** extend, resend, withdraw, confirmOther, share, end, keep, assign. */
    can: Can,
  })
  .meta({ id: 'Partnership' });
export type PartnershipRecord = z.infer<typeof PartnershipRecord>;
export const PartnershipPage = pageOf(PartnershipRecord);

export const PartnershipDetails = PartnershipRecord.extend({
  /** Whom to reach at the partner; null until accepted. */
  contact: z.object({ organisationName: z.string(), name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  /** Oldest first; `name` is an event's, its sentence is in the words. */
  history: z.array(z.object({ name: z.string(), at: Instant, by: z.string().nullable(), door: z.enum(DOORS), data: z.record(z.string(), z.unknown()) })),
}).meta({ id: 'PartnershipDetails' });
export type PartnershipDetails = z.infer<typeof PartnershipDetails>;

export const PartnershipQuery = listQuery(['company', 'status', 'invitedAt'], {
  status: listOf(z.enum(PARTNERSHIP_STATUSES)).optional(),
  firmId: Id.optional(),
});

/** A firm of the directory (`firmId`) or the name of one that is added (`company`). */
export const InvitationInput = z.strictObject({
  email: EmailAddress,
  name: optionalLine(120),
  firmId: Id.optional(),
  company: line(160).optional(),
  locale: LocaleSchema.optional(),
  message: prose(2_000).nullish().transform((value) => value || null),
  workspaceIds: z.array(Id).max(500).default([]),
});

/** The same while it is being typed. */
export const InvitationPreviewInput = InvitationInput.extend({ email: EmailAddress.optional(), company: optionalLine(160) });
export type InvitationPreviewInput = z.output<typeof InvitationPreviewInput>;

/** The mail word for word as it would go, its secret link left out. */
export const InvitationPreview = z
  .object({ subject: z.string(), text: z.string(), html: z.string(), locale: LocaleSchema, validUntil: Instant })
  .meta({ id: 'InvitationPreview' });

/** A day means its end, by the organisation's clock. */
export const ExtendInput = z.strictObject({ validUntil: z.union([Day, Instant]) });
export const ResendInput = z.strictObject({ email: EmailAddress.optional() });
export const WithdrawInput = z.strictObject({ reason: optionalLine(500) });
export const OtherAddressInput = z.strictObject({ isConfirmed: z.boolean() });
