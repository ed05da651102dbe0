import { OutboundMail } from '#db/mails/entity.ts';
import { findRule } from '#db/mails/mail-cause.ts';
import { mailCauseOf, type MailCause } from '#domain/mail/mail-cause.ts';
import type { Priority } from '#domain/statuses.ts';
import type { WhyPage } from '#templates/render.ts';
import { page, type PageAnswer, type PageContext } from './context.ts';
import { notice, standing } from './notices.ts';
import { masked } from './who.ts';

/**
 * `GET …/warum`: why the mail with this very link was sent, whatever has become of the order and of the link since. It
 * tells what the mail itself told: neither title nor place, and nothing of others.
 */
export async function whyPage(context: PageContext): Promise<PageAnswer> {
  const { base, view, opened, em } = context;
  const { organisationId, workOrderId, mailId } = opened.link;
  const mail = mailId ? await em.findOne(OutboundMail, { organisationId, workOrderId, id: mailId }) : null;
  if (!mail) return notice('link_unknown', base, null);
  const { cause, number } = mailCauseOf(mail.cause);
  const data: WhyPage = {
    ...base, cause, number,
    isObserver: view.observer !== null,
    at: mail.createdAt,
    sentAt: mail.sentAt ?? null,
    to: masked(mail.toEmail),
    after: cause === 'reminder' || cause === 'last_reminder' ? await findRule(em, mail, view.order.priority as Priority) : null,
    isAgain: mail.resendOfMailId !== null,
    ends: endsOf(context, cause),
    validUntil: view.fileRequest?.validUntil ?? null,
    hasPage: hasPage(context),
  };
  return page('why', data);
}

function endsOf({ view }: PageContext, cause: MailCause): WhyPage['ends'] {
  const { assignment, observer, fileRequest, order, state } = view;
  const isOver = order.status === 'closed' || order.status === 'cancelled';
  if (fileRequest) return state === 'live' && !isOver ? 'files' : 'files_over';
  if (observer) return observer.leftAt ? 'left' : isOver ? 'over' : 'observer';
  if (cause === 'visit_announced') return 'visit';
  if (isOver || !assignment) return 'over';
  if (assignment.status === 'offered') return 'answer';
  return assignment.status === 'accepted' || assignment.status === 'done' ? 'work' : 'over';
}

/** Whether the link still opens something besides this page. */
function hasPage({ view }: PageContext): boolean {
  if (view.observer) return view.state === 'live' && !view.observer.isProposed;
  if (view.fileRequest) return view.state === 'live';
  return view.assignment !== null && standing(view) === null;
}
