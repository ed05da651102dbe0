import type { FilterQuery } from '@mikro-orm/postgresql';
import { Participation } from '#db/partnerships/entity.ts';
import { isServed } from '#db/partnerships/people.ts';
import { Membership } from '#db/users/entity.ts';
import { findAccountActor } from '#db/users/queries.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import { visibleTo } from '#db/work-orders/visibility.ts';
import type { CommentDigestMail } from '#templates/mails/data.ts';
import { isPartners, observerHasLeft, partnerHasLeft, orderWords, pageLink, skip, type MailContext, type OrderContext, type Skip } from './context.ts';
import { newsOf } from './news.ts';

/** Everything that one recipient was to be told of this order, in one mail. */
export async function loadCommentDigestMail(context: OrderContext): Promise<CommentDigestMail | Skip> {
  const { mail } = context;
  if (await isNobodyToTell(context)) return skip('recipient_left');
  const news = await newsOf(context);
  if (!news) return skip('nothing_to_tell');
  const link = pageLink(context);
  return {
    ...orderWords(context),
    ...news,
    audience: isPartners(mail) ? 'contractor' : mail.toUserId ? 'coordinator' : mail.toObserverId ? 'observer' : 'contractor',
    orderLink: link,
    observerLink: mail.toObserverId ? `${link}#notify` : null,
  };
}

async function isNobodyToTell(context: OrderContext): Promise<boolean> {
  const { mail, assignment } = context;
  if (mail.partnershipId) return !(await isSeenByReader(context));
  if (mail.toUserId) return hasLeft(context);
  if (mail.toObserverId) return observerHasLeft(context);
  return !assignment || !['offered', 'accepted', 'done'].includes(assignment.status);
}

/** Whether an order is still there for somebody of a partner (or its shared mailbox) who is to be told of it; people inside are told where they stand. */
export async function isSeenByReader({ em, mail, organisation, order }: OrderContext): Promise<boolean> {
  const { partnershipId, toUserId } = mail;
  if (!partnershipId) return true;
  const own = { organisationId: organisation.id, partnershipId };
  if (!toUserId) return (await em.count(Participation, { ...own, workOrderId: order.id })) > 0 && isServed(em, { id: partnershipId, organisationId: organisation.id }, order.workspaceId);
  const reader = await findAccountActor(em, toUserId, partnershipId);
  return reader !== null && (await em.count(WorkOrder, { $and: [{ id: order.id }, visibleTo(reader)] } as FilterQuery<WorkOrder>)) > 0;
}

/** Whether the user whom a mail goes to is no longer of the organisation. */
export async function hasLeft(context: MailContext): Promise<boolean> {
  const { em, mail, organisation } = context;
  if (mail.partnershipId) return partnerHasLeft(context, null);
  const membership = await em.findOne(Membership, { organisationId: organisation?.id ?? '', userId: mail.toUserId ?? '' });
  return !membership || membership.removedAt !== null;
}
