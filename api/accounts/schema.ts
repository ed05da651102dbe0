import { z } from 'zod';
import { ACTIONS, type Action } from '#domain/permissions.ts';
import { NOTIFY_CHOICES, ROLES } from '#domain/statuses.ts';
import { HeldRemindersRecord } from '../mails/schema.ts';
import { Id, Instant, LocaleSchema } from '../schema.ts';

/** An account as one of its members sees it: what every screen needs before anything else. */
export const AccountRecord = z
  .object({
    organisation: z.object({
      id: Id,
      name: z.string(),
      locale: LocaleSchema,
      timeZone: z.string(),
      currency: z.string(),
      workspaceWord: z.string(),
      ticketLetter: z.string(),
      maintenanceLetter: z.string(),
      isMailPaused: z.boolean(),
      onCallPhone: z.string().nullable(),
    }),
    me: z.object({
      userId: Id,
      role: z.enum(ROLES),
      workspaceIds: z.array(Id).nullable(),
      notifyChoice: z.enum(NOTIFY_CHOICES),
    }),
    permissions: z.array(z.enum(ACTIONS as [Action, ...Action[]])),
    counts: z.object({
      openTickets: z.int(),
      toReview: z.int(),
      mailProblems: z.int(),
      awaitingAnswer: z.int(),
    }),
    /** Late: the automation has given no sign of life, so reminders and mails wait. */
    automation: z.object({ isLate: z.boolean(), since: Instant.nullable() }),
    isInstallationMailPaused: z.boolean(),
    /** Held as an unusual flood until somebody decides; for who may decide. */
    heldReminders: HeldRemindersRecord.nullable(),
    /** For operators only. */
    temporalUi: z.string().nullable(),
  })
  .meta({ id: 'Account' });
export type AccountRecord = z.infer<typeof AccountRecord>;

export const MyMembershipInput = z.strictObject({ notifyChoice: z.enum(NOTIFY_CHOICES) });
