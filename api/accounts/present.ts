import type { z } from 'zod';
import type { Organisation } from '#db/organisations/entity.ts';
import { plain } from '../present.ts';
import type { AccountRecord } from './schema.ts';

/** What every member may know of the organisation. */
export function presentOrganisation(organisation: Organisation): z.input<typeof AccountRecord>['organisation'] {
  const row = plain(organisation);
  return {
    id: row.id,
    name: row.name,
    locale: row.locale,
    timeZone: row.timeZone,
    currency: row.currency,
    workspaceWord: row.workspaceWord,
    ticketLetter: row.ticketLetter,
    maintenanceLetter: row.maintenanceLetter,
    isMailPaused: row.isMailPaused,
    onCallPhone: row.onCallPhone,
  };
}
