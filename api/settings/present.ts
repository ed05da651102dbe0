import type { Organisation } from '#db/organisations/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { holidayRegionsFrom } from '#domain/calendar/holidays.ts';
import { can } from '#domain/permissions.ts';
import { languageOf, type Locale } from '#domain/statuses.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import type { SettingsRecord } from './schema.ts';

/** The settings of an organisation; names of holiday regions in the reader's language. */
export function presentSettings(organisation: Organisation, actor: MemberActor, inboundDomain: string, locale: Locale): SettingsRecord {
  const row = plain(organisation);
  return {
    id: row.id,
    name: row.name,
    mailName: row.mailName,
    inboundAddress: `${row.mailName}@${inboundDomain}`,
    phone: row.phone,
    onCallPhone: row.onCallPhone,
    locale: row.locale,
    timeZone: row.timeZone,
    country: row.country,
    holidayRegion: row.holidayRegion,
    holidayRegions: holidayRegionsFrom(row.country, languageOf(locale)),
    businessHours: Object.fromEntries(Object.entries(row.businessHours).map(([day, hours]) => [day, [...hours]])),
    senderName: row.senderName,
    legalFooter: row.legalFooter,
    legalUrl: row.legalUrl,
    privacyUrl: row.privacyUrl,
    ticketLetter: row.ticketLetter,
    maintenanceLetter: row.maintenanceLetter,
    workspaceWord: row.workspaceWord,
    currency: row.currency,
    isMailPaused: row.isMailPaused,
    mailPausedAt: row.isMailPaused ? iso(row.mailPausedAt) : null,
    updatedAt: iso(row.updatedAt),
    can: { edit: can(actor, 'settings.manage') },
  };
}
