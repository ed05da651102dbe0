import { DigestItem } from '#db/events/entity.ts';
import type { DailyDigestMail } from '#templates/mails/data.ts';
import { hasLeft, isSeenByReader } from './comment-digest.ts';
import { baseOf, orderContext, pageLink, skip, type MailContext, type Skip } from './context.ts';
import { newsOf } from './news.ts';

/** The news of a day for one user, over all orders. */
export async function loadDailyDigestMail(context: MailContext): Promise<DailyDigestMail | Skip> {
  const { em, mail, organisation, now } = context;
  if (!organisation || (await hasLeft(context))) return skip('recipient_left');
  const items = await em.find(DigestItem, { organisationId: organisation.id, mailId: mail.id }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const orders: DailyDigestMail['orders'][number][] = [];
  for (const workOrderId of new Set(items.map((one) => one.workOrderId))) {
    const around = await orderContext(context, organisation, workOrderId);
    // An order may have gone from their eyes since it was noted for them.
    const news = (await isSeenByReader(around)) ? await newsOf(around) : null;
    if (news) orders.push({ orderNumber: around.order.number, title: around.order.title, siteShort: around.workspace.shortName, orderLink: pageLink(around), ...news });
  }
  return orders.length > 0 ? { ...baseOf(context), day: now, orders } : skip('nothing_to_tell');
}
