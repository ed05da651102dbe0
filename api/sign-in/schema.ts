import { z } from 'zod';
import { LONGEST_PASSWORD } from '#domain/passwords.ts';
import { ROLES } from '#domain/statuses.ts';
import { EmailAddress, Id, line, LocaleSchema } from '../schema.ts';

/** Only its length is bounded here; what makes a good one is a rule of the domain. */
export const Password = z.string().min(1).max(LONGEST_PASSWORD);

export const SignInInput = z.strictObject({ email: EmailAddress, password: Password });

export const UserRecord = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    locale: LocaleSchema,
    isOperator: z.boolean(),
  })
  .meta({ id: 'User' });

export const SessionRecord = z
  .object({
    user: UserRecord,
    /** Where the user is a member; other kinds come with partnerships. */
    accounts: z.array(z.object({ id: Id, kind: z.literal('member'), name: z.string(), role: z.enum(ROLES) })),
  })
  .meta({ id: 'Session' });
export type SessionRecord = z.infer<typeof SessionRecord>;

/** Signed in; `invitationPath` is where to go on: a partner's invitation, from whose page the new password was asked for. */
export const AccountTokenDone = SessionRecord.extend({ invitationPath: z.string().regex(/^\/i\/[A-Za-z0-9_-]{43}\/annehmen$/).nullable() }).meta({ id: 'AccountTokenDone' });
export type AccountTokenDone = z.infer<typeof AccountTokenDone>;

export const ResetRequest = z.strictObject({ email: EmailAddress });

export const TokenParams = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

export const AccountTokenRecord = z
  .object({
    purpose: z.enum(['reset_password', 'join', 'first_administrator']),
    email: z.string().nullable(),
    name: z.string().nullable(),
    organisationName: z.string().nullable(),
    /** Has no password yet: chooses one. Otherwise the present one is asked for. */
    isNewUser: z.boolean(),
    minPasswordLength: z.int(),
  })
  .meta({ id: 'AccountToken' });
export type AccountTokenRecord = z.infer<typeof AccountTokenRecord>;

/** What the purpose needs of these; the rest is ignored. */
export const AccountTokenInput = z.strictObject({
  password: Password.optional(),
  name: line(120).optional(),
  organisationName: line(120).optional(),
  email: EmailAddress.optional(),
  locale: LocaleSchema.optional(),
});
export type AccountTokenInput = z.infer<typeof AccountTokenInput>;

export const ConfigRecord = z
  .object({
    publicUrl: z.string(),
    uploadLimitMb: z.int(),
    minPasswordLength: z.int(),
    locales: z.array(LocaleSchema),
    defaultLocale: LocaleSchema,
  })
  .meta({ id: 'Config' });
