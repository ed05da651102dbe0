import { DEFAULT_BUSINESS_HOURS } from '#domain/calendar/calendar.ts';
import type { Locale } from '#domain/statuses.ts';
import type { Em } from '../orm.ts';
import { Organisation } from './entity.ts';

type Surroundings = Pick<Organisation, 'country' | 'holidayRegion' | 'timeZone' | 'currency' | 'workspaceWord'>;

const BY_LOCALE: Readonly<Record<Locale, Surroundings>> = {
  'de-DE': { country: 'DE', holidayRegion: 'DE', timeZone: 'Europe/Berlin', currency: 'EUR', workspaceWord: 'Arbeitsbereich' },
  'de-AT': { country: 'AT', holidayRegion: 'AT', timeZone: 'Europe/Vienna', currency: 'EUR', workspaceWord: 'Arbeitsbereich' },
  'de-CH': { country: 'CH', holidayRegion: 'CH', timeZone: 'Europe/Zurich', currency: 'CHF', workspaceWord: 'Arbeitsbereich' },
  'en-GB': { country: 'GB', holidayRegion: 'GB', timeZone: 'Europe/London', currency: 'GBP', workspaceWord: 'Workspace' },
};

/** Local parts that mean somebody else on a mail server. */
const RESERVED = new Set(['abuse', 'admin', 'auftrag', 'hostmaster', 'mailer-daemon', 'noreply', 'no-reply', 'postmaster', 'root', 'security', 'webmaster']);

/**
 * Makes an organisation with what its locale suggests; everything can be changed in its settings. English says nothing of
 * where somebody works: who was invited begins where the inviting organisation is.
 */
export async function createOrganisation(
  em: Em,
  input: { readonly id: string; readonly name: string; readonly locale: Locale; readonly invitedBy?: Organisation | undefined },
  now: Date,
): Promise<Organisation> {
  const organisation = em.create(Organisation, {
    id: input.id,
    name: input.name,
    locale: input.locale,
    ...BY_LOCALE[input.locale],
    ...(input.locale === 'en-GB' && input.invitedBy ? placeOf(input.invitedBy) : {}),
    mailName: await freeMailName(em, input.name),
    businessHours: DEFAULT_BUSINESS_HOURS,
    createdAt: now,
    updatedAt: now,
  });
  await em.flush();
  return organisation;
}

function placeOf({ country, holidayRegion, timeZone, currency }: Organisation): Omit<Surroundings, 'workspaceWord'> {
  return { country, holidayRegion, timeZone, currency };
}

/** A name as the local part of a mail address: lower-case letters, digits and hyphens. */
export function mailNameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  return plain.length < 2 || RESERVED.has(plain) ? `${plain || 'organisation'}-1` : plain;
}

async function freeMailName(em: Em, name: string): Promise<string> {
  const wanted = mailNameOf(name);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}-${number}`;
    if (!(await em.findOne(Organisation, { mailName: candidate }, { fields: ['id'] }))) return candidate;
  }
}
