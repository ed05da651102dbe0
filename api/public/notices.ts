import type { LinkView } from '#db/assignments/link-view.ts';
import type { NoticePage, PageBase } from '#templates/render.ts';
import { page, type PageAnswer } from './context.ts';

type Kind = NoticePage['kind'];

/** Title and number are told only while the link stands for something that was not taken back. */
const TELLS_TITLE: readonly Kind[] = ['given_elsewhere', 'closed', 'declined', 'late_answer', 'already_answered', 'error', 'too_many', 'unsubscribed', 'in_account'];

const STATUS: Readonly<Partial<Record<Kind, number>>> = {
  link_expired: 410, link_unknown: 404, given_elsewhere: 410, withdrawn: 410, cancelled: 410, not_answered: 410,
  already_answered: 409, error: 500, too_many: 429,
};

/** Why an order's page can't be shown; null where it can. */
export function standing(view: LinkView): Kind | null {
  const { assignment, order, state } = view;
  if (!assignment) return 'link_unknown';
  if (assignment.kind === 'partner' && ['offered', 'accepted', 'done'].includes(assignment.status)) return 'in_account';
  if (state === 'expired') return 'link_expired';
  switch (assignment.status) {
    case 'declined': return 'declined';
    case 'cancelled': return 'cancelled';
    case 'superseded': return 'given_elsewhere';
    case 'expired': return view.isGivenElsewhere ? 'given_elsewhere' : 'not_answered';
    case 'withdrawn': return withdrawn(view);
    default:
  }
  if (order.status === 'cancelled') return 'cancelled';
  if (state === 'ended') return 'link_expired';
  if (order.status === 'closed') return 'closed';
  return assignment.status === 'offered' && assignment.proposedAnswer?.why === 'too_late' ? 'late_answer' : null;
}

function withdrawn({ assignment, isGivenElsewhere }: LinkView): Kind {
  if (assignment?.withdrawReason === 'no_longer_needed') return 'withdrawn';
  if (assignment?.withdrawReason === 'given_to_other' || isGivenElsewhere) return 'given_elsewhere';
  return 'not_answered';
}

export type NoticeOptions = { readonly answeredBy?: string; readonly answeredAt?: Date | null; readonly hasOrder?: boolean; readonly status?: number };

/** A page that says one thing. */
export function notice(kind: Kind, base: PageBase, view: LinkView | null, options: NoticeOptions = {}): PageAnswer {
  const tells = view !== null && TELLS_TITLE.includes(kind);
  const data: NoticePage = {
    ...base,
    orderNumber: tells ? base.orderNumber : null,
    kind,
    title: tells ? view.order.title : null,
    siteShort: tells ? view.workspace.shortName : null,
    answeredBy: options.answeredBy ?? null,
    answeredAt: options.answeredAt ?? null,
    hasOrder: options.hasOrder ?? false,
    accountLink: kind === 'in_account' && view?.assignment?.partnershipId ? `/go/${view.assignment.partnershipId}/work-orders/${view.order.id}` : null,
  };
  return page('notice', data, options.status ?? STATUS[kind] ?? 200);
}
