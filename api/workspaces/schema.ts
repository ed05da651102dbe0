import { z } from 'zod';
import { Can, Flag, Id, Instant, line, listQuery, OptionalEmail, OptionalId, optionalLine, OptionalPhone, pageOf } from '../schema.ts';

export const WorkspaceInput = z.strictObject({
  name: line(120),
  shortName: line(30),
  street: optionalLine(120),
  postalCode: optionalLine(12),
  city: optionalLine(80),
  timeZone: optionalLine(60),
  holidayRegion: optionalLine(10),
  billingRecipient: optionalLine(200),
  invoiceEmail: OptionalEmail,
  onCallPhone: OptionalPhone,
  defaultResponsibleUserId: OptionalId,
});
/** Only what is sent changes. */
export const WorkspaceChange = WorkspaceInput.partial().extend({ isArchived: z.boolean().optional() });

export const WorkspaceRecord = z
  .object({
    id: Id,
    name: z.string(),
    shortName: z.string(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    city: z.string().nullable(),
    timeZone: z.string().nullable(),
    holidayRegion: z.string().nullable(),
    billingRecipient: z.string().nullable(),
    invoiceEmail: z.string().nullable(),
    onCallPhone: z.string().nullable(),
    defaultResponsibleUserId: Id.nullable(),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    counts: z.object({ openOrders: z.int(), assets: z.int() }),
    can: Can,
  })
  .meta({ id: 'Workspace' });
export type WorkspaceRecord = z.infer<typeof WorkspaceRecord>;
export const WorkspacePage = pageOf(WorkspaceRecord);

export const WorkspaceQuery = listQuery(['name', 'shortName', 'city', 'createdAt'], { includeArchived: Flag.default(false) });
