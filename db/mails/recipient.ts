import type { Locale } from '#domain/statuses.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { Observer } from '../observers/entity.ts';
import type { Em } from '../orm.ts';
import { User } from '../users/entity.ts';
import type { OutboundMail } from './entity.ts';

/** Where a mail's recipient can be reached today. */
export type RecipientNow = {
  readonly email: string;
  readonly name: string | null;
  readonly locale: Locale;
  /** The company, where mails do not reach them. */
  readonly undeliverableAt: string | null;
};

type Addressed = Pick<OutboundMail, 'organisationId' | 'toEmail' | 'toName' | 'locale' | 'toContactId' | 'toUserId' | 'toObserverId'>;

/** A mail's recipient as the directory has them now; who is in none stays as written. */
export async function recipientNow(em: Em, mail: Addressed): Promise<RecipientNow> {
  const own = { organisationId: mail.organisationId ?? '' };
  const before: RecipientNow = { email: mail.toEmail, name: mail.toName ?? null, locale: mail.locale as Locale, undeliverableAt: null };
  if (mail.toContactId) {
    const contact = await em.findOne(FirmContact, { ...own, id: mail.toContactId }, { refresh: true });
    const firm = contact ? await em.findOne(Firm, { ...own, id: contact.firmId }) : null;
    if (!contact) return before;
    const undeliverableAt = contact.undeliverableSince ? (firm?.company ?? contact.name) : null;
    return { email: contact.email, name: contact.name, locale: firm?.locale ?? before.locale, undeliverableAt };
  }
  if (mail.toUserId) {
    const user = await em.findOne(User, { id: mail.toUserId }, { refresh: true });
    return user ? { ...before, email: user.email, name: user.name, locale: user.locale } : before;
  }
  const observer = mail.toObserverId ? await em.findOne(Observer, { ...own, id: mail.toObserverId }, { refresh: true }) : null;
  return observer?.email ? { ...before, email: observer.email } : before;
}

/** Addresses a mail that has not left to where its recipient is now. */
export async function readdress(em: Em, mail: OutboundMail): Promise<void> {
  const { email, name } = await recipientNow(em, mail);
  mail.toEmail = email;
  mail.toName = name;
}
