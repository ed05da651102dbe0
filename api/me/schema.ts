import { z } from 'zod';
import { Id, Instant, line, LocaleSchema, OptionalPhone } from '../schema.ts';
import { Password } from '../sign-in/schema.ts';

export const OwnSessionRecord = z
  .object({
    id: Id,
    createdAt: Instant,
    lastSeenAt: Instant,
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'OwnSession' });

export const OwnSessions = z.object({ data: z.array(OwnSessionRecord) });

export const ProfileInput = z.strictObject({
  name: line(120).optional(),
  phone: OptionalPhone.optional(),
  locale: LocaleSchema.optional(),
});

export const PasswordChange = z.strictObject({ current: Password, password: Password });
