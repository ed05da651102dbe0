import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { LOCALES, NOTIFY_CHOICES } from '#domain/statuses.ts';
import { id, instant, organisationId, ref } from '../columns.ts';

/** Who is kept informed of an order: a user, a partner, or an address from outside. */
export const Observer = defineEntity({
  name: 'Observer',
  tableName: 'observers',
  properties: {
    id: id(),
    organisationId: organisationId(),
    workOrderId: ref(),
    userId: ref().nullable(),
    partnershipId: ref().nullable(),
    email: p.text().nullable(),
    name: p.text().nullable(),
    locale: p.enum(LOCALES).nullable(),
    choice: p.enum(NOTIFY_CHOICES).default('at_once'),
    canComment: p.boolean().default(true),
    /** Proposed by a mail's Cc; mailed only after a person said yes. */
    isProposed: p.boolean().default(false),
    addedByUserId: ref().nullable(),
    createdAt: instant(),
    leftAt: instant().nullable(),
  },
  uniques: [{ properties: ['organisationId', 'id'] }],
  indexes: [{ properties: ['organisationId', 'workOrderId'] }, { properties: ['organisationId', 'userId'] }],
});
export type Observer = InferEntity<typeof Observer>;
