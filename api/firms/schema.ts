import { z } from 'zod';
import { CONTACT_ROLES } from '#domain/statuses.ts';
import { Can, EmailAddress, Flag, Id, Instant, line, listOf, listQuery, LocaleSchema, optionalLine, OptionalPhone, pageOf, prose, searchWord } from '../schema.ts';

const STANDINGS = ['normal', 'preferred', 'blocked'] as const;

/** In the order in which they are mailed. */
export const ContactInput = z.strictObject({
  id: Id.optional(),
  name: line(120),
  email: EmailAddress,
  phone: OptionalPhone,
  roles: z.array(z.enum(CONTACT_ROLES)).max(4).default([]),
});

const FirmFields = z.strictObject({
  company: line(160),
  trades: z.array(line(60)).max(20),
  phone: OptionalPhone,
  locale: LocaleSchema.nullish().transform((value) => value ?? null),
  notes: prose(5_000).nullish().transform((value) => value || null),
  standing: z.enum(STANDINGS),
  blockedReason: optionalLine(300),
  needsNoAcceptance: z.boolean(),
  contacts: z.array(ContactInput).min(1).max(30),
});

export const FirmInput = FirmFields.extend({
  trades: FirmFields.shape.trades.default([]),
  standing: FirmFields.shape.standing.default('normal'),
  needsNoAcceptance: z.boolean().default(false),
});
/** Only what is sent changes; `contacts` is the whole list: who is left out is archived. */
export const FirmChange = FirmFields.partial().extend({ isArchived: z.boolean().optional() });

export const ContactRecord = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    roles: z.array(z.enum(CONTACT_ROLES)),
    isUndeliverable: z.boolean(),
    undeliverableReason: z.string().nullable(),
    awayUntil: Instant.nullable(),
  })
  .meta({ id: 'FirmContact' });
export type ContactRecord = z.infer<typeof ContactRecord>;

export const StatisticsRecord = z.object({
  asked: z.int(),
  accepted: z.int(),
  /** Hours by the clock from delivery to answer. */
  medianAnswerHours: z.number().nullable(),
});

export const FirmRecord = z
  .object({
    id: Id,
    company: z.string(),
    access: z.enum(['email', 'partner']),
    trades: z.array(z.string()),
    phone: z.string().nullable(),
    locale: LocaleSchema.nullable(),
    notes: z.string().nullable(),
    standing: z.enum(STANDINGS),
    blockedReason: z.string().nullable(),
    needsNoAcceptance: z.boolean(),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    contacts: z.array(ContactRecord),
    /** Of the last two years; null where it was never asked. */
    statistics: StatisticsRecord.nullable(),
    can: Can,
  })
  .meta({ id: 'Firm' });
export type FirmRecord = z.infer<typeof FirmRecord>;
export const FirmPage = pageOf(FirmRecord);

export const FirmQuery = listQuery(['company', 'createdAt', 'standing'], {
  trade: searchWord(60),
  standing: listOf(z.enum(STANDINGS)).optional(),
  includeArchived: Flag.default(false),
});

export const Trades = z.object({ data: z.array(z.string()) });
