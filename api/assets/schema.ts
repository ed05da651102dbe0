import { z } from 'zod';
import { Can, Day, Flag, Id, Instant, line, listQuery, OptionalDay, OptionalId, optionalLine, pageOf, prose, searchWord } from '../schema.ts';

export const AssetInput = z.strictObject({
  workspaceId: Id,
  number: line(40),
  name: line(120),
  category: optionalLine(60),
  locationText: optionalLine(200),
  parentId: OptionalId,
  manufacturer: optionalLine(120),
  model: optionalLine(120),
  serialNumber: optionalLine(120),
  installedOn: OptionalDay,
  warrantyUntil: OptionalDay,
  notes: prose(5_000).nullish().transform((value) => value || null),
});
/** Only what is sent changes. */
export const AssetChange = AssetInput.partial().extend({ isArchived: z.boolean().optional() });

export const AssetRecord = z
  .object({
    id: Id,
    workspaceId: Id,
    workspaceName: z.string(),
    number: z.string(),
    name: z.string(),
    category: z.string().nullable(),
    locationText: z.string().nullable(),
    parentId: Id.nullable(),
    parentName: z.string().nullable(),
    manufacturer: z.string().nullable(),
    model: z.string().nullable(),
    serialNumber: z.string().nullable(),
    installedOn: Day.nullable(),
    warrantyUntil: Day.nullable(),
    notes: z.string().nullable(),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    can: Can,
  })
  .meta({ id: 'Asset' });
export type AssetRecord = z.infer<typeof AssetRecord>;
export const AssetPage = pageOf(AssetRecord);

export const AssetQuery = listQuery(['name', 'number', 'category', 'createdAt'], {
  workspaceId: Id.optional(),
  parentId: Id.optional(),
  category: searchWord(60),
  includeArchived: Flag.default(false),
});
