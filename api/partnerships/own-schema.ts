import { z } from 'zod';
import { PARTNERSHIP_STATUSES, ROLES } from '#domain/statuses.ts';
import { Can, Day, EmailAddress, Id, Instant, line } from '../schema.ts';
import { ServedRecord } from './shares-schema.ts';

export const Colleagues = z.object({ data: z.array(z.object({ id: Id, name: z.string(), role: z.enum(ROLES) })) }).meta({ id: 'Colleagues' });

/** Who of the partner's people does the work (null: nobody), and under which number the partner keeps it; what is absent stays. */
export const PassOnInput = z.strictObject({ memberUserId: Id.nullable().optional(), ownReference: line(60).nullable().optional() });

export const OwnPartnershipInput = z.strictObject({ showsPeople: z.boolean() });

/** One rule per workspace, and one for all that have none (`workspaceId` null): a dispatcher or a shared mailbox. */
export const DispatchRulesInput = z.strictObject({
  rules: z
    .array(z.strictObject({ workspaceId: Id.nullable(), memberUserId: Id.nullable().optional(), email: EmailAddress.nullable().optional() }))
    .max(500),
});

export const OwnPartnership = z
  .object({
    id: Id, clientName: z.string(), partnerName: z.string(), status: z.enum(PARTNERSHIP_STATUSES), endsOn: Day.nullable(),
    /** The last day is over; what was accepted is still being finished. */
    endedAt: Instant.nullable(),
    endReason: z.string().nullable(), endedBySide: z.enum(['client', 'partner']).nullable(), showsPeople: z.boolean(),
    workspaces: ServedRecord.shape.workspaces,
    rules: z.array(z.object({ workspaceId: Id.nullable(), memberUserId: Id.nullable(), memberName: z.string().nullable(), email: z.string().nullable() })),
    can: Can,
  })
  .meta({ id: 'OwnPartnership' });
export type OwnPartnership = z.infer<typeof OwnPartnership>;
