import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { day, id, instant, organisationId, ref } from '../columns.ts';

/** A thing that is maintained. */
export const Asset = defineEntity({
  name: 'Asset',
  tableName: 'assets',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workspaceId: ref(),
    number: p.text(),
    name: p.text(),
    category: p.text().nullable(),
    locationText: p.text().nullable(),
    parentId: ref().nullable(),
    manufacturer: p.text().nullable(),
    model: p.text().nullable(),
    serialNumber: p.text().nullable(),
    installedOn: day().nullable(),
    warrantyUntil: day().nullable(),
    notes: p.text().nullable(),
    archivedAt: instant().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }, { properties: ['organisationId', 'number'] }],
  indexes: [{ properties: ['organisationId', 'workspaceId', 'name'] }],
});
export type Asset = InferEntity<typeof Asset>;
