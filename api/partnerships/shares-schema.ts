import { z } from 'zod';
import { SHARE_SCOPES } from '#domain/statuses.ts';
import { Id, prose } from '../schema.ts';

export const SharesInput = z.strictObject({
  /** Only what changes. */
  workspaces: z.array(z.strictObject({
    workspaceId: Id,
    scope: z.enum([...SHARE_SCOPES, 'none']),
    /** Of scope `chosen`. */
    assetIds: z.array(Id).max(5_000).optional(),
  })).max(500).refine((list) => new Set(list.map((one) => one.workspaceId)).size === list.length, { path: ['workspaceId'] }),
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
      /** Orders that run, and that the partner would no longer see whole. */
      runningOrders: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
    })),
  })
  .meta({ id: 'ShareEffects' });

export const ServedInput = z.strictObject({
  workspaces: z.array(z.strictObject({ workspaceId: Id, isServed: z.boolean(), reason: prose(500).optional() })).max(500),
});

export const ServedRecord = z
  .object({ workspaces: z.array(z.object({ workspaceId: Id, name: z.string(), isServed: z.boolean(), notServedReason: z.string().nullable() })) })
  .meta({ id: 'ServedWorkspaces' });
