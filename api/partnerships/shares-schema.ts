import { z } from 'zod';
import { ASSIGNMENT_STATUSES, SHARE_SCOPES } from '#domain/statuses.ts';
import { Id, prose } from '../schema.ts';

export const SharesInput = z.strictObject({
  /** Only what changes. */
  workspaces: z.array(z.strictObject({
    workspaceId: Id,
    scope: z.enum([...SHARE_SCOPES, 'none']),
    /** Of scope `chosen`. */
    assetIds: z.array(Id).max(5_000).optional(),
  })).max(500).refine((list) => new Set(list.map((one) => one.workspaceId)).size === list.length, { path: ['workspaceId'] }),
  /** Orders that the partner is asked to do, or does, in a workspace that is shared no longer: those to be taken back with it. */
  takeBack: z.array(Id).max(5_000).optional(),
});

export const SharesRecord = z
  .object({
    workspaces: z.array(z.object({
      workspaceId: Id, name: z.string(), shortName: z.string(), address: z.string().nullable(), assetCount: z.int(), sharedAssetCount: z.int(),
      share: z.object({ scope: z.enum(SHARE_SCOPES), isServed: z.boolean(), notServedReason: z.string().nullable(), assetIds: z.array(Id) }).nullable(),
    })),
  })
  .meta({ id: 'Shares' });
export type SharesRecord = z.infer<typeof SharesRecord>;

export const ShareEffects = z
  .object({
    effects: z.array(z.object({
      workspaceId: Id,
      /** Assets. */
      gained: z.int(), lost: z.int(),
      /** Orders that run, and of which the partner would lose the asset's data, or which it only watches and would no longer see. */
      runningOrders: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
      /** Orders that it is asked to do, or does, and that the change must name in `takeBack`. */
      toTakeBack: z.array(z.object({ id: Id, number: z.string(), title: z.string(), assignmentStatus: z.enum(ASSIGNMENT_STATUSES) })),
      /** Orders that it has reported done: they are checked and closed before the workspace can be taken back. */
      toCheck: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
    })),
  })
  .meta({ id: 'ShareEffects' });

export const ServedInput = z.strictObject({
  workspaces: z.array(z.strictObject({ workspaceId: Id, isServed: z.boolean(), reason: prose(500).optional() })).max(500),
});

export const ServedRecord = z
  .object({ workspaces: z.array(z.object({ workspaceId: Id, name: z.string(), isServed: z.boolean(), notServedReason: z.string().nullable() })) })
  .meta({ id: 'ServedWorkspaces' });
