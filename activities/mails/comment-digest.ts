import { Participation } from '#db/partnerships/entity.ts';
import { Membership } from '#db/users/entity.ts';
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
  const { em, mail, assignment, organisation } = context;
  if (mail.partnershipId) return (await em.count(Participation, { organisationId: organisation.id, partnershipId: mail.partnershipId, workOrderId: context.order.id })) === 0;
  if (mail.toUserId) return hasLeft(context);
  if (mail.toObserverId) return observerHasLeft(context);
  return !assignment || !['offered', 'accepted', 'done'].includes(assignment.status);
}

/** Whether the user whom a mail goes to is no longer of the organisation. */
export async function hasLeft(context: MailContext): Promise<boolean> {
  const { em, mail, organisation } = context;
  if (mail.partnershipId) return partnerHasLeft(context, null);
  const membership = await em.findOne(Membership, { organisationId: organisation?.id ?? '', userId: mail.toUserId ?? '' });
  return !membership || membership.removedAt !== null;
}
