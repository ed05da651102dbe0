import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { id, instant, organisationId, ref } from '../columns.ts';

/** A site, building or department that groups assets and orders. */
export const Workspace = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    id: id(),
    organisationId: organisationId(),
    name: p.text(),
    /** Used in mail subjects. */
    shortName: p.text(),
    street: p.text().nullable(),
    postalCode: p.text().nullable(),
    city: p.text().nullable(),
    /** null = the organisation's. */
    timeZone: p.text().nullable(),
    holidayRegion: p.text().nullable(),
    billingRecipient: p.text().nullable(),
    invoiceEmail: p.text().nullable(),
    onCallPhone: p.text().nullable(),
    defaultResponsibleUserId: ref().nullable(),
    archivedAt: instant().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'name'] }],
});
export type Workspace = InferEntity<typeof Workspace>;
