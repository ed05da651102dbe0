import { LINK_DAYS_AFTER_CLOSING } from '#db/assignments/links.ts';
import type { ClosedMail } from '#templates/mails/data.ts';
import { isPartners, orderWords, pageLink, skip, type OrderContext, type Skip } from './context.ts';

const DAY_MS = 86_400_000;

/** The work was checked; where the invoice goes. */
export async function loadClosedMail(context: OrderContext): Promise<ClosedMail | Skip> {
  const { mail, order, workspace } = context;
  if (order.status !== 'closed') return skip(`order_${order.status}`);
  return {
    ...orderWords(context),
    billingRecipient: workspace.billingRecipient ?? null,
    invoiceEmail: workspace.invoiceEmail ?? null,
    orderLink: pageLink(context),
    validUntil: order.closedAt && !isPartners(mail) ? new Date(order.closedAt.getTime() + LINK_DAYS_AFTER_CLOSING * DAY_MS) : null,
  };
}
