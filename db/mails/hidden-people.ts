import { Firm } from '../firms/entity.ts';
import type { Em } from '../orm.ts';
import { Partnership } from '../partnerships/entity.ts';
import type { InboundMail, OutboundMail } from './entity.ts';

/** Of a partnership's mails, those to whoever is invited, and to the client's own people. */
const TO_OTHERS: readonly string[] = ['partner-invitation', 'invitation-withdrawn', 'invitation-answered'];

/** A mail with whoever of a partner read or wrote it. */
export type MailOfSomebody = Pick<OutboundMail, 'id' | 'partnershipId' | 'template' | 'parameters'>;

/** The same of a mail that came in; one that waits for a decision is shown as it is, or nobody could decide. */
export function writerOf({ id, partnershipId, status }: InboundMail): MailOfSomebody {
  return { id, partnershipId: status === 'held' ? null : partnershipId, template: '', parameters: {} };
}

/**
 * Mails to and from people of partners that don't show theirs, each with the company that the client reads instead of name and
 * address; their words, which greet them by name, stay closed with it.
 */
export async function hiddenPeople(em: Em, organisationId: string, mails: readonly MailOfSomebody[]): Promise<ReadonlyMap<string, string>> {
  const ofPartners = mails.filter((one) => one.partnershipId && !TO_OTHERS.includes(one.template) && one.parameters['side'] !== 'client');
  if (ofPartners.length === 0) return new Map();
  const ids = [...new Set(ofPartners.map((one) => one.partnershipId ?? ''))];
  const hidden = await em.find(Partnership, { organisationId, id: { $in: ids }, showsPeople: false }, { fields: ['firmId'], disableIdentityMap: true });
  const firms = await em.find(Firm, { organisationId, id: { $in: hidden.map((one) => one.firmId) } }, { fields: ['company'], disableIdentityMap: true });
  const companies = new Map(hidden.map(({ id, firmId }) => [id, firms.find((one) => one.id === firmId)?.company ?? '']));
  return new Map(ofPartners.flatMap(({ id, partnershipId }) => {
    const company = companies.get(partnershipId ?? '');
    return company === undefined ? [] : [[id, company] as const];
  }));
}
