import type { Inside } from '#domain/mail/matching.ts';
import { DigestItem, EventRow } from '../events/entity.ts';
import type { Em } from '../orm.ts';
import type { OutboundMail } from './entity.ts';

/** What a mail to somebody of a partner tells that its client does not read; null for all others. */
export async function insideOf(em: Em, mail: Pick<OutboundMail, 'id' | 'organisationId' | 'partnershipId' | 'template'>): Promise<Inside | null> {
  if (!mail.partnershipId) return null;
  if (mail.template === 'internal-assignment' || mail.template === 'nudge') return 'work';
  return mail.template === 'comment-digest' && (await tellsInternal(em, mail)) ? 'words' : null;
}

/** Whether a digest holds what one side says among itself. */
export async function tellsInternal(em: Em, mail: Pick<OutboundMail, 'id' | 'organisationId'>): Promise<boolean> {
  const own = { organisationId: mail.organisationId ?? '' };
  const items = await em.find(DigestItem, { ...own, mailId: mail.id });
  const events = await em.find(EventRow, { ...own, id: { $in: items.map((one) => one.eventId) } });
  return events.some((one) => one.data['visibility'] === 'internal');
}
