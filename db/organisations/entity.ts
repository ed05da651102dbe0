import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { BusinessHours } from '#domain/calendar/calendar.ts';
import { LOCALES } from '#domain/statuses.ts';
import { id, instant, organisationId } from '../columns.ts';

/** A tenant. */
export const Organisation = defineEntity({
  name: 'Organisation',
  tableName: 'organisations',
  properties: {
    id: id(),
    name: p.text(),
    /** Local part of the inbound address: lower-case letters, digits, hyphens. */
    mailName: p.text().unique(),
    phone: p.text().nullable(),
    onCallPhone: p.text().nullable(),
    locale: p.enum(LOCALES).default('de-DE'),
    timeZone: p.text().default('Europe/Berlin'),
    country: p.text().default('DE'),
    holidayRegion: p.text().default('DE'),
    businessHours: p.json<BusinessHours>(),
    senderName: p.text().nullable(),
    legalFooter: p.text().nullable(),
    legalUrl: p.text().nullable(),
    privacyUrl: p.text().nullable(),
    ticketLetter: p.text().default('M'),
    maintenanceLetter: p.text().default('W'),
    workspaceWord: p.text().default('Arbeitsbereich'),
    currency: p.text().default('EUR'),
    isMailPaused: p.boolean().default(false),
    mailPausedAt: instant().nullable(),
    /** Until when reminders pass however many they are: somebody has looked at a flood and let it go. */
    remindersReleasedUntil: instant().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
  },
});
export type Organisation = InferEntity<typeof Organisation>;

/** The escalation policy in force; absent = the defaults of `#domain/escalation/policy.ts`. */
export const EscalationPolicyRow = defineEntity({
  name: 'EscalationPolicyRow',
  tableName: 'escalation_policies',
  properties: {
    id: id(),
    organisationId: organisationId().unique(),
    policy: p.json<unknown>(),
    updatedAt: instant(),
    updatedByUserId: p.uuid().nullable(),
  },
});
export type EscalationPolicyRow = InferEntity<typeof EscalationPolicyRow>;
