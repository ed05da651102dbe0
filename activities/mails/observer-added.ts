import { Observer } from '#db/observers/entity.ts';
import { User } from '#db/users/entity.ts';
import { wordsOf } from '#domain/words/index.ts';
import type { ObserverAddedMail } from '#templates/mails/data.ts';
import { orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** Tells somebody from outside that they are kept informed, and how they leave; skipped once they have. */
export async function loadObserverAddedMail(context: OrderContext): Promise<ObserverAddedMail | Skip> {
  const { em, mail, order, organisation, workspace } = context;
  const observer = await em.findOne(Observer, { organisationId: organisation.id, id: mail.toObserverId ?? '' });
  if (!observer || observer.leftAt || observer.isProposed) return skip('recipient_left');
  const { byUserId } = mail.parameters;
  const by = typeof byUserId === 'string' ? await em.findOne(User, { id: byUserId }) : null;
  const link = pageLink(context);
  return {
    ...orderWords(context), siteAddress: siteAddress(workspace), byName: by?.name ?? null, choice: observer.choice, mayComment: observer.canComment,
    status: order.status, waitingReason: order.waitingReason ? (order.waitingNote ?? wordsOf(mail.locale).holdReason[order.waitingReason]) : null,
    orderLink: link, observerLink: `${link}#notify`,
  };
}
