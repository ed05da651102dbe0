import { z } from 'zod';
import { ROLES } from '#domain/statuses.ts';
import { Can, EmailAddress, Id, Instant, line, listOf, listQuery, LocaleSchema, pageOf } from '../schema.ts';

const WorkspaceIds = z.array(Id).min(1).max(500).nullable();

export const InvitationInput = z.strictObject({
  email: EmailAddress,
  name: line(120),
  role: z.enum(ROLES),
  /** null = all workspaces. */
  workspaceIds: WorkspaceIds.default(null),
  locale: LocaleSchema.optional(),
});

export const MemberChange = z.strictObject({ role: z.enum(ROLES).optional(), workspaceIds: WorkspaceIds.optional() });

export const MemberRecord = z
  .object({
    /** Of the membership. */
    id: Id,
    userId: Id,
    name: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    locale: LocaleSchema,
    role: z.enum(ROLES),
    workspaceIds: z.array(Id).nullable(),
    status: z.enum(['active', 'invited']),
    invitedAt: Instant.nullable(),
    joinedAt: Instant.nullable(),
    /** For administrators only. */
    lastSignedInAt: Instant.nullable(),
    isMe: z.boolean(),
    can: Can,
  })
  .meta({ id: 'Member' });
export type MemberRecord = z.infer<typeof MemberRecord>;
export const MemberPage = pageOf(MemberRecord);

export const MemberQuery = listQuery(['name', 'email', 'role', 'joinedAt'], { role: listOf(z.enum(ROLES)).optional() });
