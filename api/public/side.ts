import type { Side } from '#db/comments/shared.ts';
import type { PageContext } from './context.ts';

/** Through whose eyes the conversation is read. */
export function sideOf({ view, opened }: Pick<PageContext, 'view' | 'opened'>): Side {
  return { organisationId: view.order.organisationId, workOrderId: view.order.id, assignmentId: opened.link.assignmentId ?? null };
}
