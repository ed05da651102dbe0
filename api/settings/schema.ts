import { z } from 'zod';
import { WEEKDAYS } from '#domain/calendar/calendar.ts';
import { DURATION_UNITS, POLICY_ACTIONS } from '#domain/escalation/policy.ts';
import { CURRENCIES } from '#domain/format/amounts.ts';
import { PRIORITIES } from '#domain/statuses.ts';
import { Can, Day, Id, Instant, line, LocaleSchema, optionalLine, OptionalPhone, prose } from '../schema.ts';

const Time = z.string().regex(/^\d{2}:\d{2}$/);
const Hours = z.array(z.strictObject({ from: Time, to: Time })).max(5);
const BusinessHours = z.strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, Hours])) as Record<(typeof WEEKDAYS)[number], typeof Hours>);
const Letter = z.string().regex(/^[A-Z]{1,3}$/);
const WebAddress = z
  .union([z.literal('').transform(() => null), z.url({ protocol: /^https?$/ }).max(500)])
  .nullish()
  .transform((value) => value ?? null);

/** Only what is sent changes. The inbound address stays: mails of running conversations are answered to it. */
export const SettingsChange = z
  .strictObject({
    name: line(120),
    phone: OptionalPhone,
    onCallPhone: OptionalPhone,
    locale: LocaleSchema,
    timeZone: line(60),
    country: z.string().regex(/^[A-Z]{2}$/),
    holidayRegion: line(10),
    businessHours: BusinessHours,
    senderName: optionalLine(80),
    legalFooter: prose(1_000).nullish().transform((value) => value || null),
    legalUrl: WebAddress,
    privacyUrl: WebAddress,
    ticketLetter: Letter,
    maintenanceLetter: Letter,
    workspaceWord: line(40),
    currency: z.enum(CURRENCIES),
  })
  .partial();

export const SettingsRecord = z
  .object({
    id: Id,
    name: z.string(),
    mailName: z.string(),
    /** Where contractors' mails without a reply address arrive. */
    inboundAddress: z.string(),
    phone: z.string().nullable(),
    onCallPhone: z.string().nullable(),
    locale: LocaleSchema,
    timeZone: z.string(),
    country: z.string(),
    holidayRegion: z.string(),
    /** To choose from, of the organisation's country. */
    holidayRegions: z.array(z.object({ code: z.string(), name: z.string() })),
    businessHours: z.record(z.string(), z.array(z.object({ from: z.string(), to: z.string() }))),
    senderName: z.string().nullable(),
    legalFooter: z.string().nullable(),
    legalUrl: z.string().nullable(),
    privacyUrl: z.string().nullable(),
    ticketLetter: z.string(),
    maintenanceLetter: z.string(),
    workspaceWord: z.string(),
    currency: z.string(),
    isMailPaused: z.boolean(),
    mailPausedAt: Instant.nullable(),
    updatedAt: Instant,
    can: Can,
  })
  .meta({ id: 'Settings' });
export type SettingsRecord = z.infer<typeof SettingsRecord>;

const Step = z.strictObject({
  after: z.strictObject({ amount: z.number().min(0).max(100_000), unit: z.enum(DURATION_UNITS) }),
  action: z.enum(POLICY_ACTIONS),
  isEnabled: z.boolean(),
});
const Steps = z.array(Step).max(20);

export const PolicySchema = z
  .strictObject({
    perPriority: z.strictObject(Object.fromEntries(PRIORITIES.map((one) => [one, Steps])) as Record<(typeof PRIORITIES)[number], typeof Steps>),
    reminderTime: Time,
    arePromisesFollowed: z.boolean(),
  })
  .meta({ id: 'EscalationPolicy' });

export const PolicyInput = z.strictObject({ policy: PolicySchema });

export const PolicyRecord = z
  .object({ policy: PolicySchema, isDefault: z.boolean(), updatedAt: Instant.nullable(), can: Can })
  .meta({ id: 'EscalationPolicyRecord' });

export const PreviewInput = z.strictObject({
  /** A draft; absent = the one in force. */
  policy: PolicySchema.optional(),
  priority: z.enum(PRIORITIES),
  /** When the request is delivered; absent = now. */
  start: Instant.optional(),
  /** Whose time zone and holidays hold; absent = the organisation's. */
  workspaceId: Id.optional(),
});

const PolicyProblem = z.object({ code: z.string(), priority: z.enum(PRIORITIES).nullable(), index: z.int().nullable() });

export const PreviewRecord = z
  .object({
    problems: z.array(PolicyProblem),
    steps: z.array(
      z.object({
        action: z.string(),
        number: z.int().nullable(),
        at: Instant.nullable(),
        ripeAt: Instant.nullable(),
        isEnabled: z.boolean(),
        /** Days between the step before and this one on which the site does not work. */
        skippedDays: z.array(z.object({ day: Day, reason: z.string() })),
      }),
    ),
    answerBy: Instant.nullable(),
    /** As the mail says it, in the organisation's language. */
    sentence: z.string(),
    timeZone: z.string(),
  })
  .meta({ id: 'EscalationPreview' });
export type PreviewRecord = z.infer<typeof PreviewRecord>;

export const PauseInput = z.strictObject({ isPaused: z.boolean() });
export const PauseRecord = z.object({ isMailPaused: z.boolean(), mailPausedAt: Instant.nullable() });
