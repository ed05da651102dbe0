import { z } from 'zod';
import { ACTIONS, type Action } from '#domain/permissions.ts';
import { NOTIFY_CHOICES, ROLES } from '#domain/statuses.ts';
import { HeldRemindersRecord } from '../mails/schema.ts';
import { Can, Day, Id, Instant, LocaleSchema } from '../schema.ts';

/** An account as one of its members, or somebody of a partner, sees it: what every screen needs before anything else. */
export const AccountRecord = z
  .object({
    /** `partner`: somebody of a partner, in the account of its client. */
    kind: z.enum(['member', 'partner']),
    /** Of a partnership; null in an own account. */
    clientName: z.string().nullable(),
    partnerName: z.string().nullable(),
    /** The partnership has ended: what remains is read only. */
    isEnded: z.boolean(),
    /** Last day of a partnership that one side ends, and when it was over; what was accepted until then is still being finished. */
    endsOn: Day.nullable(),
    endedAt: Instant.nullable(),
    /** What a partner's person may do in general; in an own account `permissions` says it all. */
    can: Can,
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
